from __future__ import annotations

import gzip
import http.client
import json
import re
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path

import pytest

from newscrawler.exceptions import UsageError
from newscrawler.newsroom import LAYOUTS, Newsroom, ServedSite, fixtures_dir, serve
from newscrawler.newsroom.routes import Pages
from newscrawler.newsroom.wording import premium_mark
from tests.newsroom.browser import Answer, Browser, browse

NOW = datetime(2025, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture
def newsroom() -> Newsroom:
    newsroom = Newsroom(9, NOW)
    newsroom.stock(150, days=5)
    return newsroom


@pytest.fixture
def site(newsroom: Newsroom) -> Iterator[ServedSite]:
    with serve(newsroom) as served:
        yield served


@pytest.fixture
def browser(site: ServedSite) -> Iterator[Browser]:
    with browse(site) as opened:
        yield opened


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


# WordPress REST


@pytest.fixture
def rest(newsroom: Newsroom) -> Iterator[Browser]:
    with serve(newsroom, rest=True) as served, browse(served) as opened:
        yield opened


def test_rest_is_off_unless_asked_for(browser: Browser) -> None:
    assert browser.get("/en/wp-json/wp/v2/news").status == 404


def test_rest_pages_through_all_stories(newsroom: Newsroom, rest: Browser) -> None:
    truth = newsroom.ledger.visible(language="ru", kind="news")
    found: list[int] = []
    path: str | None = "/ru/wp-json/wp/v2/news?per_page=7"
    while path:
        answer = rest.get(path)
        assert answer.headers["X-WP-Total"] == str(len(truth))
        assert answer.headers["X-WP-TotalPages"] == str(-(-len(truth) // 7))
        found += [story["id"] for story in json.loads(answer.body)]
        following = re.search(r'<http://[^/]+([^>]+)>; rel="next"', answer.headers["Link"])
        path = following[1] if following else None
    assert found == [story.id for story in truth]


def test_rest_filters_and_orders(newsroom: Newsroom, rest: Browser) -> None:
    stories = newsroom.stories("en")
    moment = stories[4].published_at

    def ids(query: str) -> list[int]:
        return [story["id"] for story in json.loads(rest.get(f"/en/wp-json/wp/v2/news?{query}").body)]

    stamp = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert ids(f"after={stamp}&per_page=50") == [s.id for s in stories[:4]]
    assert ids(f"before={stamp}&per_page=3") == [s.id for s in stories[5:8]]
    assert ids("orderby=id&order=asc&per_page=2") == sorted(s.id for s in stories)[:2]
    # A time without a zone is the site's, three hours ahead of UTC.
    local = (moment + timedelta(hours=3)).strftime("%Y-%m-%dT%H:%M:%S")
    assert ids(f"after={local}&per_page=50") == [s.id for s in stories[:4]]
    newsroom.advance(hours=1)
    newsroom.edit_headline(stories[9])
    assert ids(f"modified_after={NOW:%Y-%m-%dT%H:%M:%SZ}") == [stories[9].id]
    assert ids("orderby=modified&per_page=1") == [stories[9].id]


def test_rest_fields(newsroom: Newsroom, rest: Browser) -> None:
    free = newsroom.publish("en", premium=False, headline="Prisoner’s “last word” & more")
    closed = newsroom.publish("en", premium=True, linked=False)
    found = json.loads(rest.get(f"/en/wp-json/wp/v2/news/{free.id}").body)
    assert found["title"]["rendered"] == "Prisoner&#8217;s &#8220;last word&#8221; &amp; more"
    assert found["link"] == f"https://pozirk.online{free.path}"
    assert found["date_gmt"] == "2025-11-24T09:00:00"
    assert found["date"] == "2025-11-24T12:00:00"
    assert found["type"] == "news"
    assert found["content"]["rendered"].startswith("<p>November 24, Pozirk. ")
    hidden = json.loads(rest.get(f"/en/wp-json/wp/v2/news/{closed.id}").body)["content"]["rendered"]
    assert premium_mark("en") in hidden
    assert hidden.count("<p>") == 2


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/en/wp-json/wp/v2/posts", 404, "rest_no_route"),
        ("/en/wp-json/wp/v2/news/1", 404, "rest_post_invalid_id"),
        ("/en/wp-json/wp/v2/news?per_page=500", 400, "rest_invalid_param"),
        ("/en/wp-json/wp/v2/news?page=x", 400, "rest_invalid_param"),
        ("/en/wp-json/wp/v2/news?after=soon", 400, "rest_invalid_param"),
        ("/en/wp-json/wp/v2/news?orderby=taste", 400, "rest_invalid_param"),
        ("/en/wp-json/wp/v2/news?page=99", 400, "rest_post_invalid_page_number"),
    ],
)
def test_rest_errors(rest: Browser, path: str, status: int, code: str) -> None:
    answer = rest.get(path)
    assert (answer.status, json.loads(answer.body)["code"]) == (status, code)


# Layouts


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
@pytest.mark.parametrize("language", ["en", "ru", "be"])
def test_every_layout_shows_the_same_news(layout: str, language: str) -> None:
    newsroom = Newsroom(5, NOW, layout=layout)
    newsroom.stock(150, days=3, longreads_share=0.2)
    pages = Pages(newsroom)
    truth = newsroom.ledger.listing(language)
    listing = unescape(pages.answer(f"/{language}/news/", "").body.decode())
    places = [listing.index(story.headline) for story in truth]
    assert places == sorted(places)
    assert listing.count(premium_mark(language)) == sum(story.premium for story in truth)
    for story in truth:
        assert (story.path in listing) == story.has_link
    assert f"/{language}/news/page/2/" in listing
    for story in [*truth, *newsroom.ledger.listing(language, "longreads")]:
        page = unescape(pages.answer(story.path, "").body.decode())
        assert page.index(story.headline) >= 0
        assert story.premium == (str(story.paragraphs[-1]) not in page)
        if story.dateline:
            assert f"{story.dateline} {story.paragraphs[0]}" in page
        if story.lead:
            assert story.lead in page


def test_layouts_share_no_class_names_with_the_samples() -> None:
    def classes(text: str) -> set[str]:
        return {name for found in re.findall(r'class="([^"{]+)"', text) for name in found.split()}

    samples = set[str]()
    for case in (
        "article-en-classic",
        "article-ru-premium-utility",
        "listing-en-magazine",
        "listing-ru-views-rows",
    ):
        samples |= classes((fixtures_dir() / "pozirk" / case / "page.html").read_text(encoding="utf-8"))
    for layout in LAYOUTS:
        newsroom = Newsroom(5, NOW, layout=layout)
        newsroom.stock(30)
        pages = Pages(newsroom)
        text = pages.answer("/en/news/", "").body + pages.answer(newsroom.stories("en")[0].path, "").body
        assert not classes(text.decode()) & samples


def test_a_redesign_is_seen_at_once(newsroom: Newsroom, browser: Browser) -> None:
    before = browser.get("/en/news/")
    newsroom.layout = "tables"
    after = browser.get("/en/news/", If_None_Match=before.headers["ETag"])
    assert after.status == 200
    assert after.body != before.body
    newsroom.layout = "baroque"
    with pytest.raises(ValueError, match="no layout 'baroque'"):
        Pages(newsroom).answer("/en/news/", "")


def test_relative_times_grow_with_the_clock(newsroom: Newsroom, browser: Browser) -> None:
    newsroom.layout = "utility"
    newsroom.publish("en")
    newsroom.advance(minutes=40)
    assert "40 minutes ago" in browser.get("/en/news/").text
    newsroom.advance(hours=2)
    assert "2 hours ago" in browser.get("/en/news/").text


def test_a_live_clock_changes_pages_on_which_nothing_happened(newsroom: Newsroom) -> None:
    with serve(newsroom, live_clock=True) as site, browse(site) as browser:
        first = browser.get("/en/news/")
        newsroom.advance(minutes=2)
        again = browser.get("/en/news/", If_None_Match=first.headers["ETag"])
    assert again.status == 200
    assert again.body == first.body.replace(b"Minsk 12:00", b"Minsk 12:02")


def test_old_charset() -> None:
    newsroom = Newsroom(5, NOW, layout="tables")
    story = newsroom.publish("be")
    with serve(newsroom, charset="windows-1251") as site, browse(site) as browser:
        answer = browser.get(story.path)
        assert answer.headers["Content-Type"] == "text/html; charset=WINDOWS-1251"
        assert story.headline in unescape(answer.body.decode("windows-1251"))


@pytest.mark.parametrize("links", ["canonical", "relative"])
def test_links_can_be_made_of_either_kind(newsroom: Newsroom, links: str) -> None:
    with serve(newsroom, links=links) as site, browse(site) as browser:  # type: ignore[arg-type]  # parametrized
        story = next(s for s in newsroom.stories("en") if s.has_link)
        host = "https://pozirk.online" if links == "canonical" else ""
        assert f'<a href="{host}{story.path}"' in browser.get("/en/news/").text


# Saved pages


def test_bundled_pages_are_served_byte_for_byte(site: ServedSite, browser: Browser) -> None:
    paths = site.add_fixtures()
    assert paths["seed"] == "/fixtures/seed"
    assert paths["article-en-classic"] == "/en/news/161428/"
    assert len(set(paths.values())) == len(paths)
    for name, path in paths.items():
        folder = next(fixtures_dir().glob(f"*/{name}"))
        saved = next(folder.glob("page.*")).read_bytes()
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
        answer = browser.get(path, Accept_Encoding="gzip")
        assert answer.body == saved
        assert answer.headers["Content-Type"] == meta["headers"]["content-type"]
        assert len(answer.headers.get_all("Server") or []) == 1


def test_a_saved_page_can_stand_anywhere(site: ServedSite, browser: Browser) -> None:
    seed = fixtures_dir() / "pozirk" / "seed"
    assert site.add_fixture(seed, "/en/news/") == "/en/news/"
    assert browser.get("/en/news/").body == (seed / "page.txt").read_bytes()
    site.add_page("/odd", b"\xff\xfe", {"Content-Type": "text/plain"}, status=203)
    odd = browser.get("/odd")
    assert (odd.status, odd.body) == (203, b"\xff\xfe")


def test_a_folder_that_is_no_saved_page_is_refused(site: ServedSite, tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        site.add_fixture(tmp_path)
    with pytest.raises(UsageError, match="saved pages, expected one"):
        site.add_fixture(fixtures_dir())


# The server itself


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
