from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config as AlembicConfig
from alembic.migration import MigrationContext

from newscrawler.exceptions import StorageError, UsageError
from newscrawler.queries import EventQuery
from newscrawler.storage.database import MIGRATIONS, Database
from newscrawler.storage.ledger import Ledger
from newscrawler.storage.reading import find_events
from newscrawler.storage.schema import metadata
from tests.observing import NOON, observation


def test_a_new_database_has_the_schema_and_opens_again(database_url: str) -> None:
    for _ in range(2):
        database = Database.open(database_url)
        with database.reading() as connection:
            assert set(metadata.tables) <= set(sa.inspect(connection).get_table_names())
        database.close()


def test_the_migrations_lead_to_the_tables_of_the_code(database: Database) -> None:
    with database.engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), metadata)
    assert differences == []


def test_a_database_of_a_newer_version_is_refused(database_url: str) -> None:
    database = Database.open(database_url)
    with database.writing() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    database.close()
    with pytest.raises(
        StorageError, match=r"newer newscrawler \(schema 9999; this version knows up to \d+\)"
    ):
        Database.open(database_url)


@pytest.mark.parametrize(
    ("url", "error", "words"),
    [
        ("nonsense", UsageError, "expected sqlite:///FILE or postgresql://"),
        ("mysql://localhost/x", UsageError, "'mysql' is not supported"),
        ("sqlite://news.db", UsageError, "three slashes"),
        ("sqlite:////nowhere/at/all/x.db", StorageError, "cannot be opened"),
        ("postgresql://nobody:geheim@127.0.0.1:9/x", StorageError, "refused"),
    ],
)
def test_a_wrong_address_is_told(url: str, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words) as caught:
        Database.open(url, timeout_seconds=1)
    assert "geheim" not in str(caught.value)


def test_a_file_of_another_kind_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_text("not a database, " * 100)
    with pytest.raises(StorageError, match="is not an SQLite database"):
        Database.open(f"sqlite:///{tmp_path / 'x.db'}")


def test_a_locked_database_is_told_after_the_timeout(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'x.db'}"
    Database.open(url).close()
    other = sqlite3.connect(tmp_path / "x.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    database = Database.open(url, timeout_seconds=0.2)
    with pytest.raises(StorageError, match="locked by another program"), database.writing():
        pass
    with database.reading() as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM articles")) == 0, "readers do not wait"
    other.close()
    database.close()


def test_a_database_of_the_first_schema_is_upgraded_with_its_data(database_url: str) -> None:
    database = Database.open(database_url)
    ledger = Ledger(database)
    run = ledger.start_run("pozirk", kind="crawl", languages=["en"], at=NOON).id
    ledger.record(run, [observation("Butter exports double", premium=True)])
    config = AlembicConfig()
    config.set_main_option("script_location", str(MIGRATIONS))
    with database.writing("schema") as connection:
        for table in ("alerts", "alert_channels"):
            connection.execute(sa.text(f"DROP TABLE {table}"))
        config.attributes["connection"] = connection
        command.stamp(config, "0001")
    database.close()
    upgraded = Database.open(database_url)
    with upgraded.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    assert [event.headline for event in find_events(upgraded, EventQuery())] == ["Butter exports double"]
    upgraded.close()
