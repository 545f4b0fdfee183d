"""Texts wrapped at a width are read as the paragraphs they were."""

from __future__ import annotations

import textwrap
from datetime import datetime

import pytest

import newscrawler
from newscrawler.pages.wrapped_lines import unwrapped

MARK = "The material is available only to POZIRK+"
PARAGRAPHS = [
    "October 24, Pozirk. The ministry has counted the readers of village libraries for the first time in ten "
    "years, and found that there are fewer of them than of villages.",
    "The next count is planned for the spring, when the roads are dry, the ministry says in its report.",
    "“Nobody asked us what we read,” a librarian in the Jelsk district told Pozirk, and closed her window.",
]
LIST = [
    "* Politics", "  Minister goes to Vienna",
    "* Economy", "  Harvest smaller than last year", f"  {MARK}",
    "* Society", "  Choir sings in Hrodna",
]  # fmt: skip


@pytest.mark.parametrize("width", [60, 72, 80])
@pytest.mark.parametrize("indent", ["", "   "])
def test_paragraphs_and_list_of_a_wrapped_dump(width: int, indent: str) -> None:
    blocks = ["Village libraries count their readers", *PARAGRAPHS]
    text = "\n\n".join(
        textwrap.fill(b, width, initial_indent=indent, subsequent_indent=indent) for b in blocks
    )
    page = newscrawler.parse(
        (text + "\n\nNews\n\n" + "\n".join(f"{indent}{line}" for line in LIST)).encode(),
        url="https://pozirk.online/en/news/161428/",
        headers={"content-type": "text/plain; charset=utf-8"},
        fetched_at=datetime.fromisoformat("2025-10-24T16:00:00+03:00"),
    )
    assert page.article is not None
    assert page.article.headline == "Village libraries count their readers"
    assert page.article.body == [PARAGRAPHS[0].removeprefix("October 24, Pozirk. "), *PARAGRAPHS[1:]]
    assert [(e.headline, e.premium) for e in page.entries] == [
        ("Minister goes to Vienna", False),
        ("Harvest smaller than last year", True),
        ("Choir sings in Hrodna", False),
    ]


def test_short_lines_are_lines() -> None:
    lines = [
        "Politics",
        "Minister goes to Vienna",
        "Economy",
        "Harvest smaller than last year",
        "",
        "Society",
    ]
    assert unwrapped(lines) == lines


def test_long_lines_are_paragraphs() -> None:
    assert unwrapped(PARAGRAPHS) == PARAGRAPHS
