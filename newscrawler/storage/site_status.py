"""How each site is doing, for people and programs that ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from newscrawler.health import worst
from newscrawler.process_identity import is_gone
from newscrawler.storage.database import Database
from newscrawler.storage.delays import SiteDelays, find_delays
from newscrawler.storage.records import Record, plain_value
from newscrawler.storage.schema import articles, events, runs, sites

LATE_AFTER = timedelta(minutes=2)
"""A turn that is overdue for so long, with no crawl under way, has been missed: nobody watches."""
_DELAYS_OF = timedelta(days=7)
_LONGEST_CRAWL = timedelta(days=1)
"""A run begun longer ago, of which nobody can say whether it lives, was on a machine that was turned off."""


@dataclass(frozen=True, slots=True)
class SiteStatus(Record):
    """How one site is doing."""

    site: str
    state: str
    """`ok`, `late`, `blocked`, `failing`, `drifting` or `silent`: the worst that holds."""
    reason: str | None
    """Why, for any state but `ok`."""
    since: datetime | None
    """Since when; None where the state is `ok`."""
    conditions: dict[str, Any]
    """All that is wrong: condition → `since` and `reason`."""
    schedule: str | None
    """In words; None for a site on no schedule."""
    next_run_at: datetime | None
    crawling: bool
    last_run_at: datetime | None
    """When the last crawl that ended began."""
    last_success_at: datetime | None
    """When the last crawl that succeeded ended."""
    failures_in_a_row: int
    new_24h: int
    """New entries of the last 24 hours; what a baseline brought does not count."""
    premium_24h: int
    """Those of them that are premium, and known ones that became so."""
    delays: SiteDelays | None
    """Of the news of the last 7 days: published → first seen → told; None where there was none."""

    def to_json(self) -> dict[str, Any]:
        """As other records, with the delays as objects."""
        values = super(SiteStatus, replace(self, delays=None)).to_json()
        conditions = {
            name: told | {"since": plain_value(datetime.fromisoformat(told["since"]))}
            for name, told in self.conditions.items()
        }
        delays = self.delays.to_json() if self.delays is not None else None
        return values | {"conditions": conditions, "delays": delays}


def site_statuses(database: Database, *, now: datetime, names: Sequence[str] = ()) -> list[SiteStatus]:
    """The sites ever crawled or put on a schedule, or those named among them, by name."""
    delays = {each.site: each for each in find_delays(database, now - _DELAYS_OF)}
    with database.reading() as connection:
        known = set(connection.scalars(sa.select(sites.c.site)))
        known |= set(connection.scalars(sa.select(runs.c.site).where(runs.c.kind == "crawl").distinct()))
        chosen = sorted(known & set(names) if names else known)
        return [_status(connection, site, now, delays.get(site)) for site in chosen]


def run_delays(database: Database, run_id: int) -> list[float]:
    """Seconds from publication to first sight of the news that a run saw."""
    query = (
        sa.select(events.c.at, articles.c.published_at)
        .join(articles, articles.c.id == events.c.article_id)
        .where(events.c.run_id == run_id, events.c.kind.in_(("new", "new_premium")), ~events.c.baseline)
        .where(articles.c.published_at.is_not(None))
    )
    with database.reading() as connection:
        return [(at - published).total_seconds() for at, published in connection.execute(query)]


def _status(connection: sa.Connection, site: str, now: datetime, delays: SiteDelays | None) -> SiteStatus:
    row = connection.execute(sa.select(sites).where(sites.c.site == site)).mappings().first()
    crawls = (runs.c.site == site) & (runs.c.kind == "crawl")
    ended = crawls & runs.c.status.in_(("ok", "failed"))
    last_ok = sa.select(sa.func.max(runs.c.id)).where(ended, runs.c.status == "ok").scalar_subquery()
    failures = sa.select(sa.func.count()).where(ended, runs.c.id > sa.func.coalesce(last_ok, 0))
    crawling = _crawling(connection, site, now)
    conditions = dict(row["conditions"]) if row is not None else {}
    next_run_at = row["next_run_at"] if row is not None else None
    state: str = worst(conditions)
    told = conditions.get(state, {})
    reason, since = told.get("reason"), told.get("since")
    since = datetime.fromisoformat(since) if since else None
    if next_run_at is not None and not crawling and next_run_at + LATE_AFTER < now:
        state, since = "late", next_run_at
        reason = "its turn has passed and nobody crawls it: is newscrawler watch running?"
    count = _counts(connection, site, now - timedelta(hours=24))
    return SiteStatus(
        site=site,
        state=state,
        reason=reason,
        since=since,
        conditions=conditions,
        schedule=row["schedule"] if row is not None else None,
        next_run_at=next_run_at,
        crawling=crawling,
        last_run_at=connection.scalar(sa.select(sa.func.max(runs.c.started_at)).where(ended)),
        last_success_at=connection.scalar(
            sa.select(sa.func.max(runs.c.finished_at)).where(crawls, runs.c.status == "ok")
        ),
        failures_in_a_row=connection.scalar(failures) or 0,
        new_24h=count.get("new", 0) + count.get("new_premium", 0),
        premium_24h=count.get("new_premium", 0) + count.get("became_premium", 0),
        delays=delays,
    )


def _crawling(connection: sa.Connection, site: str, now: datetime) -> bool:
    """Whether a crawl is under way, as far as one look can tell: a killed one leaves its row as it was."""
    under_way = (runs.c.site == site) & (runs.c.kind == "crawl") & (runs.c.status == "running")
    begun = connection.execute(sa.select(runs.c.owner, runs.c.started_at).where(under_way))
    return any(not is_gone(run.owner) and now - run.started_at < _LONGEST_CRAWL for run in begun)


def _counts(connection: sa.Connection, site: str, since: datetime) -> dict[str, int]:
    query = (
        sa.select(events.c.kind, sa.func.count().label("number"))
        .where(events.c.site == site, events.c.at >= since, ~events.c.baseline)
        .group_by(events.c.kind)
    )
    return {row.kind: row.number for row in connection.execute(query)}
