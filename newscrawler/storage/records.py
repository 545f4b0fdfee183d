"""What the storage hands out, and how it reads as JSON (a contract: see docs/architecture.md)."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from newscrawler.items import Evidence, FoundBy, Source


class Record:
    """Turns a dataclass into plain JSON values: times in ISO form with `Z`, evidence as an object."""

    def to_json(self) -> dict[str, Any]:
        """Field names and values, in the order of the fields."""
        return {f.name: plain_value(getattr(self, f.name)) for f in fields(self)}  # type: ignore[arg-type]


def plain_value(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Evidence):
        return {f.name: getattr(value, f.name) for f in fields(value)}
    return value


@dataclass(frozen=True, slots=True)
class Article(Record):
    """A stored article."""

    id: int
    site: str
    language: str
    external_id: str | None
    url: str | None
    headline: str | None
    sections: list[str]
    premium: bool | None
    premium_evidence: Evidence | None
    dateline: str | None
    published_date: date | None
    published_at: datetime | None
    modified_at: datetime | None
    authors: list[str]
    description: str | None
    body: list[str]
    """Paragraphs."""
    first_seen_at: datetime
    last_seen_at: datetime
    status: str
    duplicate_of: int | None
    found_by: FoundBy | None
    """The way in which it was first found; None for a story stored before that was noted."""


@dataclass(frozen=True, slots=True)
class Event(Record):
    """Something that happened to an article."""

    id: int
    kind: str
    at: datetime
    site: str
    article_id: int | None
    """None of an event of the site as a whole (`site_blocked`, …)."""
    headline: str | None
    url: str | None
    premium: bool | None
    old: Any
    new: Any
    evidence: Evidence | None
    run_id: int
    baseline: bool


@dataclass(frozen=True, slots=True)
class RevisionEvent(Event):
    """An event, with the number of the revision that it made."""

    revision: int


@dataclass(frozen=True, slots=True)
class Revision(Record):
    """One version of an article's content: what was seen, when, where and in which run."""

    number: int
    seen_at: datetime
    run_id: int
    run_kind: str
    """`crawl` or, for pages taken in from files, `ingest`."""
    source: Source
    page_url: str | None
    headline: str | None
    sections: list[str]
    premium: bool | None
    premium_evidence: Evidence | None
    published_date: date | None
    published_at: datetime | None
    modified_at: datetime | None
    body: list[str]
    status: str


@dataclass(frozen=True, slots=True)
class Relative(Record):
    """The same story in another language, or under another id."""

    language: str
    url: str | None
    id: int | None
    """None where it is not stored; then the headline is not known either."""
    headline: str | None


@dataclass(frozen=True, slots=True)
class History:
    """An article with all that was ever seen of it."""

    article: Article
    listed_at: datetime | None
    """When a listing showed it last."""
    fetched_at: datetime | None
    """When its own page was read last; None where it never was."""
    gone_since: datetime | None
    """When its page first answered 404 or 410; None while it is there."""
    last_run_id: int | None
    """The run that saw it last; None where two ran side by side."""
    original: Relative | None
    """What `duplicate_of` names."""
    translations: list[Relative]
    revisions: list[Revision]
    """Oldest first; the first is the first sight."""
    events: list[RevisionEvent]
    """Oldest first."""

    def to_json(self) -> dict[str, Any]:
        """The fields of the article, then `translations` and `revisions`."""
        return self.article.to_json() | {
            "translations": [translation.to_json() for translation in self.translations],
            "revisions": [revision.to_json() for revision in self.revisions],
        }


@dataclass(frozen=True, slots=True)
class Run(Record):
    """One crawl of one site, or one taking in of saved pages."""

    id: int
    site: str
    kind: str
    languages: list[str]
    started_at: datetime
    finished_at: datetime | None
    status: str
    """`running`, `ok`, `failed` or, ended from outside before its time, `stopped`."""
    reason: str | None
    scheduled: bool
    """Whether it was a turn of `watch`."""
    log: str | None
    """The file with its log; None where it was not started by `watch`."""
    counts: dict[str, Any] | None

    def to_json(self) -> dict[str, Any]:
        """As the others, with the counts beside the other fields."""
        values = {f.name: plain_value(getattr(self, f.name)) for f in fields(self)}
        return values | (values.pop("counts") or {})
