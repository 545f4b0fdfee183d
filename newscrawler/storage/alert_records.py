"""What the queue of alerts takes in and hands out. No database in here: rules and dispatcher build on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from newscrawler.changes import ArticleState
from newscrawler.storage.records import Event, Record

Form = Literal["single", "digest", "summary", "test"]
"""One event; all of some minutes; all that a cap per hour held back; none, to try a channel."""
TOLD_FOR = timedelta(days=1)
"""For how long a story that was told in one language is not told in another."""
CAP_WINDOW = timedelta(hours=1)
GROUP_LIMIT = 1000
"""How many alerts one message tells at most; what is beyond goes into the next one."""
STATUSES = ("pending", "delivered", "dead", "dropped", "linked")
"""On its way; accepted by the channel; given up; dropped by hand; told in another language already."""


@dataclass(frozen=True, slots=True)
class Happened:
    """An event, as rules look at it."""

    kind: str
    site: str
    premium: bool | None
    state: ArticleState | None
    """What is known of the story; None for an event about a site."""


@dataclass(frozen=True, slots=True)
class Route:
    """One way of an event: a rule that may want it, to one of the rule's channels."""

    rule: str
    channel: str


Router = Callable[[Happened], Sequence[Route]]
"""Says which ways an event goes that has just been written."""


@dataclass(frozen=True, slots=True)
class Alert:
    """An event that waits to be told by one rule to one channel."""

    id: int
    rule: str
    queued_at: datetime
    due_at: datetime | None
    """Not to be looked at before; None where nobody has looked yet."""
    event: Event
    story: ArticleState | None

    @property
    def happened(self) -> Happened:
        """The event, as rules look at it."""
        return Happened(self.event.kind, self.event.site, self.event.premium, self.story)


@dataclass(frozen=True, slots=True)
class Told:
    """A story that a rule has told to a channel, or is about to."""

    alert_id: int
    rule: str
    kind: str
    site: str
    language: str
    addresses: frozenset[str]
    """Its own and those of its translations."""


def addresses(url: str | None, translations: Mapping[str, str]) -> frozenset[str]:
    """The addresses of a story and of its translations, as far as they are known."""
    return frozenset({url, *translations.values()} - {None})  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Pace:
    """What a claim has to know of a rule."""

    grouped: bool
    """Whether several of its alerts may become one message."""
    capped: bool
    """Whether the messages of an hour are counted."""
    one_language: bool
    """Whether a story is told in one language only."""


@dataclass(frozen=True, slots=True)
class Context:
    """What has been told before, as far as it matters for what is told now."""

    told: Sequence[Told] = ()
    """By the rules that tell a story in one language only, within `TOLD_FOR`, newest first."""
    composed: Mapping[str, Sequence[datetime]] = field(default_factory=dict)
    """Rule → when its messages of the last hour were composed, for rules with a cap."""


@dataclass(frozen=True, slots=True)
class Composed:
    """A message to be: the alerts that it tells, oldest first."""

    form: Form
    alerts: tuple[Alert, ...]


@dataclass(slots=True)
class Plan:
    """What becomes of the alerts that wait for one channel."""

    messages: list[Composed] = field(default_factory=list)
    postponed: list[tuple[int, datetime]] = field(default_factory=list)
    """Alert → when to look at it again."""
    linked: list[tuple[int, int]] = field(default_factory=list)
    """Alert → the alert that told the same story in another language."""
    unwanted: list[int] = field(default_factory=list)
    """Alerts of which the story's own page has said that the rule does not want them."""


Composer = Callable[[Sequence[Alert], Context], Plan]


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message that this process alone may send until its lease ends."""

    key: str
    """The same in every attempt, and in no other message."""
    form: Form
    rule: str
    alerts: tuple[Alert, ...]
    attempts: int
    """Failed ones so far."""
    composed_at: datetime
    lease: str
    leased_until: datetime


@dataclass(frozen=True, slots=True)
class Failure:
    """An attempt that failed, and what follows from it."""

    at: datetime
    error: str
    retry_at: datetime | None
    """None where the message is given up."""
    pause_until: datetime | None
    """Until when the channel is left alone; None where only this message is the matter."""


@dataclass(frozen=True, slots=True)
class ListedAlert(Record):
    """An alert as `newscrawler alerts list` shows it."""

    id: int
    status: str
    rule: str
    channel: str
    kind: str
    site: str
    event_id: int
    article_id: int | None
    headline: str | None
    url: str | None
    queued_at: datetime
    due_at: datetime | None
    attempts: int
    error: str | None
    delivered_at: datetime | None
    message: str | None
    """The message it is part of; None where it is not part of one yet."""
    form: str | None
    linked_to: int | None
