"""The search index follows the articles, and revision 0003 makes it out of those that are there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from newscrawler.queries import ArticleQuery
from newscrawler.storage import search_index
from newscrawler.storage.database import Database
from newscrawler.storage.ledger import Ledger
from newscrawler.storage.reading import find_articles
from tests.observing import NOON, observation


def found(database: Database, text: str | None = None, **filters: Any) -> list[str | None]:
    return [article.headline for article in find_articles(database, ArticleQuery(text=text, **filters))]


def test_an_edit_is_found_and_what_it_replaced_is_not(ledger: Ledger) -> None:
    database = ledger.database
    run = ledger.start_run("pozirk", kind="crawl", languages=["en"], at=NOON).id
    first = observation(
        "Metro opens", external_id="1", body=["Old text."], source="article", authors=["Ada B."]
    )
    edited = observation(
        "Metro closes", external_id="1", body=["New text."], source="article", hours=5,
        published_at=NOON - timedelta(hours=3), sections=["City life"],
    )  # fmt: skip
    ledger.record(run, [first, observation("Other", external_id="2", hours=1)])
    assert found(database, "old") == ["Metro opens"]
    assert found(database) == ["Other", "Metro opens"]
    ledger.record(run, [edited])
    assert found(database, "old") == found(database, "opens") == []
    assert found(database, "new closes") == found(database, sections=("city LIFE",)) == ["Metro closes"]
    assert found(database, authors=("ada b",)) == ["Metro closes"]
    ledger.record(
        run, [observation("Metro", external_id="9"), observation("Metro again", external_id="9", hours=1)]
    )
    assert found(database, "metro") == ["Metro again", "Metro closes"]


def test_an_endless_text_is_indexed_as_far_as_there_is_room(ledger: Ledger) -> None:
    run = ledger.start_run("pozirk", kind="crawl", languages=["en"], at=NOON).id
    words = [f"слово{n}" for n in range(30_000)]
    ledger.record(
        run, [observation("Long", external_id="1", body=["first", " ".join(words)], source="article")]
    )
    assert found(ledger.database, "слово7") == ["Long"]
    assert found(ledger.database, "слово29999") == []
    wide = " ".join("𐐨" * 60 + str(n) for n in range(10_000))
    ledger.record(run, [observation("Wide", external_id="2", body=["first", wide], source="article")])
    assert found(ledger.database, "𐐨" * 60 + "7") == ["Wide"]


def test_rows_of_the_index_rise_with_time() -> None:
    places = [
        search_index.sqlite_place(NOON + timedelta(seconds=s), n)
        for s, n in ((-1, 2**30 - 1), (0, 1), (0, 2))
    ]
    assert places == sorted(places)
    long_ago = search_index.sqlite_place(NOON - timedelta(days=40_000), 7)
    assert long_ago < 0
    assert long_ago & (2**30 - 1) == 7
