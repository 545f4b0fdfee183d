"""The rhythm of a site, and the tempo that follows from it."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from newscrawler.rhythm import HOURS, Rhythm, hour_of_week, longest_gap
from tests.publishing import publications

MONDAY = datetime(2025, 10, 20, tzinfo=UTC)


def learned() -> Rhythm:
    rhythm = Rhythm.learn(publications(MONDAY, 28, random.Random(5)), UTC)
    assert rhythm is not None
    return rhythm


def test_too_little_tells_nothing() -> None:
    assert Rhythm.learn([], UTC) is None
    assert Rhythm.learn([MONDAY + timedelta(minutes=i) for i in range(200)], UTC) is None
    assert Rhythm.learn([MONDAY + timedelta(days=i) for i in range(10)], UTC) is None


def test_working_hours_are_busier_than_nights_and_no_hour_is_given_up() -> None:
    rates = learned().rates
    assert rates[24 + 14] > 1.5
    assert 0 < rates[24 + 3] < 0.5
    assert abs(sum(rates) / HOURS - 1) < 0.01


def test_the_week_has_as_many_turns_as_with_the_mean() -> None:
    for least, most in ((60, 7200), (300, 900)):
        intervals = [
            learned().interval_at(MONDAY + timedelta(hours=h), UTC, mean=600, least=least, most=most)
            for h in range(HOURS)
        ]
        assert min(intervals) >= least
        assert max(intervals) <= most
        assert abs(sum(3600 / i for i in intervals) / HOURS / 6 - 1) < 0.02


def test_busy_hours_are_looked_at_more_often() -> None:
    def seconds(hours: int) -> float:
        moment = MONDAY + timedelta(hours=hours)
        return learned().interval_at(moment, UTC, mean=600, least=60, most=7200)

    assert seconds(24 + 14) < 600 < seconds(24 + 3)


def test_hours_of_the_week_and_gaps() -> None:
    assert hour_of_week(MONDAY + timedelta(days=6, hours=23, minutes=59), UTC) == 167
    assert longest_gap([MONDAY, MONDAY + timedelta(hours=3), MONDAY + timedelta(hours=1)]) == timedelta(
        hours=2
    )
    assert longest_gap([MONDAY]) is None
