"""What can be asked of the stored database. `storage.reading` answers; CLI, web and programs ask.

`parameters.py` makes these out of what a user writes; docs/queries.md is the reference.
"""

from __future__ import annotations

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Self, get_args

from newscrawler.exceptions import UsageError
from newscrawler.moments import parse_day, parse_moment

__all__ = [
    "MARKS",
    "ORDERS",
    "ArticleName",
    "ArticleQuery",
    "Cursor",
    "EventQuery",
    "Filters",
    "Mark",
    "Order",
    "RunQuery",
    "parse_day",
    "parse_moment",
]

Order = Literal["published", "seen", "relevance"]
ORDERS: tuple[Order, ...] = get_args(Order)
Mark = Literal["seen", "unseen"]
MARKS: tuple[Mark, ...] = get_args(Mark)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What articles and events are filtered by. A field that is None or empty restricts nothing.

    Several values of one field are alternatives; different fields have to hold together. An event without
    an article passes no filter on an article's language, section, status, author, text or publication.
    Raises UsageError for values that cannot be meant.
    """

    sites: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    """Names as the site gives them; case and diacritics do not matter."""
    authors: tuple[str, ...] = ()
    """Likewise."""
    premium: tuple[bool | None, ...] = ()
    """None among them stands for “not said”. Of an event: what its article was then."""
    statuses: tuple[str, ...] = ()
    """`published`, `removed`; of an event: what its article is now."""
    kinds: tuple[str, ...] = ()
    """Kinds of event; of an article: one of them has happened to it."""
    baseline: bool | None = None
    """Whether the event is part of a first look."""
    run_id: int | None = None
    """The run that saw the event."""
    published_since: datetime | None = None
    published_until: datetime | None = None
    """Exclusive, as every `…_until`."""
    seen_since: datetime | None = None
    """Of an article: first seen at or after. Of an event: happened at or after."""
    seen_until: datetime | None = None
    text: str | None = None
    """What to search for, in the language of docs/queries.md."""
    duplicates: bool = True
    """Whether a story that is known under another id already is shown."""
    limit: int | None = None
    cursor: str | None = None
    """Where a page ended: the answer goes on behind it."""

    def __post_init__(self) -> None:
        _check_limit(self.limit)
        for name in ("published_since", "published_until", "seen_since", "seen_until"):
            moment = getattr(self, name)
            if moment is not None and moment.tzinfo is None:
                raise UsageError(f"{name} is {moment.isoformat()}, expected a time with its zone")


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleQuery(Filters):
    """Which articles, newest first."""

    order: Order = "published"
    """`relevance`: stories whose headline matches, then those whose opening does, then the others."""

    def __post_init__(self) -> None:
        Filters.__post_init__(self)
        if self.order == "relevance" and self.text is None:
            raise UsageError("order is relevance, and no text is searched for: expected published or seen")


@dataclass(frozen=True, slots=True, kw_only=True)
class EventQuery(Filters):
    """Which events, newest first."""

    mark: Mark | None = None
    """Whether somebody has marked them as seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunQuery:
    """Which runs, newest first. A field that is None or empty restricts nothing."""

    sites: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    """`running`, `ok`, `failed` or, ended from outside, `stopped`."""
    seen_since: datetime | None = None
    """Started at or after."""
    seen_until: datetime | None = None
    limit: int | None = None
    cursor: str | None = None

    def __post_init__(self) -> None:
        _check_limit(self.limit)


@dataclass(frozen=True, slots=True)
class AlertQuery:
    """Which alerts, newest first. A field that is None or empty restricts nothing."""

    ids: tuple[int, ...] = ()
    statuses: tuple[str, ...] = ()
    rule: str | None = None
    channel: str | None = None
    since: datetime | None = None
    """Queued since."""
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class ArticleName:
    """Which one article: by its number, by the site's own id, or by any of its addresses."""

    id: int | None = None
    site: str | None = None
    external_id: str | None = None
    urls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in an answer, between two rows. Readers get it as an opaque text.

    It names the last row that was read by what the answer is ordered by, so rows that come or go in the
    meantime neither repeat nor hide others.
    """

    order: str
    """What the answer is ordered by, such as `articles-published`: it has to be the same when it goes on."""
    rank: int
    """0 but for relevance."""
    moment: int
    """Microseconds since 1970."""
    id: int

    def __str__(self) -> str:
        said = f"{self.order} {self.rank} {self.moment} {self.id}"
        return urlsafe_b64encode(said.encode()).decode().rstrip("=")

    @classmethod
    def read(cls, text: str, *, order: str) -> Self:
        """From the text that a reader got. Raises UsageError for another text, or that of another order."""
        try:
            said = urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4)).decode("ascii")
            its_order, *numbers = said.split(" ")
            rank, moment, row_id = map(int, numbers)
        except (binascii.Error, ValueError):
            raise UsageError(
                f"cursor {text[:60]!r} is none: expected the one that the page before gave"
            ) from None
        if its_order != order:
            raise UsageError(f"the cursor is one of {its_order}, and the answer is one of {order}")
        if rank not in (0, 1, 2) or abs(moment) >= 2**62 or not 0 <= row_id < 2**63:
            raise UsageError(f"cursor {text[:60]!r} is none: expected the one that the page before gave")
        return cls(its_order, rank, moment, row_id)


def _check_limit(limit: int | None) -> None:
    if limit is not None and limit < 1:
        raise UsageError(f"limit is {limit}, expected 1 or more")
