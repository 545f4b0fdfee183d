"""The queue of alerts: written with their events, claimed by dispatchers, marked when they are through.

An alert is one row for each event, rule and channel. A *message* is what is sent: one alert, or several under
one key. Who leases a message sends it; a lease that ends without a mark was of a process that died, and the
message goes out again under the same key.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import sqlalchemy as sa

from newscrawler.storage.alert_records import (
    Alert,
    Composer,
    Failure,
    Happened,
    Outgoing,
    Pace,
    Plan,
    Router,
)
from newscrawler.storage.columns import UTCDateTime
from newscrawler.storage.database import Database
from newscrawler.storage.schema import alert_channels, alerts
from newscrawler.storage.waiting_alerts import due_alerts, read_alerts, told_before, waiting_alerts

_YOUNG_ATTEMPTS = 3
"""After so many failures a message stands behind the others, so that it cannot hold them up."""


def queue_alerts(
    connection: sa.Connection, written: Iterable[tuple[int, datetime, Happened]], router: Router
) -> None:
    """Queue an alert for each way of each event: its number, its time, and what it is.

    To be called in the transaction that wrote the events, for those that are neither of a baseline nor of
    a duplicate.
    """
    queued = [
        {
            "event_id": event_id,
            "rule": route.rule,
            "channel": route.channel,
            "status": "pending",
            "queued_at": at,
        }
        for event_id, at, happened in written
        for route in router(happened)
    ]
    if queued:
        connection.execute(sa.insert(alerts), queued)


# Built once: building a statement takes longer than running it, and there is one of each for every message.
_WELL = (
    sa.update(alert_channels)
    .where(alert_channels.c.name == sa.bindparam("channel"), alert_channels.c.failures > 0)
    .values(failures=0, paused_until=None)
)
_END_LEASE = (
    sa.update(alerts)
    .where(alerts.c.message == sa.bindparam("key"), alerts.c.lease == sa.bindparam("mine"))
    .values(lease=None, leased_until=None)
)
_DELIVERED = _END_LEASE.values(
    status="delivered", delivered_at=sa.bindparam("at", type_=UTCDateTime), error=None, due_at=None
)


class AlertQueue:
    """Hands out messages to send. Every method is one transaction; all may be called from any thread."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def due(self, now: datetime) -> set[tuple[str, str]]:
        """Each channel and rule that has something to look at. A paused channel has not."""
        paused = sa.select(alert_channels.c.name).where(alert_channels.c.paused_until > now)
        query = sa.select(alerts.c.channel, alerts.c.rule).where(
            *due_alerts(now), alerts.c.channel.not_in(paused)
        )
        with self.database.reading() as connection:
            return {(row.channel, row.rule) for row in connection.execute(query.distinct())}

    def claim(
        self,
        channel: str,
        paces: Mapping[str, Pace],
        compose: Composer,
        *,
        now: datetime,
        lease_seconds: float,
        limit: int,
    ) -> list[Outgoing]:
        """Compose what waits by these rules, and lease at most `limit` messages, in sending order."""
        with self._writing(channel) as connection:
            if _is_paused(connection, channel, now):
                return []
            waiting = waiting_alerts(connection, channel, paces, now, limit)
            if waiting:
                plan = compose(waiting, told_before(connection, channel, paces, waiting, now))
                _apply(connection, plan, now)
            until = now + timedelta(seconds=lease_seconds)
            return _lease(connection, channel, list(paces), now, until, limit)

    def delivered(self, channel: str, sent: Outgoing, *, at: datetime) -> bool:
        """Note that the channel has accepted a message. False where another process has taken it over."""
        with self._writing(channel) as connection:
            connection.execute(_WELL, {"channel": channel})
            return connection.execute(_DELIVERED, _mine(sent) | {"at": at}).rowcount > 0

    def failed(self, channel: str, sent: Outgoing, failure: Failure) -> bool:
        """Note an attempt that failed. False where another process has taken the message over."""
        values = {
            "status": "dead" if failure.retry_at is None else "pending",
            "due_at": failure.retry_at,
            "error": failure.error,
            "attempts": sent.attempts + 1,
        }
        with self._writing(channel) as connection:
            if failure.pause_until is not None:
                _pause(connection, channel, failure.pause_until)
            return connection.execute(_END_LEASE.values(values), _mine(sent)).rowcount > 0

    def failures(self, channel: str) -> int:
        """How many attempts have failed in a row for reasons that are the channel's."""
        query = sa.select(alert_channels.c.failures).where(alert_channels.c.name == channel)
        with self.database.reading() as connection:
            return connection.scalar(query) or 0

    def release(self, channel: str, unsent: Sequence[Outgoing]) -> None:
        """Give back messages that were leased and not sent."""
        with self._writing(channel) as connection:
            connection.execute(_END_LEASE, [_mine(message) for message in unsent])

    def _writing(self, channel: str) -> AbstractContextManager[sa.Connection]:
        return self.database.writing(f"alerts {channel}")


