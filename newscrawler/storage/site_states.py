"""What a crawl that has ended means for its site: its next turn, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from newscrawler.coverage import Coverage
from newscrawler.health import JUDGED_RUNS, Condition, FinishedRun, failures_in_a_row, judge
from newscrawler.rhythm import LEARNED_FROM
from newscrawler.schedule import Schedule, Standing
from newscrawler.storage.alert_records import Happened, Router
from newscrawler.storage.alerts import queue_alerts
from newscrawler.storage.schema import articles, events, runs, sites

_READ_RUNS = JUDGED_RUNS * 10
"""Most runs of a quiet hour read nothing that could be judged: "not modified"."""


@dataclass(frozen=True, slots=True)
class SiteJudged:
    """What came of a run for its site."""

    began: dict[Condition, str]
    """Conditions that this run brought to light, with their reasons."""
    ended: tuple[str, ...]
    """Conditions that are over."""
    next_run_at: datetime | None
    """None where the site is on no schedule."""


def settle(
    connection: sa.Connection,
    run_id: int,
    *,
    at: datetime,
    schedule: Schedule | None,
    router: Router | None,
) -> SiteJudged | None:
    """Set the next turn and the conditions of a run's site, with the events of what has changed.

    `schedule` is None for a run that was no turn of `watch`: the next turn stays as it is. A run that was
    stopped from outside says nothing about its site, and its turn is still to come. None of pages taken in.
    """
    run = connection.execute(sa.select(runs).where(runs.c.id == run_id)).mappings().one()
    site = run["site"]
    if run["kind"] != "crawl":
        return None
    row = _row(connection, site)
    if run["status"] == "stopped":
        return SiteJudged({}, (), row["next_run_at"])
    finished = _finished_runs(connection, site, row["judged_since"])
    moments = _moments(connection, site, at)
    before: dict[str, Any] = row["conditions"]
    drifting_since = before.get("drifting", {}).get("since")
    found = judge(
        finished,
        moments,
        now=at,
        drifting_since=datetime.fromisoformat(drifting_since) if drifting_since else None,
    )
    next_run_at = row["next_run_at"]
    if schedule is not None:
        standing = Standing(
            started_at=run["started_at"],
            failures=failures_in_a_row(finished),
            blocked=finished[0].blocked,
            wait_until=run["wait_until"],
            moments=moments,
        )
        next_run_at = schedule.next_turn(at, standing)
    began = {name: reason for name, reason in found.items() if name not in before}
    ended = tuple(name for name in before if name not in found)
    after = {
        name: {"since": before[name]["since"] if name in before else at.isoformat(), "reason": reason}
        for name, reason in found.items()
    }
    connection.execute(
        sa.update(sites)
        .where(sites.c.site == site)
        .values(next_run_at=next_run_at, conditions=after, schedule=str(schedule or "") or row["schedule"])
    )
    happened: list[tuple[str, Any, Any]] = [(f"site_{name}", None, reason) for name, reason in began.items()]
    if before and not after:
        happened.append(("site_recovered", sorted(before), None))
    for kind, old, new in happened:
        values = {"kind": kind, "at": at, "site": site, "run_id": run_id, "old": old, "new": new}
        event_id = connection.scalar(sa.insert(events).returning(events.c.id), values)
        if router is not None and event_id is not None:
            queue_alerts(connection, [(event_id, at, Happened(kind, site, None, None))], router)
    return SiteJudged(began, ended, next_run_at)


def _row(connection: sa.Connection, site: str) -> sa.RowMapping:
    query = sa.select(sites).where(sites.c.site == site)
    row = connection.execute(query).mappings().first()
    if row is None:
        connection.execute(sa.insert(sites), {"site": site, "conditions": {}})
        row = connection.execute(query).mappings().one()
    return row


def _finished_runs(connection: sa.Connection, site: str, since: datetime | None) -> list[FinishedRun]:
    query = (
        sa.select(runs.c.status, runs.c.reason, runs.c.finished_at, runs.c.counts, runs.c.coverage)
        .where(runs.c.site == site, runs.c.kind == "crawl", runs.c.status.in_(("ok", "failed")))
        .order_by(runs.c.id.desc())
        .limit(_READ_RUNS)
    )
    if since is not None:
        query = query.where(runs.c.started_at >= since)
    return [
        FinishedRun(
            ok=row["status"] == "ok",
            reason=row["reason"],
            finished_at=row["finished_at"],
            failures=(row["counts"] or {}).get("pages", {}).get("failed", {}),
            coverage=Coverage.from_json(row["coverage"]),
        )
        for row in connection.execute(query).mappings()
    ]


def _moments(connection: sa.Connection, site: str, at: datetime) -> list[datetime]:
    """When the stories of the last weeks came: published or, where nobody says, first seen as news."""
    since = at - LEARNED_FROM
    seen_as_news = sa.case((events.c.baseline, None), else_=events.c.at)
    query = (
        sa.select(sa.func.coalesce(articles.c.published_at, seen_as_news).label("moment"))
        .join(articles, articles.c.id == events.c.article_id)
        .where(events.c.site == site, events.c.kind.in_(("new", "new_premium")), events.c.at >= since)
    )
    return [moment for moment in connection.scalars(query) if moment is not None and since <= moment <= at]
