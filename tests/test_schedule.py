"""When a site's next turn is: intervals, cron, quiet hours, daylight saving time, failures."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from newscrawler.schedule import RETRY_AT_MOST, Schedule, Standing
from newscrawler.schedule_settings import ScheduleSettings

WARSAW = ZoneInfo("Europe/Warsaw")  # summer time from 2025-03-30 02:00 to 2025-10-26 03:00
NOON = datetime(2025, 10, 24, 12, tzinfo=UTC)


def schedule(zone: ZoneInfo = WARSAW, **settings: Any) -> Schedule:
    return Schedule(ScheduleSettings(**settings), zone)


def turns(plan: Schedule, begin: datetime, number: int) -> list[str]:
    """The next turns, each run taking a few seconds; in local time."""
    found, start = [], begin
    for _ in range(number):
        start = plan.next_turn(start + timedelta(seconds=5), Standing(started_at=start))
        found.append(start.astimezone(plan.zone).strftime("%d %H:%M %z"))
    return found


def test_the_interval_counts_from_start_to_start() -> None:
    plan = schedule(interval_seconds=600)
    for minutes, expected in ((2, 10), (9, 10), (25, 25)):
        ended = NOON + timedelta(minutes=minutes)
        assert plan.next_turn(ended, Standing(started_at=NOON)) == NOON + timedelta(minutes=expected)


def test_jitter_only_delays() -> None:
    plan = schedule(interval_seconds=600, jitter_seconds=60)
    rng = random.Random(1)
    waits = [(plan.next_turn(NOON, Standing(NOON), rng) - NOON).total_seconds() for _ in range(200)]
    assert 600 <= min(waits) < 610
    assert 650 < max(waits) <= 660


def test_a_clock_put_back_does_not_stop_the_turns() -> None:
    began = NOON + timedelta(hours=5)  # by a clock that was five hours fast
    assert schedule(interval_seconds=600).next_turn(NOON, Standing(began)) == NOON + timedelta(minutes=10)


def test_cron_runs_once_in_the_hour_that_comes_twice() -> None:
    begin = datetime(2025, 10, 25, 10, tzinfo=UTC)
    assert turns(schedule(cron="30 2 * * *"), begin, 2) == ["26 02:30 +0200", "27 02:30 +0100"]


def test_cron_loses_no_turn_in_the_hour_that_is_left_out() -> None:
    begin = datetime(2025, 3, 29, 10, tzinfo=UTC)
    assert turns(schedule(cron="30 2 * * *"), begin, 2) == ["30 03:00 +0200", "31 02:30 +0200"]


def test_cron_every_half_hour_goes_on_through_the_change() -> None:
    begin = datetime(2025, 10, 26, 0, 10, tzinfo=UTC)
    expected = ["26 02:30 +0200", "26 02:00 +0100", "26 02:30 +0100", "26 03:00 +0100"]
    assert turns(schedule(cron="*/30 * * * *"), begin, 4) == expected


@pytest.mark.parametrize("day", [datetime(2025, 3, 30, tzinfo=UTC), datetime(2025, 10, 26, tzinfo=UTC)])
def test_an_interval_is_as_long_on_the_day_of_the_change(day: datetime) -> None:
    plan = schedule(interval_seconds=3600)
    assert plan.next_turn(day, Standing(day)) - day == timedelta(hours=1)


@pytest.mark.parametrize(
    ("quiet", "ended", "expected"),
    [
        ("23:00-06:00", "2025-10-24 22:30", "2025-10-24 22:40"),
        ("23:00-06:00", "2025-10-24 22:55", "2025-10-25 06:00"),
        ("23:00-06:00", "2025-10-25 03:00", "2025-10-25 06:00"),
        ("23:00-06:00", "2025-10-25 05:55", "2025-10-25 06:05"),
        ("01:00-05:30", "2025-10-26 00:55", "2025-10-26 05:30"),  # the night with one hour more
        ("02:15-02:45", "2025-03-30 01:59", "2025-03-30 03:09"),  # the quiet that never comes
    ],
)
def test_nothing_begins_in_quiet_hours(quiet: str, ended: str, expected: str) -> None:
    plan = schedule(interval_seconds=600, quiet_hours=quiet)
    now = datetime.fromisoformat(ended).replace(tzinfo=WARSAW)
    turn = plan.next_turn(now.astimezone(UTC), Standing(now)).astimezone(WARSAW)
    assert turn.strftime("%Y-%m-%d %H:%M") == expected


def test_failures_back_off_and_never_give_up() -> None:
    plan = schedule(interval_seconds=600)
    waits = []
    for failures in (1, 2, 3, 4, 20, 2000):
        standing = Standing(NOON, failures=failures)
        waits.append((plan.next_turn(NOON, standing, random.Random(0)) - NOON).total_seconds())
    assert all(a < b for a, b in pairwise(waits[:5]))
    assert 48 <= waits[0] <= 72
    limit = RETRY_AT_MOST.total_seconds()
    assert 0.8 * limit <= waits[-2] <= 1.2 * limit
    assert 0.8 * limit <= waits[-1] <= 1.2 * limit


def test_a_site_that_refuses_us_is_not_asked_sooner_than_usual() -> None:
    plan = schedule(interval_seconds=600)
    turn = plan.next_turn(NOON, Standing(NOON, failures=1, blocked=True), random.Random(0))
    assert turn - NOON >= timedelta(seconds=480)


def test_what_a_site_asks_for_is_waited_out() -> None:
    until = NOON + timedelta(hours=7)
    turn = schedule(interval_seconds=600).next_turn(NOON, Standing(NOON, failures=1, wait_until=until))
    assert turn == until


def test_an_adaptive_schedule_without_history_keeps_the_interval() -> None:
    plan = schedule(interval_seconds=600, adaptive=True)
    assert plan.next_turn(NOON, Standing(NOON)) == NOON + timedelta(minutes=10)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"interval_seconds": 0}, "interval_seconds"),
        ({"cron": "*/10 * *"}, "expected a cron expression"),
        ({"cron": "0 0 30 2 *"}, "expected a cron expression"),
        ({"quiet_hours": "night"}, "expected two times of day"),
        ({"quiet_hours": "25:00-06:00"}, "expected two times of day"),
        ({"quiet_hours": "06:00-06:00"}, "begins when it ends"),
        ({"cron": "0 * * * *", "interval_seconds": 60}, "expected one of them"),
        ({"cron": "0 * * * *", "adaptive": True}, "needs interval_seconds"),
        ({"adaptive": True, "interval_seconds": 10}, "outside of min_interval_seconds"),
        ({"jitter_seconds": -1}, "jitter_seconds"),
        ({"every": 60}, "every"),
    ],
)
def test_settings_that_make_no_sense_are_told(settings: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        ScheduleSettings(**settings)


def test_a_schedule_in_words() -> None:
    assert str(schedule(interval_seconds=600)) == "every 10 min"
    assert str(schedule(interval_seconds=90)) == "every 90 s"
    assert str(schedule(cron="0 7 * * *")) == "cron 0 7 * * * (Europe/Warsaw)"
    text = str(schedule(interval_seconds=7200, adaptive=True, quiet_hours="01:00-05:00"))
    assert text == "every 2 h, adaptive quiet 01:00-05:00 (Europe/Warsaw)"
