"""The index that searches use: an FTS5 table on SQLite, `tsvector` columns on PostgreSQL.

Both are fed with words folded by `newscrawler.search`, so that they find the same. What is in it follows
from `articles` and is written in the same transaction; a revision that changes its shape calls `rebuild`.
Sections and authors are in it as well, as words that no text has, because a database indexes no list.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.dialects.postgresql import insert as postgresql_insert

from newscrawler.search import folded_words
from newscrawler.storage.columns import RowId, UTCDateTime
from newscrawler.storage.schema import articles

PARAGRAPH = "¶"
"""Stands between paragraphs, so that no phrase reaches over their border."""
_MOST_WORDS = 16_000  # a tsvector counts places up to 16,383,
_MOST_LETTERS = 200_000  # and has at most a megabyte
_ROWS_AT_ONCE = 500
_SQLITE_ID_BITS = 30
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NOON = time(12, tzinfo=UTC)

postgresql = sa.Table(
    "article_search",
    sa.MetaData(),
    sa.Column("article_id", RowId, sa.ForeignKey(articles.c.id), primary_key=True),
    sa.Column("dated_at", UTCDateTime, nullable=False),
    sa.Column("headline", TSVECTOR, nullable=False),
    sa.Column("opening", TSVECTOR, nullable=False),  # with the headline
    sa.Column("everything", TSVECTOR, nullable=False),
    sa.Column("labels", TSVECTOR, nullable=False),
)
sqlite = sa.table(
    "article_search", *(sa.column(name) for name in ("rowid", "headline", "opening", "rest", "labels"))
)

POSTGRESQL_INDEX = (
    "CREATE INDEX ix_article_search ON article_search USING gin (headline, opening, everything, labels)"
)
_CREATE = {
    # Cutting words at spaces is all that is left to do: every other character is part of a word.
    "sqlite": (
        "CREATE VIRTUAL TABLE article_search USING fts5(headline, opening, rest, labels, "
        "tokenize = 'ascii', prefix = '2 3')",
    ),
    "postgresql": (
        "CREATE TABLE article_search (article_id BIGINT PRIMARY KEY REFERENCES articles (id), "
        "dated_at TIMESTAMP WITH TIME ZONE NOT NULL, headline TSVECTOR NOT NULL, opening TSVECTOR NOT NULL, "
        "everything TSVECTOR NOT NULL, labels TSVECTOR NOT NULL)",
        # The long vectors out of the way: sorting what was found by time need not read them.
        "ALTER TABLE article_search SET (toast_tuple_target = 128)",
        "ALTER TABLE article_search ALTER COLUMN labels SET STORAGE MAIN",
        "CREATE INDEX ix_article_search_dated_at ON article_search (dated_at, article_id)",
        POSTGRESQL_INDEX,
    ),
}


_SEARCHED = (
    "headline", "description", "lead", "body", "sections", "authors", "published_at", "published_date",
    "first_seen_at",
)  # fmt: skip


class Dated(Protocol):
    """What of an article says when it was published: a state, a record or a row of it."""

    @property
    def published_at(self) -> Any: ...
    @property
    def published_date(self) -> Any: ...
    @property
    def first_seen_at(self) -> Any: ...


class Searchable(Dated, Protocol):
    """What of an article is searched."""

    @property
    def headline(self) -> Any: ...
    @property
    def description(self) -> Any: ...
    @property
    def lead(self) -> Any: ...
    @property
    def body(self) -> Any: ...
    @property
    def sections(self) -> Any: ...
    @property
    def authors(self) -> Any: ...


@dataclass(frozen=True, slots=True)
class _Indexed:
    """An article's words, paragraph by paragraph."""

    dated_at: datetime
    headline: list[list[str]]
    opening: list[list[str]]
    """Description, lead and first paragraph."""
    rest: list[list[str]]
    labels: list[str]


def dated_at(article: Dated) -> datetime:
    """When a story is published, as far as it is known: by this, stories are ordered and filtered.

    Where only the day is known, when it was first seen, but at the latest noon of the day in UTC, which is
    the same day in all but the most eastern zones. No story is published after it was seen.
    """
    first_seen: datetime = article.first_seen_at
    published: datetime | None = article.published_at
    day: date | None = article.published_date
    if published is None and day is not None and day < first_seen.date():
        published = datetime.combine(day, _NOON)
    return min(published or first_seen, first_seen).replace(microsecond=0)


def section_word(name: str) -> str:
    """What stands for a section in the index."""
    return _label("section", name)


def author_word(name: str) -> str:
    """What stands for an author in the index."""
    return _label("author", name)


def differs(one: Searchable, other: Searchable) -> bool:
    """Whether what is searched of two versions of an article differs."""
    return any(getattr(one, name) != getattr(other, name) for name in _SEARCHED)


def sqlite_row(dated: sa.ColumnElement[Any], article_id: sa.ColumnElement[Any]) -> sa.ColumnElement[int]:
    """The number of an article's row in the index on SQLite, from columns of `articles`."""
    seconds = sa.cast(sa.func.strftime("%s", dated), sa.BigInteger)
    return seconds.bitwise_lshift(_SQLITE_ID_BITS).bitwise_or(article_id)


