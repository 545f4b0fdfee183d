"""Dates as printed, in three languages."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from newscrawler.normalize.dates import day_of_year, read_stamp, zone
from newscrawler.pages.labels import LabelScanner
from newscrawler.sites.pozirk import POZIRK

MINSK = zone("Europe/Minsk")
NOW = datetime(2026, 1, 2, 9, 0, tzinfo=MINSK)


@pytest.mark.parametrize(
    ("text", "day", "clock"),
    [
        ("24.10.2025 - 15:30", date(2025, 10, 24), "15:30"),
        ("24/10/25, 15:30", date(2025, 10, 24), "15:30"),
        ("2025-10-24 15:30", date(2025, 10, 24), "15:30"),
        ("Friday, October 24, 2025 at 3:30 pm", date(2025, 10, 24), "15:30"),
        ("24 октября 2025 г., 15:30", date(2025, 10, 24), "15:30"),
        ("Апублікавана: 3 кастрычніка 2025 у 07:05", date(2025, 10, 3), "07:05"),
        ("3 лiстапада 2025", date(2025, 11, 3), None),
        ("2 hours ago", date(2026, 1, 2), None),
        ("10 часов назад", date(2026, 1, 1), None),
        ("гадзіну таму", date(2026, 1, 2), None),
        ("вчера, 22:10", date(2026, 1, 1), "22:10"),
        ("Сёння", date(2026, 1, 2), None),
        ("Politics · 15:30", None, "15:30"),
    ],
)
def test_label(text: str, day: date | None, clock: str | None) -> None:
    labels = LabelScanner(POZIRK.profile.sections, NOW).scan(text)
    assert labels is not None
    assert labels.when is not None
    assert labels.when.day == day
    assert (labels.when.clock.strftime("%H:%M") if labels.when.clock else None) == clock


@pytest.mark.parametrize(
    "text",
    [
        "Economy shrinks",
        "Politics of bread",
        "24 people detained",
        "May I come in?",
        "3 дня без света",
        "Час суда",
    ],
)
def test_a_headline_is_no_label(text: str) -> None:
    assert LabelScanner(POZIRK.profile.sections, NOW).scan(text) is None


@pytest.mark.parametrize("text", ["Minsk 23:08", "Минск 23:08", "Мінск: 23:08"])
def test_the_clock_is_no_time_of_publication(text: str) -> None:
    labels = LabelScanner(POZIRK.profile.sections, NOW).scan(text)
    assert labels is not None
    assert labels.when is None


def test_the_year_of_a_day() -> None:
    assert day_of_year((12, 31), NOW) == date(2025, 12, 31)
    assert day_of_year((1, 3), NOW) == date(2026, 1, 3)  # a day ahead: the site may be east of us
    assert day_of_year((1, 4), NOW) == date(2025, 1, 4)
    assert day_of_year((2, 29), NOW) == date(2024, 2, 29)
    assert day_of_year((12, 31), NOW, near=date(2022, 12, 20)) == date(2022, 12, 31)


@pytest.mark.parametrize(
    ("stamp", "moment"),
    [
        ("2025-10-24T08:40:00+00:00", datetime(2025, 10, 24, 8, 40, tzinfo=UTC)),
        ("2025-10-24T11:40:00", datetime(2025, 10, 24, 8, 40, tzinfo=UTC)),
        ("2025-10-24 11:40:00 +0300", datetime(2025, 10, 24, 8, 40, tzinfo=UTC)),
        ("2025-10-24T08:40Z", datetime(2025, 10, 24, 8, 40, tzinfo=UTC)),
    ],
)
def test_stamp(stamp: str, moment: datetime) -> None:
    assert read_stamp(stamp, MINSK) == (moment, date(2025, 10, 24))


@pytest.mark.parametrize("stamp", [None, 5, "", "soon", "2025-13-45T00:00:00", "9999999999999"])
def test_no_stamp(stamp: object) -> None:
    assert read_stamp(stamp, MINSK) == (None, None)
