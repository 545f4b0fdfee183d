"""An SQLite file for Datasette and the like: plain tables, foreign keys, full-text search."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields
from itertools import islice
from pathlib import Path
from typing import Any

from newscrawler.exporting.formats import Exported, cell
from newscrawler.storage.records import Article, Event, Run

_ROWS_AT_ONCE = 500
_SCHEMA = """
CREATE TABLE runs (id INTEGER PRIMARY KEY, site TEXT NOT NULL, kind TEXT NOT NULL, languages TEXT NOT NULL,
    started_at TEXT NOT NULL, finished_at TEXT, status TEXT NOT NULL, reason TEXT, scheduled INTEGER NOT NULL,
    log TEXT, counts TEXT);
CREATE TABLE articles (id INTEGER PRIMARY KEY, site TEXT NOT NULL, language TEXT NOT NULL, external_id TEXT,
    url TEXT, headline TEXT, sections TEXT NOT NULL, premium INTEGER, premium_evidence TEXT, dateline TEXT,
    published_date TEXT, published_at TEXT, modified_at TEXT, authors TEXT NOT NULL, description TEXT,
    body TEXT NOT NULL, first_seen_at TEXT NOT NULL, last_seen_at TEXT NOT NULL, status TEXT NOT NULL,
    duplicate_of INTEGER, found_by TEXT);
CREATE TABLE events (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, at TEXT NOT NULL, site TEXT NOT NULL,
    article_id INTEGER REFERENCES articles (id), headline TEXT, url TEXT, premium INTEGER, old TEXT, new TEXT,
    evidence TEXT, run_id INTEGER REFERENCES runs (id), baseline INTEGER NOT NULL);
"""
_INDEXES = """
CREATE INDEX articles_published_at ON articles (published_at);
CREATE INDEX articles_first_seen_at ON articles (first_seen_at);
CREATE INDEX articles_duplicate_of ON articles (duplicate_of);
CREATE INDEX events_article_id ON events (article_id);
CREATE INDEX events_run_id ON events (run_id);
CREATE INDEX events_at ON events (at);
CREATE VIRTUAL TABLE articles_fts USING fts5(headline, description, body, content = 'articles',
    content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2');
INSERT INTO articles_fts (articles_fts) VALUES ('rebuild');
"""
Fetch = Callable[[type[Exported], str, Sequence[int]], Iterable[Exported]]
"""Rows of a kind whose column (`id`, `article_id`) is among some numbers."""


def write_sqlite(rows: Iterable[Exported], cls: type[Exported], path: Path, fetch: Fetch) -> None:
    """Write rows, and what they refer to: the events of articles, the articles of events, the runs of both.

    `duplicate_of` is no foreign key, since the first copy of a story may not be among the articles asked for.
    """
    out = sqlite3.connect(path, isolation_level=None)
    try:
        out.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)
        out.execute("BEGIN")
        _insert(out, cls, rows)
        if cls is Article:
            _add(out, fetch, Event, "article_id", "SELECT id FROM articles ORDER BY id")
        elif cls is Event:
            _add(
                out,
                fetch,
                Article,
                "id",
                "SELECT DISTINCT article_id FROM events WHERE article_id IS NOT NULL",
            )
        if cls is not Run:
            _add(out, fetch, Run, "id", "SELECT DISTINCT run_id FROM events WHERE run_id IS NOT NULL")
        out.executescript(_INDEXES)  # which commits first
    finally:
        out.close()


def _add(out: sqlite3.Connection, fetch: Fetch, cls: type[Exported], column: str, query: str) -> None:
    numbers = (number for (number,) in out.cursor().execute(query))
    while some := list(islice(numbers, _ROWS_AT_ONCE)):
        _insert(out, cls, fetch(cls, column, some))


def _insert(out: sqlite3.Connection, cls: type[Exported], rows: Iterable[Exported]) -> None:
    table = {Article: "articles", Event: "events", Run: "runs"}[cls]
    names = [field.name for field in fields(cls)]
    places = ", ".join("?" * len(names))
    statement = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({places})"
    out.executemany(statement, _values(rows, names))


def _values(rows: Iterable[Exported], names: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    for row in rows:
        values = (getattr(row, name) for name in names)
        yield tuple(int(v) if isinstance(v, (bool, int)) else cell(v, none=None) for v in values)
