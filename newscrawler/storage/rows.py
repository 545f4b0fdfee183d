"""Between rows of the tables and our dataclasses."""

from __future__ import annotations

from dataclasses import asdict, fields
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import RowMapping

from newscrawler.changes import ArticleState
from newscrawler.identity import day_of, fingerprint
from newscrawler.items import Evidence, Visit
from newscrawler.storage import search_index

_EVIDENCE = {"premium_evidence", "listing_evidence", "page_evidence", "evidence"}
_STATE_FIELDS = tuple(f.name for f in fields(ArticleState))
T = TypeVar("T")


def read(cls: type[T], row: RowMapping) -> T:
    """A dataclass from the columns that have the names of its fields."""
    return cls(**{name: _from_column(name, row[name]) for name in _names(cls)})  # type: ignore[arg-type]


@cache
def _names(cls: type[Any]) -> tuple[str, ...]:
    return tuple(f.name for f in fields(cls))


def state_columns(state: ArticleState) -> dict[str, Any]:
    """The columns of `articles` that a state fills."""
    columns = {name: to_column(getattr(state, name)) for name in _STATE_FIELDS}
    columns["fingerprint"] = fingerprint(state.headline)
    columns["listing_fingerprint"] = fingerprint(state.listing_headline)
    columns["unlinked_key"] = unlinked_key(state)
    columns["dated_at"] = search_index.dated_at(state)
    return columns


def visit(row: RowMapping) -> Visit:
    """The visit that a row of `pages` keeps."""
    names = ("site", "url", "etag", "last_modified", "body_hash")
    return Visit(status="read", at=row["visited_at"], **{name: row[name] for name in names})


def visit_columns(visit: Visit) -> dict[str, Any]:
    """The columns of `pages` for a visit."""
    names = ("site", "url", "etag", "last_modified", "body_hash")
    return {"visited_at": visit.at} | {name: getattr(visit, name) for name in names}


def to_column(value: Any) -> Any:
    """A value as its column takes it."""
    return asdict(value) if isinstance(value, Evidence) else value


def _from_column(name: str, value: Any) -> Any:
    return Evidence(**value) if name in _EVIDENCE and value is not None else value


def unlinked_key(state: ArticleState) -> str | None:
    """What there is one of among the stories of a site without address; None for a story with one."""
    if state.url is not None or state.external_id is not None:
        return None
    return f"{state.language} {fingerprint(state.headline)} {day_of(state).isoformat()}"
