"""Answers in order: streamed whole, or page by page behind a cursor."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, TypeVar

import sqlalchemy as sa

from newscrawler.queries import Cursor
from newscrawler.storage import rows
from newscrawler.storage.columns import UTCDateTime
from newscrawler.storage.database import Database

T = TypeVar("T")
PAGE_SIZE = 50
_ROWS_AT_ONCE = 500
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """A part of an answer."""

    items: list[T]
    cursor: str | None
    """For the query that goes on behind this page; None where nothing follows."""


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """A statement whose rows are `cls`, newest first."""

    cls: type[T]
    order: str
    """Its name in cursors: `articles-published`."""
    statement: sa.Select[Any]
    moment: sa.ColumnElement[Any]
    id: sa.ColumnElement[Any]

    def stream(self, database: Database, limit: int | None, cursor: str | None) -> Iterator[T]:
        """The rows behind a cursor, as the database gives them."""
        return (rows.read(self.cls, row) for row in self._rows(database, limit, cursor))

    def page(self, database: Database, limit: int | None, cursor: str | None) -> Page[T]:
        """The rows behind a cursor, `PAGE_SIZE` where there is no limit, and whether more follow."""
        size = limit or PAGE_SIZE
        found = list(self._rows(database, size + 1, cursor))
        more = len(found) > size
        items = [rows.read(self.cls, row) for row in found[:size]]
        return Page(items, self._cursor(found[size - 1]) if more else None)

    def _rows(self, database: Database, limit: int | None, cursor: str | None) -> Iterator[sa.RowMapping]:
        statement = self.statement.add_columns(self.moment.label("_moment"))
        if cursor is not None:
            last = Cursor.read(cursor, order=self.order)
            moment = sa.literal(_EPOCH + last.moment * _MICROSECOND, UTCDateTime)
            statement = statement.where(sa.tuple_(self.moment, self.id) < sa.tuple_(moment, last.id))
        statement = statement.order_by(self.moment.desc(), self.id.desc()).limit(limit)
        with database.reading() as connection:
            result = connection.execution_options(yield_per=_ROWS_AT_ONCE).execute(statement)
            yield from result.mappings()

    def _cursor(self, row: sa.RowMapping) -> str:
        return str(Cursor(self.order, 0, (row["_moment"] - _EPOCH) // _MICROSECOND, row["id"]))
