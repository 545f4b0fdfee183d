"""Pozirk's addresses, datelines and marks."""

from __future__ import annotations

# ruff: noqa: E501 - pages in one piece.
from datetime import UTC, date, datetime

import pytest

import newscrawler
from newscrawler.exceptions import UsageError
from newscrawler.sites import SITES, find_site, get_site
from newscrawler.sites.pozirk import DATELINE, MARKER, POZIRK, day_of_id

ARTICLE = "https://pozirk.online/en/news/161428/"


@pytest.mark.parametrize(
    "url",
    [
        ARTICLE,
        "http://pozirk.online/en/news/161428",
        "https://www.pozirk.online/en/news/161428/?utm_source=x&fbclid=y#comments",
        "https://mstagmanager.com/en/news/161428/",
        "http://www.mstagmanager.com:80/en/news/161428",
        "https://pozirk.online/en/?p=161428",
        "https://POZIRK.online/en/news/161428/amp/",
        "https://pozirk.online/en/news/161428/print/",
        "https://pozirk.online/en/news/161428/?print=1",
        "https://pozirk.online/en/?p=161428&print=print",
        "https://pozirk.online/en/news/161428/embed/",
        "https://pozirk.online/en/news/161428/comment-page-2/#comments",
        "/en/news/161428/",
    ],
)
def test_one_address_of_an_article(url: str) -> None:
    assert POZIRK.canonical_url(url) == ARTICLE
    address = POZIRK.identify(url)
    assert address is not None
    assert (address.kind, address.language, address.external_id) == ("article", "en", "161428")


@pytest.mark.parametrize(
    ("url", "kind", "canonical"),
    [
        ("https://mstagmanager.com/ru/longreads/5", "longread", "https://pozirk.online/ru/longreads/5/"),
        ("https://pozirk.online/ru/news", "listing", "https://pozirk.online/ru/news/"),
        ("https://pozirk.online/ru/news/?page=1", "listing", "https://pozirk.online/ru/news/?page=1"),
        ("https://pozirk.online/be/news/page/2", "listing", "https://pozirk.online/be/news/page/2/"),
        (
            "https://pozirk.online/en/wp-json/wp/v2/news?per_page=5&page=2",
            "wp_rest",
            "https://pozirk.online/en/wp-json/wp/v2/news?per_page=5&page=2",
        ),
        (
            "https://pozirk.online/en/wp-json/wp/v2/longreads/7/",
            "wp_rest",
            "https://pozirk.online/en/wp-json/wp/v2/longreads/7",
        ),
    ],
)
def test_other_addresses(url: str, kind: str, canonical: str) -> None:
    address = POZIRK.identify(url)
    assert address is not None
    assert (address.kind, address.url) == (kind, canonical)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/en/news/5/",
        "https://pozirk.online/en/plus/",
        "mailto:a@b.example",
        "",
        "https://[x",
    ],
)
def test_no_address_of_a_page(url: str) -> None:
    assert POZIRK.identify(url) is None


def test_a_local_copy_is_a_mirror() -> None:
    site = POZIRK.with_mirror("http://127.0.0.1:8000/")
    assert site.canonical_url("http://127.0.0.1:8000/en/news/161428/") == ARTICLE
    assert POZIRK.identify("http://127.0.0.1:8000/en/news/161428/") is None


def test_listings() -> None:
    assert POZIRK.listing_urls("be") == [
        "https://pozirk.online/be/news/",
        "https://pozirk.online/be/longreads/",
    ]


@pytest.mark.parametrize(
    "text",
    ["October 24, Pozirk. Text", "17 июля, Позірк. Текст", "3 кастрычніка, Позірк. Тэкст", "December 31, BPN. Text",
     "24\u00a0лiстапада, Позiрк. Тэкст"],
)  # fmt: skip
def test_datelines(text: str) -> None:
    assert DATELINE.match(text)


@pytest.mark.parametrize("text", ["October 24, Minsk.", "In October, Pozirk. reported", "Pozirk. Text"])
def test_no_dateline(text: str) -> None:
    assert DATELINE.match(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "The material is available only to POZIRK+", "Материал доступен только подписчикам ПОЗІРК+",
        "Матэрыял даступны толькі падпісчыкам ПОЗІРК+", "Матэрыял даступны толькі для ПОЗІРК+",
        "the  material is\navailable only to Pozirk +",
    ],
)  # fmt: skip
def test_marks(text: str) -> None:
    assert MARKER.fullmatch(text)


