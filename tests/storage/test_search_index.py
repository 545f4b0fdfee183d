"""The search index follows the articles, and revision 0003 makes it out of those that are there."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from newscrawler.queries import ArticleQuery
from newscrawler.storage import database as database_module
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


def test_an_older_database_is_filled(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_index, "_ROWS_AT_ONCE", 3)
    database = Database.open(database_url)
    ledger = Ledger(database)
    run = ledger.start_run("pozirk", kind="crawl", languages=["en"], at=NOON).id
    ledger.record(run, [observation(f"Metro {n}", external_id=str(n), hours=n) for n in range(10)])
    before = found(database, "metro")
    config = Config()
    config.set_main_option("script_location", str(database_module.MIGRATIONS))
    with database.writing() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0001")
        assert "article_search" not in sa.inspect(connection).get_table_names()
        assert connection.execute(sa.text("SELECT count(*) FROM articles")).scalar() == 10
    database.close()
    database = Database.open(database_url)
    assert found(database, "metro") == before == [f"Metro {n}" for n in reversed(range(10))]
    database.close()


@pytest.mark.parametrize(
    ("values", "moment"),
    [
        ({}, NOON),
        ({"published_at": NOON - timedelta(hours=2)}, NOON - timedelta(hours=2)),
        ({"published_at": NOON + timedelta(hours=2)}, NOON),
        ({"published_date": NOON.date()}, NOON),
        ({"published_date": NOON.date() + timedelta(days=1)}, NOON),
        ({"published_date": date(2025, 10, 20)}, NOON - timedelta(days=4)),
        ({"first_seen_at": NOON + timedelta(microseconds=5)}, NOON),
    ],
)
def test_by_what_time_stories_are_ordered(values: dict[str, Any], moment: object) -> None:
    article = {"published_at": None, "published_date": None, "first_seen_at": NOON} | values
    said: Any = SimpleNamespace(**article)
    assert search_index.dated_at(said) == moment


def test_rows_of_the_index_rise_with_time() -> None:
    places = [
        search_index.sqlite_place(NOON + timedelta(seconds=s), n)
        for s, n in ((-1, 2**30 - 1), (0, 1), (0, 2))
    ]
    assert places == sorted(places)
    long_ago = search_index.sqlite_place(NOON - timedelta(days=40_000), 7)
    assert long_ago < 0
    assert long_ago & (2**30 - 1) == 7
