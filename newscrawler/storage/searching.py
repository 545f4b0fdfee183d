"""What of the search index a query asks for: the words of its text, its sections and its authors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TSQUERY

from newscrawler.queries import Filters
from newscrawler.search import Expression, read_search
from newscrawler.storage import search_index
from newscrawler.storage.schema import articles
from newscrawler.storage.search_index import postgresql, sqlite
from newscrawler.storage.search_terms import fts5, tsquery

RANKS = (0, 1, 2)
"""Of relevance: the headline matches; headline and opening do; the rest of the text is needed."""
_FTS5_COLUMNS = ("{headline}", "{headline opening}", "{headline opening rest}")
_POSTGRESQL_COLUMNS = (postgresql.c.headline, postgresql.c.opening, postgresql.c.everything)
_SORTED_AT_ONCE = 2000
"""More than so many that are found take longer to sort than to look for among the nearest."""
_LONG_BEFORE = 10
"""How many of those in the sample are looked at one by one."""
SAMPLED = 10
"""One of so many is enough."""
_NEVER = datetime(2200, 1, 1, tzinfo=UTC)  # a number of a row on SQLite has room for it


@dataclass(frozen=True, slots=True)
class Searched:
    """What is asked of the index."""

    expression: Expression | None
    labels: tuple[tuple[str, ...], ...]
    """Of each group, one of the words has to be there."""

    def fts5(self, rank: int | None) -> str:
        """As FTS5 takes it; with a rank, only what matches in the places of this rank and of none before."""
        groups = (" OR ".join(f'"{word}"' for word in group) for group in self.labels)
        parts = [f"labels : ({group})" for group in groups]
        if self.expression is None:
            return " AND ".join(parts)
        text = fts5(self.expression)
        wanted = [*parts, f"{_FTS5_COLUMNS[-1]} : ({text})"]
        if rank is not None:
            wanted.append(f"{_FTS5_COLUMNS[rank]} : ({text})")
        found = " AND ".join(wanted)
        return f"({found}) NOT {_FTS5_COLUMNS[rank - 1]} : ({text})" if rank else found

    def tsquery(self, rank: int | None) -> list[sa.ColumnElement[bool]]:
        """The same as conditions on the columns of PostgreSQL's index."""
        p = postgresql.c
        groups = (" | ".join(f"'{word}'" for word in group) for group in self.labels)
        where: list[sa.ColumnElement[bool]] = []
        where += [p.labels.bool_op("@@")(_tsquery(group)) for group in groups]
        if self.expression is not None:
            text = _tsquery(tsquery(self.expression))
            where.append(p.everything.bool_op("@@")(text))
            if rank is not None and rank < RANKS[-1]:
                where.append(_POSTGRESQL_COLUMNS[rank].bool_op("@@")(text))
            if rank:
                where.append(~_POSTGRESQL_COLUMNS[rank - 1].bool_op("@@")(text))
        return where


def searched(query: Filters) -> Searched | None:
    """What a query asks of the index; None where it asks nothing. Raises UsageError for a malformed text."""
    expression = read_search(query.text) if query.text is not None else None
    sections = tuple(search_index.section_word(name) for name in query.sections)
    authors = tuple(search_index.author_word(name) for name in query.authors)
    labels = tuple(group for group in (sections, authors) if group)
    return Searched(expression, labels) if expression is not None or labels else None


def is_found(
    connection: sa.Connection, wanted: Searched, dated: sa.Select[tuple[datetime]]
) -> sa.ColumnElement[Any]:
    """Whether the row of `articles` at hand is found: one of some thousand.

    To ask an index of words about one article takes long, and hardly longer about all since a day. So only
    those that are dated long before the others are looked at one by one; `dated` has `dated_at` of each, or
    of a sample.
    """
    dates = dated.cte("dates").prefix_with("MATERIALIZED")
    oldest_first = sa.select(dates.c[0]).order_by(dates.c[0])
    since = connection.scalar(oldest_first.offset(_LONG_BEFORE).limit(1)) or _NEVER
    a, p, row = articles.c, postgresql.c, sqlite.c.rowid
    recent: sa.ColumnElement[bool]
    if connection.dialect.name == "sqlite":
        place = search_index.sqlite_row(a.dated_at, a.id)
        found = sa.select(row).where(fts5_matches(wanted, None))
        recent, own = place.in_(found.where(row >= search_index.sqlite_place(since, 0))), row == place
    else:
        found = sa.select(p.article_id).where(*wanted.tsquery(None))
        those = found.where(p.dated_at >= since).cte("recent").prefix_with("MATERIALIZED")
        recent, own = a.id.in_(sa.select(those.c.article_id)), p.article_id == a.id
    # No EXISTS: PostgreSQL would look for all that are found.
    old = found.with_only_columns(sa.true()).where(own).correlate(articles).scalar_subquery()
    return sa.case((a.dated_at >= since, recent), else_=old)


def found_ids(dialect: str, wanted: Searched, rank: int | None = None) -> sa.CTE:
    """`article_id` of all that is found, on PostgreSQL with `dated_at`.

    The planner shall not look into it: it would walk through all articles by time rather than sort the few
    that have a rare word (486 against 0.7 ms).
    """
    if dialect == "sqlite":
        query = sa.select(search_index.sqlite_article_id().label("article_id"))
        query = query.where(fts5_matches(wanted, rank))
    else:
        p = postgresql.c
        query = sa.select(p.article_id, p.dated_at).where(*wanted.tsquery(rank))
    return query.cte("found").prefix_with("MATERIALIZED")


def few_found(dialect: str, wanted: Searched) -> sa.Select[Any] | None:
    """Has a row where more are found than can be sorted at once; None where that takes as long to tell."""
    if dialect != "sqlite":
        return None
    return sa.select(sqlite.c.rowid).where(fts5_matches(wanted, None)).offset(_SORTED_AT_ONCE).limit(1)


def fts5_matches(wanted: Searched, rank: int | None) -> sa.ColumnElement[bool]:
    """The rows of SQLite's index that are found."""
    table: sa.ColumnElement[Any] = sa.literal_column(sqlite.name)
    return table.bool_op("MATCH")(wanted.fts5(rank))


def _tsquery(text: str) -> sa.ColumnElement[Any]:
    return sa.cast(sa.literal(text, sa.Text), TSQUERY)