def test_numbers_rise_with_time() -> None:
    assert day_of_id("44620") == date(2022, 11, 24)
    near = day_of_id("47095")
    assert near is not None
    assert abs((near - date(2022, 12, 31)).days) < 40
    assert day_of_id("x") is None


def test_sites_by_name() -> None:
    assert get_site("pozirk") is POZIRK
    assert next(iter(SITES)) == "pozirk"
    with pytest.raises(UsageError, match="known: pozirk"):
        get_site("nowhere")


@pytest.mark.parametrize(
    ("raw", "url", "name"),
    [
        (b"<p>x", ARTICLE, "pozirk"),
        (b'<link rel="canonical" href="https://pozirk.online/en/news/5/">', "", "pozirk"),
        (b'<meta property="og:site_name" content="Pozirk"><p>x', "", "pozirk"),
        ("<p>24 октября, Позірк. Текст".encode(), "", "pozirk"),
        (b"<p>The material is available only to POZIRK+</p>", "", "pozirk"),
        (b'<a href="https://pozirk.online/en/news/5/">quoted</a>', "https://example.org/a", "generic"),
        (b"<p>Something else", "", "generic"),
    ],
)
def test_site_of_a_page(raw: bytes, url: str, name: str) -> None:
    assert find_site(raw, url, {}).name == name


def test_a_page_of_another_publisher_is_read_by_what_pages_have_in_common() -> None:
    text = (
        "A sentence of a story long enough to be taken for the text of an article by anybody who reads it. "
    )
    page = newscrawler.parse(
        f"<title>A headline of a story | The Paper</title><meta property=og:site_name content='The Paper'>"
        f"<meta property=og:type content=article><meta property='article:published_time' content='2025-10-24T08:40:00Z'>"
        f"<h1>A headline of a story</h1><p>{text * 2}</p><p>{text}</p>".encode(),
        url="https://paper.example/2025/10/a-headline", headers={}, fetched_at=datetime(2025, 10, 25, tzinfo=UTC),
    )  # fmt: skip
    assert page.article is not None
    assert page.article.headline == "A headline of a story"
    assert page.article.published_at == datetime(2025, 10, 24, 8, 40, tzinfo=UTC)
    assert len(page.article.body) == 2


def _old(number: int, picture: str, day: str = "14 марта") -> date | None:
    text = "Завод с апреля переводит сотрудников на четырехдневную рабочую неделю, рассказали работники."
    html = (
        f"<!doctype html><title>Завод переходит на четырехдневку</title><h1>Завод переходит на четырехдневку</h1>"
        f"<div><img src='{picture}'><p>{day}, BPN. {text}</p><p>В администрации от комментариев отказались.</p></div>"
        f"<aside><h3>Новости</h3><ul><li><a href='/ru/news/192181/'><img src='/wp-content/uploads/2026/05/x.jpg'>Депутаты встретились</a></ul></aside>"
    )
    page = newscrawler.parse(
        html.encode(), url=f"https://pozirk.online/ru/news/{number}/", headers={},
        fetched_at=datetime(2026, 5, 17, tzinfo=UTC),
    )  # fmt: skip
    assert page.article is not None
    return page.article.published_date


def test_a_story_older_than_all_known_numbers_is_not_older_than_its_picture() -> None:
    assert _old(18244, "/i/a.jpg") == date(2022, 3, 14)
    assert _old(18244, "/wp-content/uploads/2023/03/a.jpg") == date(2023, 3, 14)
    assert _old(18244, "/wp-content/uploads/2021/08/a.jpg") == date(2022, 3, 14)


def test_a_known_number_tells_the_year_whatever_its_picture() -> None:
    assert _old(78001, "/wp-content/uploads/2025/04/a.jpg", "6 апреля") == date(2024, 4, 6)


@pytest.mark.parametrize(
    "text",
    [
        "Follow Pozirk on Telegram.", "Support Pozirk", "Subscribe to “Pozirk”", "Читайте Позірк в телеграме.",
        "Поддержите «Позірк»: каждый взнос важен.", "Падпісвайцеся на Позірк", "Сачыце за Позіркам у соцсетках.",
    ],
)  # fmt: skip
def test_an_appeal_by_the_sites_name(text: str) -> None:
    assert POZIRK.profile.asks(text)


@pytest.mark.parametrize("text", ["Читатели Позірку рассказали о перебоях.", "Pozirk follows the case."])
def test_the_sites_name_alone_is_no_appeal(text: str) -> None:
    assert not POZIRK.profile.asks(text)
