"""A message as channels get it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from newscrawler.storage.alert_records import Alert, Form
from newscrawler.storage.records import plain_value

_STORY_FIELDS = (
    "site",
    "language",
    "external_id",
    "url",
    "headline",
    "sections",
    "premium",
    "premium_evidence",
    "published_date",
    "published_at",
    "modified_at",
    "authors",
    "description",
    "translations",
    "status",
    "first_seen_at",
)


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent: the words for people, and the events for programs."""

    id: str
    """The idempotency key: the same in every attempt, and in no other message."""
    form: Form
    rule: str | None
    """None for a neutral message."""
    composed_at: datetime
    subject: str
    text: str
    events: tuple[dict[str, Any], ...]

    def to_json(self) -> dict[str, Any]:
        """The contract of the webhook and the command; see docs/alerts.md."""
        return {
            "id": self.id,
            "form": self.form,
            "rule": self.rule,
            "composed_at": plain_value(self.composed_at),
            "subject": self.subject,
            "text": self.text,
            "events": list(self.events),
        }


def event_json(alert: Alert, *, neutral: bool) -> dict[str, Any]:
    """An event with its article, for programs; of a neutral rule its number and time alone."""
    event = alert.event.to_json()
    if neutral:
        return {"id": event["id"], "at": event["at"]}
    story = alert.story
    article = (
        {name: plain_value(getattr(story, name)) for name in _STORY_FIELDS} if story is not None else None
    )
    return event | {"article": article}
