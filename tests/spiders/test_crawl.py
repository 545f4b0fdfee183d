"""Whole crawls against the newsroom, compared with the truth it keeps."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newscrawler.newsroom import Fault, Newsroom, ServedSite, serve
from newscrawler.queries import ArticleQuery, EventQuery
from newscrawler.storage.database import Database
from newscrawler.storage.reading import find_articles, find_events
from newscrawler.storage.records import Article, Event
from tests.crawling import ROOT, command, crawl, crawl_newsroom

NOW = datetime(2025, 11, 20, 9, 0, tzinfo=UTC)
MINSK = timedelta(hours=3)
LAYOUTS = ("classic", "tables", "utility", "blocks")


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'news.db'}"


@pytest.fixture
def newsroom() -> Newsroom:
    room = Newsroom(seed=7, now=NOW, page_size=8)
    room.stock(45, days=3)
    return room


@pytest.fixture
def site(newsroom: Newsroom) -> Iterator[ServedSite]:
    with serve(newsroom) as served:
        yield served


def stored(url: str) -> tuple[list[Article], list[Event]]:
    database = Database.open(url)
    try:
        return list(find_articles(database, ArticleQuery())), list(find_events(database, EventQuery()))
    finally:
        database.close()


def assert_like_the_truth(newsroom: Newsroom, articles: list[Article]) -> None:
    """Every story on the site is stored once, with its own headline and premium value."""
    truth = {(s.language, s.headline): s.premium for s in newsroom.ledger.visible()}
    found = {(a.language, a.headline): a.premium for a in articles}
    assert found == truth
    assert len(articles) == len(truth)


@pytest.mark.parametrize(
    ("layout", "database_url"),
    [*((layout, "sqlite") for layout in LAYOUTS), ("classic", "postgresql")],
    indirect=["database_url"],
)
def test_a_baseline_and_what_happens_after_it(layout: str, database_url: str) -> None:
    newsroom = Newsroom(seed=11, now=NOW, layout=layout, page_size=8)
    newsroom.stock(36, days=3)
    with serve(newsroom) as site:
        crawl_newsroom(newsroom, site.base_url, database_url=database_url)
        articles, events = stored(database_url)
        assert_like_the_truth(newsroom, articles)
        assert len(events) == len(articles)
        assert all(event.baseline for event in events)

        newsroom.advance(hours=1)
        news = [
            newsroom.publish("en", premium=True, linked=False),
            newsroom.publish("ru", premium=True, linked=True),
            newsroom.publish("be", premium=False),
        ]
        opened = newsroom.make_free()
        crawl_newsroom(newsroom, site.base_url, database_url=database_url)
        articles, events = stored(database_url)
        assert_like_the_truth(newsroom, articles)
        after = {(event.kind, event.headline) for event in events if not event.baseline}
        expected = {("new_premium" if story.premium else "new", story.headline) for story in news}
        assert after == expected | {("became_free", opened.headline)}
        assert all(e.evidence is not None and e.evidence.text for e in events if e.kind == "new_premium")


def test_articles_have_their_text_and_canonical_addresses(
    newsroom: Newsroom, site: ServedSite, sqlite_url: str
) -> None:
    crawl_newsroom(newsroom, site.base_url, "--languages", "be", database_url=sqlite_url)
    articles, _ = stored(sqlite_url)
    assert {article.language for article in articles} == {"be"}
    linked = [article for article in articles if article.external_id]
    assert linked
    for article in linked:
        story = newsroom.story(int(article.external_id or 0))
        kind = "news" if story.kind == "news" else "longreads"
        assert article.url == f"https://pozirk.online/be/{kind}/{story.id}/"
        assert article.body, article.url


def test_each_page_is_read_once_and_an_unchanged_site_costs_one_listing_a_language(
    newsroom: Newsroom, site: ServedSite, sqlite_url: str
) -> None:
    run = crawl_newsroom(newsroom, site.base_url, database_url=sqlite_url)
    asked = [request.path for request in site.requested("/")]
    assert len(asked) == len(set(asked)) == run["pages"]["asked"]
    site.requests.clear()
    newsroom.advance(minutes=5)
    again = crawl_newsroom(newsroom, site.base_url, database_url=sqlite_url)
    requests = site.requested("/")
    assert {request.status for request in requests} == {304}
    listings = [request.path for request in requests if not request.path[-2].isdigit()]
    assert sorted(listings) == ["/be/news/", "/en/news/", "/ru/news/"]
    assert len(requests) < len(asked) / 3, "besides, only stories that have come to an age are looked at"
    assert again["pages"]["unchanged"] == again["pages"]["asked"] == len(requests)
    assert again["events"] == {}


def test_listings_are_followed_as_far_as_something_is_unknown(
    newsroom: Newsroom, site: ServedSite, sqlite_url: str
) -> None:
    crawl_newsroom(newsroom, site.base_url, "--languages", "en", database_url=sqlite_url)
    for _ in range(12):
        newsroom.advance(minutes=10)
        newsroom.publish("en")
    site.requests.clear()
    crawl_newsroom(newsroom, site.base_url, "--languages", "en", database_url=sqlite_url)
    pages = [request.path for request in site.requested("/en/news/") if not request.path[9:10].isdigit()]
    # Eight new stories, four and four known ones, and the page that holds nothing unknown.
    assert pages == ["/en/news/", "/en/news/page/2/", "/en/news/page/3/"]
    articles, _ = stored(sqlite_url)
    assert {s.headline for s in newsroom.stories("en")} <= {a.headline for a in articles}


def test_what_a_failed_run_left_behind_is_found_by_the_next(
    newsroom: Newsroom, site: ServedSite, sqlite_url: str
) -> None:
    crawl_newsroom(newsroom, site.base_url, "--languages", "en", database_url=sqlite_url)
    for _ in range(20):
        newsroom.advance(minutes=10)
        newsroom.publish("en")
    broken = Fault("status", path="/en/news/page/2/", status=500, until=newsroom.now)
    site.faults.add(broken)
    failed = crawl(site.base_url, "--languages", "en", database_url=sqlite_url, now=newsroom.now)
    assert failed.code == 1
    assert failed.run["reason"] == "en: https://pozirk.online/en/news/page/2/: http 500"
    newsroom.advance(minutes=10)
    crawl_newsroom(newsroom, site.base_url, "--languages", "en", database_url=sqlite_url)
    articles, events = stored(sqlite_url)
    assert {s.headline for s in newsroom.stories("en")} <= {a.headline for a in articles}
    assert len([event for event in events if not event.baseline]) == 20


def test_a_listing_that_ends_too_early_is_told_and_the_next_run_reads_on(
    newsroom: Newsroom, site: ServedSite, sqlite_url: str
) -> None:
    crawl_newsroom(newsroom, site.base_url, "--languages", "en", database_url=sqlite_url)
    for _ in range(newsroom.page_size + 2):
        newsroom.advance(minutes=10)
        newsroom.publish("en")
    site.faults.add(Fault("half_listing", path="/en/news/", entries=2, until=newsroom.now))
    half = crawl_newsroom(newsroom, site.base_url, "--languages", "en", database_url=sqlite_url)
    assert half["unswept"] == {"en": "a listing ended before anything known"}
    assert half["reason"] == "en not followed to what is known: a listing ended before anything known"
    newsroom.advance(minutes=1)
    whole = crawl_newsroom(newsroom, site.base_url, "--languages", "en", database_url=sqlite_url)
    assert (whole["unswept"], whole["reason"]) == ({}, None)
    articles, _ = stored(sqlite_url)
    assert {s.headline for s in newsroom.stories("en")} <= {a.headline for a in articles}


def test_limits(newsroom: Newsroom, site: ServedSite, sqlite_url: str) -> None:
    newsroom.stock(150, days=3)
    only = ("--languages", "en")
    first = crawl_newsroom(newsroom, site.base_url, *only, "--max-pages", "1", database_url=sqlite_url)
    listings = [request.path for request in site.requested("/en/") if not request.path[-2].isdigit()]
    assert sorted(listings) == ["/en/longreads/", "/en/news/"]
    articles, _ = stored(sqlite_url)
    assert first["entries"]["new"] <= len(articles) < len(newsroom.stories("en"))
    newsroom.advance(minutes=5)
    crawl_newsroom(newsroom, site.base_url, *only, "--backfill", database_url=sqlite_url)
    articles, events = stored(sqlite_url)
    assert {s.headline for s in newsroom.stories("en")} <= {a.headline for a in articles}
    assert all(event.baseline for event in events), "what a backfill finds is old"


def test_since_leaves_out_earlier_days(newsroom: Newsroom, site: ServedSite, sqlite_url: str) -> None:
    newsroom.stock(100, days=9)
    day = (newsroom.now - timedelta(days=1)).date()
    run = crawl_newsroom(
        newsroom, site.base_url, "--languages", "ru", "--since", day.isoformat(), database_url=sqlite_url
    )
    articles, _ = stored(sqlite_url)
    later = {s.headline for s in newsroom.stories("ru") if (s.published_at + MINSK).date() >= day}
    assert later <= {article.headline for article in articles}
    assert run["entries"]["skipped"]["before since"] > 0
    assert len(articles) < len(newsroom.stories("ru"))


def test_an_edited_entry_without_address_that_only_news_lists_show_is_not_taken_for_new(
    sqlite_url: str,
) -> None:
    newsroom = Newsroom(seed=3, now=NOW, languages=("en",), page_size=5, unlinked_share=0)
    newsroom.stock(14, days=1, longreads_share=0)
    closed = newsroom.publish("en", premium=True, linked=False)
    with serve(newsroom) as site:
        crawl_newsroom(newsroom, site.base_url, "--languages", "en", database_url=sqlite_url)
        newsroom.edit_headline(closed, f"{closed.headline} (updated)")
        for _ in range(4):
            newsroom.advance(minutes=10)
            newsroom.publish("en", premium=False)
            crawl_newsroom(newsroom, site.base_url, "--languages", "en", database_url=sqlite_url)
            newsroom.publish("en", premium=False)
        newsroom.advance(days=5)
        newsroom.publish("en", premium=False)
        crawl_newsroom(newsroom, site.base_url, "--languages", "en", database_url=sqlite_url)
    articles, events = stored(sqlite_url)
    found = [a for a in articles if a.headline and a.headline.startswith(closed.headline)]
    assert len(found) == 1
    assert [e.kind for e in events if e.article_id == found[0].id and not e.baseline] in (
        [],
        ["headline_changed"],
    )


def test_an_entry_that_is_edited_and_gets_its_address_stays_one_story(sqlite_url: str) -> None:
    newsroom = Newsroom(seed=3, now=NOW, languages=("en",), page_size=5, unlinked_share=0)
    newsroom.stock(14, days=1, longreads_share=0)
    closed = newsroom.publish("en", premium=True, linked=False)
    with serve(newsroom) as site:
        crawl_newsroom(newsroom, site.base_url, "--languages", "en", database_url=sqlite_url)
        newsroom.edit_headline(closed, f"{closed.headline} (updated)")
        newsroom.link(closed)
        for _ in range(12):  # by now it stands on the third page, and in the news list beside each story
            newsroom.advance(minutes=10)
            newsroom.publish("en", premium=False)
        crawl_newsroom(newsroom, site.base_url, "--languages", "en", database_url=sqlite_url)
    articles, _ = stored(sqlite_url)
    (found,) = [a for a in articles if a.headline and a.headline.startswith(closed.headline)]
    assert found.external_id == str(closed.id)


@pytest.mark.parametrize("readable", [True, False])
def test_a_digest_that_gets_its_address_is_the_one_that_its_page_says(
    readable: bool, sqlite_url: str
) -> None:
    newsroom = Newsroom(seed=3, now=NOW, languages=("en",), page_size=5, unlinked_share=0)
    newsroom.stock(9, days=1, longreads_share=0)
    digests = []
    for _ in range(2):
        digests.append(newsroom.publish("en", premium=True, linked=False, headline="What subscribers read"))
        newsroom.advance(days=1)
    with serve(newsroom) as site:
        crawl_newsroom(newsroom, site.base_url, "--languages", "en", database_url=sqlite_url)
        older = newsroom.link(digests[0])
        for _ in range(12):  # by now only the news list beside each story shows the two, without their days
            newsroom.advance(minutes=10)
            newsroom.publish("en", premium=False)
        if not readable:
            site.faults.add(Fault("status", path=older.path, status=403))
        limited = ("--languages", "en", "--max-pages", "2")
        run = crawl_newsroom(newsroom, site.base_url, *limited, database_url=sqlite_url)
    articles, events = stored(sqlite_url)
    found = {a.published_at: a.url for a in articles if a.headline == "What subscribers read"}
    one, two = (digest.published_at.replace(second=0) for digest in digests)
    url = f"https://pozirk.online{older.path}" if readable else None
    assert {at.replace(second=0): u for at, u in found.items() if at} == {one: url, two: None}
    assert sum(event.headline == "What subscribers read" for event in events) == 2
    assert run["entries"]["skipped"].get("its own page could not be read", 0) == (not readable)


def test_robots_txt_forbids(newsroom: Newsroom, sqlite_url: str) -> None:
    with serve(newsroom, robots="disallow") as site:
        done = crawl(site.base_url, "--languages", "en", database_url=sqlite_url, now=NOW)
        assert done.code == 1
        assert done.run["pages"]["failed"] == {"robots.txt": 2}
        assert site.requested("/") == []


def test_crawl_delay_is_kept(newsroom: Newsroom, sqlite_url: str) -> None:
    with serve(newsroom, crawl_delay_seconds=0.4) as site:
        crawl_newsroom(
            newsroom, site.base_url, "--languages", "en", "--max-pages", "1", database_url=sqlite_url
        )
        times = [request.clock for request in site.requests][1:6]
    # On the average: on a busy machine one request may be noted late.
    assert (times[-1] - times[0]) / (len(times) - 1) > 0.35


def test_redirects_to_the_live_site_stay_on_the_copy(
    newsroom: Newsroom, site: ServedSite, sqlite_url: str
) -> None:
    site.faults.add(Fault("redirect", path="/ru/news/", location="https://pozirk.online/ru/news/page/2/"))
    crawl(site.base_url, "--languages", "ru", "--max-pages", "1", database_url=sqlite_url, now=NOW)
    assert any(request.path == "/ru/news/page/2/" for request in site.requests)


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (Fault("status", path="/en/*", status=403), "http 403"),
        (Fault("truncated", path="/en/*"), "truncated"),
        (Fault("reset", path="/en/*"), "connection failed"),
        (Fault("hang", path="/en/*"), "timeout"),
        (Fault("false_gzip", path="/en/*"), "undecodable"),
        (Fault("empty_listing", path="/en/*"), "no entries"),
        (Fault("challenge", path="/en/*", status=200), "a challenge page stands before it"),
        (Fault("redirect", path="/en/*s/", location="/en/"), "redirected elsewhere"),
        (Fault("status", path="/robots.txt", status=503), "robots.txt unreadable: http 503"),
        (Fault("reset", path="/robots.txt"), "robots.txt unreadable: connection failed"),
    ],
    ids=lambda value: value.kind if isinstance(value, Fault) else "",
)
def test_a_fault_is_counted_under_its_reason_and_stores_nothing(
    fault: Fault, reason: str, newsroom: Newsroom, sqlite_url: str
) -> None:
    with serve(newsroom, faults=[fault]) as site:
        done = crawl(
            site.base_url, "--languages", "en", "--set", "RETRY_TIMES=0", "--set", "DOWNLOAD_TIMEOUT=1",
            database_url=sqlite_url, now=NOW,
        )  # fmt: skip
    assert done.code == 1
    assert done.run["status"] == "failed"
    assert set(done.run["pages"]["failed"]) == {reason}
    assert "Traceback" not in done.stderr
    assert stored(sqlite_url) == ([], [])


def test_stories_whose_text_is_not_found_are_known_and_asked_for_again(sqlite_url: str) -> None:
    newsroom = Newsroom(seed=7, now=NOW, languages=("en",), page_size=8, unlinked_share=0)
    newsroom.stock(6, days=1, longreads_share=0)
    truth = {story.headline for story in newsroom.stories("en")}
    with serve(newsroom, faults=[Fault("no_text", path="/en/news/1*")]) as site:
        run = crawl_newsroom(newsroom, site.base_url, "--languages", "en", database_url=sqlite_url)
        articles, events = stored(sqlite_url)
        assert run["pages"]["failed"]["no text of an article in it"] == 6
        assert {article.headline for article in articles} == truth
        assert not any(article.body for article in articles)
        site.faults.clear()
        newsroom.advance(minutes=10)
        crawl_newsroom(newsroom, site.base_url, "--languages", "en", database_url=sqlite_url)
        read, later = stored(sqlite_url)
        assert all(article.body for article in read)
        assert later == events
        site.faults.add(Fault("no_text", path="/en/news/1*"))
        newsroom.advance(hours=2)
        crawl_newsroom(newsroom, site.base_url, "--languages", "en", database_url=sqlite_url)
        again, last = stored(sqlite_url)
        assert last == events
        assert [(a.headline, a.premium, a.body) for a in again] == [
            (a.headline, a.premium, a.body) for a in read
        ]


@pytest.mark.parametrize("where", ["a story", "another language"])
def test_a_listing_that_leads_elsewhere_has_not_been_read(
    where: str, newsroom: Newsroom, site: ServedSite, sqlite_url: str
) -> None:
    location = newsroom.stories("en")[0].path if where == "a story" else "/ru/news/"
    site.faults.add(Fault("redirect", path="/en/news/|/en/longreads/", location=location))
    done = crawl(site.base_url, "--languages", "en", database_url=sqlite_url, now=NOW)
    assert done.code == 1
    assert done.run["pages"]["failed"] == {"redirected elsewhere": 2}
    assert stored(sqlite_url) == ([], [])


def test_a_host_that_is_not_there(sqlite_url: str) -> None:
    for base_url, reason in (
        ("http://127.0.0.1:9", "connection refused"),
        ("http://no-such-host.invalid", "host not found"),
    ):
        done = crawl(
            base_url, "--languages", "en", "--set", "RETRY_TIMES=0", database_url=sqlite_url,
            NEWSCRAWLER_DELAY_SECONDS="0",
        )  # fmt: skip
        assert done.code == 1
        assert reason in done.run["reason"]
        assert "Traceback" not in done.stderr


def test_scrapy_crawl_from_the_repository(newsroom: Newsroom, site: ServedSite, sqlite_url: str) -> None:
    arguments = ("scrapy", "crawl", "pozirk", "-a", f"base_url={site.base_url}", "-a", "languages=en")
    clock = ("-s", f"NEWSCRAWLER_NOW={NOW.isoformat()}")
    done = command(*arguments, *clock, cwd=ROOT, NEWSCRAWLER_DATABASE_URL=sqlite_url)
    assert done.code == 0, done.stderr
    assert "pozirk, run 1: ok" in done.stderr
    assert "Traceback" not in done.stderr
    articles, _ = stored(sqlite_url)
    assert {s.headline for s in newsroom.stories("en")} <= {a.headline for a in articles}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("crawl", "pozirk", "-a", "langauges=en"), "error: unknown argument 'langauges'"),
        (("crawl", "pozirk", "-a", "languages=de"), "unknown language 'de'"),
        (
            ("crawl", "nosuchsite"),
            "unknown site 'nosuchsite': known are apnews, globalvoices, meduza, pozirk",
        ),
        (("crawl",), "name one site"),
    ],
)
def test_scrapy_crawl_used_wrongly(arguments: tuple[str, ...], words: str, sqlite_url: str) -> None:
    done = command("scrapy", *arguments, cwd=ROOT, NEWSCRAWLER_DATABASE_URL=sqlite_url)
    assert done.code == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("program", ["scrapy", "newscrawler"])
@pytest.mark.parametrize(
    ("url", "code", "words"),
    [
        ("sqlite:////nowhere/at/all.db", 1, "error: database /nowhere/at/all.db: cannot be opened"),
        ("postgresql://nobody@127.0.0.1:9/x", 1, "refused"),
        ("mysql://localhost/x", 2, "error: database kind 'mysql' is not supported"),
    ],
)
def test_a_database_that_cannot_be_used(program: str, url: str, code: int, words: str) -> None:
    done = command(program, "crawl", "pozirk", cwd=ROOT, NEWSCRAWLER_DATABASE_URL=url)
    assert done.code == code
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_a_write_that_fails_fails_the_run_and_is_said(newsroom: Newsroom, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'news.db'}"
    Database.open(url).close()
    other = sqlite3.connect(tmp_path / "news.db", isolation_level=None, check_same_thread=False)

    def lock() -> None:
        other.execute("BEGIN IMMEDIATE")

    with serve(newsroom, faults=[Fault("delay", path="/en/news/", seconds=2)]) as site:
        locking = threading.Timer(0, wait_for(lambda: bool(site.requests), then=lock))
        locking.start()
        done = crawl(
            site.base_url, "--languages", "en", database_url=url, now=NOW,
            NEWSCRAWLER_DATABASE_TIMEOUT_SECONDS="0.3",
        )  # fmt: skip
        locking.join()
    other.close()
    assert done.code == 1
    assert "news.db: locked by another program" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert stored(url) == ([], [])


def wait_for(happened: Callable[[], bool], *, then: Callable[[], None]) -> Callable[[], None]:
    def wait() -> None:
        while not happened():
            time.sleep(0.01)
        then()

    return wait


def test_a_story_that_only_a_list_beside_another_shows_is_not_lost(
    newsroom: Newsroom, site: ServedSite, sqlite_url: str
) -> None:
    beside = newsroom.stories("en")[9:12]  # below the listing's first page of eight, in every news list
    linked = [story for story in beside if story.has_link]
    assert linked
    site.faults.add(Fault("status", path="|".join(story.path for story in linked), status=403))
    run = crawl_newsroom(
        newsroom, site.base_url, "--languages", "en", "--max-pages", "1", database_url=sqlite_url
    )
    assert run["pages"]["failed"] == {"http 403": len(linked)}
    articles, _ = stored(sqlite_url)
    assert {story.headline for story in beside} <= {article.headline for article in articles}
