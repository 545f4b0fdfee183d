"""The last days of a site. Those that are over hardly change: they are counted once."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from newscrawler.storage.database import Database
from newscrawler.storage.figures import Day, days_of
from newscrawler.web.zones import Clock

_OVER_AFTER = timedelta(days=2)
"""A crawl that was under way at midnight may still add to yesterday."""
_KEPT = 20_000
_days: dict[tuple[str, str, str, date], Day] = {}


def recent_days(database: Database, site: str, clock: Clock, number: int) -> list[Day]:
    """The last `number` days of the reader, today included, the oldest first."""
    today = clock.now.date()
    wanted = [today - timedelta(days=n) for n in reversed(range(number))]
    known = {day: found for day in wanted if (found := _days.get((database.name, site, clock.zone, day)))}
    missing = [day for day in wanted if day not in known]
    fresh = days_of(database, site, first=missing[0], last=today, zone=ZoneInfo(clock.zone))
    if len(_days) > _KEPT:
        _days.clear()
    for found in fresh:
        if found.day <= today - _OVER_AFTER:
            _days[database.name, site, clock.zone, found.day] = found
    return [known.get(day) or next(found for found in fresh if found.day == day) for day in wanted]
