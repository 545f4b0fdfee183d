"""What an alert says: Jinja templates in a sandbox, over text that has been made harmless."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Any

from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from newscrawler.alerts.settings import Rule
from newscrawler.exceptions import UsageError
from newscrawler.storage.alert_records import Alert, Form

SUBJECT_LENGTH = 200
TEXT_LENGTH = 20_000
_LISTED = 50
"""How many events the default text of a digest names."""

TITLES = {
    "new": "New",
    "new_premium": "New premium",
    "became_premium": "Now premium",
    "became_free": "Now free",
    "headline_changed": "Headline changed",
    "body_changed": "Text changed",
    "removed": "Removed",
    "restored": "Back again",
    "site_blocked": "Site blocked",
    "site_failing": "Site failing",
    "site_drifting": "Site drifting",
    "site_silent": "Site silent",
    "site_recovered": "Site recovered",
}
LANGUAGES = {"en": "English", "ru": "Russian", "be": "Belarusian"}

_SUBJECTS = {
    "plain": "{% if count == 1 %}{{ event.title }}: {{ event.headline or event.site }}"
    "{% else %}{{ count }} events: {{ event.headline or event.site }} …{% endif %}",
    "neutral": "{% if count == 1 %}1 update{% else %}{{ count }} updates{% endif %}",
}
_TEXTS = {
    "plain": """\
{% if form == 'digest' %}{{ count }} events since {{ event.at }}:

{% elif form == 'summary' %}{{ count }} more events, held back by the cap of the rule "{{ rule }}":

{% endif %}
{% for event in events[:listed] %}
{{ event.title }}: {{ event.headline or event.site }}
{% if event.kind == 'headline_changed' and event.old %}
Before: {{ event.old }}
{% elif event.kind.startswith('site_') and event.new %}
{{ event.new }}
{% endif %}
{{ [event.site, event.language_name, event.sections | join(', ')] | select | join(' · ') }}
{% if event.why %}
{{ event.why }}
{% endif %}
{% if event.description and count == 1 %}
{{ event.description }}
{% endif %}
{% if event.url %}
{{ event.url }}
{% elif event.listed_on %}
No address yet; listed on {{ event.listed_on }}
{% endif %}
{% if event.published %}
Published {{ event.published }}, seen {{ event.delay }} later
{% else %}
Seen {{ event.at }}
{% endif %}
{% if not loop.last %}

{% endif %}
{% endfor %}
{% if count > listed %}

… and {{ count - listed }} more: newscrawler events
{% endif %}
""",
    "neutral": "{% if count == 1 %}1 update{% else %}{{ count }} updates{% endif %}, {{ event.at }}",
}

_LINE_ENDS = re.compile(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_PING = re.compile(r"(?<![\w/])@(?=\w)")


@dataclass(frozen=True, slots=True)
class EventWords:
    """An event as templates see it: text from pages is on one line each, without control characters."""

    id: int
    kind: str
    title: str
    at: str
    """When it was seen, in the reader's zone."""
    site: str
    headline: str
    """Empty where there is none, as are the other texts."""
    language: str
    language_name: str
    sections: tuple[str, ...]
    premium: bool | None
    why: str
    """What says that the story is premium, and where."""
    url: str
    listed_on: str
    """The page that names a story without address."""
    published: str
    """In the reader's zone; empty where the moment is not known."""
    delay: str
    """From publication to the moment it was seen: `4 min`."""
    old: str
    new: str
    description: str
    article_id: int | None


@dataclass(frozen=True, slots=True)
class Wording:
    """A message in words."""

    subject: str
    text: str


