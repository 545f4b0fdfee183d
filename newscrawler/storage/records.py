"""What the storage hands out, and how it reads as JSON (a contract: see docs/architecture.md)."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from newscrawler.items import Evidence


class _Record:
    """Turns a dataclass into plain JSON values: times in ISO form with `Z`, evidence as an object."""

    def to_json(self) -> dict[str, Any]:
        """Field names and values, in the order of the fields."""
        return {f.name: _plain(getattr(self, f.name)) for f in fields(self)}  # type: ignore[arg-type]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Evidence):
        return {f.name: getattr(value, f.name) for f in fields(value)}
    return value


@dataclass(frozen=True, slots=True)
class Article(_Record):
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


@dataclass(frozen=True, slots=True)
class Event(_Record):
    """Something that happened to an article."""

    id: int
    kind: str
    at: datetime
    site: str
    article_id: int
    headline: str | None
    url: str | None
    premium: bool | None
    old: Any
    new: Any
    evidence: Evidence | None
    run_id: int
    baseline: bool


@dataclass(frozen=True, slots=True)
class Run(_Record):
    """One crawl of one site, or one taking in of saved pages."""

    id: int
    site: str
    kind: str
    languages: list[str]
    started_at: datetime
    finished_at: datetime | None
    status: str
    """`running`, `ok` or `failed`."""
    reason: str | None
    counts: dict[str, Any] | None

    def to_json(self) -> dict[str, Any]:
        """As the others, with the counts beside the other fields."""
        values = {f.name: _plain(getattr(self, f.name)) for f in fields(self)}
        return values | (values.pop("counts") or {})
