"""Databases of earlier versions, brought up with what is in them."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from newscrawler.queries import ArticleQuery, EventQuery, RunQuery
from newscrawler.storage import search_index
from newscrawler.storage.database import MIGRATIONS, Database
from newscrawler.storage.ledger import Ledger
from newscrawler.storage.reading import find_articles, find_events, find_runs
from tests.observing import NOON, observation


def database_at(url: str, revision: str) -> sa.Engine:
    """A database as an earlier version left it."""
    engine = sa.create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    return engine


_FIRST_SCHEMA = """
INSERT INTO runs (id, site, kind, languages, started_at, finished_at, status, swept, counts) VALUES
  (1, 'pozirk', 'crawl', '["en"]', '2025-10-24 09:00:00', '2025-10-24 09:01:00', 'ok', '["en"]', '{}'),
  (2, 'pozirk', 'crawl', '["en"]', '2025-10-24 10:00:00', NULL, 'running', NULL, NULL),
  (3, 'pozirk', 'crawl', '["en"]', '2025-10-24 11:00:00', NULL, 'running', NULL, NULL);
INSERT INTO articles (id, site, language, external_id, url, headline, sections, premium, body, authors,
  keywords, translations, status, revision, first_seen_at, last_seen_at, first_run_id, look_failures) VALUES
  (1, 'pozirk', 'en', '165639', 'https://pozirk.online/en/news/165639/', 'Minsk calls', '["Politics"]', true,
   '["Text."]', '[]', '[]', '{}', 'published', 1, '2025-10-24 09:00:30', '2025-10-24 09:00:30', 1, 0);
INSERT INTO revisions (id, article_id, number, run_id, seen_at, source, sections, body, status) VALUES
  (1, 1, 1, 1, '2025-10-24 09:00:30', 'listing', '["Politics"]', '["Text."]', 'published');
INSERT INTO events (id, kind, at, site, article_id, revision, run_id, headline, premium) VALUES
  (1, 'new_premium', '2025-10-24 09:00:30', 'pozirk', 1, 1, 1, 'Minsk calls', true);
"""


def test_a_database_of_the_first_schema_keeps_everything(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_index, "_ROWS_AT_ONCE", 1)
    engine = database_at(database_url, "0001")
    with engine.begin() as connection:
        for statement in _FIRST_SCHEMA.split(";\n"):
            if statement.strip():
                connection.exec_driver_sql(statement.replace("%", "%%"))
        if engine.dialect.name == "postgresql":
            for table in ("runs", "articles", "revisions", "events"):
                connection.exec_driver_sql(f"SELECT setval('{table}_id_seq', 100)")
    engine.dispose()

    database = Database.open(database_url)
    try:
        (article,) = find_articles(database, ArticleQuery())
        assert (article.headline, article.premium, article.body) == ("Minsk calls", True, ["Text."])
        assert [each.id for each in find_articles(database, ArticleQuery(text="minsk text"))] == [1]
        (event,) = find_events(database, EventQuery())
        assert (event.kind, event.article_id) == ("new_premium", 1)
        runs = {run.id: (run.status, run.reason) for run in find_runs(database, RunQuery())}
        killed = ("failed", "its process was killed")
        assert runs == {1: ("ok", None), 2: killed, 3: killed}

        ledger = Ledger(database)
        run = ledger.start_run("pozirk", kind="crawl", languages=["en"], at=NOON)
        assert set(run.swept_at) == {"en"}
        again = observation("Minsk calls", external_id="165639", premium=True)
        (recorded,) = ledger.record(run.id, [again])
        assert (recorded.article_id, recorded.new) == (1, False)
    finally:
        database.close()


def test_wider_indexes_take_the_place_of_narrow_ones_and_give_it_back(database_url: str) -> None:
    engine = database_at(database_url, "0007")
    before = indexes(engine)
    assert "ix_events_run_id" in before
    move(engine, "0008")
    after = indexes(engine)
    assert "ix_events_run_id" not in after
    assert {"ix_events_run_id_at_id", "ix_articles_first_seen_at_id_dated_at"} <= after
    move(engine, "0007", down=True)
    assert indexes(engine) == before
    engine.dispose()


def indexes(engine: sa.Engine) -> set[str | None]:
    inspector = sa.inspect(engine)
    return {index["name"] for table in ("articles", "events") for index in inspector.get_indexes(table)}


def move(engine: sa.Engine, revision: str, *, down: bool = False) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        (command.downgrade if down else command.upgrade)(config, revision)
