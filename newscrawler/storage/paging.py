"""Answers in order: streamed whole, or page by page behind a cursor."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any, Generic, NamedTuple, Protocol, Self, TypeVar

import sqlalchemy as sa

from newscrawler.queries import Cursor
from newscrawler.storage import rows
from newscrawler.storage.columns import UTCDateTime
from newscrawler.storage.database import Database

T = TypeVar("T")
PAGE_SIZE = 50
NEAR = 2000
"""How many of the newest rows are looked through for a page before the database looks for all that fit."""
FAR = 10_000
"""How many more at most, where so many of the nearest fit that a page should be found among these."""
_AMPLE = 1.5
"""Times as many as should do."""
_ROWS_AT_ONCE = 500
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
Conditions = Sequence[sa.ColumnElement[bool]]


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """A part of an answer."""

    items: list[T]
    cursor: str | None
    """For the query that goes on behind this page; None where nothing follows."""


class Stream(Generic[T]):
    """The rows of an answer, read as they are asked for."""

    def __init__(self, pages: Iterator[Page[T]]) -> None:
        self.cursor: str | None = None
        """Once all is read: for the query that goes on behind its limit; None where nothing follows."""
        self._items = self._read(pages)

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> T:
        return next(self._items)

    def _read(self, pages: Iterator[Page[T]]) -> Iterator[T]:
        for page in pages:
            yield from page.items
            self.cursor = page.cursor


class Place(NamedTuple):
    """A place in an order: right behind this row."""

    moment: datetime
    id: int


class Key(Protocol):
    """What the rows of a statement are ordered by: a moment, and among equal ones their id."""

    @property
    def moment(self) -> sa.ColumnElement[Any]: ...

    @property
    def id(self) -> sa.ColumnElement[Any]: ...

    def newest_first(self) -> Sequence[sa.ColumnElement[Any]]:
        """For ORDER BY."""

    def behind(self, place: Place) -> sa.ColumnElement[bool]:
        """The rows that come after this one."""


@dataclass(frozen=True, slots=True)
class MomentKey:
    """By two columns."""

    moment: sa.ColumnElement[Any]
    id: sa.ColumnElement[Any]

    def newest_first(self) -> Sequence[sa.ColumnElement[Any]]:
        return self.moment.desc(), self.id.desc()

    def behind(self, place: Place) -> sa.ColumnElement[bool]:
        return sa.tuple_(self.moment, self.id) < _literal(place)

    def up_to(self, place: Place) -> sa.ColumnElement[bool]:
        """The rows before this one, and itself."""
        return sa.tuple_(self.moment, self.id) >= _literal(place)


Near = Callable[[sa.Connection, Conditions], sa.Select[Any]]
"""What fits among the rows that some conditions leave. It may ask the database how to look for them best."""


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of one rank."""

    whole: sa.Select[Any]
    """All of them."""
    key: Key
    keys: sa.Select[Any] | None = None
    """The same as far as the key needs it, where that is less."""
    near: Near | None = None
    """The same rows, asked for in the way that is best where few have to be looked at; None where there is
    no better one."""
    near_key: MomentKey | None = None
    """What `near` is ordered by; None for the answer's own key."""
    far: int = FAR
    """As `FAR`: more where `near` does not look at each row."""
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
    bounds: Conditions = ()
    """What the query says of the key's moment: where to look for the nearest rows."""

    def stream(self, database: Database, limit: int | None, cursor: str | None) -> Stream[T]:
        """The rows behind a cursor, as the database gives them."""
        if limit is not None and limit <= _ROWS_AT_ONCE:
            return Stream(iter([self.page(database, limit, cursor)]))
        return Stream(self._pages(database, limit, cursor))

    def page(self, database: Database, limit: int | None, cursor: str | None) -> Page[T]:
        """The rows behind a cursor, `PAGE_SIZE` where there is no limit, and whether more follow."""
        size = limit or PAGE_SIZE
        found: list[tuple[int, sa.RowMapping]] = []
        with database.reading() as connection:
            for part, place in self._rest(cursor):
                if len(found) <= size:
                    rest = size + 1 - len(found)
                    found += ((part.rank, row) for row in self._first(connection, part, rest, place))
        return self._read(found, size)

    def count(self, database: Database) -> int:
        """How many rows there are in all, wherever a page begins."""
        with database.reading() as connection:
            counts = (sa.select(sa.func.count()).select_from(p.whole.subquery()) for p in self.parts)
            return sum(connection.scalar(statement) or 0 for statement in counts)

    def _pages(self, database: Database, limit: int | None, cursor: str | None) -> Iterator[Page[T]]:
        """Pages of one reading, however long it takes."""
        rest = limit
        with database.reading() as connection, closing(self._rows(connection, limit, cursor)) as found:
            ahead = list(islice(found, 1))
            while ahead and rest != 0:
                size = _ROWS_AT_ONCE if rest is None else min(_ROWS_AT_ONCE, rest)
                some = [*ahead, *islice(found, size)]
                yield self._read(some, size)
                ahead = some[size:]
                rest = rest - size if rest is not None else None

    def _rows(
        self, connection: sa.Connection, limit: int | None, cursor: str | None
    ) -> Generator[tuple[int, sa.RowMapping], None, None]:
        """Rows with their ranks: one more than the limit, to know whether there are more."""
        options = {"yield_per": _ROWS_AT_ONCE}
        for part, place in self._rest(cursor):
            statement = _behind(part.whole, part.key, place).order_by(*part.key.newest_first())
            if limit is not None:
                statement = statement.limit(limit + 1)
            with connection.execute(statement, execution_options=options) as result:
                for row in result.mappings():
                    yield part.rank, row

    def _rest(self, cursor: str | None) -> Iterator[tuple[Part, Place | None]]:
        """The parts that are behind a cursor, and where in each it is; None for the beginning."""
        last = Cursor.read(cursor, order=self.order) if cursor is not None else None
        for part in self.parts:
            if last is None or part.rank > last.rank:
                yield part, None
            elif part.rank == last.rank:
                yield part, Place(_EPOCH + last.moment * _MICROSECOND, last.id)

    def _read(self, found: Sequence[tuple[int, sa.RowMapping]], size: int) -> Page[T]:
        """A page of rows; one more than its size says that there are more."""
        items = [rows.read(self.cls, row) for _, row in found[:size]]
        return Page(items, self._cursor(*found[size - 1]) if len(found) > size else None)

    def _first(
        self, connection: sa.Connection, part: Part, size: int, place: Place | None
    ) -> list[sa.RowMapping]:
        """The first rows of a part: from the nearest rows, from some more, and else from all."""
        found: list[sa.RowMapping] = []
        if part.near is not None and (part.few is None or connection.execute(part.few).first() is not None):
            key = part.near_key or self.key
            number = NEAR
            while (last := self._last_of(connection, number, place)) is not None:
                within = [key.up_to(last)] + ([key.behind(place)] if place is not None else [])
                near = part.near(connection, within)
                found += self._top(connection, near, key, size - len(found))
                wanted = _AMPLE * NEAR * (size - len(found))
                if wanted == 0:
                    return found
                place = last
                if number != NEAR or wanted > part.far * len(found):
                    break
                number = round(wanted / len(found))
        whole = _behind(part.whole if part.keys is None else part.keys, part.key, place)
        return [*found, *self._top(connection, whole, part.key, size - len(found))]

    def _top(
        self, connection: sa.Connection, statement: sa.Select[Any], key: Key, size: int
    ) -> Sequence[sa.RowMapping]:
        """The first rows of a statement. They are sorted by what they are ordered by alone, then read."""
        keys = statement.with_only_columns(key.id.label("id"), key.moment.label("moment"))
        first = keys.order_by(*key.newest_first()).limit(size).subquery("first")
        rows = sa.select(*self.key.id.table.c).where(self.key.id == first.c.id)
        return connection.execute(rows.order_by(first.c.moment.desc(), first.c.id.desc())).mappings().all()

    def _last_of(self, connection: sa.Connection, number: int, place: Place | None) -> Place | None:
        """Where so many of the nearest rows end, whatever they are; None where there are not so many."""
        nearest = _behind(sa.select(self.key.moment, self.key.id).where(*self.bounds), self.key, place)
        nearest = nearest.order_by(*self.key.newest_first()).offset(number - 1).limit(1)
        row = connection.execute(nearest).first()
        return Place(*row) if row is not None else None

    def _cursor(self, rank: int, row: sa.RowMapping) -> str:
        moment = (row[self.key.moment.name] - _EPOCH) // _MICROSECOND
        return str(Cursor(self.order, rank, moment, row["id"]))


def _literal(place: Place) -> sa.ColumnElement[Any]:
    return sa.tuple_(sa.literal(place.moment, UTCDateTime), sa.literal(place.id))


def _behind(statement: sa.Select[Any], key: Key, place: Place | None) -> sa.Select[Any]:
    return statement if place is None else statement.where(key.behind(place))
