from __future__ import annotations

import random
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from newscrawler.alerts.pacing import (
    FIRST_WAIT,
    LONGEST_WAIT,
    is_quiet,
    quiet_end,
    reader_zone,
    wait_after,
)
from tests.alerts.telling import settings

VILNIUS = ZoneInfo("Europe/Vilnius")
NIGHT = time(22), time(7)


@pytest.mark.parametrize(
    ("hours", "moment", "quiet"),
    [
        (NIGHT, "21:59", False),
        (NIGHT, "22:00", True),
        (NIGHT, "00:00", True),
        (NIGHT, "06:59", True),
        (NIGHT, "07:00", False),
        ((time(12), time(14)), "11:59", False),
        ((time(12), time(14)), "13:59", True),
        ((time(12), time(14)), "14:00", False),
        (None, "03:00", False),
    ],
)
def test_quiet_hours_are_the_readers(hours: tuple[time, time] | None, moment: str, quiet: bool) -> None:
    local = datetime.combine(date(2025, 10, 24), time.fromisoformat(moment), VILNIUS)
    assert is_quiet(hours, local.astimezone(UTC), VILNIUS) is quiet


def test_quiet_hours_end_at_the_readers_time_when_the_clocks_change() -> None:
    before = datetime(2025, 10, 25, 20, 30, tzinfo=UTC)  # 23:30, and at four o'clock it is three again
    assert quiet_end(NIGHT, before, VILNIUS) == datetime(2025, 10, 26, 5, 0, tzinfo=UTC)
    assert quiet_end(NIGHT, before + timedelta(hours=4), VILNIUS) == datetime(2025, 10, 26, 5, 0, tzinfo=UTC)


def test_waits_double_up_to_a_limit_and_differ() -> None:
    chance = random.Random(1)
    for failures in range(1, 40):
        usual = min(FIRST_WAIT * 2 ** (failures - 1), LONGEST_WAIT)
        assert 0.75 * usual <= wait_after(failures, chance) <= 1.25 * usual
    assert len({wait_after(3, chance) for _ in range(5)}) == 5


def test_the_zone_of_a_rule_goes_before_that_of_all() -> None:
    told_by = settings({"name": "a"}, {"name": "b", "timezone": "Asia/Tokyo"})
    assert [str(reader_zone(told_by, rule)) for rule in told_by.rules] == ["Europe/Vilnius", "Asia/Tokyo"]
    assert reader_zone(settings(timezone=None)) is not None
