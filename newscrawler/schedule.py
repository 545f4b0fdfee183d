"""When a site is crawled next. Pure: the database keeps the answer (`sites.next_run_at`)."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from cronsim import CronSim

from newscrawler.rhythm import Rhythm
from newscrawler.schedule_settings import ScheduleSettings
from newscrawler.setting_types import shown_hours

RETRY_AFTER = timedelta(minutes=1)
"""How soon a crawl that failed is tried again; each further failure doubles it."""
RETRY_AT_MOST = timedelta(hours=3)
_RETRY_JITTER = 0.2


@dataclass(frozen=True, slots=True)
class Standing:
    """What a site's last runs mean for its next turn."""

    started_at: datetime
    """When the run that has just ended began."""
    failures: int = 0
    """Runs that failed in a row, the last one included; 0 after a success."""
    blocked: bool = False
    """Whether the last run failed because the site does not want us."""
    wait_until: datetime | None = None
    """Until when the site has asked to be left alone; None where it has not."""
    moments: Sequence[datetime] = field(default=())
    """When the site's stories of the last weeks came."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """The turns of one site."""

    settings: ScheduleSettings
    zone: ZoneInfo
    """The site's own."""

    def __str__(self) -> str:
        s = self.settings
        tempo = f"cron {s.cron}" if s.cron else f"every {_duration(s.interval_seconds)}"
        parts = [tempo + (", adaptive" if s.adaptive else "")]
        if s.quiet_hours:
            parts.append(f"quiet {shown_hours(s.quiet_hours)}")
        if s.cron or s.quiet_hours:
            parts.append(f"({self.zone.key})")
        return " ".join(parts)

    def next_turn(self, now: datetime, standing: Standing, rng: random.Random | None = None) -> datetime:
        """The turn after a run that has just ended, UTC; never before `now`."""
        rng = rng or random.Random()
        if standing.failures:
            turn = now + self._backoff(standing) * (1 + rng.uniform(-_RETRY_JITTER, _RETRY_JITTER))
        else:
            turn = self._regular(now, standing)
            turn += timedelta(seconds=rng.uniform(0, self.settings.jitter_seconds))
        if standing.wait_until is not None:
            turn = max(turn, standing.wait_until)
        return self._after_quiet_hours(max(turn, now))

    def first_turn(self, now: datetime) -> datetime:
        """The turn of a site never crawled before: now, or when the quiet hours end; UTC."""
        return self._after_quiet_hours(now)

    def _regular(self, now: datetime, standing: Standing) -> datetime:
        s = self.settings
        if s.cron is not None:
            return next(CronSim(s.cron, now.astimezone(self.zone))).astimezone(UTC)
        seconds = s.interval_seconds
        if s.adaptive and (rhythm := Rhythm.learn(standing.moments, self.zone)) is not None:
            seconds = rhythm.interval_at(
                now, self.zone, mean=seconds, least=s.min_interval_seconds, most=s.max_interval_seconds
            )
        # From the start, so that the tempo does not depend on how long a crawl takes. A start in the
        # future means that the clock has been put back since: then it says nothing.
        return min(standing.started_at, now) + timedelta(seconds=seconds)

    def _backoff(self, standing: Standing) -> timedelta:
        first = RETRY_AFTER
        if standing.blocked:  # asking a site sooner that has just said no is rude, and useless
            first = max(first, timedelta(seconds=self.settings.interval_seconds))
        doubled: timedelta = first * 2 ** min(standing.failures - 1, 20)
        return min(doubled, max(first, RETRY_AT_MOST))

    def _after_quiet_hours(self, moment: datetime) -> datetime:
        if self.settings.quiet_hours is None:
            return moment.astimezone(UTC)
        begin, end = self.settings.quiet_hours
        local = moment.astimezone(self.zone)
        clock = local.time()
        inside = begin <= clock < end if begin < end else clock >= begin or clock < end
        if not inside:
            return moment.astimezone(UTC)
        day = local.date() + timedelta(days=clock >= end)
        return datetime.combine(day, end, self.zone).astimezone(UTC)


def _duration(seconds: float) -> str:
    for size, unit in ((86400, "d"), (3600, "h"), (60, "min")):
        if seconds >= size and seconds % size == 0:
            return f"{seconds / size:g} {unit}"
    return f"{seconds:g} s"
