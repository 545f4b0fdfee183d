from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from newscrawler.exceptions import UsageError
from newscrawler.queries import parse_day, parse_moment

NOW = datetime(2026, 1, 1, 1, 30, tzinfo=timezone(timedelta(hours=3)))


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2d", datetime(2025, 12, 29, 22, 30, tzinfo=UTC)),
        ("90m", datetime(2025, 12, 31, 21, 0, tzinfo=UTC)),
        ("1w", datetime(2025, 12, 24, 22, 30, tzinfo=UTC)),
        ("today", datetime(2025, 12, 31, 21, 0, tzinfo=UTC)),
        ("Yesterday", datetime(2025, 12, 30, 21, 0, tzinfo=UTC)),
        ("2025-12-24", datetime(2025, 12, 23, 21, 0, tzinfo=UTC)),
        ("2025-12-24T08:00+00:00", datetime(2025, 12, 24, 8, 0, tzinfo=UTC)),
    ],
)
def test_moments_as_people_write_them(text: str, moment: datetime) -> None:
    assert parse_moment(text, now=NOW) == moment


@pytest.mark.parametrize("text", ["", "soon", "2 fortnights", "2025-13-01", "9999999999d"])
def test_what_is_no_moment_is_told(text: str) -> None:
    with pytest.raises(UsageError, match=r"expected|too long ago"):
        parse_moment(text, now=NOW)


def test_what_is_no_day_is_told() -> None:
    with pytest.raises(UsageError, match=r"'24\.12\.2025' is no day: expected YYYY-MM-DD"):
        parse_day("24.12.2025")


@pytest.mark.parametrize(
    ("text", "end", "moment"),
    [
        ("2025-12-24", True, datetime(2025, 12, 24, 21, 0, tzinfo=UTC)),
        ("yesterday", True, datetime(2025, 12, 31, 21, 0, tzinfo=UTC)),
        ("2d", True, datetime(2025, 12, 29, 22, 30, tzinfo=UTC)),
        ("2025-12-24 Europe/Minsk", False, datetime(2025, 12, 23, 21, 0, tzinfo=UTC)),
        ("2025-12-24T08:00 America/New_York", False, datetime(2025, 12, 24, 13, 0, tzinfo=UTC)),
        ("yesterday UTC", False, datetime(2025, 12, 30, 0, 0, tzinfo=UTC)),
    ],
)
def test_zones_and_ends_of_days(text: str, end: bool, moment: datetime) -> None:
    assert parse_moment(text, now=NOW, end=end) == moment
