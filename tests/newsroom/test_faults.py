from __future__ import annotations

import gzip
import http.client
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import get_args

import pytest

from newscrawler.exceptions import UsageError
from newscrawler.newsroom import Fault, Faults, Newsroom, ServedSite, serve
from newscrawler.newsroom.faults import FaultKind
from tests.newsroom.browser import Answer, browse

NOW = datetime(2025, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture
def newsroom() -> Newsroom:
    newsroom = Newsroom(9, NOW)
    newsroom.stock(90, days=2)
    return newsroom


@pytest.fixture
def site(newsroom: Newsroom) -> Iterator[ServedSite]:
    with serve(newsroom) as served:
        yield served


def get(site: ServedSite, path: str = "/en/news/", **headers: str) -> Answer:
    with browse(site) as browser:
        return browser.get(path, **headers)


@pytest.mark.parametrize("status", [403, 404, 410, 429, 500, 502, 503])
def test_status(site: ServedSite, status: int) -> None:
    site.faults.add(Fault("status", status=status, retry_after="7"))
    answer = get(site)
    assert answer.status == status
    assert answer.headers["Retry-After"] == "7"
    assert site.requests[-1].fault == "status"


def test_delay(site: ServedSite) -> None:
    site.faults.add(Fault("delay", seconds=0.2))
    started = time.monotonic()
    assert get(site).status == 200
    assert time.monotonic() - started >= 0.2
    assert site.requests[-1].seconds >= 0.2


def test_hang_ends_when_the_server_stops(newsroom: Newsroom) -> None:
    with serve(newsroom, faults=[Fault("hang")]) as site:
        connection = http.client.HTTPConnection(site.host, site.port, timeout=0.2)
        connection.request("GET", "/en/news/")
        with pytest.raises(TimeoutError):
            connection.getresponse()
        connection.close()
        started = time.monotonic()
    assert time.monotonic() - started < 1
    assert [(request.fault, request.status) for request in site.requests] == [("hang", 0)]


def test_reset(site: ServedSite) -> None:
    site.faults.add(Fault("reset"))
    with pytest.raises(ConnectionResetError):
        get(site)


@pytest.mark.parametrize("kind", ["truncated", "truncated_chunked"])
def test_truncated_bodies(site: ServedSite, kind: FaultKind) -> None:
    whole = get(site)
    site.faults.add(Fault(kind))
    with pytest.raises(http.client.IncompleteRead) as caught:
        get(site)
    if kind == "truncated":
        assert len(caught.value.partial) == len(whole.body) // 2


def test_wrong_declarations(site: ServedSite) -> None:
    whole = get(site, "/ru/news/")
    site.faults.add(
        Fault("wrong_type", count=1), Fault("wrong_charset", count=1), Fault("false_gzip", count=1)
    )
    wrong_type, wrong_charset, false_gzip = (get(site, "/ru/news/") for _ in range(3))
    assert wrong_type.headers["Content-Type"] == "application/octet-stream"
    assert wrong_charset.headers["Content-Type"] == "text/html; charset=windows-1252"
    assert false_gzip.headers["Content-Encoding"] == "gzip"
    assert wrong_type.body == wrong_charset.body == false_gzip.body == whole.body
    with pytest.raises(gzip.BadGzipFile):
        gzip.decompress(false_gzip.body)


@pytest.mark.parametrize(
    ("kind", "status", "words"),
    [
        ("challenge", 403, "Just a moment..."),
        ("consent", 200, "Before you continue"),
        ("login", 200, 'name="loginform"'),
    ],
)
def test_walls(newsroom: Newsroom, site: ServedSite, kind: FaultKind, status: int, words: str) -> None:
    site.faults.add(Fault(kind, count=1), Fault(kind, status=200))
    first, second = (get(site, newsroom.stories("en")[0].path) for _ in range(2))
    assert (first.status, second.status) == (status, 200)
    assert words in first.text
    assert words in second.text


def test_redirects(site: ServedSite) -> None:
    site.faults.add(Fault("redirect", count=1), Fault("redirect", count=1, location="http://localhost:1/x"))
    assert get(site).headers["Location"] == "/en/login/"
    assert get(site).headers["Location"] == "http://localhost:1/x"
    site.faults.clear()
    site.faults.add(Fault("redirect_loop"))
    path = "/en/news/"
    for turn in range(1, 4):
        path = get(site, path).headers["Location"]
        assert path == f"/en/news/?turn={turn}"


def test_listings_gone_wrong(newsroom: Newsroom, site: ServedSite) -> None:
    headlines = [story.headline for story in newsroom.page("en", "news", 1)]
    site.faults.add(
        Fault("empty_listing", count=1),
        Fault("half_listing", count=1, entries=4),
        Fault("changed_markup", count=1),
    )
    article = get(site, newsroom.stories("en")[0].path)
    empty, half, changed, whole = (unescape(get(site).text) for _ in range(4))
    assert article.status == 200, "faults of listings leave articles alone"
    assert not any(headline in empty for headline in headlines)
    assert "</html>" in empty
    assert [headline for headline in headlines if headline in half] == headlines[:4]
    assert "</html>" not in half
    assert not any(headline in changed for headline in headlines)
    assert all(headline in whole for headline in headlines)
    assert [request.fault for request in site.requests] == [
        None,
        "empty_listing",
        "half_listing",
        "changed_markup",
        None,
    ]


def test_empty_body(site: ServedSite) -> None:
    site.faults.add(Fault("empty_body"))
    answer = get(site)
    assert (answer.status, answer.body, answer.headers["Content-Length"]) == (200, b"", "0")


def test_rules_choose_by_path_time_count_and_order(newsroom: Newsroom, site: ServedSite) -> None:
    site.faults.add(
        Fault("status", status=500, path="/ru/*|/be/news/", count=2, skip=1),
        Fault("status", status=502, path="*/longreads/*", since=NOW + timedelta(hours=1)),
        Fault("status", status=503, path="/en/news/*", until=NOW + timedelta(hours=1)),
    )
    assert [get(site, path).status for path in ("/ru/news/", "/be/news/", "/ru/news/", "/ru/news/")] == [
        200,
        500,
        500,
        200,
    ]
    assert get(site, "/en/longreads/").status == 200
    assert get(site).status == 503
    newsroom.advance(hours=2)
    assert get(site, "/en/longreads/").status == 502
    assert get(site).status == 200


def test_robots_txt_is_spared_unless_named(site: ServedSite) -> None:
    site.faults.add(Fault("status", status=500))
    assert (get(site, "/robots.txt").status, get(site).status) == (200, 500)
    site.faults.add(Fault("status", status=503, path="/robots.txt"))
    assert get(site, "/robots.txt").status == 503


def test_chance_is_the_same_for_the_same_seed() -> None:
    def met(seed: int) -> list[bool]:
        faults = Faults([Fault("reset", probability=0.3)], seed)
        return [faults.choose("/en/news/", NOW) is not None for _ in range(300)]

    assert met(1) == met(1) != met(2)
    assert 60 < sum(met(1)) < 120


def test_rules_written_in_a_command() -> None:
    rule = Fault.parse(
        "status,status=429,path=/en/*,probability=0.25,count=3,retry_after=9,since=2025-11-24T10:00+00:00"
    )
    assert rule == Fault(
        "status",
        status=429,
        path="/en/*",
        probability=0.25,
        count=3,
        retry_after="9",
        since=NOW + timedelta(hours=1),
    )
    assert {Fault.parse(kind).kind for kind in get_args(FaultKind)} == set(get_args(FaultKind))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("explosion", "unknown fault 'explosion'"),
        ("status,colour=red", "unknown setting 'colour'"),
        ("status,status=many", "status is 'many'"),
        ("delay,probability=often", "probability is 'often'"),
    ],
)
def test_wrong_rules_are_refused(text: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        Fault.parse(text)
