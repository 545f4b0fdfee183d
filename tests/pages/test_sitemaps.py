"""Sitemaps, their indexes, and the extension for news."""

from __future__ import annotations

import gzip
from datetime import UTC, date, datetime

import pytest

from newscrawler.exceptions import ParseError
from newscrawler.pages.sitemaps import changed_after
from newscrawler.pages.xml import MAX_UNPACKED
from tests.pages.test_feeds import read

URL = "https://a.example/sitemap.xml"


def urlset(*rows: tuple[str, str]) -> str:
    urls = "".join(f"<url><loc>{loc}</loc>{more}</url>" for loc, more in rows)
    return f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'


def lastmod(text: str) -> str:
    return f"<lastmod>{text}</lastmod>"


def test_stories_newest_first_and_nothing_else() -> None:
    page = read(
        urlset(
            ("https://a.example/", ""),
            ("https://a.example/tag/economy", ""),
            ("https://a.example/2025/11/20/", ""),
            ("https://a.example/news?sort=date&amp;page=7", ""),
            ("https://a.example/news/prices-rise-again-in-autumn", lastmod("2025-11-18T10:00:00+03:00")),
            ("https://other.example/news/prices-rise-again-in-winter", ""),
            ("https://a.example/news/wages-follow-prices-at-last;jsessionid=5F", lastmod("2025-11-19")),
        ),
        URL,
    )
    assert page.kind == "sitemap"
    assert [(e.url, e.modified_at) for e in page.entries] == [
        ("https://a.example/news/wages-follow-prices-at-last", None),
        ("https://a.example/news/prices-rise-again-in-autumn", datetime(2025, 11, 18, 7, tzinfo=UTC)),
    ]


def test_one_time_for_all_is_the_time_of_the_file() -> None:
    same = lastmod("2025-11-20T10:00:00Z")
    page = read(urlset(*((f"https://a.example/news/{n}", same) for n in range(1001, 1009))), URL)
    assert {e.modified_at for e in page.entries} == {None}
    assert page.entries[0].url == "https://a.example/news/1001"


def test_without_times_the_higher_numbers_are_newer() -> None:
    page = read(urlset(*((f"https://a.example/news/{n}", "") for n in range(1001, 1009))), URL)
    assert page.entries[0].url == "https://a.example/news/1008"


def test_news() -> None:
    text = (
        '<urlset xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"><url>'
        "<loc>https://a.example/x</loc><n:news><n:publication><n:language>eng</n:language></n:publication>"
        "<n:access>Subscription</n:access><n:publication_date>2025-11-20T09:00+00:00</n:publication_date>"
        "<n:title>Prices &amp; wages</n:title></n:news></url></urlset>"
    )
    page = read(text, URL)
    (entry,) = page.entries
    assert page.kind == "news_sitemap"
    assert (entry.headline, entry.premium) == ("Prices & wages", True)
    assert entry.published_at == datetime(2025, 11, 20, 9, tzinfo=UTC)
    assert entry.premium_evidence is not None
    assert entry.premium_evidence.signal == "news:access"


def test_an_index_gives_the_newest_of_each_kind_first_and_leaves_out_what_holds_no_stories() -> None:
    rows = (
        ("https://a.example/post-sitemap1.xml", "2024-01-01T00:00:00Z"),
        ("https://a.example/post-sitemap2.xml", "2025-11-20T00:00:00Z"),
        ("https://a.example/author-sitemap.xml", "2025-11-20T00:00:00Z"),
        ("https://a.example/category-sitemap.xml", "2025-11-20T00:00:00Z"),
        ("https://a.example/video-1.xml", "2025-11-20T00:00:00Z"),
        ("https://a.example/longread-sitemap1.xml", "2025-03-01"),
    )
    index = "".join(f"<sitemap><loc>{u}</loc><lastmod>{at}</lastmod></sitemap>" for u, at in rows)
    page = read(f"<sitemapindex>{index}</sitemapindex>", URL)
    assert [link.url.rpartition("/")[2] for link in page.sitemaps] == [
        "post-sitemap2.xml",
        "longread-sitemap1.xml",
        "post-sitemap1.xml",
    ]
    assert page.sitemaps[1].modified_date == date(2025, 3, 1)
    moment = datetime(2025, 3, 1, 20, tzinfo=UTC)
    assert [changed_after(link, moment) for link in page.sitemaps] == [True, True, False]


def test_gzip() -> None:
    text = urlset(("https://a.example/news/1001", ""))
    assert len(read(gzip.compress(text.encode()), URL).entries) == 1


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (gzip.compress(b"<urlset>")[:-9], "cut short"),
        (gzip.compress(b" " * (MAX_UNPACKED + 10)), "larger than 60 MB"),
        (b"\x1f\x8b\x08nonsense", "cannot be unpacked"),
    ],
    ids=["cut", "bomb", "broken"],
)
def test_packed_badly(raw: bytes, words: str) -> None:
    with pytest.raises(ParseError, match=words):
        read(raw, URL)
