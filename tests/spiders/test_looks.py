"""Known stories are looked at again: what changes far below the listing's first page is seen, too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newscrawler.newsroom import Fault, Newsroom, ServedSite, Story, serve
from newscrawler.queries import ArticleQuery, EventQuery
from newscrawler.storage.database import Database
from newscrawler.storage.reading import find_articles, find_events
from newscrawler.storage.records import Event
from tests.crawling import crawl, crawl_newsroom

NOW = datetime(2025, 11, 20, 9, 0, tzinfo=UTC)
ONLY = ("--languages", "en")


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'news.db'}"


@pytest.fixture
def newsroom() -> Newsroom:
    room = Newsroom(seed=3, now=NOW, languages=("en",), page_size=5, unlinked_share=0)
    room.stock(14, days=1, longreads_share=0)
    return room


@pytest.fixture
def site(newsroom: Newsroom, url: str) -> Iterator[ServedSite]:
    with serve(newsroom) as served:
        crawl_newsroom(newsroom, served.base_url, *ONLY, database_url=url)
        served.requests.clear()
        yield served


def news(url: str) -> list[Event]:
    """Events that are no baseline, oldest first."""
    database = Database.open(url)
    try:
        return sorted(find_events(database, EventQuery(baseline=False)), key=lambda event: event.id)
    finally:
        database.close()


def old_story(newsroom: Newsroom, *, premium: bool) -> Story:
    """A story far below the listing's first page."""
    return next(s for s in reversed(newsroom.stories("en")) if s.premium is premium)


def test_an_edit_far_down_is_seen_when_the_story_is_due(
    newsroom: Newsroom, site: ServedSite, url: str
) -> None:
    story = old_story(newsroom, premium=False)
    newsroom.edit_body(story.id)
    newsroom.advance(days=3)
    crawl_newsroom(newsroom, site.base_url, *ONLY, database_url=url)
    (event,) = news(url)
    assert (event.kind, event.headline) == ("body_changed", story.headline)
    assert event.new[:-1] == event.old


def test_a_story_that_opens_far_down_is_seen_within_a_day(
    newsroom: Newsroom, site: ServedSite, url: str
) -> None:
    story = old_story(newsroom, premium=True)
    newsroom.make_free(story.id)
    newsroom.advance(hours=25)
    crawl_newsroom(newsroom, site.base_url, *ONLY, database_url=url)
    assert (story.headline, "became_free") in {(event.headline, event.kind) for event in news(url)}


def test_removal_takes_two_404_a_day_apart_and_is_taken_back(
    newsroom: Newsroom, site: ServedSite, url: str
) -> None:
    story = old_story(newsroom, premium=True)
    newsroom.remove(story.id)
    newsroom.advance(hours=25)
    crawl_newsroom(newsroom, site.base_url, *ONLY, database_url=url)
    newsroom.advance(hours=2)
    crawl_newsroom(newsroom, site.base_url, *ONLY, database_url=url)
    assert news(url) == []
    newsroom.advance(hours=23)
    crawl_newsroom(newsroom, site.base_url, *ONLY, database_url=url)
    assert [(event.kind, event.headline) for event in news(url)] == [("removed", story.headline)]
    database = Database.open(url)
    removed = {a.headline for a in find_articles(database, ArticleQuery()) if a.status == "removed"}
    database.close()
    assert removed == {story.headline}
    newsroom.restore(story.id)
    newsroom.advance(days=31)
    crawl_newsroom(newsroom, site.base_url, *ONLY, database_url=url)
    assert [event.kind for event in news(url)][:2] == ["removed", "restored"]


def test_another_storys_404_says_nothing_of_a_story(newsroom: Newsroom, site: ServedSite, url: str) -> None:
    story, gone = old_story(newsroom, premium=True), old_story(newsroom, premium=False)
    newsroom.remove(gone.id)
    site.faults.add(Fault("redirect", path=story.path, location=gone.path))
    for _ in range(2):
        newsroom.advance(hours=25)
        run = crawl_newsroom(newsroom, site.base_url, *ONLY, database_url=url)
        assert run["pages"]["failed"].get("redirected elsewhere") == 1
    assert [(event.kind, event.headline) for event in news(url)] == [("removed", gone.headline)]


