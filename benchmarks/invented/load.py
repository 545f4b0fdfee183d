"""Puts invented articles into a database in bulk: rows as the ledger writes them, indexes at the end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import islice
from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa

from invented.articles import END, YEARS, Row, Told, articles
from newscrawler.search import words
from newscrawler.storage import search_index
from newscrawler.storage.columns import UTCDateTime
from newscrawler.storage.database import Database
from newscrawler.storage.schema import articles as articles_table
from newscrawler.storage.schema import events as events_table
from newscrawler.storage.schema import runs

_ROWS_AT_ONCE = 2000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_WRITTEN = 20_000
"""So many are written one by one; more are copies of them, each some months later."""


def load(database: Database, number: int) -> None:
    """Fill an empty database with so many articles, their events and the search index."""
    # Its texts are put together from a few thousand paragraphs: these are folded once.
    search_index.folded_words = lru_cache(50_000)(words.folded_words)  # type: ignore[attr-defined]
    written = min(number, _WRITTEN)
    copies = -(-number // written)
    days = 365 * YEARS // copies
    tables = (articles_table, events_table)
    indexes = [index for table in tables for index in sorted(table.indexes, key=lambda i: i.name or "")]
    with _hurried(database), database.writing() as connection:
        postgresql = connection.dialect.name == "postgresql"
        for index in indexes:
            index.drop(connection)
        if postgresql:
            connection.exec_driver_sql("DROP INDEX ix_article_search")
        run_id = connection.scalar(sa.insert(runs).returning(runs.c.id), _run())
        assert run_id is not None
        told = articles(written, run_id=run_id, start=END - timedelta(days=days * copies), days=days)
        while batch := list(islice(told, _ROWS_AT_ONCE)):
            _write(connection, batch)
        for copy in range(1, copies):
            _copy(connection, written, copy, days)
        for index in indexes:
            index.create(connection)
        if postgresql:
            connection.exec_driver_sql(search_index.POSTGRESQL_INDEX)
    if postgresql:  # what autovacuum does in time
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")


@contextmanager
def _hurried(database: Database) -> Iterator[None]:
    """Have SQLite write nothing twice: what is lost in a crash here is loaded anew.

    In a write-ahead log of gigabytes each page is looked for in hundreds of tables, and FTS5 writes and
    merges its index in small pieces.
    """
    if database.engine.dialect.name != "sqlite":
        yield
        return

    def set_up(mode: str, cache_kb: int, hash_bytes: int) -> None:
        with database.engine.connect() as connection:  # the pool hands out the same one again
            driver = connection.connection.driver_connection
            assert driver is not None
            driver.execute(f"PRAGMA journal_mode = {mode}")
            driver.execute(f"PRAGMA cache_size = -{cache_kb}")
            driver.execute(
                "INSERT INTO article_search (article_search, rank) VALUES ('hashsize', ?)", (hash_bytes,)
            )

    set_up("OFF", 500_000, 1 << 26)
    yield
    set_up("WAL", 2000, 1 << 20)


def _copy(connection: sa.Connection, written: int, copy: int, days: int) -> None:
    """Copy what was written, so many days and numbers later."""
    later, ids = days * copy, written * copy
    sqlite = connection.dialect.name == "sqlite"

    def copied(column: sa.Column[Any]) -> str:
        name = f'"{column.name}"'
        if isinstance(column.type, UTCDateTime):
            if sqlite:
                return f"strftime('%Y-%m-%d %H:%M:%f', {name}, '+{later} days') || '000'"
            return f"{name} + interval '{later} days'"
        if column.name == "published_date":
            return f"date({name}, '+{later} days')" if sqlite else f"{name} + {later}"
        if column.name in ("url", "external_id"):
            return f"{name} || '-{copy}'"
        if column.name in ("article_id", "duplicate_of") or (column.name, column.table) == (
            "id",
            articles_table,
        ):
            return f"{name} + {ids}"
        return name

    tables = {articles_table: "id", events_table: "article_id"}
    if not sqlite:
        tables[search_index.postgresql] = "article_id"
    for table, key in tables.items():
        columns = [column for column in table.c if (column.name, table) != ("id", events_table)]
        names = ", ".join(f'"{column.name}"' for column in columns)
        values = ", ".join(copied(column) for column in columns)
        connection.exec_driver_sql(
            f"INSERT INTO {table.name} ({names}) SELECT {values} FROM {table.name} WHERE {key} <= {written}"
        )
    if sqlite:
        moved = search_index.sqlite_place(_EPOCH + timedelta(days=later), ids)
        connection.exec_driver_sql(
            "INSERT INTO article_search (rowid, headline, opening, rest, labels) SELECT rowid + ?, headline, "
            "opening, rest, labels FROM article_search WHERE rowid & ? <= ? ORDER BY rowid",
            (moved, (1 << 30) - 1, written),
        )


def _write(connection: sa.Connection, batch: list[Told]) -> None:
    for article, _ in batch:
        article["dated_at"] = search_index.dated_at(SimpleNamespace(**article))
    _insert(connection, articles_table, [article for article, _ in batch])
    _insert(connection, events_table, [event for _, events in batch for event in events])
    search_index.write(connection, {article["id"]: SimpleNamespace(**article) for article, _ in batch})


def _insert(connection: sa.Connection, table: sa.Table, found: list[Row]) -> None:
    if connection.dialect.name == "sqlite":
        connection.execute(sa.insert(table), found)
        return
    names = list(found[0])
    processors = [
        table.c[name].type.dialect_impl(connection.dialect).bind_processor(connection.dialect)
        for name in names
    ]
    driver = connection.connection.driver_connection
    assert driver is not None
    with driver.cursor().copy(f"COPY {table.name} ({', '.join(names)}) FROM STDIN") as copy:
        for row in found:
            copy.write_row([p(row[n]) if p else row[n] for n, p in zip(names, processors, strict=True)])


def _run() -> Row:
    counts = {"pages": {"parsed": 1}, "entries": {"seen": 1, "new": 1}}
    return {
        "site": "pozirk", "kind": "crawl", "languages": ["en"], "started_at": END, "finished_at": END,
        "status": "ok", "counts": counts,
    }  # fmt: skip
