from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from newscrawler.storage.database import Database
from newscrawler.web.app import create_app
from newscrawler.web.server import serving
from tests.web.conftest import web
from tests.web.content import NEW_BODY, OLD_BODY, fill
from tests.web.visiting import Answer, ask

API = "/api/v1"


def problem(answer: Answer) -> tuple[int, str]:
    assert answer.headers["content-type"] == "application/problem+json"
    said = answer.json()
    assert set(said) == {"type", "title", "status", "detail"}
    assert said["status"] == answer.status
    return answer.status, said["detail"]


def headlines(answer: Answer) -> list[str]:
    assert answer.status == 200, answer.text
    return [item["headline"] for item in answer.json()["items"]]


def test_articles_by_the_words_of_the_vocabulary(site: str) -> None:
    assert headlines(ask(f"{site}{API}/articles?premium=true&language=en")) == [
        "An entry without an address",
        "A report for subscribers",
    ]
    assert headlines(ask(f"{site}{API}/articles?language=ru")) == ["Лукашенко подписал указ о метро"]


def test_search_finds_the_best_first_and_says_where(site: str) -> None:
    answer = ask(f"{site}{API}/search?text=latuska")
    (item,) = answer.json()["items"]
    assert item["headline"] == "Łatuška meets diplomats in Hrodna"
    assert item["matches"] == {"headline": [[0, 7]], "description": []}
    assert problem(ask(f"{site}{API}/search")) == (422, "text: expected what to search for")
    status, detail = problem(ask(f"{site}{API}/search?text=minsk%20OR"))
    assert status == 422
    assert "needs something on both sides" in detail


def test_one_article_with_its_history(site: str) -> None:
    found = headline_of(site, "Council meets again about the bridge")
    said = ask(f"{site}{API}/articles/{found['id']}").json()
    assert said["body"] == NEW_BODY
    assert [revision["body"] for revision in said["revisions"]] == [OLD_BODY, NEW_BODY]
    assert [step["what"] for step in said["timeline"]] == [
        "first_seen",
        "fetched",
        "headline_changed",
        "body_changed",
        "last_seen",
    ]


def headline_of(site: str, headline: str) -> dict[str, Any]:
    items = ask(f"{site}{API}/articles").json()["items"]
    found: dict[str, Any] = next(item for item in items if item["headline"] == headline)
    return found


def test_pages_follow_one_another_without_gap_or_repetition(site: str) -> None:
    everything = [item["id"] for item in ask(f"{site}{API}/events").json()["items"]]
    read: list[int] = []
    following: str | None = f"{API}/events?limit=3"
    while following:
        answer = ask(site + following)
        following = answer.json()["next"]
        assert answer.headers.get("link", "") == (f'<{following}>; rel="next"' if following else "")
        read += [item["id"] for item in answer.json()["items"]]
    assert read == everything
    assert len(read) > 6


def test_an_event_tells_what_surrounds_it(site: str) -> None:
    (event,) = ask(f"{site}{API}/events?text=butter&kind=new_premium").json()["items"]
    assert (event["language"], event["sections"], event["seen_at"]) == ("en", ["Economy"], None)
    assert event["evidence"]["text"] == "The material is available only to POZIRK+"


def test_what_did_not_change_is_not_sent_again(site: str) -> None:
    for path in (
        f"{API}/articles",
        f"{API}/articles/1",
        "/feeds/events.atom",
        "/feeds/articles.json",
    ):
        first = ask(site + path)
        etag = first.headers["etag"]
        again = ask(site + path, if_none_match=f'"other", W/{etag}')
        assert (again.status, again.body, again.headers["etag"]) == (304, b"", etag)
        assert ask(site + path, if_none_match='"other"').status == 200


def test_runs_and_their_accounts(site: str) -> None:
    runs = ask(f"{site}{API}/runs?status=ok").json()["items"]
    assert [run["id"] for run in runs] == [3, 2, 1]
    assert runs[1]["pages"]["failed"] == {"http 503": 1}
    # The file's place on this machine is nobody's business.
    assert [run["log"] for run in runs] == [None, "/runs/2/log", None]
    assert ask(f"{site}{API}/runs/2").json() == runs[1]


