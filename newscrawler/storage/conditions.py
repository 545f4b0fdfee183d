"""From a query to the statements that answer it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from newscrawler.queries import ArticleQuery, EventQuery, Filters, RunQuery
from newscrawler.storage.paging import Answer, MomentKey, Near, Part, Place
from newscrawler.storage.records import Article, Event, Run
from newscrawler.storage.schema import articles, event_marks, events, runs
from newscrawler.storage.search_index import postgresql, sqlite, sqlite_article_id, sqlite_place
from newscrawler.storage.searching import (
    RANKS,
    SAMPLED,
    Searched,
    few_found,
    found_ids,
    fts5_matches,
    is_found,
    searched,
)

_SORTED_AT_ONCE = 3000
_FAR_BY_SEEN, _FAR_BY_DATE = 40_000, 200_000
"""As `paging.FAR`, for words: the index is asked of all since a day at once; by date it has them in order."""
Conditions = list[sa.ColumnElement[bool]]
_DATED = MomentKey(articles.c.dated_at, articles.c.id)
_SEEN = MomentKey(articles.c.first_seen_at, articles.c.id)
_HAPPENED = MomentKey(events.c.at, events.c.id)
_STARTED = MomentKey(runs.c.started_at, runs.c.id)


def articles_of(query: ArticleQuery, dialect: str) -> Answer[Article]:
    """The articles of a query. Raises UsageError for a text that cannot be read."""
    wanted = searched(query)
    by_seen = query.order == "seen"
    key = _SEEN if by_seen else _DATED
    where = _of_article(query) + _among(articles.c.site, query.sites)
    if query.premium:
        where.append(_is_any(articles.c.premium, query.premium))
    seen, published = _seen(query), _published(query)
    happened = _happened(query)
    near = sa.select(articles).where(*where, *seen, *published)
    whole = sa.select(articles).where(*where, *(seen if by_seen else published))
    for other in (published,) if by_seen else (seen,):
        if other:
            whole = whole.where(articles.c.id.in_(_ids(sa.select(articles.c.id).where(*other), "others")))
    if happened:
        near = near.where(sa.exists(sa.literal(1)).where(events.c.article_id == articles.c.id, *happened))
        whole = whole.where(
            articles.c.id.in_(_ids(sa.select(events.c.article_id).where(*happened), "happened"))
        )
    if wanted is None:
        filtered = where or seen or published or happened
        few = sa.select(events.c.id).where(*happened).offset(_SORTED_AT_ONCE).limit(1) if happened else None
        parts = [Part(whole, key, near=_each(near) if filtered else None, few=few)]
    elif by_seen:
        found = articles.c.id.in_(sa.select(found_ids(dialect, wanted).c.article_id))
        parts = [
            Part(
                whole.where(found),
                key,
                near=_found(near, wanted),
                far=_FAR_BY_SEEN,
                few=few_found(dialect, wanted),
            )
        ]
    else:
        ranks = RANKS if query.order == "relevance" else (None,)
        if dialect == "sqlite":
            parts = [_by_date_on_sqlite(query, whole, wanted, rank) for rank in ranks]
        else:
            parts = [_by_date_on_postgresql(whole, near, wanted, rank) for rank in ranks]
    return Answer(Article, f"articles-{query.order}", key, parts, seen if by_seen else published)


def events_of(query: EventQuery, dialect: str) -> Answer[Event]:
    """The events of a query. Raises UsageError for a text that cannot be read."""
    wanted = searched(query)
    e = events.c
    bounds = _between(e.at, query.seen_since, query.seen_until)
    bounds += _between(e.at, query.published_since, None)  # nothing happens to a story before it is published
    where = _happened(query) + bounds + _among(e.site, query.sites)
    if query.premium:
        where.append(_is_any(e.premium, query.premium))
    if query.mark is not None:
        marked = sa.exists(sa.literal(1)).where(event_marks.c.event_id == e.id)
        where.append(marked if query.mark == "seen" else ~marked)
    every = sa.select(events).where(*where)
    of_article = _of_article(query) + _published(query)
    if not of_article and wanted is None:
        parts = [Part(every, _HAPPENED, near=_each(every) if where else None)]
        return Answer(Event, "events", _HAPPENED, parts, bounds)

    def near(connection: sa.Connection, within: Sequence[sa.ColumnElement[bool]]) -> sa.Select[Any]:
        # Not a join: SQLite would begin with the articles.
        its_own = sa.exists(sa.literal(1)).where(articles.c.id == e.article_id, *of_article)
        if wanted is not None:
            # No join either: PostgreSQL would go through all articles.
            date = sa.select(articles.c.dated_at).where(articles.c.id == e.article_id).scalar_subquery()
            dated = sa.select(date).where(e.id % SAMPLED == 0, e.article_id.is_not(None), *within)
            its_own = its_own.where(is_found(connection, wanted, dated))
        return every.where(its_own, *within)

    its, few = sa.select(articles.c.id).where(*of_article), None
    if wanted is not None:
        found = sa.select(found_ids(dialect, wanted).c.article_id)
        its = its.where(articles.c.id.in_(found)) if of_article else found
        few = few_found(dialect, wanted)
    part = Part(every.where(e.article_id.in_(_ids(its, "its"))), _HAPPENED, near=near, few=few)
    return Answer(Event, "events", _HAPPENED, [part], bounds)


def runs_of(query: RunQuery) -> Answer[Run]:
    """The runs of a query."""
    where = _among(runs.c.site, query.sites) + _among(runs.c.status, query.statuses)
    where += _between(runs.c.started_at, query.seen_since, query.seen_until)
    return Answer(Run, "runs", _STARTED, [Part(sa.select(runs).where(*where), _STARTED)])


def _by_date_on_sqlite(query: Filters, every: sa.Select[Any], wanted: Searched, rank: int | None) -> Part:
    """FTS5 gives what it found by time: no more is read than is shown."""
    row = sqlite.c.rowid
    statement = every.select_from(sqlite).where(
        fts5_matches(wanted, rank), articles.c.id == sqlite_article_id()
    )
    if query.published_since is not None:
        statement = statement.where(row >= sqlite_place(query.published_since, 0))
    if query.published_until is not None:
        statement = statement.where(row < sqlite_place(query.published_until + timedelta(seconds=1), 0))
    return Part(statement, _PlaceKey(), rank=rank or 0)


def _by_date_on_postgresql(
    whole: sa.Select[Any], near: sa.Select[Any], wanted: Searched, rank: int | None
) -> Part:
    """The index knows the time as well: where nothing else is asked, only a page's own articles are read."""
    index = postgresql.c
    found = found_ids("postgresql", wanted, rank)
    alone = near.whereclause is None
    near = sa.select(index.article_id) if alone else near.join(postgresql, index.article_id == articles.c.id)
    near = near.where(*wanted.tsquery(rank))
    return Part(
        whole.join(found, found.c.article_id == articles.c.id),
        MomentKey(found.c.dated_at, found.c.article_id),
        keys=sa.select(found.c.article_id) if alone else None,
        near=_each(near),
        far=_FAR_BY_DATE,
        near_key=MomentKey(index.dated_at, index.article_id),
        rank=rank or 0,
    )


