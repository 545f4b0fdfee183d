"""How long news takes: from publication to our first sight, and from there to a person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from newscrawler.storage.database import Database
from newscrawler.storage.records import Record
from newscrawler.storage.schema import alerts, articles, events

_FIRST_REPORTS = ("new", "new_premium")


@dataclass(frozen=True, slots=True)
class Percentiles(Record):
    """Of delays in seconds. All are values that occurred; None where nothing did."""

    count: int
    p50: float | None
    p90: float | None
    p99: float | None


@dataclass(frozen=True, slots=True)
class SiteDelays:
    """The delays of one site's new stories."""

    site: str
    published_to_seen: Percentiles
    """Of stories whose moment of publication is known."""
    seen_to_alerted: Percentiles
    """Of stories that were told, up to the first delivery; quiet hours and digests count."""
    published_to_alerted: Percentiles

    def to_json(self) -> dict[str, object]:
        """Field names and values."""
        return {
            "site": self.site,
            "published_to_seen": self.published_to_seen.to_json(),
            "seen_to_alerted": self.seen_to_alerted.to_json(),
            "published_to_alerted": self.published_to_alerted.to_json(),
        }


def find_delays(database: Database, since: datetime) -> list[SiteDelays]:
    """The delays of stories first seen since a moment, by site. A first look at a site counts as no news."""
    alerted = (
        sa.select(alerts.c.event_id, sa.func.min(alerts.c.delivered_at).label("at"))
        .where(alerts.c.status == "delivered", alerts.c.queued_at >= since)
        .group_by(alerts.c.event_id)
        .subquery()
    )
    query = (
        sa.select(events.c.site, articles.c.published_at, events.c.at.label("seen_at"), alerted.c.at)
        .join(articles, articles.c.id == events.c.article_id)
        .outerjoin(alerted, alerted.c.event_id == events.c.id)
        .where(events.c.kind.in_(_FIRST_REPORTS), sa.not_(events.c.baseline), events.c.at >= since)
    )
    seen: dict[str, list[float]] = defaultdict(list)
    told: dict[str, list[float]] = defaultdict(list)
    whole: dict[str, list[float]] = defaultdict(list)
    sites = set()
    with database.reading() as connection:
        for site, published_at, seen_at, alerted_at in connection.execute(query):
            sites.add(site)
            if published_at is not None:
                seen[site].append((seen_at - published_at).total_seconds())
            if alerted_at is not None:
                told[site].append((alerted_at - seen_at).total_seconds())
                if published_at is not None:
                    whole[site].append((alerted_at - published_at).total_seconds())
    return [
        SiteDelays(site, percentiles(seen[site]), percentiles(told[site]), percentiles(whole[site]))
        for site in sorted(sites)
    ]


def percentiles(values: Sequence[float]) -> Percentiles:
    """By the nearest rank."""
    ordered = sorted(values)
    number = len(ordered)

    def rank(percent: int) -> float | None:
        return round(ordered[-(-number * percent // 100) - 1], 3) if ordered else None

    return Percentiles(number, rank(50), rank(90), rank(99))
