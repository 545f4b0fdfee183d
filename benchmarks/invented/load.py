"""Puts invented articles into a database in bulk: the ledger's rows, and indexes made afterwards."""

from __future__ import annotations

from functools import lru_cache
from itertools import islice
from types import SimpleNamespace

import sqlalchemy as sa

from invented.articles import END, Row, Told, articles
from newscrawler.search import words
from newscrawler.storage import search_index
from newscrawler.storage.database import Database
from newscrawler.storage.schema import articles as articles_table
from newscrawler.storage.schema import events as events_table
from newscrawler.storage.schema import runs

_ROWS_AT_ONCE = 2000


def load(database: Database, number: int) -> None:
    """Fill an empty database with so many articles, their events and the search index."""
    # Its texts are put together from a few thousand paragraphs: these are folded once.
    search_index.folded_words = lru_cache(50_000)(words.folded_words)  # type: ignore[attr-defined]
    tables = (articles_table, events_table)
    indexes = [index for table in tables for index in sorted(table.indexes, key=lambda i: i.name or "")]
    with database.writing() as connection:
        postgresql = connection.dialect.name == "postgresql"
        for index in indexes:
            index.drop(connection)
        if postgresql:
            connection.execute(sa.text("DROP INDEX ix_article_search"))
        run_id = connection.scalar(sa.insert(runs).returning(runs.c.id), _run())
        assert run_id is not None
        told = articles(number, run_id=run_id)
        while batch := list(islice(told, _ROWS_AT_ONCE)):
            _write(connection, batch)
        for index in indexes:
            index.create(connection)
        if postgresql:
            connection.exec_driver_sql(search_index.POSTGRESQL_INDEX)
            table = articles_table.name
            connection.execute(sa.text(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {number})"))
    if postgresql:  # what autovacuum does in time
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(sa.text("VACUUM ANALYZE"))


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