def test_how_the_sites_are_doing(site: str) -> None:
    (status,) = ask(f"{site}{API}/sites").json()["items"]
    assert (status["site"], status["state"], status["failures_in_a_row"]) == ("pozirk", "ok", 0)
    assert (status["new_24h"], status["premium_24h"]) == (7, 2)


@pytest.mark.parametrize(
    ("path", "status", "detail"),
    [
        ("/nothing", 404, "There is nothing at this address."),
        ("/articles/4711", 404, "No article has the number 4711."),
        ("/runs/4711", 404, "No run has the number 4711."),
        ("/articles/0", 422, "id: Input should be greater than or equal to 1"),
        (
            "/articles/9223372036854775808",
            422,
            "id: Input should be less than or equal to 9223372036854775807",
        ),
        ("/articles/one", 422, "id: Input should be a valid integer, unable to parse string as an integer"),
        ("/articles?premium=maybe", 422, "premium: 'maybe', expected true, false or unknown"),
        ("/events?limit=501", 422, "limit: 501, expected at most 500"),
        ("/events?limit=0", 422, "limit is 0, expected 1 or more"),
        ("/runs?seen_since=soon%1b[31m", 422, "seen_since: 'soon\\x1b[31m'"),
    ],
)
def test_errors_are_problems_that_say_what_is_wrong(site: str, path: str, status: int, detail: str) -> None:
    said = problem(ask(f"{site}{API}{path}"))
    assert said[0] == status
    assert said[1].startswith(detail)


def test_a_method_that_is_not_possible_is_a_problem(site: str) -> None:
    answer = ask(f"{site}{API}/articles", "POST")
    assert problem(answer) == (405, "POST is not possible here.")
    assert answer.headers["allow"] == "GET"


@pytest.mark.parametrize(
    "body",
    [
        '{"ids": []}',
        "{",
        '{"ids": ["x"]}',
        '{"ids": [1], "more": 1}',
        '{"ids": [0]}',
        '{"ids": [9223372036854775808]}',
        '{"ids": [4711]}',
        "null",
    ],
)
def test_marks_that_cannot_be_meant(site: str, body: str) -> None:
    answer = ask(f"{site}{API}/events/seen", "POST", body=body, content_type="application/json")
    assert problem(answer)[0] == 422


def test_events_are_marked_as_seen_on_each_database(database: Database, tmp_path: Path) -> None:
    fill(database)

    def mark(body: str) -> Any:
        answer = ask(f"{address}{API}/events/seen", "POST", body=body, content_type="application/json")
        assert answer.status == 200, answer.text
        return answer.json()

    def ids(filters: str) -> list[int]:
        return [item["id"] for item in ask(f"{address}{API}/events?{filters}").json()["items"]]

    with serving(create_app(web(database, tmp_path))) as address:
        every = ids("")
        assert mark(f'{{"ids": [{every[0]}, {every[2]}]}}') == {"changed": sorted([every[0], every[2]])}
        assert mark(f'{{"ids": [{every[0]}]}}') == {"changed": []}
        assert ids("mark=seen") == [every[0], every[2]]
        assert ids("mark=unseen") == [every[1], *every[3:]]
        assert ask(f"{address}{API}/events?mark=seen").json()["items"][0]["seen_at"] == "2025-10-25T12:00:00Z"
        assert mark(f'{{"ids": [{every[0]}, {every[1]}], "seen": false}}') == {"changed": [every[0]]}
        assert ids("mark=seen") == [every[2]]
        # The pages and feeds say the same on both databases.
        for path in (
            "/events",
            "/premium",
            "/articles?text=minsk",
            "/articles/1",
            "/sites",
            "/runs/2",
            "/feeds/events.atom",
        ):
            assert ask(address + path).status == 200