@pytest.mark.parametrize("listing", [False, True], ids=["story", "listing"])
def test_a_304_of_the_page_to_which_a_redirect_leads_is_none_of_the_page_asked_for(
    listing: bool, newsroom: Newsroom, url: str
) -> None:
    # With dates alone for validators an older front page answers a story's `If-Modified-Since` with 304.
    with serve(newsroom, validators="last_modified") as site:
        crawl_newsroom(newsroom, site.base_url, *ONLY, database_url=url)
        path = "/en/news/" if listing else old_story(newsroom, premium=True).path
        newsroom.advance(hours=25)
        site.faults.add(Fault("redirect", path=path, location="/en/"))
        site.requests.clear()
        run = crawl(site.base_url, *ONLY, database_url=url, now=newsroom.now).run
    assert [r.status for r in site.requests if r.path == "/en/"] == [200]
    assert run["pages"]["failed"]["redirected elsewhere"] == 1


@pytest.mark.parametrize(
    "fault",
    [
        Fault("status", path="/en/news/1*", status=403),
        Fault("status", path="/en/news/1*", status=500),
        Fault("challenge", path="/en/news/1*", status=200),
        Fault("login", path="/en/news/1*"),
        Fault("consent", path="/en/news/1*"),
        Fault("truncated_chunked", path="/en/news/1*"),
        Fault("empty_body", path="/en/news/1*"),
    ],
    ids=lambda fault: f"{fault.kind} {fault.status or ''}",
)
def test_a_failed_look_changes_nothing_and_is_repeated(
    fault: Fault, newsroom: Newsroom, site: ServedSite, url: str
) -> None:
    site.faults.add(fault)
    newsroom.advance(days=3)
    done = crawl(site.base_url, *ONLY, "--set", "RETRY_TIMES=0", database_url=url, now=newsroom.now)
    assert done.run["pages"]["failed"]
    assert news(url) == []
    site.faults.clear()
    newsroom.advance(minutes=6)
    again = crawl_newsroom(newsroom, site.base_url, *ONLY, database_url=url)
    assert again["pages"]["parsed"] + again["pages"]["unchanged"] >= sum(done.run["pages"]["failed"].values())
    assert news(url) == []


@pytest.mark.parametrize(
    ("arguments", "settings"),
    [(("--budget", "6"), {"NEWSCRAWLER_BUDGET": "2"}), ((), {"NEWSCRAWLER_BUDGET": "6"})],
)
def test_a_budget_is_spent_on_listings_new_stories_and_then_the_newest_due(
    arguments: tuple[str, ...],
    settings: dict[str, str],
    newsroom: Newsroom,
    site: ServedSite,
    url: str,
) -> None:
    newsroom.advance(days=2)
    fresh = newsroom.publish("en", premium=False)
    done = crawl(site.base_url, *ONLY, *arguments, database_url=url, now=newsroom.now, **settings)
    assert done.code == 0, done.stderr
    run = done.run
    paths = [request.path for request in site.requested("/")]
    assert len(paths) == 6
    assert run["pages"]["asked"] - run["pages"]["skipped"].get("budget", 0) == 6
    assert f"/en/news/{fresh.id}/" in paths
    looks = [s.id for path in paths for s in newsroom.stories("en") if s.path == path and s.id != fresh.id]
    assert looks == sorted(looks, reverse=True)


def test_a_short_retry_after_is_waited_out(newsroom: Newsroom, site: ServedSite, url: str) -> None:
    newsroom.publish("en")
    site.faults.add(Fault("status", path="/en/news/", status=429, retry_after="1", count=1))
    newsroom.advance(minutes=1)
    crawl_newsroom(newsroom, site.base_url, *ONLY, database_url=url)
    first, second = site.requested("/en/news/")[:2]
    assert (first.status, first.path) == (429, second.path)
    assert second.clock - first.clock >= 1


def test_a_long_retry_after_ends_the_run_and_holds_for_the_next(
    newsroom: Newsroom, site: ServedSite, url: str
) -> None:
    site.faults.add(Fault("status", path="/en/*", status=429, retry_after="3600", count=1))
    newsroom.advance(days=1)
    run = crawl(site.base_url, *ONLY, "--set", "RETRY_TIMES=0", database_url=url, now=newsroom.now)
    assert run.code == 1
    assert len(site.requested("/")) == 1
    newsroom.advance(minutes=30)
    waiting = crawl(site.base_url, *ONLY, database_url=url, now=newsroom.now)
    assert waiting.code == 1
    assert "the site asked to wait until 2025-11-21 10:00:00 UTC" in waiting.run["reason"]
    assert len(site.requested("/")) == 1
    newsroom.advance(minutes=31)
    crawl_newsroom(newsroom, site.base_url, *ONLY, database_url=url)
