"""Filters, orders, pages: random queries give what a plain reading of all rows gives, on both databases."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newscrawler.items import Visit
from newscrawler.queries import ArticleQuery, EventQuery
from newscrawler.storage import conditions, paging, searching
from newscrawler.storage.database import Database
from newscrawler.storage.ledger import Ledger
from newscrawler.storage.reading import count, find_articles, find_events, page_of_articles, page_of_events
from newscrawler.storage.records import Article, Event
from newscrawler.storage.search_index import dated_at
from tests.observing import NOON, begin, observation

HOUR = timedelta(hours=1)


@pytest.fixture(scope="module")
def databases(tmp_path_factory: pytest.TempPathFactory, module_postgres_url: str) -> Iterator[list[Database]]:
    """The same hundred stories on each kind of database, seen in three runs, a third of them twice."""
    file = tmp_path_factory.mktemp("databases") / "news.db"
    opened = [Database.open(url) for url in (f"sqlite:///{file}", module_postgres_url)]
    for database in opened:
        _fill(Ledger(database), random.Random(3))
    with pytest.MonkeyPatch.context() as patch:
        # As if these few were a million.
        patch.setattr(paging, "NEAR", 15)
        for module in (conditions, searching):
            patch.setattr(module, "_SORTED_AT_ONCE", 5)
            patch.setattr(module, "SAMPLED", 2)
        patch.setattr(searching, "_LONG_BEFORE", 2)
        yield opened
    for database in opened:
        database.close()


def _fill(ledger: Ledger, choices: random.Random) -> None:
    for number in range(3):
        run = begin(ledger)
        for story in range(number * 30, number * 30 + 45):
            seen = observation(
                f"Story {story % 80}",
                external_id=str(story),
                hours=number * 24 + choices.randint(0, 20),
                language=choices.choice(["en", "ru"]) if number == 0 else "be",
                premium=choices.choice([True, False, None]),
                published_at=choices.choice([None, NOON - choices.randint(0, 90) * HOUR]),
                sections=choices.sample(["Politics", "Society"], choices.randint(0, 2)),
                baseline=number == 0,
            )
            ledger.record(run, [seen])
        gone = f"https://pozirk.online/be/news/{number * 30 + 40}/"
        for days in (5, 7):
            at = NOON + timedelta(days=days + number)
            ledger.record(run, [Visit(site="pozirk", url=gone, status="gone", at=at)])


moments = st.one_of(st.none(), st.integers(-100, 80).map(lambda hours: NOON + hours * HOUR))
SHARED: dict[str, Any] = {
    "sites": st.sampled_from([(), ("pozirk",), ("elsewhere",)]),
    "languages": st.sampled_from([(), (), ("be",), ("en", "ru"), ("xx",)]),
    "sections": st.sampled_from([(), (), ("politics",), ("SOCIETY", "politics")]),
    "premium": st.sampled_from([(), (), (True,), (None,), (False, None)]),
    "statuses": st.sampled_from([(), (), ("removed",), ("published", "removed")]),
    "kinds": st.sampled_from([(), (), ("new",), ("removed", "became_free"), ("restored",)]),
    "baseline": st.sampled_from([None, None, True, False]),
    "run_id": st.sampled_from([None, None, 2]),
    "published_since": moments,
    "published_until": moments,
    "seen_since": moments,
    "seen_until": moments,
    "duplicates": st.booleans(),
    "text": st.sampled_from([None, None, "story NOT 7"]),
}
few = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@few
@given(
    query=st.builds(ArticleQuery, order=st.sampled_from(["published", "seen"]), **SHARED),
    size=st.integers(1, 40),
)
def test_articles_are_those_of_a_plain_reading(
    databases: list[Database], query: ArticleQuery, size: int
) -> None:
    for database in databases:
        happened = list(find_events(database, EventQuery()))
        found = [a for a in find_articles(database, ArticleQuery()) if _fits(a, query) and _seen(a, query)]
        if query.premium:
            found = [a for a in found if a.premium in query.premium]
        if query.sites:
            found = [a for a in found if a.site in query.sites]
        if query.kinds or query.baseline is not None or query.run_id is not None:
            ids = {event.article_id for event in happened if _happened(event, query)}
            found = [a for a in found if a.id in ids]
        by = dated_at if query.order == "published" else lambda article: article.first_seen_at
        expected = sorted(found, key=lambda article: (by(article), article.id), reverse=True)
        assert list(find_articles(database, query)) == expected
        assert _paged(page_of_articles, database, replace(query, limit=size)) == expected
        assert count(database, query) == len(expected)


@few
@given(query=st.builds(EventQuery, **SHARED), size=st.integers(1, 40))
def test_events_are_those_of_a_plain_reading(databases: list[Database], query: EventQuery, size: int) -> None:
    for database in databases:
        articles = {article.id: article for article in find_articles(database, ArticleQuery())}
        found = [
            event
            for event in find_events(database, EventQuery())
            if _happened(event, query)
            and _fits(articles[event.article_id or 0], query)
            and (not query.premium or event.premium in query.premium)
            and (not query.sites or event.site in query.sites)
            and (query.seen_since is None or event.at >= query.seen_since)
            and (query.seen_until is None or event.at < query.seen_until)
        ]
        expected = sorted(found, key=lambda event: (event.at, event.id), reverse=True)
        assert list(find_events(database, query)) == expected
        assert _paged(page_of_events, database, replace(query, limit=size)) == expected


def test_pages_neither_repeat_nor_lose_what_was_there_when_rows_come_in(ledger: Ledger) -> None:
    database = ledger.database
    run = begin(ledger)
    ledger.record(run, [observation(f"Story {n}", external_id=str(n)) for n in range(6)])
    page = page_of_articles(database, ArticleQuery(limit=3))
    ledger.record(
        run, [observation("Newer", external_id="9", hours=1), observation("Older", external_id="8", hours=-1)]
    )
    after = page_of_articles(database, ArticleQuery(limit=3, cursor=page.cursor))
    assert [a.headline for a in (*page.items, *after.items)] == [f"Story {n}" for n in range(5, -1, -1)]
    last = page_of_articles(database, ArticleQuery(limit=3, cursor=after.cursor))
    assert ([a.headline for a in last.items], last.cursor) == (["Older"], None)


def test_a_stream_says_how_to_go_on_behind_its_limit(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "_ROWS_AT_ONCE", 2)
    database = ledger.database
    ledger.record(begin(ledger), [observation(f"Story {n}", external_id=str(n)) for n in range(6)])
    everything = [article.id for article in find_articles(database, ArticleQuery())]
    for limit in range(1, 8):
        stream = find_articles(database, ArticleQuery(limit=limit))
        assert stream.cursor is None
        assert [article.id for article in stream] == everything[:limit]
        assert (stream.cursor is None) == (limit >= 6)
        if stream.cursor is not None:
            rest = find_articles(database, ArticleQuery(cursor=stream.cursor))
            assert [article.id for article in rest] == everything[limit:]


def _paged(page: Any, database: Database, query: Any) -> list[Any]:
    found: list[Any] = []
    while True:
        part = page(database, query)
        found += part.items
        if part.cursor is None:
            return found
        query = replace(query, cursor=part.cursor)


def _fits(article: Article, query: ArticleQuery | EventQuery) -> bool:
    sections = {section.lower() for section in article.sections}
    return (
        (not query.languages or article.language in query.languages)
        and (not query.sections or bool(sections & {section.lower() for section in query.sections}))
        and (not query.statuses or article.status in query.statuses)
        and (query.duplicates or article.duplicate_of is None)
        and (query.published_since is None or dated_at(article) >= query.published_since)
        and (query.published_until is None or dated_at(article) < query.published_until)
        and (query.text is None or "7" not in (article.headline or "").split())
    )


def _seen(article: Article, query: ArticleQuery) -> bool:
    since, until = query.seen_since, query.seen_until
    at = article.first_seen_at
    return (since is None or at >= since) and (until is None or at < until)


def _happened(event: Event, query: ArticleQuery | EventQuery) -> bool:
    return (
        (not query.kinds or event.kind in query.kinds)
        and (query.baseline is None or event.baseline == query.baseline)
        and (query.run_id is None or event.run_id == query.run_id)
    )
