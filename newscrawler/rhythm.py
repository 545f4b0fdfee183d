"""How a site publishes over the hours of the week, learned from when its stories came."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from itertools import pairwise

HOURS = 168
LEARNED_FROM = timedelta(weeks=4)
"""How far back stories tell of the rhythm."""
_ENOUGH_STORIES = 30
_ENOUGH_TIME = timedelta(days=7)
# What each hour and its neighbours tell: a story at 9:59 speaks for 10:00, too.
_SMOOTHING = (0.25, 0.5, 0.25)
_FAITH_IN_THE_MEAN = 2.0
"""How many stories' worth of an even week is mixed in: an hour never seen at work is not for ever silent."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How many stories each hour of the week brings, against the mean of the week (1.0)."""

    rates: tuple[float, ...]

    @classmethod
    def learn(cls, moments: Sequence[datetime], zone: tzinfo) -> Rhythm | None:
        """From the times of stories. None where there are too few, or too short a time, to tell."""
        if len(moments) < _ENOUGH_STORIES or max(moments) - min(moments) < _ENOUGH_TIME:
            return None
        counts = [0.0] * HOURS
        for moment in moments:
            counts[hour_of_week(moment, zone)] += 1
        mean = len(moments) / HOURS
        weeks = max(1.0, (max(moments) - min(moments)) / timedelta(weeks=1))
        rates = []
        for hour in range(HOURS):
            near = sum(w * counts[(hour + i - 1) % HOURS] for i, w in enumerate(_SMOOTHING))
            prior = _FAITH_IN_THE_MEAN * mean / weeks
            rates.append((near + prior) / (mean + prior))
        return cls(tuple(rates))

    def interval_at(self, moment: datetime, zone: tzinfo, *, mean: float, least: float, most: float) -> float:
        """Seconds to wait at a moment, so that a week has as many turns as with `mean` seconds always.

        The delay of a story is least in the mean when the tempo goes with the square root of the rate.
        """
        roots = [math.sqrt(rate) for rate in self.rates]
        # The bounds cut some hours' tempo off; the scale that keeps the week's number is found by halving.
        low, high = 0.01, 100.0
        for _ in range(40):
            scale = math.sqrt(low * high)
            turns = sum(1 / _within(mean / (scale * root), least, most) for root in roots) / HOURS
            low, high = (scale, high) if turns < 1 / mean else (low, scale)
        return _within(mean / (scale * roots[hour_of_week(moment, zone)]), least, most)


def _within(value: float, least: float, most: float) -> float:
    return min(max(value, least), most)


def hour_of_week(moment: datetime, zone: tzinfo) -> int:
    """0 is Monday, 0:00 to 1:00, in a time zone."""
    local = moment.astimezone(zone)
    return local.weekday() * 24 + local.hour


def longest_gap(moments: Iterable[datetime]) -> timedelta | None:
    """The longest time without a story between two of them; None of fewer than two."""
    known = sorted(moments)
    return max((b - a for a, b in pairwise(known)), default=None)
