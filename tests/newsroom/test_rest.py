from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest

from newscrawler.newsroom import Newsroom, serve
from newscrawler.newsroom.wording import premium_mark
from tests.newsroom.browser import Browser, browse
from tests.newsroom.conftest import NOW


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
