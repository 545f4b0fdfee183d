"""Answers in order: streamed whole, or page by page behind a cursor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, Protocol, TypeVar

import sqlalchemy as sa

from newscrawler.queries import Cursor
from newscrawler.storage import rows
from newscrawler.storage.columns import UTCDateTime
from newscrawler.storage.database import Database

T = TypeVar("T")
PAGE_SIZE = 50
NEAR = 2000
"""How many of the newest rows are looked through for a page before the database looks for all that fit."""
_ROWS_AT_ONCE = 500
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """A part of an answer."""

    items: list[T]
    cursor: str | None
    """For the query that goes on behind this page; None where nothing follows."""


class Key(Protocol):
    """What the rows of a statement are ordered by: a moment, and among equal ones their id."""

    @property
    def moment(self) -> sa.ColumnElement[Any]: ...

    @property
    def id(self) -> sa.ColumnElement[Any]: ...

    def newest_first(self) -> Sequence[sa.ColumnElement[Any]]:
        """For ORDER BY."""

    def behind(self, moment: datetime, row_id: int) -> sa.ColumnElement[bool]:
        """The rows that come after this one."""


@dataclass(frozen=True, slots=True)
class MomentKey:
    """By two columns."""

    moment: sa.ColumnElement[Any]
    id: sa.ColumnElement[Any]

    def newest_first(self) -> Sequence[sa.ColumnElement[Any]]:
        return self.moment.desc(), self.id.desc()

    def behind(self, moment: datetime, row_id: int) -> sa.ColumnElement[bool]:
        return sa.tuple_(self.moment, self.id) < sa.tuple_(
            sa.literal(moment, UTCDateTime), sa.literal(row_id)
        )


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of one rank."""

    whole: sa.Select[Any]
    """All of them."""
    key: Key
    keys: sa.Select[Any] | None = None
    """The same as far as the key needs it, where that is less."""
    near: sa.Select[Any] | None = None
    """The same rows, asked for in the way that is best where few have to be looked at; None where there is
    no better one."""
    near_key: Key | None = None
    """What `near` is ordered by; None for the answer's own key."""
    rank: int = 0
    few: sa.Select[Any] | None = None
    """Has a row where so many rows would have to be sorted that looking at the nearest may be quicker."""


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """Rows that are `cls`, newest first within their rank."""

    cls: type[T]
    order: str
    """Its name in cursors: `articles-published`."""
    key: MomentKey
    parts: Sequence[Part]
    bounds: Sequence[sa.ColumnElement[bool]] = ()
    """What the query says of the key's moment: where to look for the nearest rows."""

    def stream(self, database: Database, limit: int | None, cursor: str | None) -> Iterator[T]:
        """The rows behind a cursor, as the database gives them."""
        last = Cursor.read(cursor, order=self.order) if cursor is not None else None
        with database.reading() as connection:
            connection = connection.execution_options(yield_per=_ROWS_AT_ONCE)
            for part in self.parts:
                if last is not None and part.rank < last.rank:
                    continue
                statement = _behind(part.whole, part, part.key, last)
                statement = statement.order_by(*part.key.newest_first()).limit(limit)
                for row in connection.execute(statement).mappings():
                    yield rows.read(self.cls, row)
                    limit = limit - 1 if limit is not None else None
                if limit == 0:
                    return

    def page(self, database: Database, limit: int | None, cursor: str | None) -> Page[T]:
        """The rows behind a cursor, `PAGE_SIZE` where there is no limit, and whether more follow."""
        last = Cursor.read(cursor, order=self.order) if cursor is not None else None
        size = limit or PAGE_SIZE
        found: list[tuple[int, sa.RowMapping]] = []
        with database.reading() as connection:
            for part in self.parts:
                if len(found) <= size and (last is None or part.rank >= last.rank):
                    rest = size + 1 - len(found)
                    found += ((part.rank, row) for row in self._page(connection, part, rest, last))
        items = [rows.read(self.cls, row) for _, row in found[:size]]
        return Page(items, self._cursor(*found[size - 1]) if len(found) > size else None)

    def count(self, database: Database) -> int:
        """How many rows there are in all, wherever a page begins."""
        with database.reading() as connection:
            counts = (sa.select(sa.func.count()).select_from(p.whole.subquery()) for p in self.parts)
            return sum(connection.scalar(statement) or 0 for statement in counts)

    def _page(
        self, connection: sa.Connection, part: Part, size: int, last: Cursor | None
    ) -> Sequence[sa.RowMapping]:
        if (floor := self._floor(connection, part, last)) is not None:
            assert part.near is not None
            key = part.near_key or self.key
            near = _behind(part.near, part, key, last).where(key.moment >= floor)
            found = connection.execute(self._rows(near, key, size)).mappings().all()
            if len(found) == size:
                return found
        whole = _behind(part.whole if part.keys is None else part.keys, part, part.key, last)
        return connection.execute(self._rows(whole, part.key, size)).mappings().all()

    def _rows(self, statement: sa.Select[Any], key: Key, size: int) -> sa.Select[Any]:
        """The first rows of a statement. They are sorted by what they are ordered by alone, then read."""
        keys = statement.with_only_columns(key.id.label("id"), key.moment.label("moment"))
        first = keys.order_by(*key.newest_first()).limit(size).subquery("first")
        columns = self.key.id.table.c
        rows = sa.select(*columns, first.c.moment.label("_moment")).where(self.key.id == first.c.id)
        return rows.order_by(first.c.moment.desc(), first.c.id.desc())

    def _floor(self, connection: sa.Connection, part: Part, last: Cursor | None) -> datetime | None:
        """The moment of the last of the nearest rows, whatever they are; None where they are not worth it."""
        if part.near is None or (part.few is not None and connection.execute(part.few).first() is None):
            return None
        nearest = _behind(sa.select(self.key.moment).where(*self.bounds), part, self.key, last)
        nearest = nearest.order_by(*self.key.newest_first()).offset(NEAR - 1).limit(1)
        floor: datetime | None = connection.scalar(nearest)
        return floor

    def _cursor(self, rank: int, row: sa.RowMapping) -> str:
        return str(Cursor(self.order, rank, (row["_moment"] - _EPOCH) // _MICROSECOND, row["id"]))


def _behind(statement: sa.Select[Any], part: Part, key: Key, last: Cursor | None) -> sa.Select[Any]:
    if last is None or part.rank > last.rank:
        return statement
    return statement.where(key.behind(_EPOCH + last.moment * _MICROSECOND, last.id))
