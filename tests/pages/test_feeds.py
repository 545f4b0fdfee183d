"""Feeds of every form, and what is wrong with them in the world."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest

from newscrawler.exceptions import ParseError
from newscrawler.items import ParsedPage
from newscrawler.site_description import SiteDescription
from newscrawler.sites.declared import DeclaredSite, declare

FETCHED = datetime(2025, 11, 20, 12, 0, tzinfo=UTC)
MINSK = SiteDescription(url="https://a.example/", languages=("en",), timezone="Europe/Minsk")


def site(**more: object) -> DeclaredSite:
    return declare("a", SiteDescription.model_validate(MINSK.model_dump(exclude_unset=True) | more))


def read(text: str | bytes, url: str = "https://a.example/feed/", **more: object) -> ParsedPage:
    raw = text.encode() if isinstance(text, str) else text
    return site(**more).parse_list(raw, url=url, headers={}, fetched_at=FETCHED)


def rss(items: str, head: str = "") -> str:
    return f'<?xml version="1.0"?><rss version="2.0"><channel><link>https://a.example</link>{head}{items}</channel></rss>'


def test_rss() -> None:
    page = read(
        rss(
            "<item><title>Prices &amp;amp; wages &lt;b&gt;rise&lt;/b&gt;</title>"
            "<link>https://www.a.example/2025/prices-and-wages-rise/?utm_source=rss</link>"
            "<guid isPermaLink='false'>https://a.example/?p=77</guid>"
            "<pubDate>Thu, 20 Nov 2025 01:30:00 +0300</pubDate><category>Economy</category>"
            "<description><![CDATA[<p>They do.</p>]]></description></item>"
        ),
        sections=["Economy"],
    )
    (entry,) = page.entries
    assert page.kind == "feed"
    assert entry.headline == "Prices & wages rise"
    assert entry.url == "https://a.example/2025/prices-and-wages-rise/"
    assert entry.external_id == "77"
    assert (entry.published_at, entry.published_date) == (
        datetime(2025, 11, 19, 22, 30, tzinfo=UTC),
        date(2025, 11, 20),
    )
    assert (entry.description, entry.sections, entry.language) == ("They do.", ["Economy"], "en")
    assert entry.premium is None


def test_atom_and_its_next_page() -> None:
    page = read(
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://a.example/">'
        '<link rel="next" href="/feed?page=2"/>'
        '<entry><title>One</title><link rel="edit" href="/x"/><link href="/news/1001"/><id>tag:1</id>'
        "<published>2025-11-20T09:00:00Z</published><updated>2025-11-20T10:00:00Z</updated></entry></feed>"
    )
    (entry,) = page.entries
    assert (entry.url, entry.external_id) == ("https://a.example/news/1001", None)
    assert entry.published_at == datetime(2025, 11, 20, 9, tzinfo=UTC)
    assert entry.modified_at == datetime(2025, 11, 20, 10, tzinfo=UTC)
    assert page.next_page == "https://a.example/feed?page=2"


def test_rss_1_0_and_dublin_core() -> None:
    page = read(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><link>https://a.example/</link></channel>'
        "<item><title>One</title><link>https://a.example/news/1001</link><dc:date>2025-11-20</dc:date></item></rdf:RDF>"
    )
    assert [(e.url, e.published_at, e.published_date) for e in page.entries] == [
        ("https://a.example/news/1001", None, date(2025, 11, 20))
    ]


def test_json_feed() -> None:
    page = read(
        json.dumps(
            {
                "version": "https://jsonfeed.org/version/1.1",
                "home_page_url": "https://a.example/",
                "next_url": "https://a.example/feed.json?page=2",
                "items": [
                    {
                        "id": "1",
                        "url": "/news/1001",
                        "title": "One",
                        "date_published": "2025-11-20T09:00:00Z",
                    },
                    {"id": "https://a.example/news/1002", "title": "Two"},
                    {"id": "3"},
                    "nonsense",
                ],
            }
        )
    )
    assert [(e.headline, e.url) for e in page.entries] == [
        ("One", "https://a.example/news/1001"),
        ("Two", "https://a.example/news/1002"),
    ]
    assert page.next_page == "https://a.example/feed.json?page=2"


@pytest.mark.parametrize(
    "item",
    [
        "<item><title>x</title><link>https://other.example/news/1001</link></item>",
        "<item><title>x</title><link>https://a.example/</link></item>",
        "<item><title>x</title><link>https://a.example/podcast.mp3</link></item>",
        "<item><title>x</title></item>",
        "<item><title>x</title><link>javascript:alert(1)</link></item>",
    ],
)
def test_what_is_no_story_of_the_site_is_left_out(item: str) -> None:
    assert read(rss(item)).entries == []


def test_a_feed_that_is_not_well_formed_is_read_as_far_as_it_goes() -> None:
    page = read(
        "\n"
        + rss(
            "<item><title>Fish & chips</title><link>https://a.example/news/1001</link></item>"
            "<item><title>Cut off</title><link>https://a.example/news/1002</link>"
        )[:-16]
    )
    assert [e.url for e in page.entries] == ["https://a.example/news/1001", "https://a.example/news/1002"]


def test_entities_are_not_expanded() -> None:
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">'
        '<!ENTITY c SYSTEM "file:///etc/passwd">]>'
        "<rss><channel><item><title>&b;&c;x</title><link>https://a.example/news/1001</link></item></channel></rss>"
    )
    (entry,) = read(bomb).entries
    assert "aaaa" not in (entry.headline or "")
    assert "root" not in (entry.headline or "")


def test_a_declared_wording_in_a_headline_is_a_mark() -> None:
    (entry,) = read(
        rss(
            "<item><title>Prices rise | For subscribers</title><link>https://a.example/news/1001</link></item>"
        ),
        premium_wordings="for subscribers",
    ).entries
    assert (entry.headline, entry.premium) == ("Prices rise", True)
    assert entry.premium_evidence is not None
    assert entry.premium_evidence.text == "For subscribers"


@pytest.mark.parametrize("raw", [b"\x1f\x8bnot gzip at all", b"", b"\x00\x01\x02" * 50])
def test_what_cannot_be_read_is_told(raw: bytes) -> None:
    with pytest.raises(ParseError):
        read(raw)
