"""Both databases find the same, and what a plain reading of the search says: random texts and searches."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newscrawler.queries import ArticleQuery, Order
from newscrawler.search import AnyOf, Expression, Words, folded_words, highlights, read_search
from newscrawler.storage import paging, searching
from newscrawler.storage.database import Database
from newscrawler.storage.ledger import Ledger
from newscrawler.storage.reading import find_articles, page_of_articles
from newscrawler.storage.records import Article
from tests.observing import NOON, observation

WORDS = ("minsk", "Łukašenka", "Lukashenko’s", "метро", "з'езд", "Ёлка", "ўлада", "COVID-19", "metropolis")
SOUGHT = ("minsk", "lukasenka", "lukashenko", "метро", "З’ЕЗД", "елка", "улада", "covid", "met*", "covid-19*")
Fields = list[list[list[str]]]
"""Headline, opening and rest; paragraphs; words."""


@pytest.fixture(scope="module")
def databases(tmp_path_factory: pytest.TempPathFactory, module_postgres_url: str) -> Iterator[list[Database]]:
    """The same eighty random articles on each kind of database, on some days several at one second."""
    choices = random.Random(7)
    seen = []
    for number in range(80):
        text = [" ".join(choices.choices(WORDS, k=choices.randint(1, 4))) for _ in range(5)]
        seen.append(
            observation(
                text[0],
                external_id=str(number),
                description=text[1] if choices.random() < 0.5 else None,
                body=text[2 : choices.randint(2, 5)],
                published_at=NOON - timedelta(minutes=choices.randint(0, 30)),
                sections=choices.sample(["Politics", "Human rights"], choices.randint(0, 2)),
                source="article",
            )
        )
    folder: Path = tmp_path_factory.mktemp("databases")
    opened = [Database.open(url) for url in (f"sqlite:///{folder / 'news.db'}", module_postgres_url)]
    for database in opened:
        ledger = Ledger(database)
        run = ledger.start_run("pozirk", kind="crawl", languages=["en"], at=NOON).id
        ledger.record(run, seen)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paging, "NEAR", 20)
        patch.setattr(searching, "_SORTED_AT_ONCE", 10)
        yield opened
    for database in opened:
        database.close()


def holds(expression: Expression, fields: Fields) -> bool:
    """Whether a text matches, by reading it from end to end."""
    if isinstance(expression, Words):
        return any(_stands_in(expression, paragraph) for part in fields for paragraph in part)
    if isinstance(expression, AnyOf):
        return any(holds(each, fields) for each in expression.of)
    return all(holds(each, fields) for each in expression.wanted) and not any(
        holds(each, fields) for each in expression.unwanted
    )


def _stands_in(sought: Words, words: list[str]) -> bool:
    length = len(sought.folded)
    for start in range(len(words) - length + 1):
        here = words[start : start + length]
        if here == list(sought.folded):
            return True
        if sought.prefix and here[:-1] == list(sought.folded[:-1]) and here[-1].startswith(sought.folded[-1]):
            return True
    return False


def fields_of(article: Article) -> Fields:
    opening = [article.description or "", *article.body[:1]]
    parts = ([article.headline or ""], opening, article.body[1:])
    return [[folded_words(paragraph) for paragraph in part] for part in parts]


def rank(expression: Expression, fields: Fields) -> int | None:
    if not holds(expression, fields):
        return None
    return next(n for n in range(3) if n == 2 or holds(expression, fields[: n + 1]))


words = st.sampled_from(SOUGHT)
phrases = st.lists(words.filter(lambda word: "*" not in word), min_size=2, max_size=3).map(
    lambda found: f'"{" ".join(found)}"'
)
searches = st.recursive(
    words | phrases,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]} {pair[1]})"),
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]} OR {pair[1]})"),
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]} NOT {pair[1]})"),
    ),
    max_leaves=5,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=searches, order=st.sampled_from(["published", "seen", "relevance"]), size=st.integers(1, 30))
def test_a_search_finds_what_reading_finds_in_the_same_order(
    databases: list[Database], text: str, order: Order, size: int
) -> None:
    expression = read_search(text)
    for database in databases:
        every = list(find_articles(database, ArticleQuery(order="published")))
        ranked = [(rank(expression, fields_of(article)), article) for article in every]
        found = [(place, article) for place, article in ranked if place is not None]
        if order == "relevance":
            found.sort(key=lambda pair: pair[0])
        elif order == "seen":
            found.sort(key=lambda pair: (pair[1].first_seen_at, pair[1].id), reverse=True)
        expected = [article.id for _, article in found]
        query = ArticleQuery(text=text, order=order)
        assert [article.id for article in find_articles(database, query)] == expected
        assert paged(database, replace(query, limit=size)) == expected
        for _, article in found:
            said = [article.headline or "", article.description or "", *article.body]
            assert any(highlights(paragraph, expression) for paragraph in said)


def paged(database: Database, query: ArticleQuery) -> list[int]:
    """All pages of a query, one behind the other."""
    found: list[int] = []
    while True:
        page = page_of_articles(database, query)
        found += [article.id for article in page.items]
        if page.cursor is None:
            return found
        assert len(page.items) == query.limit
        query = replace(query, cursor=page.cursor)


def test_sections_are_found_with_and_without_text(databases: list[Database]) -> None:
    for database in databases:
        every = list(find_articles(database, ArticleQuery()))
        for text in (None, "minsk", "minsk NOT metro*"):
            query = ArticleQuery(sections=("HUMAN  rights",), text=text)
            expected = [
                article.id
                for article in every
                if "Human rights" in article.sections
                and (text is None or holds(read_search(text), fields_of(article)))
            ]
            assert [article.id for article in find_articles(database, query)] == expected
            assert paged(database, replace(query, limit=7)) == expected
        assert list(find_articles(database, ArticleQuery(sections=("rights", "!")))) == []
