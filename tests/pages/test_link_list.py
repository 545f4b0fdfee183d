"""Lists found by structure, on pages of themes that nobody has seen."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newscrawler import parse
from tests.pages.test_feeds import FETCHED, site

STORIES = [
    ("prices-rise-again-in-autumn", "Prices rise again in autumn"),
    ("wages-follow-prices-at-last", "Wages follow prices at last"),
    ("museum-opens-after-ten-years", "Museum opens after ten years"),
    ("river-freezes-early-this-year", "River freezes early this year"),
]
THEMES = {
    "articles": '<article><a href="/news/{0}"><img alt=""></a><h2><a href="/news/{0}">{1}</a></h2>'
    '<time datetime="2025-11-20T10:00:00+03:00">today</time><p>Teaser, longer than any headline here is.</p>'
    '<a href="/news/{0}">Read more</a></article>',
    "cards": '<div><a href="/news/{0}?utm_source=front"><span>12:30</span><div>{1}</div></a></div>',
    "tables": '<tr><td>10:00</td><td><font><a href="https://www.a.example/news/{0}"><b>{1}</b></a></font></td></tr>',
}


def page(theme: str, extra: str = "") -> bytes:
    rows = "".join(THEMES[theme].format(*story) for story in STORIES)
    rows = f"<table>{rows}</table>" if theme == "tables" else rows
    return (
        '<html lang="en"><body><nav><a href="/news/a-link-in-the-main-menu">A link in the main menu</a></nav>'
        f"<main>{rows}</main>{extra}<aside><h3>Most read</h3>"
        '<a href="/news/an-old-story-many-have-read">An old story many have read</a></aside></body></html>'
    ).encode()


@pytest.mark.parametrize("theme", THEMES)
def test_entries(theme: str) -> None:
    found = site().parse_list(page(theme), url="https://a.example/news/", headers={}, fetched_at=FETCHED)
    assert found.kind == "listing"
    assert [(e.url, e.headline) for e in found.entries] == [
        (f"https://a.example/news/{path}", headline) for path, headline in STORIES
    ]
    if theme == "articles":
        assert {e.published_at for e in found.entries} == {datetime(2025, 11, 20, 7, tzinfo=UTC)}
    assert {e.premium for e in found.entries} == {None}


@pytest.mark.parametrize(
    ("url", "pager", "following"),
    [
        ("/news/", '<a href="/news/?page=2">2</a><a href="/news/?page=3">3</a>', "/news/?page=2"),
        ("/news/", '<a rel="next" href="/news/older">Older</a>', "/news/older"),
        (
            "/archive/2",
            '<p><a href="/archive">1</a> <b>2</b> <a href="/archive/3">3</a> <a href="/archive/4">4</a></p>',
            "/archive/3",
        ),
        (
            "/list-1.html",
            '<p>1 <a href="/list-2.html">2</a> <a href="/list-3.html">3</a></p>',
            "/list-2.html",
        ),
        ("/news/", "", None),
    ],
)
def test_the_next_page(url: str, pager: str, following: str | None) -> None:
    found = site().parse_list(
        page("articles", pager), url=f"https://a.example{url}", headers={}, fetched_at=FETCHED
    )
    assert found.next_page == (f"https://a.example{following}" if following else None)


def test_a_listing_of_a_publisher_nobody_has_described() -> None:
    found = parse(page("articles"), url="https://nobody.example/news/", headers={}, fetched_at=FETCHED)
    assert [e.headline for e in found.entries] == [headline for _, headline in STORIES]


def test_a_declared_mark_speaks_of_the_story_in_whose_row_it_stands() -> None:
    marked = page("articles").replace(b"today</time>", b"today</time><i class=lock>Plus</i>", 1)
    for rules in ({"premium_selectors": "i.lock"}, {"premium_wordings": "plus"}):
        found = site(**rules).parse_list(
            marked, url="https://a.example/news/", headers={}, fetched_at=FETCHED
        )
        assert [e.premium for e in found.entries] == [True, None, None, None], rules
