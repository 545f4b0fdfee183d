"""Names of icons and numbers of places are no words of a headline; small words of the page's own are."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

import newscrawler

MARK = "The material is available only to POZIRK+"
TITLES = ["Choir sings in Hrodna", "Lithuania closes third checkpoint", "Sugar price rises in Minsk"]


def headlines(row: str) -> list[str | None]:
    rows = "".join(
        f"<li>{row.format(title=title, n=n)} <p>{MARK}</p></li>" for n, title in enumerate(TITLES, 1)
    )
    html = f"<!doctype html><title>News - Pozirk</title><h1>News</h1><ul>{rows}</ul>"
    page = newscrawler.parse(
        html.encode(), url="https://pozirk.online/en/news/", headers={},
        fetched_at=datetime(2025, 10, 24, tzinfo=UTC), site="pozirk",
    )  # fmt: skip
    assert all(entry.premium for entry in page.entries)
    return [entry.headline for entry in page.entries]


@pytest.mark.parametrize(
    "row",
    [
        "<i>article</i><b>{title}</b>",
        "<span>play_circle</span> <b>{title}</b>",
        "<b>{title}</b> <i>lock</i>",
        "<i>chevron_right</i><p>{title}</p>",
        "{n}. <b>{title}</b>",
        "<span>{n})</span> {title}",
    ],
)
def test_what_a_reader_sees_as_a_drawing_or_a_place_is_no_word(row: str) -> None:
    assert headlines(row) == TITLES


def test_words_in_elements_of_their_own_stay_where_they_are_not_repeated_or_begin_with_a_capital() -> None:
    assert headlines("<b>Brest</b> {title}") == [f"Brest {title}" for title in TITLES]
    assert headlines("{title} of <b>place{n}</b>") == [f"{t} of place{n}" for n, t in enumerate(TITLES, 1)]