class _PlaceKey:
    """By the number of a row in SQLite's index."""

    moment = articles.c.dated_at
    id = articles.c.id

    def newest_first(self) -> Sequence[sa.ColumnElement[Any]]:
        return (sqlite.c.rowid.desc(),)

    def behind(self, place: Place) -> sa.ColumnElement[bool]:
        return sqlite.c.rowid < sqlite_place(*place)


def _each(every: sa.Select[Any]) -> Near:
    """What fits among some rows, by looking at each of these."""
    return lambda _, within: every.where(*within)


def _found(every: sa.Select[Any], wanted: Searched) -> Near:
    """Articles that are found, among some."""

    def near(connection: sa.Connection, within: Sequence[sa.ColumnElement[bool]]) -> sa.Select[Any]:
        dated = sa.select(articles.c.dated_at).where(articles.c.id % SAMPLED == 0, *within)
        return every.where(is_found(connection, wanted, dated), *within)

    return near


def _of_article(query: Filters) -> Conditions:
    """What an article has to be, and the article of an event."""
    where = _among(articles.c.language, query.languages) + _among(articles.c.status, query.statuses)
    return where if query.duplicates else [*where, articles.c.duplicate_of.is_(None)]


def _published(query: Filters) -> Conditions:
    """When an article was published. What was seen before a moment was published before it."""
    where = _between(articles.c.dated_at, query.published_since, query.published_until)
    if isinstance(query, ArticleQuery):
        where += _between(articles.c.dated_at, None, query.seen_until)
    return where


def _seen(query: ArticleQuery) -> Conditions:
    """When an article was first seen. What was published after a moment was seen after it."""
    where = _between(articles.c.first_seen_at, query.seen_since, query.seen_until)
    return where + _between(articles.c.first_seen_at, query.published_since, None)


def _happened(query: Filters) -> Conditions:
    """What an event has to be, and one of the events of an article."""
    e = events.c
    where = _among(e.kind, query.kinds)
    if query.baseline is not None:
        where.append(e.baseline.is_(query.baseline))
    if query.run_id is not None:
        where.append(e.run_id == query.run_id)
    return where


def _ids(query: sa.Select[Any], name: str) -> sa.Select[Any]:
    """Ids to be collected first: without statistics a planner would rather test all rows one by one."""
    found = query.cte(name).prefix_with("MATERIALIZED")
    return sa.select(found.c[0])


def _among(column: sa.ColumnElement[str], values: Sequence[str]) -> Conditions:
    return [column.in_(values)] if values else []


def _between(column: sa.ColumnElement[Any], since: datetime | None, until: datetime | None) -> Conditions:
    return ([column >= since] if since else []) + ([column < until] if until else [])


def _is_any(column: sa.ColumnElement[Any], values: Sequence[bool | None]) -> sa.ColumnElement[bool]:
    return sa.or_(*(column.is_(value) for value in values))
