"""Pages that are broken, hostile or no pages: a ParseError or a partial reading, in bounded time."""

from __future__ import annotations

# ruff: noqa: E501 - pages in one piece.
import random
import time
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path

import pytest

import newscrawler
from newscrawler.exceptions import ParseError
from newscrawler.items import ParsedPage
from newscrawler.saved_pages import load

FIXTURES = Path(__file__).parents[2] / "fixtures"
ARTICLE = "https://pozirk.online/en/news/161428/"
MEGA = 20_000_000


def read(raw: bytes, url: str = ARTICLE, content_type: str = "text/html") -> ParsedPage | None:
    try:
        return newscrawler.parse(
            raw,
            url=url,
            headers={"content-type": content_type},
            fetched_at=datetime(2025, 10, 24, tzinfo=UTC),
        )
    except ParseError:
        return None


HOSTILE = {
    "nested divs": b"<div>" * 10_000 + b"x",
    "nested inline": b"<html><body>" + b"<b>" * 10_000 + b"October 24, Pozirk. " + b"Some text. " * 50,
    "nested lists": b"<table><tr><td><ul><li><a href=/en/news/5/>" * 3_000 + b"x",
    "many links": b'<p>hello world <a href="/en/news/5/">yes</a></p>' * (MEGA // 48),
    "one word repeated": b"<html><body><p>" + b"word " * (MEGA // 5),
    "many entries": b"<li>Politics <span>A headline of an entry</span> The material is available only to POZIRK+</li>"
    * (MEGA // 96),
    "angle brackets": b"<" * MEGA,
    "line breaks": b"<br>" * (MEGA // 4),
    "attributes": b"<a " + b"x=1 " * (MEGA // 4) + b">",
    "white space": b"<p>" + b" " * MEGA + b"x",
    "numbers": b"<p>" + b"1 " * (MEGA // 2),
    "credits": b"<p>October 24, Pozirk. " + b"(Photo: a, " * 100_000,
    "style sheet": b"<style>" + b'a{content:"' * 200_000 + b"</style><p>x",
    "text": b"word " * (MEGA // 5),
    "nested json": b"[" * 200_000,
    "nested json objects": b'{"id":1,"title":' * 50_000,
    "nested json-ld": b'<h1>x</h1><script type="application/ld+json">' + b"[" * 200_000 + b"</script>",
    "nothing": b"",
    "spaces": b" \n ",
    "zeros": b"\0" * 1000,
    "pdf": b"%PDF-1.4 " + b"x" * 100,
    "gzip": b"\x1f\x8b" + b"x" * 100,
    "random": random.Random(1).randbytes(200_000),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_bytes_end_soon(name: str) -> None:
    start = time.process_time()
    read(HOSTILE[name])
    assert time.process_time() - start < 6


def test_memory_is_bounded() -> None:
    tracemalloc.start()
    read(HOSTILE["many links"])
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 200_000_000


FRAGMENTS = (
    b"<table>", b"</div>", b"<p", b"<script>", b"<!--", b"<![CDATA[", b"<li>" * 50, b"<b>" * 300, b"&#x41;", b"&#xD800;",
    b"\xff\xfe", b"\0", b"<a href='//[::1'>", b"<base href='http://['>", b"<time datetime='2025-13-45T99:99'>",
    b"<svg><use href='#\"]'/></svg>", b"<i aria-describedby='\"] x'>", b"<template shadowroot=open>", b"POZIRK+",
    b'<script type="application/ld+json">{"@graph":[', b"<style>a::after{content:'POZIRK+", b"<div hidden>", b"<form>",
)  # fmt: skip
"""Markup that has tripped readers."""


@pytest.mark.parametrize("path", [p.path for p in load(FIXTURES)], ids=lambda p: p.parent.name)
def test_damaged_pages_raise_nothing_else(path: Path) -> None:
    page, rnd = load(path)[0], random.Random(path.parent.name)
    for _ in range(8):
        raw = bytearray(page.raw)
        damage = rnd.randrange(5)
        if damage == 0:
            raw = raw[: rnd.randrange(len(raw))]
        elif damage == 1:
            start = rnd.randrange(len(raw))
            del raw[start : start + rnd.randrange(3000)]
        elif damage == 2:
            for _ in range(200):
                raw[rnd.randrange(len(raw))] = rnd.randrange(256)
        elif damage == 3:
            for fragment in rnd.sample(FRAGMENTS, 4):
                start = rnd.randrange(len(raw))
                raw[start:start] = fragment
        else:
            start = rnd.randrange(len(raw))
            raw[start:start] = raw[rnd.randrange(len(raw)) :][:5000]
        read(
            bytes(raw),
            page.url,
            rnd.choice(["text/html", "application/json", "image/png", "text/plain; charset=x"]),
        )


@pytest.mark.parametrize(
    "html",
    [
        "<title>Just a moment...</title><h1>pozirk.online</h1><p>Checking if the site connection is secure. This"
        " may take a few seconds, and pozirk.online needs to review the security of your connection.</p>"
        "<script src='/cdn-cgi/challenge-platform/h/b.js'></script>",
        "<title>Before you continue</title><h1>We value your privacy</h1><p>We and our 812 partners store and access"
        " information on a device, such as cookies, and process personal data.</p><button>Accept all</button>",
        "<title>Log in - Pozirk</title><h1>Log in</h1><form method=post><input name=log><input type=password"
        " name=pwd><button>Log in</button></form><p>Forgot your password? Write to us and we will send a new one to"
        " you.</p>",
        "<title>404 - Pozirk</title><h1>Page not found</h1><p>The page you are looking for does not exist.</p>",
        "<title>Позірк</title><h1>Подтвердите, что вы человек</h1><p>Проверка браузера займёт несколько секунд."
        " Пожалуйста, подождите, пока мы проверяем безопасность вашего соединения с сайтом.</p>",
    ],
    ids=["challenge", "consent", "login", "not found", "challenge in Russian"],
)
@pytest.mark.parametrize("url", [ARTICLE, "https://pozirk.online/en/news/"], ids=["article", "listing"])
def test_a_wall_is_no_page(html: str, url: str) -> None:
    with pytest.raises(ParseError):
        newscrawler.parse(
            f"<!doctype html><html><head><meta charset=utf-8></head><body>{html}</body></html>".encode(),
            url=url, headers={}, fetched_at=datetime(2025, 10, 24, tzinfo=UTC),
        )  # fmt: skip


def test_an_empty_listing_has_no_entries() -> None:
    page = read(
        b"<title>News - Pozirk</title><nav><a href=/en/news/>News</a></nav><h1>News</h1><p>Nothing here yet.</p>",
        "https://pozirk.online/en/news/",
    )
    assert page is not None
    assert (page.kind, page.entries, page.next_page) == ("listing", [], None)


LIST = "".join(
    f"<li><a href='/en/news/{n}/'>Entry number {n} of the list of news</a></li>"
    for n in range(161420, 161427)
)
HEADLINE = "Mill in Orša stops 500 looms"
STATED = {
    "open graph": f"<meta property=og:type content=article><meta property=og:title content='{HEADLINE}'>",
    "json-ld": f"""<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{HEADLINE}","url":"{ARTICLE}",
     "datePublished":"2025-10-24T09:00:00+03:00"}}</script>""",
    "time alone": "<meta property=article:published_time content=2025-10-24T09:00:00+03:00>",
}


@pytest.mark.parametrize("stated", STATED)
@pytest.mark.parametrize("beside", ["", f"<h2>News</h2><ul>{LIST}</ul>"], ids=["alone", "with a list"])
def test_a_stated_article_without_its_text_is_read_in_part(stated: str, beside: str) -> None:
    html = f"<title>{HEADLINE}</title>{STATED[stated]}<h1>{HEADLINE}</h1><div id=root></div>{beside}"
    page = read(html.encode())
    assert page is not None
    assert page.article is not None
    article = page.article
    assert (page.kind, article.headline, article.external_id) == ("article", HEADLINE, "161428")
    assert (article.body, article.lead, article.premium, article.partial) == ([], None, None, True)
    if stated != "open graph":
        assert article.published_at == datetime(2025, 10, 24, 6, tzinfo=UTC)


def test_a_mark_and_a_login_form_are_a_paywall_and_no_login_page() -> None:
    page = read(
        f"<title>{HEADLINE}</title>{STATED['time alone']}<h1>{HEADLINE}</h1><p>The material is available only to"
        f" POZIRK+</p><form>Log in to read on <input type=password></form><h2>News</h2><ul>{LIST}</ul>".encode()
    )
    assert page is not None
    assert page.article is not None
    assert (page.article.premium, page.article.partial) == (True, False)
    assert page.article.premium_evidence is not None
    assert page.article.premium_evidence.signal == "mark at the headline"


@pytest.mark.parametrize(
    "html",
    [
        "<title>Log in | Pozirk</title><h1>Log in</h1><p>The material is available only to POZIRK+</p>"
        "<p>Enter the address and the password that you gave when you subscribed.</p><form><input type=password></form>",
        "<title>Увайсці | Позірк</title><h1>Увайдзіце, каб чытаць</h1><form>Пароль <input type=password></form>",
        "<title>404 - Pozirk</title><h1>404</h1><p>Try the news below.</p>",
        "<title>Старонка не знойдзена</title><h1>Старонка не знойдзена</h1>",
        "<title>503 Service Temporarily Unavailable</title><h1>503 Service Temporarily Unavailable</h1>",
        "<title>Just a moment...</title><h1>pozirk.online</h1><p>Checking your browser.</p>",
    ],
    ids=["login under a mark", "login", "404", "not found", "503", "challenge"],
)
@pytest.mark.parametrize(
    "stated", ["", STATED["open graph"], STATED["time alone"]], ids=["bare", "type", "time"]
)
def test_a_wall_with_the_metadata_of_an_article_is_a_wall(html: str, stated: str) -> None:
    assert read(f"{stated}{html}<ul>{LIST}</ul>".encode()) is None
