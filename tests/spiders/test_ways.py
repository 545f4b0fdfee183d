"""Sites whose stories are found in several ways."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from newscrawler.newsroom import Fault, Newsroom, ServedSite, serve_as
from newscrawler.newsroom.other_sites import OtherPages
from newscrawler.queries import ArticleQuery, EventQuery
from newscrawler.storage.database import Database
from newscrawler.storage.reading import find_articles, find_events
from newscrawler.storage.records import Article, Event
from tests.crawling import command

NOW = datetime(2025, 11, 20, 9, 0, tzinfo=UTC)


@pytest.fixture
def newsroom() -> Newsroom:
    room = Newsroom(seed=5, now=NOW, languages=("en",))
    room.stock(70, days=6, longreads_share=0)
    return room


class Played:
    """A site with a feed of 20 stories and a sitemap in files of 30, crawled from a folder of its own."""

    def __init__(self, newsroom: Newsroom, site: ServedSite, folder: Path) -> None:
        self.newsroom, self.site, self.folder = newsroom, site, folder
        assert isinstance(site.pages, OtherPages)
        site.pages.offers = ("feed", "sitemap")

    def declare(self, ways: str) -> None:
        """Write the table of the site."""
        table = f'[sites.example]\nurl = "{self.site.base_url}"\nlanguages = ["en"]\n{ways}'
        (self.folder / "newscrawler.toml").write_text(f"first_run_max_pages = 1\n\n{table}")

    def crawl(self, *arguments: str) -> dict[str, Any]:
        """Crawl at the newsroom's time; a run that has to be a success."""
        self.site.requests.clear()
        clock = ("--set", f"NEWSCRAWLER_NOW={self.newsroom.now.isoformat()}", "--set", "RETRY_TIMES=0")
        done = command("newscrawler", "crawl", "example", "--json", *clock, *arguments, cwd=self.folder)
        assert done.code == 0, done.stdout + done.stderr
        return done.run

    def stored(self) -> tuple[list[Article], list[Event]]:
        """Everything that was stored."""
        database = Database.open(f"sqlite:///{self.folder / 'newscrawler.db'}")
        try:
            return list(find_articles(database, ArticleQuery())), list(find_events(database, EventQuery()))
        finally:
            database.close()

    def news(self) -> Counter[str]:
        """How many events of each kind are no baseline."""
        return Counter(event.kind for event in self.stored()[1] if not event.baseline)


def test_what_one_way_misses_another_brings_and_none_reports_a_story_twice(
    newsroom: Newsroom, tmp_path: Path
) -> None:
    with serve_as(newsroom, "feed") as site:
        played = Played(newsroom, site, tmp_path)
        played.declare('feeds = "/rss/all"\nsitemaps = "/sitemap.xml"\n')
        played.crawl()
        articles, _ = played.stored()
        assert Counter(a.found_by for a in articles) == {"feed": 20}
        assert played.news() == {}
        # The newest file of the sitemap was read, the two others were passed over.
        assert len(site.requested("/sitemap-")) == 1

        newsroom.advance(minutes=20)
        for _ in range(25):
            newsroom.publish("en", premium=False)
        newsroom.edit_body(newsroom.stories("en")[-1])  # a story of a file that was passed over
        played.crawl()
        articles, _ = played.stored()
        assert played.news() == {"new": 25}
        assert Counter(a.found_by for a in articles) == {"feed": 40, "sitemap": 5}
        assert len({a.url for a in articles}) == len({a.headline for a in articles}) == 45
        assert all(a.headline and a.body for a in articles)

        newsroom.advance(minutes=5)
        quiet = played.crawl()
        assert quiet["events"] == {}
        assert {r.status for r in site.requested("/rss")} == {304}
        assert {r.status for r in site.requested("/sitemap")} == {304}

        site.faults.add(Fault("status", path="/rss/all", status=500))
        newsroom.publish("en", premium=True)
        newsroom.advance(minutes=5)
        run = played.crawl()
        assert run["pages"]["failed"] == {"http 500": 1}
        assert played.news() == {"new": 25, "new_premium": 1}


def test_a_way_that_is_added_later_brings_a_baseline_of_its_own(newsroom: Newsroom, tmp_path: Path) -> None:
    with serve_as(newsroom, "feed") as site:
        played = Played(newsroom, site, tmp_path)
        played.declare('feeds = "/rss/all"\n')
        played.crawl()
        newsroom.advance(minutes=5)
        newsroom.publish("en", premium=False)
        played.declare('feeds = "/rss/all"\nsitemaps = "/sitemap.xml"\n')
        played.crawl("--max-pages", "2")
        articles, _ = played.stored()
        assert Counter(a.found_by for a in articles) == {"feed": 21, "sitemap": 20}
        assert played.news() == {"new": 1}


def test_the_front_page_alone(newsroom: Newsroom, tmp_path: Path) -> None:
    with serve_as(newsroom, "feed") as site:
        played = Played(newsroom, site, tmp_path)
        played.declare("")
        played.crawl()
        newsroom.advance(minutes=5)
        story = newsroom.publish("en", premium=True)
        played.crawl()
        articles, _ = played.stored()
        assert Counter(a.found_by for a in articles) == {"listing": 16}
        assert played.news() == {"new_premium": 1}
        assert story.headline in {a.headline for a in articles}
