"""What a claim reads: the alerts that wait, and what has been told before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa

from newscrawler.changes import ArticleState
from newscrawler.storage import rows
from newscrawler.storage.alert_records import (
    CAP_WINDOW,
    GROUP_LIMIT,
    TOLD_FOR,
    Alert,
    Context,
    Pace,
    Told,
    addresses,
)
from newscrawler.storage.records import Event
from newscrawler.storage.schema import alerts, articles, events

_RECENTLY_TOLD = 2000


def due_alerts(now: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    """The alerts to look at: nobody's turn has been put off, and nobody is sending them."""
    return (
        alerts.c.status == "pending",
        sa.or_(alerts.c.due_at.is_(None), alerts.c.due_at <= now),
        sa.or_(alerts.c.leased_until.is_(None), alerts.c.leased_until <= now),
    )


def waiting_alerts(
    connection: sa.Connection, channel: str, paces: Mapping[str, Pace], now: datetime, limit: int
) -> list[Alert]:
    """Alerts that are part of no message yet. Of a rule that groups them, all, once one of them is due."""
    unsent = (alerts.c.channel == channel, alerts.c.message.is_(None))
    single = [rule for rule, pace in paces.items() if not pace.grouped]
    found = read_alerts(connection, *unsent, *due_alerts(now), alerts.c.rule.in_(single), limit=limit)
    grouped = sa.select(alerts.c.rule).where(
        *unsent, *due_alerts(now), alerts.c.rule.in_([r for r in paces if r not in single])
    )
    for rule in connection.scalars(grouped.distinct()).all():
        status = alerts.c.status == "pending"
        found += read_alerts(connection, *unsent, status, alerts.c.rule == rule, limit=GROUP_LIMIT)
    return found


def read_alerts(
    connection: sa.Connection, *conditions: sa.ColumnElement[bool], limit: int | None
) -> list[Alert]:
    """Alerts with their events and stories, oldest first."""
    query = (
        sa.select(
            events,
            alerts.c.id.label("alert_id"),
            alerts.c.rule.label("rule"),
            alerts.c.queued_at.label("queued_at"),
            alerts.c.due_at.label("due_at"),
        )
        .join(events, events.c.id == alerts.c.event_id)
        .where(*conditions)
        .order_by(alerts.c.id)
        .limit(limit)
    )
    found = connection.execute(query).mappings().all()
    of_story = {row["article_id"] for row in found} - {None}
    stories = connection.execute(sa.select(articles).where(articles.c.id.in_(of_story))).mappings()
    states = {row["id"]: rows.read(ArticleState, row) for row in stories}
    return [
        Alert(
            id=row["alert_id"],
            rule=row["rule"],
            queued_at=row["queued_at"],
            due_at=row["due_at"],
            event=rows.read(Event, row),
            story=states.get(row["article_id"]),
        )
        for row in found
    ]


def told_before(
    connection: sa.Connection,
    channel: str,
    paces: Mapping[str, Pace],
    waiting: Sequence[Alert],
    now: datetime,
) -> Context:
    capped = {alert.rule for alert in waiting if paces[alert.rule].capped}
    composed: dict[str, list[datetime]] = defaultdict(list)
    if capped:
        of_message = sa.func.min(alerts.c.composed_at)
        query = (
            sa.select(alerts.c.rule, of_message)
            .where(alerts.c.channel == channel, alerts.c.rule.in_(capped))
            .where(alerts.c.composed_at > now - CAP_WINDOW)
            .group_by(alerts.c.rule, alerts.c.message)
        )
        for rule, at in connection.execute(query):
            composed[rule].append(at)
    return Context(_told(connection, channel, paces, waiting, now), composed)


def _told(
    connection: sa.Connection,
    channel: str,
    paces: Mapping[str, Pace],
    waiting: Sequence[Alert],
    now: datetime,
) -> list[Told]:
    choosy = [alert for alert in waiting if paces[alert.rule].one_language and alert.story is not None]
    languages = {alert.story.language for alert in choosy if alert.story is not None}
    if not choosy:
        return []
    query = (
        sa.select(
            alerts.c.id, alerts.c.rule, events.c.kind, events.c.site,
            articles.c.language, articles.c.url, articles.c.translations,
        )
        .join(events, events.c.id == alerts.c.event_id)
        .join(articles, articles.c.id == events.c.article_id)
        .where(alerts.c.channel == channel, alerts.c.rule.in_({alert.rule for alert in choosy}))
        .where(alerts.c.composed_at > now - TOLD_FOR, alerts.c.status != "dropped")
        .where(events.c.kind.in_({alert.event.kind for alert in choosy}))
        .order_by(alerts.c.id.desc())
        .limit(_RECENTLY_TOLD)
    )  # fmt: skip
    if len(languages) == 1:  # a story is no translation of one in its own language
        query = query.where(articles.c.language.not_in(languages))
    return [
        Told(row.id, row.rule, row.kind, row.site, row.language, addresses(row.url, row.translations))
        for row in connection.execute(query)
    ]
