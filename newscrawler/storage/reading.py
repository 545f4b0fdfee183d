"""Reading: answers the queries of `newscrawler.queries`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar

import sqlalchemy as sa

from newscrawler.exceptions import StorageError
from newscrawler.queries import ArticleName, ArticleQuery, EventQuery, RunQuery
from newscrawler.storage import rows
from newscrawler.storage.conditions import articles_of, events_of, runs_of
from newscrawler.storage.database import Database
from newscrawler.storage.paging import Page, Stream
from newscrawler.storage.records import Article, Event, History, Relative, Revision, RevisionEvent, Run
from newscrawler.storage.schema import articles, events, revisions, runs

_MAX_ID = 2**63 - 1
_TABLES: dict[type, sa.Table] = {Article: articles, Event: events, Run: runs}
T = TypeVar("T")


def find_articles(database: Database, query: ArticleQuery) -> Stream[Article]:
    """The articles of a query, streamed: all of them up to its limit. Raises UsageError, StorageError."""
    return articles_of(query, database.engine.dialect.name).stream(database, query.limit, query.cursor)


def find_events(database: Database, query: EventQuery) -> Stream[Event]:
    """The events of a query, streamed likewise."""
    return events_of(query, database.engine.dialect.name).stream(database, query.limit, query.cursor)


def find_runs(database: Database, query: RunQuery) -> Stream[Run]:
    """The runs of a query, streamed likewise."""
    return runs_of(query).stream(database, query.limit, query.cursor)


def page_of_articles(database: Database, query: ArticleQuery) -> Page[Article]:
    """As many articles as the query's limit says, 50 where it has none, and the cursor to go on with."""
    return articles_of(query, database.engine.dialect.name).page(database, query.limit, query.cursor)


def page_of_events(database: Database, query: EventQuery) -> Page[Event]:
    """A page of events likewise."""
    return events_of(query, database.engine.dialect.name).page(database, query.limit, query.cursor)


def page_of_runs(database: Database, query: RunQuery) -> Page[Run]:
    """A page of runs likewise."""
    return runs_of(query).page(database, query.limit, query.cursor)


def find_run(database: Database, run_id: int) -> Run:
    """One run. Raises StorageError where there is none of this number."""
    with database.reading() as connection:
        row = connection.execute(sa.select(runs).where(runs.c.id == run_id)).mappings().first()
    if row is None:
        raise StorageError(f"database {database.name}: no run {run_id}")
    return rows.read(Run, row)


def find_history(database: Database, name: ArticleName) -> History | None:
    """One article with its translations, revisions and events; None where none has this name."""
    with database.reading() as connection:
        row = connection.execute(_of_name(name)).mappings().first()
        if row is None:
            return None
        related = _relatives(connection, row)
        return History(
            article=rows.read(Article, row),
            listed_at=row["listed_at"],
            fetched_at=row["fetched_at"],
            gone_since=row["gone_since"],
            last_run_id=_last_run(connection, row),
            original=next((r for r in related if r.id is not None and r.id == row["duplicate_of"]), None),
            translations=[
                next((r for r in related if r.url == url), Relative(language, url, None, None))
                for language, url in sorted(row["translations"].items())
            ],
            revisions=_revisions(connection, row["id"]),
            events=_events(connection, row["id"]),
        )


def _of_name(name: ArticleName) -> sa.Select[Any]:
    """At most one article: the number before the address, the address before the site's own id."""
    ways: list[sa.ColumnElement[bool]] = []
    if name.id is not None and 0 < name.id <= _MAX_ID:
        ways.append(articles.c.id == name.id)
    if name.urls:
        ways.append(articles.c.url.in_(name.urls))
    if name.site is not None and name.external_id is not None:
        ways.append((articles.c.site == name.site) & (articles.c.external_id == name.external_id))
    if not ways:
        return sa.select(articles).where(sa.false())
    rank = sa.case(*((way, n) for n, way in enumerate(ways)))
    return sa.select(articles).where(sa.or_(*ways)).order_by(rank, articles.c.id).limit(1)


