from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from newscrawler.alerts.message import event_json
from newscrawler.alerts.wording import Words, duration, one_line
from newscrawler.changes import ArticleState
from newscrawler.exceptions import UsageError
from newscrawler.items import Evidence
from newscrawler.storage.alert_records import Alert
from newscrawler.storage.records import Event
from tests.alerts.telling import settings
from tests.observing import MARK, NOON

VILNIUS = ZoneInfo("Europe/Vilnius")
URL = "https://pozirk.online/en/news/161418/"


def alert(kind: str = "new_premium", story: bool = True, **values: Any) -> Alert:
    about: dict[str, Any] = {
        "headline": "Butter exports double",
        "url": URL,
        "premium": True,
        "evidence": MARK,
    }
    usual: dict[str, Any] = {
        "old": None,
        "new": None,
        "run_id": 1,
        "baseline": False,
        "site": "pozirk",
        "article_id": 3,
    }
    event = Event(id=7, kind=kind, at=NOON, **(about | usual | values))
    state = ArticleState(
        site="pozirk", language="en", first_seen_at=NOON, last_seen_at=NOON, url=URL, sections=["Economy"],
        description="Powder stalls.", published_at=NOON - timedelta(minutes=4),
    )  # fmt: skip
    return Alert(1, "rule", NOON, None, event, state if story else None)


def words(**rule: Any) -> Words:
    return Words(settings(rule).rules[0], VILNIUS)


def test_one_event_in_words() -> None:
    said = words()("single", [alert()])
    assert said.subject == "New premium: Butter exports double"
    assert said.text.splitlines() == [
        "New premium: Butter exports double",
        "pozirk · English · Economy",
        "Premium: marker “The material is available only to POZIRK+”",
        "Powder stalls.",
        URL,
        "Published 2025-10-24 14:56 EEST, seen 4 min later",
    ]


def test_a_story_without_address_names_the_list_that_showed_it() -> None:
    seen = alert(url=None, evidence=replace(MARK, page_url="https://pozirk.online/en/news/"))
    assert seen.story is not None
    said = words()("single", [replace(seen, story=replace(seen.story, url=None, published_at=None))])
    assert "No address yet; listed on https://pozirk.online/en/news/" in said.text
    assert said.text.endswith("Seen 2025-10-24 15:00 EEST")


def test_an_edited_headline_shows_both() -> None:
    said = words()("single", [alert("headline_changed", old="Butter exports treble", evidence=None)])
    assert "Headline changed: Butter exports double\nBefore: Butter exports treble" in said.text


def test_an_event_about_a_site_in_words() -> None:
    blocked = alert("site_blocked", story=False, headline=None, url=None, new="403 five times", evidence=None,
                    premium=None)  # fmt: skip
    said = words()("single", [blocked])
    assert said.subject == "Site blocked: pozirk"
    assert said.text.splitlines()[:3] == ["Site blocked: pozirk", "403 five times", "pozirk"]
    assert event_json(blocked, neutral=False)["article"] is None


def test_a_digest_and_a_summary_list_their_events() -> None:
    digest = words()("digest", [alert(headline=f"Story {n}") for n in range(60)])
    assert digest.subject == "60 events: Story 0 …"
    assert digest.text.startswith("60 events since 2025-10-24 15:00 EEST:\n\nNew premium: Story 0\n")
    assert "Story 49" in digest.text
    assert "Story 50" not in digest.text
    assert digest.text.endswith("… and 10 more: newscrawler events")
    assert "held back by the cap" in words()("summary", [alert(), alert()]).text


def test_a_neutral_message_says_nothing_of_what_and_where() -> None:
    said = words(style="neutral")("single", [alert()])
    assert (said.subject, said.text) == ("1 update", "1 update, 2025-10-24 15:00 EEST")
    assert words(style="neutral")("digest", [alert(), alert()]).subject == "2 updates"
    assert event_json(alert(), neutral=True) == {"id": 7, "at": "2025-10-24T12:00:00Z"}


def test_a_template_of_the_rules_own() -> None:
    said = words(subject="{{ event.site }}!", text="{% for e in events %}{{ e.headline }}\n{% endfor %}")
    shown = said("digest", [alert(), alert(headline="Second")])
    assert (shown.subject, shown.text) == ("pozirk!", "Butter exports double\nSecond")


@pytest.mark.parametrize(
    "template",
    [
        "{{ event.headlin }}",
        "{% for %}",
        "{{ 1 / 0 }}",
        "{{ event.__class__.__mro__ }}",
        "{{ ''.__class__.__base__.__subclasses__() }}",
        "{{ events.append(1) }}",
        "{{ self.__init__.__globals__ }}",
        "{{ range(100000000) | list }}",
        "{% include '/etc/passwd' %}",
    ],
)
def test_a_template_that_cannot_be_used_is_told_with_its_rule(template: str) -> None:
    with pytest.raises(UsageError, match=r"alerts\.rules: the template of rule 'rule': .+"):
        words(text=template)


HOSTILE = "Win\r\nBcc: all@example.org\x00\x1b[31m\u202ered\u2028 <b>@everyone</b> {{ event.url }}"


def test_text_of_pages_stays_text() -> None:
    said = words()("single", [alert(headline=HOSTILE)])
    assert "\n" not in said.subject
    assert (
        said.subject == "New premium: Win Bcc: all@example.org[31mred  <b>@\u200beveryone</b> {{ event.url }}"
    )
    assert not set(said.text) & set("\r\x00\x1b\u202e\u2028")
    assert said.text.splitlines()[1] == "pozirk · English · Economy"


def test_an_at_sign_in_an_address_stays() -> None:
    assert one_line("https://example.org/@name me@example.org") == "https://example.org/@name me@example.org"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "0 s"), (59, "59 s"), (60, "1 min"), (3600, "1 h 0 min"), (90000, "25 h 0 min"), (200000, "2 days")],
)
def test_durations(seconds: int, said: str) -> None:
    assert duration(timedelta(seconds=seconds)) == said


def test_evidence_without_words_is_told_by_its_signal() -> None:
    shown = alert(evidence=Evidence("isAccessibleForFree", None, "json-ld"))
    assert "Premium: isAccessibleForFree\n" in words()("single", [shown]).text
