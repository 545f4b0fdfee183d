from __future__ import annotations

import gzip
import http.client
import re
import threading
import time
from contextlib import ExitStack
from html import unescape

import pytest

from newscrawler.exceptions import UsageError
from newscrawler.newsroom import Newsroom, ServedSite, serve
from newscrawler.newsroom.wording import premium_mark
from tests.newsroom.browser import Answer, Browser, browse
from tests.newsroom.conftest import NOW


def story_ids(page: str) -> list[int]:
    """The ids of the stories a listing page links to in its main column, in order."""
    main = page[page.index("<main") : page.index("</main>")]
    return [int(found) for found in dict.fromkeys(re.findall(r"/(?:news|longreads)/(\d+)/", main))]


@pytest.mark.parametrize("language", ["en", "ru", "be"])
def test_listing_pages_show_every_story_once(newsroom: Newsroom, browser: Browser, language: str) -> None:
    shown: list[int] = []
    headlines: list[str] = []
    path: str | None = f"/{language}/news/"
    while path:
        page = browser.get(path).text
        shown += story_ids(page)
        headlines += [unescape(text) for text in re.findall(r"<h2>(?:<a[^>]*>)?([^<]+)", page)]
        following = re.search(r'<link rel="next" href="https://pozirk.online([^"]+)"', page)
        path = following[1] if following else None
    truth = newsroom.ledger.visible(language=language, kind="news")
    assert shown == [story.id for story in truth if story.has_link]
    assert [story.headline for story in truth] == [text for text in headlines if text in _headlines(newsroom)]


def _headlines(newsroom: Newsroom) -> set[str]:
    return {story.headline for story in newsroom.ledger.visible()}


