from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from newscrawler.alerts.rehearsal import rehearse
from newscrawler.storage.alert_records import Alert
from tests.alerts.telling import settings
from tests.alerts.test_wording import alert
from tests.observing import NOON


def at(number: int, minutes: float) -> Alert:
    moment = NOON + timedelta(minutes=minutes)
    one = alert(headline=f"Story {number}")
    return replace(one, id=number, queued_at=moment, event=replace(one.event, id=number, at=moment))


def played(rule: dict[str, Any], *alerts: Alert) -> list[tuple[float, str, list[int]]]:
    """Minutes since noon, form and numbers of each message."""
    told_by = settings(rule)
    return [
        ((each.at - NOON).total_seconds() / 60, each.message.form, [one.id for one in each.message.alerts])
        for each in rehearse(told_by, told_by.rules[0], alerts)
    ]


def test_one_by_one() -> None:
    assert played({}, at(2, 7), at(1, 3)) == [(3, "single", [1]), (7, "single", [2])]
    assert played({"kinds": ["removed"]}, at(1, 3)) == []
    assert played({}) == []


def test_digests_begin_with_their_first_event() -> None:
    sent = played({"digest_minutes": 30}, at(1, 0), at(2, 29), at(3, 31), at(4, 300))
    assert sent == [(30, "digest", [1, 2]), (61, "digest", [3]), (330, "digest", [4])]


def test_a_cap_holds_in_any_hour() -> None:
    sent = played({"max_per_hour": 2}, *(at(n, n) for n in range(1, 6)), at(6, 63), at(7, 200))
    assert sent == [
        (1, "single", [1]),
        (2, "single", [2]),
        (61, "summary", [3, 4, 5]),
        (63, "single", [6]),
        (200, "single", [7]),
    ]


def test_quiet_hours_are_waited_for() -> None:
    # Noon is 15:00 in Vilnius.
    sent = played({"quiet_hours": "16:00-17:00"}, at(1, 59), at(2, 61), at(3, 119), at(4, 121))
    assert sent == [(59, "single", [1]), (120, "single", [2]), (120, "single", [3]), (121, "single", [4])]
    assert played({"quiet_hours": "16:00-17:00", "digest_minutes": 30}, at(1, 45)) == [(120, "digest", [1])]


def test_translations_are_told_once() -> None:
    english, russian = at(1, 0), at(2, 5)
    assert russian.story is not None
    translated = replace(
        russian.story,
        language="ru",
        url="https://pozirk.online/ru/news/2/",
        translations={"en": english.story.url},  # type: ignore
    )
    later = replace(russian, story=translated)
    assert played({}, english, later) == [(0, "single", [1])]
    assert len(played({"translations": "each"}, english, later)) == 2
