"""Lists that print an hour and no day: `09:41`, `09:12`, … `00:22`, `23:47`.

The first page of a listing shows the newest story first, so each hour is the last one of its kind before the
hour above it, and the first the last before the page was fetched. That is certain only while every step
back is short: a story pinned to the top, or a night without news, could hide a day.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Final

MIN_CLOCKS: Final = 5
"""Fewer hours in a falling row may fall by chance."""
MAX_STEP: Final = timedelta(hours=12)
AHEAD: Final = timedelta(minutes=5)
"""How far a site's clock may be ahead of ours."""
DAY: Final = timedelta(days=1)


def moments_of(printed: Sequence[datetime | time], fetched_at: datetime) -> list[datetime] | None:
    """The moment of each entry, newest first; None where they are not certain.

    `printed` has the moment where an entry has its day, else only its hour; all are local to the site.
    """
    if sum(isinstance(p, time) for p in printed) < MIN_CLOCKS:
        return None
    above = fetched_at + AHEAD
    moments: list[datetime] = []
    for one in printed:
        if isinstance(one, datetime):
            moment = one
            if moment > above:
                return None
        else:
            moment = datetime.combine(above.date(), one, fetched_at.tzinfo)
            if moment > above:
                moment -= DAY
            if above - moment >= MAX_STEP:
                return None
        moments.append(moment)
        above = moment
    return moments
