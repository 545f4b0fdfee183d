"""From a query to the statement that answers it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from newscrawler.queries import ArticleQuery, EventQuery, Filters, RunQuery
from newscrawler.storage.paging import Answer
from newscrawler.storage.records import Article, Event, Run
from newscrawler.storage.schema import articles, events, runs

Conditions = list[sa.ColumnElement[bool]]


def articles_of(query: ArticleQuery) -> Answer[Article]:
    """The articles of a query."""
    a = articles.c
    dated_at = sa.func.coalesce(a.published_at, a.first_seen_at)
    where = _of_article(query) + _between(a.first_seen_at, query.seen_since, query.seen_until)
    where += _among(a.site, query.sites)
    if query.premium:
        where.append(_is_any(a.premium, query.premium))
    if happened := _happened(query):
        where.append(sa.exists().where(events.c.article_id == a.id, *happened))
    moment = a.first_seen_at if query.order == "seen" else dated_at
    return Answer(Article, f"articles-{query.order}", sa.select(articles).where(*where), moment, a.id)


def events_of(query: EventQuery) -> Answer[Event]:
    """The events of a query."""
    e = events.c
    where = (
        _happened(query) + _between(e.at, query.seen_since, query.seen_until) + _among(e.site, query.sites)
    )
    if query.premium:
        where.append(_is_any(e.premium, query.premium))
    statement = sa.select(events).where(*where)
    if of_article := _of_article(query):
        statement = statement.join(articles, articles.c.id == e.article_id).where(*of_article)
    return Answer(Event, "events", statement, e.at, e.id)


def runs_of(query: RunQuery) -> Answer[Run]:
    """The runs of a query."""
    r = runs.c
    where = _among(r.site, query.sites) + _among(r.status, query.statuses)
    where += _between(r.started_at, query.seen_since, query.seen_until)
    return Answer(Run, "runs", sa.select(runs).where(*where), r.started_at, r.id)


def _of_article(query: Filters) -> Conditions:
    """What an article has to be, and the article of an event."""
    a = articles.c
    dated_at = sa.func.coalesce(a.published_at, a.first_seen_at)
    where = _among(a.language, query.languages) + _among(a.status, query.statuses)
    where += _between(dated_at, query.published_since, query.published_until)
    return where if query.duplicates else [*where, a.duplicate_of.is_(None)]


def _happened(query: Filters) -> Conditions:
    """What an event has to be, and one of the events of an article."""
    e = events.c
    where = _among(e.kind, query.kinds)
    if query.baseline is not None:
        where.append(e.baseline.is_(query.baseline))
    if query.run_id is not None:
        where.append(e.run_id == query.run_id)
    return where


def _among(column: sa.ColumnElement[str], values: Sequence[str]) -> Conditions:
    return [column.in_(values)] if values else []


def _between(column: sa.ColumnElement[Any], since: datetime | None, until: datetime | None) -> Conditions:
    return ([column >= since] if since else []) + ([column < until] if until else [])


def _is_any(column: sa.ColumnElement[Any], values: Sequence[bool | None]) -> sa.ColumnElement[bool]:
    return sa.or_(*(column.is_(value) for value in values))
