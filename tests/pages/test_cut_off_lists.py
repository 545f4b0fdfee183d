"""A listing that was cut off, and came with 200: what is read of it is true."""

from __future__ import annotations

import random
from datetime import UTC, datetime

import pytest

import newscrawler
from newscrawler.items import ParsedPage
from newscrawler.newsroom import Newsroom
from newscrawler.newsroom.demo import demo_newsroom
from newscrawler.newsroom.routes import Pages

BASE = "https://pozirk.online"
NOW = datetime(2025, 11, 25, 12, tzinfo=UTC)
CUTS = 25


def read(raw: bytes, path: str) -> ParsedPage:
    headers = {"content-type": "text/html; charset=utf-8"}
    return newscrawler.parse(raw, url=BASE + path, headers=headers, fetched_at=NOW)


@pytest.mark.parametrize("language", ["en", "ru", "be"])
@pytest.mark.parametrize("layout", ["classic", "blocks", "definitions", "tables", "utility"])
def test_entries_before_the_cut_are_as_on_the_whole_page(layout: str, language: str) -> None:
    newsroom = demo_newsroom(NOW, layout=layout, seed=7)
    newsroom.stock(20)
    path = f"/{language}/news/"
    raw = Pages(newsroom).answer(path, BASE).body
    whole = read(raw, path).entries
    shown = raw.index(str(whole[2].headline).encode()), raw.rindex(str(whole[-1].headline).encode())
    choices = random.Random(f"{layout} {language}")
    fewer = 0
    for cut in (choices.randrange(*shown) for _ in range(CUTS)):
        entries = read(raw[:cut], path).entries
        assert entries == whole[: len(entries)], f"cut after {cut} bytes"
        fewer += len(entries) < len(whole)
    assert fewer == CUTS


def test_a_page_that_leaves_out_its_last_tags_keeps_its_entries() -> None:
    """Where something follows the list, nothing of the list can be missing."""
    entries = "".join(f'<li>Politics <a href="/en/news/{n}/">The headline number {n}</a>' for n in range(9))
    page = f"<html><body><h1>News</h1><ul>{entries}</ul><p>Pozirk, a news agency"
    assert len(read(page.encode(), "/en/news/").entries) == 9


@pytest.mark.parametrize("layout", ["classic", "blocks", "definitions", "tables", "utility"])
def test_the_mark_of_an_entry_that_was_cut_off_is_not_the_one_befores(layout: str) -> None:
    newsroom = Newsroom(seed=7, now=NOW, layout=layout, languages=("be",))
    for linked in (False, False, True, False):  # of what is shown a single entry is a link
        newsroom.advance(minutes=20)
        newsroom.publish("be", premium=not linked, linked=linked)
    raw = Pages(newsroom).answer("/be/news/", BASE).body
    whole = read(raw, "/be/news/").entries
    said = {(entry.headline, entry.premium, entry.url) for entry in whole}
    first, last = (raw.index(str(whole[n].headline).encode()) for n in (1, 3))
    for cut in range(first + 200, last, 7):
        entries = read(raw[:cut], "/be/news/").entries
        assert {(entry.headline, entry.premium, entry.url) for entry in entries} <= said, (
            f"cut after {cut} bytes"
        )