class Words:
    """The templates of one rule, for a reader in one zone. Raises UsageError for one that cannot be used."""

    def __init__(self, rule: Rule, zone: tzinfo) -> None:
        self.rule = rule
        self.zone = zone
        environment = ImmutableSandboxedEnvironment(
            trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined
        )
        try:
            self._subject = environment.from_string(rule.subject or _SUBJECTS[rule.style])
            self._text = environment.from_string(rule.text or _TEXTS[rule.style])
            self._render("single", [_SAMPLE])
        except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError) as exc:
            raise UsageError(
                f"alerts.rules: the template of rule {rule.name!r}: {one_line(str(exc))}"
            ) from None
        self._plainly = (
            self
            if rule.subject is None and rule.text is None
            else Words(rule.model_copy(update={"subject": None, "text": None}), zone)
        )

    def __call__(self, form: Form, alerts: Sequence[Alert]) -> Wording:
        """A message in words. A template that fails on these alerts gives way to the default one."""
        events = [event_words(alert, self.zone) for alert in alerts]
        try:
            return self._render(form, events)
        except Exception:  # whatever a template of the user's does, the alert is not lost
            return self._plainly._render(form, events)

    def _render(self, form: Form, events: Sequence[EventWords]) -> Wording:
        values: dict[str, Any] = {
            "form": form,
            "rule": self.rule.name,
            "count": len(events),
            "event": events[0],
            "events": events,
            "listed": _LISTED,
        }
        subject = one_line(self._subject.render(values))
        text = "\n".join(one_line(line) for line in self._text.render(values).strip().split("\n"))
        return Wording(subject[:SUBJECT_LENGTH], text[:TEXT_LENGTH])


def event_words(alert: Alert, zone: tzinfo) -> EventWords:
    """The words for one event."""
    event, story = alert.event, alert.story
    evidence = event.evidence
    published_at = story.published_at if story is not None else None
    language = story.language if story is not None else ""
    first_report = event.kind in ("new", "new_premium")
    told_delay = published_at is not None and first_report and event.at >= published_at
    why = ""
    if event.premium and evidence is not None:
        why = f"Premium: {evidence.signal}"
        why += f" “{evidence.text}”" if evidence.text else ""
    return EventWords(
        id=event.id,
        kind=event.kind,
        title=TITLES.get(event.kind, event.kind.replace("_", " ")),
        at=_moment(event.at, zone),
        site=one_line(event.site),
        headline=one_line(event.headline),
        language=one_line(language),
        language_name=one_line(LANGUAGES.get(language, language)),
        sections=tuple(one_line(section) for section in story.sections) if story is not None else (),
        premium=event.premium,
        why=one_line(why),
        url=one_line(event.url or (story.url if story is not None else None)),
        listed_on=one_line(evidence.page_url if evidence is not None else None),
        published=_moment(published_at, zone) if told_delay and published_at is not None else "",
        delay=duration(event.at - published_at) if told_delay and published_at is not None else "",
        old=_value(event.old),
        new=_value(event.new),
        description=one_line(story.description if story is not None else None),
        article_id=event.article_id,
    )


def one_line(text: str | None) -> str:
    """Text from a page as a message can carry it: one line, nothing that steers a reader's program.

    Control characters and those that turn the direction of text are left out. `@` before a word is set
    apart, so that a chat does not take it for a call to everyone.
    """
    if not text or (text.isprintable() and "@" not in text):
        return (text or "").strip()
    line = _LINE_ENDS.sub(" ", text)
    kept = (char for char in line if char == "\t" or unicodedata.category(char) not in ("Cc", "Cf", "Cs"))
    return _PING.sub("@\u200b", "".join(kept).replace("\t", " ")).strip()


def duration(span: timedelta) -> str:
    """A span in words: `40 s`, `4 min`, `3 h 20 min`, `2 days`."""
    seconds = int(span.total_seconds())
    if seconds < 60:
        return f"{seconds} s"
    if seconds < 3600:
        return f"{seconds // 60} min"
    if seconds < 2 * 86400:
        return f"{seconds // 3600} h {seconds % 3600 // 60} min"
    return f"{seconds // 86400} days"


def _moment(moment: datetime, zone: tzinfo) -> str:
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M %Z")


def _value(value: object) -> str:
    return one_line(value) if isinstance(value, str) else ""


_SAMPLE = EventWords(
    id=1,
    kind="new_premium",
    title="New premium",
    at="2026-01-01 12:00 UTC",
    site="site",
    headline="Headline",
    language="en",
    language_name="English",
    sections=("Section",),
    premium=True,
    why="why",
    url="https://example.org/",
    listed_on="https://example.org/list",
    published="2026-01-01 11:56 UTC",
    delay="4 min",
    old="old",
    new="new",
    description="description",
    article_id=1,
)
