"""Hours without a day: the day follows from the list's order where nothing else could be meant."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

import newscrawler
from newscrawler.pages.bare_clocks import moments_of

MINSK = ZoneInfo("Europe/Minsk")
NOON = datetime(2025, 7, 25, 12, 0, tzinfo=MINSK)


def printed(*hours: str) -> list[datetime | time]:
    return [time.fromisoformat(hour) for hour in hours]


def days(*hours: str, fetched_at: datetime = NOON) -> list[int] | None:
    found = moments_of(printed(*hours), fetched_at)
    return [moment.day for moment in found] if found else None


def test_hours_fall_and_each_rise_is_a_midnight() -> None:
    assert days("11:40", "09:15", "00:05", "23:50", "14:00", "13:59") == [25, 25, 25, 24, 24, 24]
    night = datetime(2025, 7, 25, 0, 5, tzinfo=MINSK)
    assert days("23:50", "14:00", "09:00", "08:00", "21:00", fetched_at=night) == [24, 24, 24, 24, 23]


def test_a_clock_a_little_ahead_is_today() -> None:
    assert days("12:03", "11:00", "10:00", "09:00", "08:00") == [25] * 5


@pytest.mark.parametrize(
    "hours",
    [
        ("11:00", "10:00", "09:00", "08:00"),
        ("13:00", "11:00", "10:00", "09:00", "08:00"),
        ("08:00", "11:30", "11:00", "10:00", "09:00"),
        ("11:00", "10:00", "21:00", "08:00", "07:00"),
        ("09:00", "10:00", "11:00", "11:30", "11:40"),
    ],
    ids=["too few", "none since yesterday", "one pinned to the top", "a quiet half day", "oldest first"],
)
def test_what_is_not_certain_is_not_said(hours: tuple[str, ...]) -> None:
    assert days(*hours) is None


def test_a_day_among_them_is_kept_and_must_fit() -> None:
    older = datetime(2025, 7, 24, 19, 0, tzinfo=MINSK)
    hours = printed("11:00", "10:00", "09:00", "02:00", "23:30")
    found = moments_of([*hours, older], NOON)
    assert found is not None
    assert [moment.day for moment in found] == [25, 25, 25, 25, 24, 24]
    assert moments_of([*hours, datetime(2025, 7, 25, 8, 0, tzinfo=MINSK)], NOON) is None


def listing(url: str) -> list[tuple[str | None, date | None]]:
    hours = ("11:40", "09:15", "00:05", "23:50", "14:00")
    rows = "".join(
        f"<tr><td>{hour}</td><td><a href='/en/news/{165000 - n}/'>Entry of {hour} in the list</a></td></tr>"
        for n, hour in enumerate(hours)
    )
    page = newscrawler.parse(
        f"<title>News | Pozirk</title><h1>News</h1><table>{rows}</table>".encode(),
        url=url, headers={}, fetched_at=datetime.fromisoformat("2025-07-25T12:00:00+03:00"), site="pozirk",
    )  # fmt: skip
    return [
        (e.published_at.strftime("%d %H:%M") if e.published_at else None, e.published_date)
        for e in page.entries
    ]


def test_the_first_page_of_a_listing() -> None:
    assert listing("https://pozirk.online/en/news/") == [
        ("25 08:40", date(2025, 7, 25)),
        ("25 06:15", date(2025, 7, 25)),
        ("24 21:05", date(2025, 7, 25)),
        ("24 20:50", date(2025, 7, 24)),
        ("24 11:00", date(2025, 7, 24)),
    ]


@pytest.mark.parametrize(
    "url", ["https://pozirk.online/en/news/page/2/", "https://pozirk.online/en/news/?start=20"]
)
def test_a_later_page_begins_nobody_knows_when(url: str) -> None:
    assert listing(url) == [(None, None)] * 5
