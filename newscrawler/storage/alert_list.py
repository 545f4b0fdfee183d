"""Alerts as people see and handle them: listed, sent again, dropped."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from newscrawler.changes import ArticleState
from newscrawler.queries import AlertQuery
from newscrawler.storage import rows
from newscrawler.storage.alert_records import Alert, ListedAlert
from newscrawler.storage.database import Database
from newscrawler.storage.records import Event
from newscrawler.storage.schema import alert_channels, alerts, articles, events

_ROWS_AT_ONCE = 500


def find_alerts(database: Database, query: AlertQuery) -> Iterator[ListedAlert]:
    """The alerts of a query, newest first, streamed."""
    about = (events.c.kind, events.c.site, events.c.article_id, events.c.headline, events.c.url)
    statement = (
        sa.select(alerts, *about)
        .join(events, events.c.id == alerts.c.event_id)
        .where(*_conditions(query))
        .order_by(alerts.c.id.desc())
        .limit(query.limit)
    )
    with (
        database.reading() as connection,
        connection.execution_options(yield_per=_ROWS_AT_ONCE).execute(statement) as found,
    ):
        for row in found.mappings():
            yield rows.read(ListedAlert, row)


def count_alerts(database: Database) -> dict[str, int]:
    """How many alerts there are of each status that occurs."""
    query = sa.select(alerts.c.status, sa.func.count()).group_by(alerts.c.status)
    with database.reading() as connection:
        return {row[0]: row[1] for row in connection.execute(query)}


def retry_alerts(database: Database, query: AlertQuery, *, now: datetime) -> int:
    """Have alerts that wait, or were given up or dropped, tried at once; how many these are.

    They go out under their old keys, and their channels are no longer paused.
    """
    open_again = alerts.c.status.in_(("pending", "dead", "dropped")) & _nobody_sends(now)
    with database.writing("alerts") as connection:
        chosen = _messages_of(query) & open_again
        channels = sa.select(alerts.c.channel).where(chosen)
        connection.execute(
            sa.update(alert_channels).where(alert_channels.c.name.in_(channels)).values(paused_until=None)
        )
        # What was part of no message yet has no attempt to begin again from.
        begun = sa.case((alerts.c.message.is_not(None), sa.literal(now, alerts.c.composed_at.type)))
        again = {"status": "pending", "due_at": None, "attempts": 0, "composed_at": begun}
        return connection.execute(sa.update(alerts).where(chosen).values(again)).rowcount


def drop_alerts(database: Database, query: AlertQuery, *, now: datetime) -> int:
    """Have alerts that wait or were given up never sent; how many these are."""
    unsent = alerts.c.status.in_(("pending", "dead")) & _nobody_sends(now)
    with database.writing("alerts") as connection:
        change = sa.update(alerts).where(_messages_of(query) & unsent)
        return connection.execute(change.values(status="dropped", due_at=None)).rowcount


def past_events(database: Database, since: datetime, rule: str) -> list[Alert]:
    """The events since a moment that rules look at, as if each were an alert of one rule."""
    query = (
        sa.select(events)
        .outerjoin(articles, articles.c.id == events.c.article_id)
        .where(events.c.at >= since, sa.not_(events.c.baseline), articles.c.duplicate_of.is_(None))
        .order_by(events.c.id)
    )
    with database.reading() as connection:
        happened = [rows.read(Event, row) for row in connection.execute(query).mappings()]
        stories = sa.select(articles).where(articles.c.id.in_(sa.select(query.subquery().c.article_id)))
        states = {row["id"]: rows.read(ArticleState, row) for row in connection.execute(stories).mappings()}
    return [Alert(event.id, rule, event.at, None, event, states.get(event.article_id)) for event in happened]


def _conditions(query: AlertQuery) -> list[sa.ColumnElement[bool]]:
    conditions: list[sa.ColumnElement[bool]] = []
    if query.ids:
        conditions.append(alerts.c.id.in_(query.ids))
    if query.statuses:
        conditions.append(alerts.c.status.in_(query.statuses))
    if query.rule is not None:
        conditions.append(alerts.c.rule == query.rule)
    if query.channel is not None:
        conditions.append(alerts.c.channel == query.channel)
    if query.since is not None:
        conditions.append(alerts.c.queued_at >= query.since)
    return conditions


def _messages_of(query: AlertQuery) -> sa.ColumnElement[bool]:
    """The alerts of a query, and those that share a message with one of them."""
    chosen = sa.and_(sa.true(), *_conditions(query))
    keys: sa.Select[Any] = sa.select(alerts.c.message).where(chosen, alerts.c.message.is_not(None))
    return sa.or_(chosen, alerts.c.message.in_(keys))


def _nobody_sends(now: datetime) -> sa.ColumnElement[bool]:
    return sa.or_(alerts.c.leased_until.is_(None), alerts.c.leased_until <= now)
