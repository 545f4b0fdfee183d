"""The sites bundled as declarations, played by the newsroom: a WordPress, a sitemap alone, a feed alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from newscrawler.newsroom import Newsroom, ServedSite, Story, serve_as
from newscrawler.newsroom.other_sites import Make, OtherPages
from newscrawler.queries import ArticleQuery, EventQuery
from newscrawler.sites import get_site
from newscrawler.storage.database import Database
from newscrawler.storage.reading import find_articles, find_events
from newscrawler.storage.records import Article, Event
from tests.crawling import newscrawler

NOW = datetime(2025, 11, 20, 9, 0, tzinfo=UTC)


def crawl(name: str, newsroom: Newsroom, site: ServedSite, url: str, *arguments: str) -> dict[str, object]:
    clock = ("--set", f"NEWSCRAWLER_NOW={newsroom.now.isoformat()}")
    done = newscrawler(
        "crawl", name, "--base-url", site.base_url, "--json", *clock, *arguments, database_url=url
    )
    assert done.code == 0, done.stdout + done.stderr
    return done.run


def stored(url: str) -> tuple[list[Article], list[Event]]:
    database = Database.open(url)
    try:
        return list(find_articles(database, ArticleQuery())), list(find_events(database, EventQuery()))
    finally:
        database.close()


def address(site: ServedSite, story: Story) -> str:
    pages = site.pages
    assert isinstance(pages, OtherPages)
    return f"{pages.canonical}{pages.path_of(story)}"


@pytest.mark.parametrize(
    ("name", "make", "found_by", "paths", "language"),
    [
        ("globalvoices", "wordpress", {"rest"}, {}, "en"),
        ("apnews", "sitemap", {"news_sitemap"}, {"/news-sitemap-content.xml": "/news-sitemap.xml"}, "en"),
        ("meduza", "feed", {"feed"}, {}, "ru"),
    ],
)
def test_a_baseline_and_what_happens_after_it(
    name: str, make: Make, found_by: set[str], paths: dict[str, str], language: str, database_url: str
) -> None:
    newsroom = Newsroom(seed=5, now=NOW, languages=(language,))  # type: ignore[arg-type]
    newsroom.stock(30, days=1.9, longreads_share=0)
    canonical = get_site(name).base_url
    with serve_as(newsroom, make, canonical=canonical, paths=paths) as site:
        only = ("--languages", language)
        crawl(name, newsroom, site, database_url, *only)
        articles, events = stored(database_url)
        shown = newsroom.stories(newsroom.languages[0])[: 20 if make == "feed" else None]
        assert {a.url: (a.headline, a.premium) for a in articles} == {
            address(site, s): (s.headline, s.premium) for s in shown
        }
        assert all(a.published_at and a.body for a in articles)
        assert {a.found_by for a in articles} == found_by
        assert all(event.baseline for event in events)

        newsroom.advance(hours=1)
        news = [newsroom.publish(premium=True), newsroom.publish(premium=False)]
        known = [s for s in shown if not s.premium]
        edited = newsroom.edit_headline(known[0])
        newsroom.edit_body(known[1])
        crawl(name, newsroom, site, database_url, *only)
        articles, events = stored(database_url)
        after = {(e.kind, e.url) for e in events if not e.baseline}
        expected = {("new_premium", address(site, news[0])), ("new", address(site, news[1]))}
        expected |= {("headline_changed", address(site, edited))}
        rewritten = ("body_changed", address(site, known[1]))
        # RSS does not say when a story was modified: its page is looked at again when that is due.
        expected |= {rewritten} if make != "feed" else set()
        assert after == expected
        assert len(articles) == len(shown) + 2
        assert {a.headline for a in articles} >= {edited.headline, *(s.headline for s in news)}

        newsroom.advance(timedelta(days=1) if make == "feed" else timedelta(minutes=5))
        again = crawl(name, newsroom, site, database_url, *only)
        assert again["events"] == ({"body_changed": 1} if make == "feed" else {})
        assert len(stored(database_url)[0]) == len(articles)
