"""Reading: answers the queries of `newscrawler.queries`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

import sqlalchemy as sa

from newscrawler.queries import ArticleQuery, EventQuery, RunQuery
from newscrawler.storage import rows
from newscrawler.storage.database import Database
from newscrawler.storage.records import Article, Event, Run
from newscrawler.storage.schema import articles, events, runs

T = TypeVar("T")
_ROWS_AT_ONCE = 500


def find_articles(database: Database, query: ArticleQuery) -> Iterator[Article]:
    """The articles of a query, newest first, streamed."""
    moment = sa.func.coalesce(articles.c.published_at, articles.c.first_seen_at)
    statement = sa.select(articles).order_by(moment.desc(), articles.c.id.desc())
    if query.site is not None:
        statement = statement.where(articles.c.site == query.site)
    if query.languages:
        statement = statement.where(articles.c.language.in_(query.languages))
    if query.premium is not None:
        statement = statement.where(articles.c.premium == query.premium)
    if query.since is not None:
        statement = statement.where(moment >= query.since)
    return _stream(database, statement.limit(query.limit), Article)


def find_events(database: Database, query: EventQuery) -> Iterator[Event]:
    """The events of a query, newest first, streamed."""
    statement = sa.select(events).order_by(events.c.at.desc(), events.c.id.desc())
    if query.site is not None:
        statement = statement.where(events.c.site == query.site)
    if query.languages:
        of_language = sa.select(articles.c.id).where(articles.c.language.in_(query.languages))
        statement = statement.where(events.c.article_id.in_(of_language))
    if query.kinds:
        statement = statement.where(events.c.kind.in_(query.kinds))
    if query.premium is not None:
        statement = statement.where(events.c.premium == query.premium)
    if query.since is not None:
        statement = statement.where(events.c.at >= query.since)
    if query.baseline is not None:
        statement = statement.where(events.c.baseline == query.baseline)
    if query.run_id is not None:
        statement = statement.where(events.c.run_id == query.run_id)
    return _stream(database, statement.limit(query.limit), Event)


def find_runs(database: Database, query: RunQuery) -> Iterator[Run]:
    """The runs of a query, newest first, streamed."""
    statement = sa.select(runs).order_by(runs.c.id.desc())
    if query.site is not None:
        statement = statement.where(runs.c.site == query.site)
    return _stream(database, statement.limit(query.limit), Run)


def _stream(database: Database, statement: sa.Select[Any], cls: type[T]) -> Iterator[T]:
    with database.reading() as connection:
        result = connection.execution_options(yield_per=_ROWS_AT_ONCE).execute(statement)
        for row in result.mappings():
            yield rows.read(cls, row)
