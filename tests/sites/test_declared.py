"""Sites out of tables: how they are known, and what is said of a table that cannot be used."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from newscrawler import parse
from newscrawler.exceptions import UsageError
from newscrawler.sites import find_site, get_site, known_sites, origin_of
from newscrawler.sites.declared import DeclaredSite
from newscrawler.spiders.loader import SiteSpiderLoader
from tests.crawling import command
from tests.pages.test_feeds import FETCHED

TABLE = """
[sites.example]
url = "https://www.news.example/"
languages = ["en", "ru"]
timezone = "Europe/Minsk"
feeds = { en = "/en/feed/", ru = ["/ru/feed/", "https://feeds.example/ru"] }
sitemaps = "/sitemap.xml"
"""


def settings(text: str) -> None:
    Path("newscrawler.toml").write_text(text, encoding="utf-8")


def test_a_table_makes_a_site() -> None:
    settings(TABLE)
    site = get_site("example")
    assert isinstance(site, DeclaredSite)
    assert origin_of("example") == "declared"
    assert [(w.kind, w.url, w.languages, w.leads) for w in site.ways(("en", "ru"))] == [
        ("feed", "https://www.news.example/en/feed/", ("en",), True),
        ("feed", "https://www.news.example/ru/feed/", ("ru",), True),
        ("feed", "https://feeds.example/ru", ("ru",), True),
        ("sitemap", "https://www.news.example/sitemap.xml", ("en", "ru"), False),
    ]
    assert [w.url for w in site.ways(("en",))] == [
        "https://www.news.example/en/feed/",
        "https://www.news.example/sitemap.xml",
    ]
    assert site.canonical_url("http://news.example/en/a?fbclid=1#x") == "https://www.news.example/en/a"
    address = site.identify("https://news.example/ru/some-story")
    assert address is not None
    assert (address.kind, address.language) == ("article", "ru")
    assert find_site(b"<html>", "https://news.example/en/a", {}) is site
    assert SiteSpiderLoader().list()[-1] == "example"
    assert SiteSpiderLoader().find_by_request(_Request()) == ["example"]  # type: ignore[arg-type]
    assert SiteSpiderLoader().load("example").name == "example"


class _Request:
    url = "https://news.example/en/a"


def test_without_any_way_the_start_page_is_the_listing() -> None:
    settings('[sites.example]\nurl = "https://news.example/latest/"\nlanguages = ["en"]\n')
    (way,) = get_site("example").ways(("en",))
    assert (way.kind, way.url) == ("listing", "https://news.example/latest/")


def test_the_settings_are_read_again_when_they_change() -> None:
    assert "example" not in known_sites()
    settings(TABLE)
    assert "example" in known_sites()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[sites.x]\nlanguages = ['en']", "newscrawler.toml: sites.x: no site of this name is bundled"),
        ("[sites.x]\nurl = 'https://a.example/'", "sites.x.languages: expected the languages of the site"),
        (
            "[sites.x]\nurl = 'a.example'",
            "sites.x.url = 'a.example': Value error, expected an address with http",
        ),
        (
            "[sites.x]\nurl = 'https://a.example/'\nlanguages = ['english']",
            "'english': Value error, expected a language code",
        ),
        (
            "[sites.x]\nurl = 'https://a.example/'\nlanguages = ['en']\ntimezone = 'Minsk'",
            "sites.x.timezone = 'Minsk': Value error, expected an IANA time zone",
        ),
        ("[sites.x]\nstories = '('", "sites.x.stories = '(': Value error, expected a regular expression"),
        ("[sites.x]\nselectors = { headline = '>>' }", "expected a CSS selector"),
        ("[sites.x]\nselectors = { title = 'h1' }", "sites.x.selectors.title"),
        ("[sites.x]\nfeed = '/rss'", "sites.x.feed = '/rss': Extra inputs are not permitted"),
        ("[sites.'A B']\nurl = 'https://a.example/'", "sites.A B: expected a name of lower-case letters"),
        ("[sites.pozirk]\ntimezone = 'UTC'", "sites.pozirk.timezone: pozirk is known already"),
    ],
)
def test_a_table_that_cannot_be_used_is_told(text: str, words: str) -> None:
    settings(text)
    with pytest.raises(UsageError) as caught:
        get_site("nowhere")
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_table_of_a_bundled_site_only_adjusts() -> None:
    settings('[sites.pozirk]\nlanguages = ["en"]\n')
    assert known_sites()["pozirk"] is get_site("pozirk")


def test_scrapy_list_shows_it_and_tells_of_a_mistake(tmp_path: Path) -> None:
    environment = {"SCRAPY_SETTINGS_MODULE": "newscrawler.settings"}
    settings(TABLE)
    done = command("scrapy", "list", cwd=tmp_path, **environment)
    assert (done.code, done.stdout.split()) == (0, sorted(known_sites())), done.stderr
    settings("[sites.x]\n")
    done = command("scrapy", "list", cwd=tmp_path, **environment)
    assert done.code == 2
    assert done.stderr.startswith("error: newscrawler.toml: sites.x:")
    assert "Traceback" not in done.stderr


def test_a_package_can_bring_a_site(tmp_path: Path) -> None:
    (tmp_path / "brings.py").write_text(
        "from newscrawler.sites.base import Site\n"
        "SITE = Site('brought', 'https://brought.example', ('en',), 'UTC')\nWRONG = 5\n"
    )
    metadata = tmp_path / "brings-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: brings\nVersion: 1.0\n")
    points = metadata / "entry_points.txt"
    points.write_text("[newscrawler.sites]\nbrought = brings:SITE\n")
    path = os.pathsep.join([str(tmp_path), *filter(None, [os.environ.get("PYTHONPATH")])])
    done = command("newscrawler", "sites", "--json", cwd=tmp_path, PYTHONPATH=path)
    assert ("brought", "plugin") in {(site["name"], site["from"]) for site in done.objects()}, done.stderr
    points.write_text("[newscrawler.sites]\nbrought = brings:WRONG\n")
    done = command("newscrawler", "sites", cwd=tmp_path, PYTHONPATH=path)
    assert done.code == 2
    assert "site 'brought' of the plugin brings:WRONG: expected a Site, found 5" in done.stderr


STORY = """<html lang="en"><head><link rel="canonical" href="https://news.example/en/prices-rise-again-now">
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Prices rise again"}</script></head>
<body><main><h1>Prices rise again</h1><div class="by">By <b>Somebody</b></div><div class="text">
<p>The first paragraph of this story is long enough to be taken for one, and says something.</p>
<p>The second paragraph is of the same kind, though it says something else than the first.</p></div>
<p class="lock">Only for members</p></main></body></html>"""


def test_selectors_and_marks_of_a_table() -> None:
    settings(
        TABLE
        + "premium_wordings = 'only for  members'\n"
        + "selectors = { headline = 'h1', body = '.text', authors = '.by b', published_at = '.none' }\n"
    )
    page = parse(
        STORY.encode(),
        url="https://news.example/en/prices-rise-again?from=feed",
        headers={},
        fetched_at=FETCHED,
    )
    article = page.article
    assert article is not None
    assert article.url == "https://www.news.example/en/prices-rise-again-now"
    assert (article.headline, article.authors, article.language) == ("Prices rise again", ["Somebody"], "en")
    assert len(article.body) == 2
    assert article.sources["body"] == "selector"
    assert article.external_id is None
    assert article.premium is True
    assert article.premium_evidence is not None
    assert article.premium_evidence.text == "Only for members"


def test_without_rules_the_absence_of_a_mark_says_nothing() -> None:
    settings(TABLE)
    url = "https://news.example/en/prices-rise-again-now"
    story = STORY.replace('<p class="lock">Only for members</p>', "")
    page = parse(story.encode(), url=url, headers={}, fetched_at=FETCHED)
    assert page.article is not None
    assert page.article.premium is None


def test_posts_of_rest() -> None:
    settings(TABLE.replace("sitemaps", "rest = '/wp-json/'\nsitemaps"))
    site = get_site("example")
    rest = next(way for way in site.ways(("en",)) if way.kind == "rest")
    assert rest.url == "https://www.news.example/wp-json/wp/v2/posts"
    post = {"id": 7, "link": "https://news.example/en/a-story", "title": {"rendered": "A &amp; B"}}
    other = post | {"id": 8, "link": "https://shop.elsewhere.example/x"}
    for root, number in ((rest.url, "7"), ("https://www.news.example/en/wp-json/wp/v2/posts", None)):
        raw = json.dumps([post, other]).encode()
        page = site.parse_list(raw, url=root, headers={}, fetched_at=FETCHED)
        (entry,) = page.entries
        assert (entry.url, entry.headline) == ("https://www.news.example/en/a-story", "A & B")
        assert entry.external_id == number, (
            "numbers of a WordPress below the root may be those of another, too"
        )
        assert entry.premium is None