def test_listing_edges(newsroom: Newsroom, browser: Browser) -> None:
    last = -(-newsroom.count("en") // 20)
    assert browser.get(f"/en/news/page/{last}/").status == 200
    assert browser.get(f"/en/news/page/{last + 1}/").status == 404
    assert browser.get("/en/news/page/1/").headers["Location"].endswith("/en/news/")
    assert browser.get("/en/longreads/").status == 200
    assert browser.get("/de/news/").status == 404
    assert browser.get("/en/nothing/here/").status == 404
    assert browser.get("/en/").status == 200
    assert browser.get("/").status == 302
    assert 'name="loginform"' in browser.get("/ru/login/").text
    assert browser.get("/de/login/").status == 404


def test_an_empty_site_has_empty_lists() -> None:
    with serve(Newsroom(1, NOW)) as site, browse(site) as browser:
        page = browser.get("/en/news/")
        assert page.status == 200
        assert story_ids(page.text) == []


def test_redirects_as_wordpress_has_them(newsroom: Newsroom, site: ServedSite, browser: Browser) -> None:
    story = newsroom.stories("ru")[0]
    for path in (story.path.rstrip("/"), f"/ru/?p={story.id}"):
        answer = browser.get(path)
        assert answer.status == 301
        assert answer.headers["Location"] == site.base_url + story.path
    kept = browser.get(story.path.rstrip("/") + "?utm_source=x")
    assert kept.headers["Location"] == f"{site.base_url}{story.path}?utm_source=x"
    assert browser.get("/ru/?p=1").status == 404
    assert browser.get(f"/en/?p={story.id}").status == 404


def test_article_page_of_a_free_story(newsroom: Newsroom, browser: Browser) -> None:
    story = next(s for s in newsroom.stories("be") if not s.premium and s.related_id)
    page = browser.get(story.path).text
    text = unescape(page)
    opening = story.paragraphs[0]
    assert isinstance(opening, str)
    assert f"<p>{story.dateline} {opening}</p>" in text
    for paragraph in story.paragraphs:
        for line in (paragraph,) if isinstance(paragraph, str) else paragraph:
            assert line in text
    news_list = text[text.index("side-news") :]
    latest = newsroom.page("be", "news", 1)
    assert [s.headline for s in sorted(latest, key=lambda s: news_list.index(s.headline))] == [
        s.headline for s in latest
    ]
    assert news_list.count(premium_mark("be")) == sum(s.premium for s in latest)
    assert premium_mark("be") not in text[text.index("<main") : text.index("</main>")]
    assert "…</p>" in text


def test_article_page_of_a_premium_story_shows_only_the_teaser(newsroom: Newsroom, browser: Browser) -> None:
    story = next(s for s in newsroom.stories("en") if s.premium)
    main = unescape(browser.get(story.path).text)
    main = main[main.index("<main") : main.index("</main>")]
    opening, hidden = story.paragraphs[0], story.paragraphs[-1]
    assert isinstance(opening, str)
    assert isinstance(hidden, str)
    assert main.count(premium_mark("en")) == 2
    assert opening in main
    assert hidden not in main
    assert 'type="password"' in main


def test_unlinked_stories_have_a_page_all_the_same(newsroom: Newsroom, browser: Browser) -> None:
    story = newsroom.publish("en", premium=True, linked=False)
    listing = browser.get("/en/news/").text
    assert story.headline in unescape(listing)
    assert story.path not in listing
    assert browser.get(story.path).status == 200
    newsroom.link(story)
    assert story.path in browser.get("/en/news/").text


def test_removed_stories_are_gone_and_come_back(newsroom: Newsroom, browser: Browser) -> None:
    first, second = newsroom.stories("en")[:2]
    newsroom.remove(first)
    newsroom.remove(second, status=410)
    assert browser.get(first.path).status == 404
    assert browser.get(second.path).status == 410
    assert first.headline not in unescape(browser.get("/en/news/").text)
    newsroom.restore(first)
    assert browser.get(first.path).status == 200


def test_translations_are_linked_by_hreflang(newsroom: Newsroom, browser: Browser) -> None:
    english = newsroom.publish("en")
    belarusian = newsroom.publish("be", translates=english)
    expected = f'hreflang="be" href="https://pozirk.online{belarusian.path}"'
    assert expected in browser.get(english.path).text


def test_robots(newsroom: Newsroom) -> None:
    def robots(**options: object) -> Answer:
        with serve(newsroom, **options) as site, browse(site) as browser:  # type: ignore[arg-type]  # any of them
            return browser.get("/robots.txt")

    assert robots().text == "User-agent: *\nDisallow: /wp-admin/\n"
    assert robots(robots="disallow").text == "User-agent: *\nDisallow: /\n"
    assert "Crawl-delay: 0.5\n" in robots(crawl_delay_seconds=0.5).text
    assert robots(robots="missing").status == 404
    assert robots(robots="error").status == 503
    assert robots(robots="User-agent: x\n").text == "User-agent: x\n"


# Validators


def test_unchanged_pages_are_answered_304_and_changed_ones_not(newsroom: Newsroom, browser: Browser) -> None:
    story = newsroom.stories("en")[3]
    for path in ("/en/news/", story.path):
        first = browser.get(path)
        for condition in (
            {"If_None_Match": first.headers["ETag"]},
            {"If_None_Match": f'"other", {first.headers["ETag"]}'},
            {"If_Modified_Since": first.headers["Last-Modified"]},
        ):
            again = browser.get(path, **condition)
            assert (again.status, again.body) == (304, b"")
            assert again.headers["ETag"] == first.headers["ETag"]
        newsroom.publish("en")
        for condition in (
            {"If_None_Match": first.headers["ETag"]},
            {"If_Modified_Since": first.headers["Last-Modified"]},
        ):
            assert browser.get(path, **condition).status == 200


def test_a_change_in_one_language_leaves_the_others_alone(newsroom: Newsroom, browser: Browser) -> None:
    first = browser.get("/ru/news/")
    newsroom.publish("en")
    assert browser.get("/ru/news/", If_None_Match=first.headers["ETag"]).status == 304


@pytest.mark.parametrize(
    ("mode", "listing", "article"),
    [
        ("both", {"ETag", "Last-Modified"}, {"ETag", "Last-Modified"}),
        ("etag", {"ETag"}, {"ETag"}),
        ("last_modified", {"Last-Modified"}, {"Last-Modified"}),
        ("lists", {"ETag", "Last-Modified"}, set()),
        ("none", set(), set()),
    ],
)
def test_validators_can_be_chosen(
    newsroom: Newsroom, mode: str, listing: set[str], article: set[str]
) -> None:
    with serve(newsroom, validators=mode) as site, browse(site) as browser:  # type: ignore[arg-type]  # parametrized
        for path, expected in (("/en/news/", listing), (newsroom.stories("en")[0].path, article)):
            answer = browser.get(path)
            assert {name for name in ("ETag", "Last-Modified") if name in answer.headers} == expected
            again = browser.get(path, If_None_Match=answer.headers.get("ETag") or '"x"')
            assert again.status == (304 if "ETag" in expected else 200)


def test_gzip_is_sent_where_it_is_accepted(newsroom: Newsroom, browser: Browser) -> None:
    plain = browser.get("/ru/news/")
    packed = browser.get("/ru/news/", Accept_Encoding="br, gzip;q=0.8")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert len(packed.body) < len(plain.body) / 2
    assert browser.get("/ru/news/", Accept_Encoding="gzip;q=0").headers["Content-Encoding"] is None
    assert browser.get("/ru/news/", If_None_Match=packed.headers["ETag"]).status == 304
    with serve(newsroom, gzip=False) as site, browse(site) as other:
        assert "Content-Encoding" not in other.get("/ru/news/", Accept_Encoding="gzip").headers


def test_head_sends_headers_only(browser: Browser) -> None:
    whole, head = browser.get("/en/news/"), browser.get("/en/news/", method="HEAD")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["Content-Length"] == str(len(whole.body))


def test_requests_are_logged(site: ServedSite, browser: Browser) -> None:
    browser.get("/robots.txt")
    answer = browser.get("/en/news/", User_Agent="tester")
    browser.get("/en/news/", method="HEAD", If_None_Match=answer.headers["ETag"])
    assert [(r.method, r.path, r.status) for r in site.requested()] == [
        ("GET", "/en/news/", 200),
        ("HEAD", "/en/news/", 304),
    ]
    assert [request.sent_bytes for request in site.requests[1:]] == [len(answer.body), 0]
    assert site.requests[1].user_agent == "tester"
    assert site.requests[2].if_none_match == answer.headers["ETag"]
    assert site.requests[1].at == NOW
    assert len(site.requested("/robots.txt")) == 1


def test_a_port_in_use_is_said_in_one_line(site: ServedSite, newsroom: Newsroom) -> None:
    with pytest.raises(UsageError, match=rf"^port {site.port} on 127.0.0.1 is in use by another program$"):
        serve(newsroom, port=site.port)


def test_only_this_machine_is_served(newsroom: Newsroom) -> None:
    for host in ("0.0.0.0", "::", "192.0.2.1", "example.org"):
        with pytest.raises(UsageError, match="loopback"):
            serve(newsroom, host=host)


def test_stopping_ends_every_thread_and_connection(newsroom: Newsroom) -> None:
    before = threading.active_count()
    with ExitStack() as stack:
        site = stack.enter_context(serve(newsroom))
        browsers = [stack.enter_context(browse(site)) for _ in range(4)]
        for browser in browsers:
            browser.get("/en/news/")
        started = time.monotonic()
        site.stop()
        assert time.monotonic() - started < 1
        assert threading.active_count() == before
        with pytest.raises((OSError, http.client.HTTPException)):
            browsers[0].get("/en/news/")


def test_news_can_be_made_while_pages_are_served(newsroom: Newsroom, site: ServedSite) -> None:
    failures: list[str] = []

    def read() -> None:
        with browse(site) as browser:
            for _ in range(30):
                for path in ("/en/news/", "/ru/news/page/2/", newsroom.stories("be")[0].path):
                    answer = browser.get(path)
                    if answer.status != 200 or not answer.text.rstrip().endswith("</html>"):
                        failures.append(f"{path} {answer.status}")

    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    for _ in range(60):
        newsroom.publish_any()
    for thread in threads:
        thread.join()
    assert failures == []
