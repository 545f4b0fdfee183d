"""What of the search index a query asks for: the words of its text, its sections and its authors."""

from __future__ import annotations

from dataclasses import dataclass
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


def row_matches(dialect: str, wanted: Searched, rank: int | None) -> sa.ColumnElement[bool]:
    """Whether the row of `articles` at hand is found: to be asked of few."""
    if dialect == "sqlite":
        a = articles.c
        row = sqlite.c.rowid == search_index.sqlite_row(a.dated_at, a.id)
        return sa.exists(sa.literal(1)).where(fts5_matches(wanted, rank), row)
    own = postgresql.c.article_id == articles.c.id
    return sa.exists(sa.literal(1)).where(own, *wanted.tsquery(rank)).correlate(articles)


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
