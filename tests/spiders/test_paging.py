"""How far lists are followed, where a list is a trap or a sitemap holds more than a run can read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from newscrawler.items import Observation, ParsedPage, SitemapLink, Visit
from newscrawler.sites import get_site
from newscrawler.sites.ways import Way
from newscrawler.spiders.paging import MAX_PAGES, Paging
from newscrawler.spiders.places import Place
from newscrawler.spiders.plan import CrawlPlan
from newscrawler.spiders.sitemaps import MAX_STORIES, STORIES_A_PAGE, files_of, stories_left
from newscrawler.spiders.sweeps import LATE, Sweeps
from tests.observing import observation

NOW = datetime(2025, 11, 20, 9, 0, tzinfo=UTC)
FEED = Way("feed", "https://a.example/feed/", ("en",))
MAP = Way("sitemap", "https://a.example/sitemap.xml", ("en", "ru"), leads=False)
LISTING = Way("listing", "https://a.example/news/", ("en",))
SWEPT = {"en": NOW, **{f"{lang} {way.url}": NOW for way in (FEED, MAP, LISTING) for lang in way.languages}}


def entry(number: int) -> Observation:
    return observation(f"Story {number}", url=f"https://a.example/news/{number}")


@pytest.mark.parametrize("backfill", ["true", "false"])
def test_a_list_that_shows_again_what_it_has_shown_is_not_followed(backfill: str) -> None:
    plan = CrawlPlan.from_arguments(get_site("pozirk"), {"backfill": backfill})
    paging = Paging(plan, Sweeps({}, ("en",)), 10)
    place, seen = paging.first(LISTING), [entry(1), entry(2)]
    page = ParsedPage(kind="listing", next_page="https://a.example/news/?page=2")
    following = paging.following(page, place, seen, seen, asked=set(), may_ask=True)
    assert following is not None
    assert (following.number, following.url) == (2, "https://a.example/news/?page=2")
    page.next_page = "https://a.example/news/?page=3"
    assert paging.following(page, following, seen[::-1], seen, asked=set(), may_ask=True) is None


def test_a_list_that_moved_by_a_page_while_it_was_read_leaves_a_gap() -> None:
    sweeps = Sweeps(SWEPT, ("en",))
    paging = Paging(CrawlPlan(get_site("pozirk"), ("en",)), sweeps, 10)
    place, seen = paging.first(LISTING), [entry(1), entry(2), entry(3)]
    sweeps.read(LISTING)
    page = ParsedPage(kind="listing", next_page="https://a.example/news/?page=2")
    following = paging.following(page, place, seen, seen, asked=set(), may_ask=True)
    assert following is not None
    page.next_page = "https://a.example/news/?page=3"
    assert paging.following(page, following, seen[1:], seen[1:], asked=set(), may_ask=True) is None
    assert sweeps.unswept() == {"en": "a listing ended before anything known"}
    assert sweeps.made() == []


def test_no_list_is_endless() -> None:
    paging = Paging(CrawlPlan(get_site("pozirk"), ("en",)), Sweeps(SWEPT, ("en",)), 10)
    page = ParsedPage(kind="listing", next_page="https://a.example/news/?page=501")
    place = Place(LISTING.url, "en", way=LISTING, number=MAX_PAGES)
    assert paging.following(page, place, [entry(1)], [entry(1)], asked=set(), may_ask=True) is None


def test_rest_is_asked_for_what_has_changed_since_the_last_sweep() -> None:
    rest = Way("rest", "https://a.example/wp-json/wp/v2/posts", ("en",))
    plan = CrawlPlan(get_site("pozirk"), ("en",))
    first = Paging(plan, Sweeps({}, ("en",)), 10).first(rest)
    assert first.asked_as == f"{rest.url}?per_page=50&_embed=wp:term"
    later = Paging(plan, Sweeps({f"en {rest.url}": NOW}, ("en",)), 10).first(rest)
    assert later.url == rest.url
    assert later.asked_as is not None
    assert later.asked_as.endswith("&orderby=modified&modified_after=2025-11-20T08:00:00Z")


def test_sweeps_are_of_each_way_and_language() -> None:
    sweeps = Sweeps({"en": NOW, f"en {FEED.url}": NOW, f"en {MAP.url}": NOW}, ("en", "ru"))
    assert sweeps.at(FEED, "en") == NOW
    assert sweeps.at(LISTING, "en") is None, "a way that was added later has a baseline of its own"
    assert (sweeps.at(MAP, "en"), sweeps.at(MAP, "ru"), sweeps.oldest(MAP)) == (NOW, None, None)
    sweeps.read(FEED)
    sweeps.read(MAP)
    sweeps.leave_gap(MAP, "why")
    assert sweeps.made() == [f"en {FEED.url}"]
    assert sweeps.was_read(LISTING)
    assert not sweeps.was_read(FEED)
    assert not sweeps.was_read(MAP), "the feed is not in Russian"


def test_a_database_from_before_has_sweeps_of_languages_which_hold_for_listings() -> None:
    sweeps = Sweeps({"en": NOW}, ("en",))
    assert sweeps.at(LISTING, "en") == NOW
    assert sweeps.at(FEED, "en") is None
    visit = Visit("a", LISTING.url, "read", NOW - timedelta(minutes=1))
    assert sweeps.usable(visit, LISTING) is visit
    assert sweeps.usable(visit, FEED) is None


def test_an_old_story_that_was_edited_is_history() -> None:
    sweeps = Sweeps(SWEPT, ("en",))
    assert sweeps.is_history(observation(published_at=NOW - LATE - timedelta(minutes=1)))
    assert not sweeps.is_history(observation(published_at=NOW - LATE + timedelta(minutes=1)))
    assert not sweeps.is_history(observation())
    assert not Sweeps({}, ("en",)).is_history(observation(published_at=NOW - LATE * 9))


def links(*days_ago: int | None) -> list[SitemapLink]:
    return [
        SitemapLink(f"https://a.example/{n}.xml", None if ago is None else NOW - timedelta(days=ago))
        for n, ago in enumerate(days_ago)
    ]


def chosen(
    index: list[SitemapLink], visits: dict[str, Visit], swept: dict[str, datetime], **more: bool
) -> tuple[list[str], list[str]]:
    place = Place(MAP.url, "en", way=MAP)
    sweeps = Sweeps(swept, ("en", "ru"))
    files, over = files_of(index, place, visits, sweeps, 2, backfill=more.get("backfill", False))
    return [f"{f.url[-5:]}{'-' if f.past_known else ''}" for f in files], [url[-5:] for url in over]


def test_files_of_an_index() -> None:
    index = links(0, 3, 9, 9)
    assert chosen(index, {}, {}) == (["0.xml", "1.xml"], ["2.xml", "3.xml"])
    assert chosen(index, {}, {}, backfill=True) == (["0.xml", "1.xml", "2.xml", "3.xml"], [])
    read = {
        link.url: Visit("a", link.url, "read", NOW - timedelta(days=5), body_hash="x" if n < 2 else None)
        for n, link in enumerate(index)
    }
    assert chosen(index, read, SWEPT) == (["0.xml", "1.xml"], [])
    # A file that was passed over has changed: what is in it was there before. A file never seen is new.
    assert chosen([*links(9, 9, 9, 1), *links(9, 9, 9, 9, 9)[4:]], read, SWEPT) == (
        ["0.xml", "3.xml-", "4.xml"],
        [],
    )
    # An index that gives no times: the newest files are asked whether they have changed.
    assert chosen(links(None, None, None), read, SWEPT) == (["0.xml", "1.xml"], [])


def test_how_many_addresses_are_asked_for() -> None:
    assert stories_left(10, 150, first_run=True, backfill=False) == 10 * STORIES_A_PAGE - 150
    assert stories_left(500, 150, first_run=False, backfill=False) == MAX_STORIES - 150
    assert stories_left(None, 10**6, first_run=True, backfill=True) == float("inf")
