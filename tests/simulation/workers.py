"""What the processes of the long form do; they cannot import `__main__`."""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
from psycopg import sql

from tests.simulation.play import Figures, Scenario, play

POSTGRES = os.environ.get("NEWSCRAWLER_TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/postgres")


def be_quiet() -> None:
    """Thousands of failed pages are what is played: log none of them."""
    logging.disable(logging.CRITICAL)


def play_alone(scenario: Scenario) -> Figures:
    """Play a scenario on a database of its own."""
    with _database(scenario) as url:
        return play(scenario, url)


@contextmanager
def _database(scenario: Scenario) -> Iterator[str]:
    """An empty database: PostgreSQL where several crawls run at once, else an SQLite file."""
    if scenario.at_once == 1:
        with tempfile.TemporaryDirectory() as directory:
            yield f"sqlite:///{Path(directory) / 'newscrawler.db'}"
        return
    name = f"newscrawler_simulation_{uuid4().hex[:12]}"
    with psycopg.connect(POSTGRES, autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield POSTGRES.rpartition("/")[0] + f"/{name}"
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