def _relatives(connection: sa.Connection, row: sa.RowMapping) -> list[Relative]:
    """The stored ones among an article's translations, and what it is a duplicate of."""
    ways: list[sa.ColumnElement[bool]] = []
    if row["translations"]:
        urls = list(row["translations"].values())
        ways.append((articles.c.site == row["site"]) & articles.c.url.in_(urls))
    if row["duplicate_of"] is not None:
        ways.append(articles.c.id == row["duplicate_of"])
    if not ways:  # else SQLite would read all articles to find none
        return []
    query = sa.select(articles.c.language, articles.c.url, articles.c.id, articles.c.headline)
    return [rows.read(Relative, each) for each in connection.execute(query.where(sa.or_(*ways))).mappings()]


def _revisions(connection: sa.Connection, article_id: int) -> list[Revision]:
    query = (
        sa.select(revisions, runs.c.kind.label("run_kind"))
        .join(runs, runs.c.id == revisions.c.run_id)
        .where(revisions.c.article_id == article_id)
        .order_by(revisions.c.number)
    )
    return [rows.read(Revision, row) for row in connection.execute(query).mappings()]


def _events(connection: sa.Connection, article_id: int) -> list[RevisionEvent]:
    query = sa.select(events).where(events.c.article_id == article_id).order_by(events.c.id)
    return [rows.read(RevisionEvent, row) for row in connection.execute(query).mappings()]


def _last_run(connection: sa.Connection, row: sa.RowMapping) -> int | None:
    """The crawl in whose time an article was seen last: the article's row does not name it."""
    last = row["last_seen_at"]
    query = sa.select(runs.c.id).where(
        runs.c.site == row["site"],
        runs.c.kind == "crawl",
        runs.c.started_at <= last,
        (runs.c.finished_at >= last) | runs.c.finished_at.is_(None),
    )
    found = connection.scalars(query.limit(2)).all()
    return found[0] if len(found) == 1 else None


def events_after(database: Database, query: EventQuery, number: int | None) -> list[Event]:
    """The events of a query numbered above one, in the order of their numbers; of None, the last one."""
    (part,) = events_of(query, database.engine.dialect.name).parts
    statement = part.whole.order_by(events.c.id.desc()).limit(1)
    if number is not None:
        statement = part.whole.where(events.c.id > number).order_by(events.c.id)
    with database.reading() as connection:
        return [rows.read(Event, row) for row in connection.execute(statement).mappings()]


def premium_since(database: Database, ids: Sequence[int]) -> dict[int, datetime]:
    """Since when articles have been known to be premium; one that is not, is missing."""
    latest = sa.select(events.c.article_id, sa.func.max(events.c.at)).group_by(events.c.article_id)
    latest = latest.where(events.c.article_id.in_(ids), events.c.kind.in_(("new_premium", "became_premium")))
    with database.reading() as connection:
        return {row[0]: row[1] for row in connection.execute(latest)}


def count(database: Database, query: ArticleQuery | EventQuery | RunQuery) -> int:
    """How many rows a query has, its limit included."""
    dialect = database.engine.dialect.name
    if isinstance(query, ArticleQuery):
        number = articles_of(query, dialect).count(database)
    elif isinstance(query, EventQuery):
        number = events_of(query, dialect).count(database)
    else:
        number = runs_of(query).count(database)
    return min(number, query.limit or number)


def rows_among(database: Database, cls: type[T], column: str, numbers: Sequence[int]) -> list[T]:
    """The articles, events or runs whose column is among some numbers."""
    table = _TABLES[cls]
    statement = sa.select(table).where(table.c[column].in_(numbers)).order_by(table.c.id)
    with database.reading() as connection:
        return [rows.read(cls, row) for row in connection.execute(statement).mappings()]
