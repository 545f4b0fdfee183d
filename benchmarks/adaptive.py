"""What an adaptive interval gains: the time from publication to first sight, with as many crawls.

Plays sites that publish by day and sleep by night; each is polled at a fixed interval and by its rhythm.
"""

from __future__ import annotations

import bisect
import random
import statistics
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from newscrawler.schedule import Schedule, Standing
from newscrawler.schedule_settings import ScheduleSettings

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.publishing import publications

LEARN_DAYS, PLAY_DAYS = 28, 14
BEGIN = datetime(2025, 9, 1, tzinfo=UTC)


def polls(schedule: Schedule, published: list[datetime], begin: datetime, end: datetime) -> list[datetime]:
    """When the site is crawled; each crawl knows the stories of the four weeks before it."""
    found, now = [], begin
    while now < end:
        found.append(now)
        known = bisect.bisect_right(published, now)
        first = bisect.bisect_left(published, now - timedelta(days=LEARN_DAYS))
        standing = Standing(
            started_at=now, moments=published[first:known] if schedule.settings.adaptive else ()
        )
        now = schedule.next_turn(now, standing)
    return found


def delays(published: list[datetime], looked: list[datetime]) -> list[float]:
    """Seconds from each publication to the first look after it."""
    found = []
    for moment in published:
        index = bisect.bisect_left(looked, moment)
        if index < len(looked):
            found.append((looked[index] - moment).total_seconds())
    return found


def main() -> None:
    """Print the figures of a few seeds and intervals."""
    print("interval  seed  crawls fixed/adaptive  median delay fixed/adaptive  mean delay fixed/adaptive")
    begin, end = BEGIN + timedelta(days=LEARN_DAYS), BEGIN + timedelta(days=LEARN_DAYS + PLAY_DAYS)
    for seconds in (900, 1800):
        for seed in range(2):
            published = publications(BEGIN, LEARN_DAYS + PLAY_DAYS, random.Random(seed))
            played = [moment for moment in published if moment >= begin]
            row = []
            for adaptive in (False, True):
                settings = ScheduleSettings(interval_seconds=seconds, adaptive=adaptive)
                looked = polls(Schedule(settings, ZoneInfo("UTC")), published, begin, end)
                waited = delays(played, looked)
                row.append((len(looked), statistics.median(waited), statistics.mean(waited)))
            (n1, median1, mean1), (n2, median2, mean2) = row
            print(
                f"{seconds:6d} s  {seed:4d}  {n1:9d} / {n2:<9d}  {median1:11.0f} / {median2:<5.0f} s "
                f"({median2 / median1:.2f})  {mean1:8.0f} / {mean2:<5.0f} s ({mean2 / mean1:.2f})"
            )


if __name__ == "__main__":
    main()
