"""The next page of a listing."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

import newscrawler

ROWS = "".join(
    f'<li>Politics <a href="/en/news/{161400 + n}/">Headline of story number {n}</a></li>' for n in range(4)
)
NEXT = "https://pozirk.online/en/news/page/2/"


def next_page(html: str, link: str = "", url: str = "https://pozirk.online/en/news/") -> str | None:
    page = newscrawler.parse(
        f"<title>News - Pozirk</title><h1>News</h1><ul>{ROWS}</ul>{html}".encode(),
        url=url, headers={"link": link}, fetched_at=datetime(2025, 10, 24, tzinfo=UTC),
    )  # fmt: skip
    assert len(page.entries) == 4
    return page.next_page


@pytest.mark.parametrize(
    "html",
    [
        '<link rel="next" href="/en/news/page/2/">',
        '<a rel="next" href="page/2/">→</a>',
        '<a href="/en/news/page/2/">Older posts</a>',
        '<a href="/en/news/page/2/">← Older</a> <a href="/en/news/">Newer →</a>',
        '<a href="/en/news/page/2/">← Старэйшыя</a>',
        '<a href="/en/news/page/2/">‹ Более ранние новости</a>',
        '<a href="http://mstagmanager.com/en/news/page/2">Next »</a>',
        '<a href="/en/news/page/2/" title="Next page"><i></i></a>',
        '<a href="/en/news/page/2/">›</a>',
        '<b>1</b> <a href="/en/news/page/2/">2</a> <a href="/en/news/page/3/">3</a>',
        '<button data-url="/en/news/page/2/">Load more</button>',
        '<div data-href="https://pozirk.online/en/news/page/2/">Show more</div>',
        '<div role="button" data-next="/en/news/page/2/"></div>',
        '<div data-more=\'{"next":"\\/en\\/news\\/page\\/2\\/"}\'>More news</div>',
        "<button onclick=\"location.href='/en/news/page/2/'\">More</button>",
        '<button hx-get="/en/news/page/2/">Load more</button>',
    ],
)
def test_next_page(html: str) -> None:
    assert next_page(html) == NEXT


def test_link_header() -> None:
    assert (
        next_page("", '<https://pozirk.online/en/?p=1>; rel=shortlink, </en/news/page/2/>; rel="next"')
        == NEXT
    )


@pytest.mark.parametrize(
    "html",
    [
        "",
        '<a href="/en/news/">All news</a>',
        '<a rel="prev" href="/en/news/">Newer posts</a>',
        '<a href="/en/longreads/page/2/">2</a>',
        '<a href="/en/news/161399/">Next</a>',
        "<b>1</b>",
        '<div data-url="https://pozirk.online/en/news/">Share</div>',
    ],
)
def test_no_next_page(html: str) -> None:
    assert next_page(html) is None


def test_the_page_after_the_second() -> None:
    pager = (
        '<a href="/en/news/">1</a> <b>2</b> <a href="/en/news/page/3/">3</a> <a href="/en/news/page/9/">»</a>'
    )
    assert next_page(pager, url=NEXT) == "https://pozirk.online/en/news/page/3/"


def test_the_last_page() -> None:
    pager = '<a href="/en/news/">1</a> <a href="/en/news/page/2/">«</a> <b>3</b> <span>Next</span>'
    assert next_page(pager, url="https://pozirk.online/en/news/page/3/") is None


def test_a_query_that_counts_from_zero() -> None:
    pager = '<a href="?page=0">1</a> <a href="?page=1" rel="next">››</a>'
    assert next_page(pager) == "https://pozirk.online/en/news/?page=1"