def _is_paused(connection: sa.Connection, channel: str, now: datetime) -> bool:
    query = sa.select(alert_channels.c.paused_until).where(alert_channels.c.name == channel)
    paused_until = connection.scalar(query)
    return paused_until is not None and paused_until > now


def _pause(connection: sa.Connection, channel: str, until: datetime) -> None:
    update = sa.update(alert_channels).where(alert_channels.c.name == channel)
    update = update.values(failures=alert_channels.c.failures + 1, paused_until=until)
    if connection.execute(update).rowcount == 0:
        connection.execute(sa.insert(alert_channels), {"name": channel, "failures": 1, "paused_until": until})


def _apply(connection: sa.Connection, plan: Plan, now: datetime) -> None:
    changed: list[dict[str, Any]] = []
    for composed in plan.messages:
        same = {"message": uuid4().hex, "form": composed.form, "composed_at": now, "due_at": None}
        changed += [same | {"row_id": alert.id} for alert in composed.alerts]
    _update_each(connection, changed)
    _update_each(connection, [{"row_id": alert_id, "due_at": at} for alert_id, at in plan.postponed])
    linked = [{"row_id": a, "linked_to": to, "status": "linked", "due_at": None} for a, to in plan.linked]
    _update_each(connection, linked)
    if plan.unwanted:
        connection.execute(sa.delete(alerts).where(alerts.c.id.in_(plan.unwanted)))


def _update_each(connection: sa.Connection, changed: list[dict[str, Any]]) -> None:
    if changed:
        connection.execute(sa.update(alerts).where(alerts.c.id == sa.bindparam("row_id")), changed)


def _lease(
    connection: sa.Connection, channel: str, rules: list[str], now: datetime, until: datetime, limit: int
) -> list[Outgoing]:
    composed = alerts.c.message.is_not(None)
    due = (alerts.c.channel == channel, alerts.c.rule.in_(rules), composed, *due_alerts(now))
    stubborn = sa.func.max(alerts.c.attempts) >= _YOUNG_ATTEMPTS
    query = (
        sa.select(alerts.c.message)
        .where(*due)
        .group_by(alerts.c.message)
        .order_by(stubborn, sa.func.min(alerts.c.id))
        .limit(limit)
    )
    keys = list(connection.scalars(query).all())
    if not keys:
        return []
    lease = uuid4().hex
    # The conditions are repeated: a message whose lease has ended may be marked at this moment.
    take = sa.update(alerts).where(alerts.c.message.in_(keys), *due).values(lease=lease, leased_until=until)
    connection.execute(take)
    mine = alerts.c.lease == lease, alerts.c.message.in_(keys)
    head = alerts.c.message, alerts.c.form, alerts.c.attempts, alerts.c.composed_at
    heads = {row.id: row for row in connection.execute(sa.select(alerts.c.id, *head).where(*mine))}
    parts: dict[str, list[Alert]] = defaultdict(list)
    for alert in read_alerts(connection, *mine, limit=None):
        parts[heads[alert.id].message].append(alert)
    outgoing = []
    for key in (key for key in keys if key in parts):
        first = heads[parts[key][0].id]
        outgoing.append(
            Outgoing(
                key=key,
                form=first.form,
                rule=parts[key][0].rule,
                alerts=tuple(parts[key]),
                attempts=first.attempts,
                composed_at=first.composed_at,
                lease=lease,
                leased_until=until,
            )
        )
    return outgoing


def _mine(message: Outgoing) -> dict[str, str]:
    return {"key": message.key, "mine": message.lease}