def sqlite_place(dated: datetime, article_id: int) -> int:
    """The same from values. They rise with time, for FTS5 gives what it found in the order of its rows."""
    return int((dated - _EPOCH) // timedelta(seconds=1)) << _SQLITE_ID_BITS | article_id


def sqlite_article_id() -> sa.ColumnElement[int]:
    """The article of a row of the index on SQLite."""
    return sqlite.c.rowid.bitwise_and((1 << _SQLITE_ID_BITS) - 1)


def create(connection: sa.Connection) -> None:
    """Create the index, empty."""
    for statement in _CREATE[connection.dialect.name]:
        connection.exec_driver_sql(statement)


def drop(connection: sa.Connection) -> None:
    """Remove the index with all that is in it."""
    connection.exec_driver_sql("DROP TABLE article_search")


def write(connection: sa.Connection, changed: Mapping[int, Searchable]) -> None:
    """Index articles anew, by their id. Their rows in `articles` still have the old `dated_at`, if any."""
    if not changed:
        return
    if connection.dialect.name == "sqlite":
        old = sa.select(articles.c.dated_at, articles.c.id).where(articles.c.id.in_(changed))
        places = [(sqlite_place(at, row_id),) for at, row_id in connection.execute(old) if at is not None]
        if places:
            connection.exec_driver_sql("DELETE FROM article_search WHERE rowid = ?", places)
    _insert(connection, changed.items())


def rebuild(connection: sa.Connection) -> None:
    """Fill an empty index, and `dated_at` of every article, from what the articles say."""
    last = 0
    query = (
        sa.select(articles.c.id, *(articles.c[name] for name in _SEARCHED))
        .order_by(articles.c.id)
        .limit(_ROWS_AT_ONCE)
    )
    setting = sa.update(articles).where(articles.c.id == sa.bindparam("row_id"))
    while found := connection.execute(query.where(articles.c.id > last)).all():
        last = found[-1].id
        _insert(connection, ((row.id, row) for row in found))
        connection.execute(setting, [{"row_id": row.id, "dated_at": dated_at(row)} for row in found])


def _insert(connection: sa.Connection, found: Iterable[tuple[int, Any]]) -> None:
    indexed = [(article_id, _index(article)) for article_id, article in found]
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(
            "INSERT INTO article_search (rowid, headline, opening, rest, labels) VALUES (?, ?, ?, ?, ?)",
            [_sqlite_values(article_id, words) for article_id, words in indexed],
        )
        return
    names = ("headline", "opening", "everything", "labels")
    query = postgresql_insert(postgresql).values(
        article_id=sa.bindparam("article_id"),
        dated_at=sa.bindparam("dated_at", type_=UTCDateTime),
        **{name: sa.cast(sa.bindparam(name, type_=sa.Text), TSVECTOR) for name in names},
    )
    fresh = {name: query.excluded[name] for name in ("dated_at", *names)}
    query = query.on_conflict_do_update(index_elements=["article_id"], set_=fresh)
    connection.execute(query, [_postgresql_values(article_id, words) for article_id, words in indexed])


def _index(article: Any) -> _Indexed:
    opening = [text for text in (article.description, article.lead, *article.body[:1]) if text]
    labels = (*map(section_word, article.sections), *map(author_word, article.authors))
    budget = _Budget()
    return _Indexed(
        dated_at(article),
        budget.take([article.headline or ""]),
        budget.take(opening),
        budget.take(article.body[1:]),
        list(dict.fromkeys(labels)),
    )


class _Budget:
    """What an article may still put into the index. A page of megabytes would not fit into a tsvector."""

    def __init__(self) -> None:
        self._words = _MOST_WORDS
        self._letters = _MOST_LETTERS

    def take(self, paragraphs: Sequence[str]) -> list[list[str]]:
        """The words of paragraphs, as far as there is room for them."""
        found = []
        for paragraph in paragraphs:
            words = folded_words(paragraph)[: self._words]
            while sum(map(len, words)) > self._letters:
                del words[len(words) // 2 :]
            self._letters -= sum(map(len, words))
            self._words = max(0, self._words - len(words) - 1)  # and one for the border
            if words:
                found.append(words)
        return found


def _sqlite_values(article_id: int, words: _Indexed) -> tuple[Any, ...]:
    border = f" {PARAGRAPH} "
    texts = (border.join(" ".join(p) for p in part) for part in (words.headline, words.opening, words.rest))
    return (sqlite_place(words.dated_at, article_id), *texts, " ".join(words.labels))


def _postgresql_values(article_id: int, words: _Indexed) -> dict[str, Any]:
    return {
        "article_id": article_id,
        "dated_at": words.dated_at,
        "headline": _vector(words.headline),
        "opening": _vector(words.headline + words.opening),
        "everything": _vector(words.headline + words.opening + words.rest),
        "labels": _vector([[label] for label in words.labels]),
    }


def _vector(paragraphs: Sequence[Sequence[str]]) -> str:
    """A tsvector as PostgreSQL reads it: `'minsk':1,5 'metro':2`."""
    places: dict[str, list[int]] = {}
    place = 0
    for paragraph in paragraphs:
        for word in paragraph:
            place += 1
            places.setdefault(word, []).append(place)
        place += 1  # a gap, as PARAGRAPH makes one
    return " ".join(f"'{word}':{','.join(map(str, at))}" for word, at in places.items())


def _label(kind: str, name: str) -> str:
    return "·".join((kind, *folded_words(name)))[:200]
