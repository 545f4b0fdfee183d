"""When an invented site publishes: a week of working hours, quiet nights and slow weekends."""

from __future__ import annotations

import random
from datetime import datetime, timedelta


def stories_per_hour(moment: datetime) -> float:
    """How many stories an hour brings."""
    night = moment.hour < 7 or moment.hour >= 23
    weekend = moment.weekday() >= 5
    if night:
        return 0.05
    return 0.6 if weekend else 3.0 if 10 <= moment.hour < 19 else 1.2


def publications(begin: datetime, days: float, rng: random.Random) -> list[datetime]:
    """The moments of a Poisson process of that rate."""
    most, moment, found = 3.0, begin, []
    end = begin + timedelta(days=days)
    while (moment := moment + timedelta(hours=rng.expovariate(most))) < end:
        if rng.random() < stories_per_hour(moment) / most:
            found.append(moment)
    return found
