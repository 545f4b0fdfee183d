"""The revision that notes the way in which a story was found, on a database with stories in it."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from newscrawler.queries import ArticleQuery
from newscrawler.storage import database as module
from newscrawler.storage.database import Database, _engine, parse_address
from newscrawler.storage.ledger import Ledger
from newscrawler.storage.reading import find_articles
from tests.observing import observation


def test_stories_stored_before_are_kept(database_url: str) -> None:
    engine = _engine(parse_address(database_url), 10.0)
    config = Config()
    config.set_main_option("script_location", str(module.MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.execute(
            sa.text(
                "INSERT INTO runs (id, site, kind, languages, started_at, status) "
                "VALUES (1, 'pozirk', 'crawl', '[]', '2025-11-20 09:00:00', 'ok')"
            )
        )
        connection.execute(
            sa.text(
                "INSERT INTO articles (site, language, url, headline, sections, body, authors, keywords, "
                "translations, status, revision, first_seen_at, last_seen_at, first_run_id, look_failures) "
                "VALUES ('pozirk', 'en', 'https://a.example/1', 'Old', '[]', '[]', '[]', '[]', '{}', "
                "'published', 1, '2025-11-20 09:00:00', '2025-11-20 09:00:00', 1, 0)"
            )
        )
    engine.dispose()
    opened = Database.open(database_url)
    try:
        (article,) = find_articles(opened, ArticleQuery())
        assert (article.headline, article.found_by) == ("Old", None)
    finally:
        opened.close()


def test_the_first_way_is_the_one_that_stays(ledger: Ledger) -> None:
    run = ledger.start_run("pozirk", kind="crawl", languages=["en"], at=datetime(2025, 11, 20, tzinfo=UTC))
    first = observation("Found twice", external_id="1")
    second = observation("Found twice", external_id="1", hours=1)
    first.found_by, second.found_by = "feed", "listing"
    ledger.record(run.id, [first])
    ledger.record(run.id, [second])
    (article,) = find_articles(ledger.database, ArticleQuery())
    assert article.found_by == "feed"
