"""Databases full of invented articles: made for one measurement, or kept for the next."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import sqlalchemy as sa

from invented.load import load
from newscrawler.storage.database import Database
from newscrawler.storage.schema import articles

KINDS = ("sqlite", "postgresql")
POSTGRES = os.environ.get("NEWSCRAWLER_TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/postgres")


def add_keep_option(parser: ArgumentParser) -> None:
    """`--keep FOLDER`."""
    parser.add_argument(
        "--keep",
        type=Path,
        metavar="FOLDER",
        help="use the databases that a run before has left there (or on PostgreSQL's server), leave them",
    )


@contextmanager
def filled(kind: str, rows: int, keep: Path | None = None) -> Iterator[Database]:
    """A database with so many articles. It goes afterwards, unless there is a folder to keep it in."""
    name = f"newscrawler_bench_{rows if keep else uuid4().hex[:12]}"
    with _sqlite(name, keep) if kind == "sqlite" else _postgresql(name, keep is not None) as url:
        database = Database.open(url)
        try:
            with database.reading() as connection:
                there = connection.scalar(sa.select(articles.c.id).limit(1)) is not None
            if not there:
                started = time.perf_counter()
                load(database, rows)
                took = time.perf_counter() - started
                print(f"{kind}: {rows:,} articles loaded in {took:.0f} s", file=sys.stderr)
            yield database
        finally:
            database.close()


@contextmanager
def _sqlite(name: str, folder: Path | None) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as passing:
        yield f"sqlite:///{(folder or Path(passing)).resolve() / name}.db"


@contextmanager
def _postgresql(name: str, keep: bool) -> Iterator[str]:
    import psycopg

    url = POSTGRES.rpartition("/")[0] + f"/{name}"
    with psycopg.connect(POSTGRES, autocommit=True) as server:
        there = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone()
        if not there:
            server.execute(f'CREATE DATABASE "{name}"')
        try:
            yield url
        finally:
            if not keep:
                server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
