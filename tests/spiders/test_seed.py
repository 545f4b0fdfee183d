"""The text of the one real page goes the whole way: from a file, and from a server."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from newscrawler.newsroom import Newsroom, serve
from tests.crawling import ROOT, crawl, newscrawler

SEED = ROOT / "fixtures" / "pozirk" / "seed"
FETCHED = datetime(2025, 10, 22, 6, 0, tzinfo=UTC)


def check_what_is_stored(database_url: str) -> None:
    truth = json.loads((SEED / "expected.json").read_text(encoding="utf-8"))
    articles = newscrawler("articles", "--json", database_url=database_url).objects()
    (story,) = [article for article in articles if article["premium"] is False]
    assert story["headline"] == truth["headline"]
    assert story["published_date"] == "2025-10-21"
    assert story["body"] == truth["body"]
    assert len(story["body"]) == 7
    premium = {a["headline"]: a for a in articles if a["premium"]}
    assert set(premium) == {entry["headline"] for entry in truth["entries"] if entry["premium"]}
    assert len(premium) == 12
    assert len(articles) == 13
    for article in premium.values():
        assert (article["url"], article["external_id"], article["body"]) == (None, None, [])
        assert article["premium_evidence"]["text"] == "The material is available only to POZIRK+"


def entries(run: dict[str, Any]) -> tuple[int, int, int, dict[str, int]]:
    counts = run["entries"]
    return counts["seen"], counts["new"], counts["known"], counts["skipped"]


@pytest.mark.parametrize("layout_of_path", ["page.txt", "."])
def test_taken_in_from_a_file_twice(layout_of_path: str, database_url: str) -> None:
    skipped = {"neither headline nor address": 8}
    for expected in ((20, 12, 0, skipped), (20, 0, 12, skipped)):
        done = newscrawler(
            "ingest", "--site", "pozirk", str(SEED / layout_of_path), database_url=database_url
        )
        assert done.code == 0, done.stderr
        (run, *_) = newscrawler("runs", "--json", database_url=database_url).objects()
        assert (run["kind"], run["status"]) == ("ingest", "ok")
        assert entries(run) == expected
    check_what_is_stored(database_url)
    events = newscrawler("events", "--json", database_url=database_url).objects()
    assert sorted(event["kind"] for event in events) == ["new"] + ["new_premium"] * 12


def test_served_and_crawled_twice(database_url: str) -> None:
    with serve(Newsroom(now=FETCHED)) as site:
        site.add_fixture(SEED, path="/en/news/")
        arguments = ("--languages", "en")
        first = crawl(site.base_url, *arguments, database_url=database_url, now=FETCHED)
        assert first.code == 0, first.stdout + first.stderr
        assert entries(first.run) == (20, 12, 0, {"neither headline nor address": 8})
        check_what_is_stored(database_url)
        again = crawl(site.base_url, *arguments, database_url=database_url, now=FETCHED)
        assert again.code == 0
        assert again.run["events"] == {}
        assert again.run["entries"]["new"] == 0
        check_what_is_stored(database_url)
