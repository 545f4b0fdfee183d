"""Figures of a site over the last weeks: its days, and how long its stories stayed premium."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from statistics import median

import sqlalchemy as sa

from newscrawler.storage.database import Database
from newscrawler.storage.schema import articles, events

_NEWS = ("new", "new_premium")
_MOST_OPENED = 2000


@dataclass(frozen=True, slots=True)
class Day:
    """What was seen on one day; what a baseline brought does not count."""

    day: date
    new: int
    """New entries, premium ones included."""
    premium: int
    median_delay_seconds: float | None
    """From publication to first sight; None where nothing tells."""

    @property
    def share(self) -> float | None:
        """Of premium among the new entries, from 0 to 1; None where there were none."""
        return self.premium / self.new if self.new else None


def days_of(database: Database, site: str, *, first: date, last: date, zone: tzinfo) -> list[Day]:
    """Every day from the first to the last, both included, as days of a zone."""
    begin = datetime.combine(first, datetime.min.time(), zone)
    end = datetime.combine(last + timedelta(days=1), datetime.min.time(), zone)
    query = (
        sa.select(events.c.at, events.c.kind, articles.c.published_at)
        .join(articles, articles.c.id == events.c.article_id)
        .where(events.c.site == site, events.c.kind.in_(_NEWS), ~events.c.baseline)
        .where(events.c.at >= begin, events.c.at < end)
    )
    new: Counter[date] = Counter()
    premium: Counter[date] = Counter()
    delays: defaultdict[date, list[float]] = defaultdict(list)
    with database.reading() as connection:
        for at, kind, published_at in connection.execute(query):
            day = at.astimezone(zone).date()
            new[day] += 1
            premium[day] += kind == "new_premium"
            if published_at is not None:
                delays[day].append(max(0.0, (at - published_at).total_seconds()))
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return [Day(d, new[d], premium[d], median(delays[d]) if delays[d] else None) for d in days]


@dataclass(frozen=True, slots=True)
class PremiumSpans:
    """How long stories stayed premium."""

    seconds: Sequence[float]
    """Of each story that became free and whose beginning was seen, sorted."""
    still: int
    """Stories that are premium now, among those dated since then."""


def premium_spans(
    database: Database, *, since: datetime, sites: Sequence[str] = (), languages: Sequence[str] = ()
) -> PremiumSpans:
    """Of the stories (of some sites, in some languages) that became free since a moment, the newest 2,000.

    A story that was premium when its site was first looked at is left out: its beginning was not seen.
    """
    those = [articles.c.site.in_(sites)] if sites else []
    those += [articles.c.language.in_(languages)] if languages else []
    opened = (
        sa.select(events.c.article_id, events.c.at)
        .join(articles, articles.c.id == events.c.article_id)
        .where(events.c.kind == "became_free", events.c.at >= since, *those)
        .order_by(events.c.at.desc(), events.c.id.desc())
        .limit(_MOST_OPENED)
        .subquery()
    )
    began = events.alias("began")
    query = (
        sa.select(opened.c.article_id, opened.c.at, began.c.at, began.c.baseline)
        .join(began, began.c.article_id == opened.c.article_id)
        .where(began.c.kind.in_(("new_premium", "became_premium")), began.c.at < opened.c.at)
        .order_by(opened.c.article_id, opened.c.at, began.c.at)
    )
    still = sa.select(sa.func.count()).where(
        articles.c.premium.is_(True), articles.c.dated_at >= since, *those
    )
    with database.reading() as connection:
        # The last beginning before each opening is the one that counts.
        spans = {
            (article_id, freed): None if baseline else (freed - premium_since).total_seconds()
            for article_id, freed, premium_since, baseline in connection.execute(query)
        }
        return PremiumSpans(
            sorted(span for span in spans.values() if span is not None), connection.scalar(still) or 0
        )
