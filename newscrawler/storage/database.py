"""Opening a database: address, engine, creation and upgrade."""

from __future__ import annotations

import json
import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from newscrawler.exceptions import StorageError, UsageError

MIGRATIONS = Path(__file__).with_name("migrations")
_SURROGATE = re.compile("[\ud800-\udfff]")  # has no place in UTF-8
_SCHEMA_LOCK = 0x6E657773  # "news": one key for every advisory lock of ours on PostgreSQL


class Database:
    """One SQLite file or PostgreSQL database, at the schema of this version."""

    def __init__(self, engine: sa.Engine, name: str, timeout_seconds: float) -> None:
        self.engine = engine
        self.timeout_seconds = timeout_seconds
        self.name = name
        """How the database is called in messages: never with a password."""

    @classmethod
    def open(cls, url: str, *, timeout_seconds: float = 10.0) -> Database:
        """Connect, and create or upgrade the schema where needed.

        Raises UsageError for an address that cannot be understood, StorageError for a database that
        cannot be reached, written or that a newer version has written.
        """
        address = parse_address(url)
        name = address.database or ":memory:" if _is_sqlite(address) else address.render_as_string()
        database = cls(_engine(address, timeout_seconds), name, timeout_seconds)
        try:
            database._upgrade()
        except BaseException:
            database.close()
            raise
        return database

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A connection for reading, seeing one state of the database."""
        with self._told(), self.engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                connection = connection.execution_options(isolation_level="REPEATABLE READ")
            yield connection

    @contextmanager
    def writing(self, subject: str = "", *, foreign_keys: bool = True) -> Iterator[sa.Connection]:
        """A transaction that nobody else's with the same subject (a site's name) runs beside.

        SQLite has one writer at a time anyway; on PostgreSQL an advisory lock of the subject is taken.
        `foreign_keys=False` is for migrations: SQLite changes a table by building it anew, which the rows
        that name its rows would forbid.
        """
        with self._told(), self.engine.connect() as connection:
            options = {"newscrawler_write": True, "newscrawler_foreign_keys": foreign_keys}
            connection = connection.execution_options(**options)
            with connection.begin():
                if connection.dialect.name == "postgresql":
                    lock = sa.func.pg_advisory_xact_lock(_SCHEMA_LOCK, sa.func.hashtext(subject))
                    connection.execute(sa.select(lock))
                yield connection

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    def _upgrade(self) -> None:
        config = AlembicConfig()
        config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
        script = ScriptDirectory.from_config(config)
        with self.reading() as connection:
            current = MigrationContext.configure(connection).get_current_revision()
        if current == script.get_current_head():
            return
        try:
            if current is not None:
                script.get_revision(current)
        except CommandError:
            raise StorageError(
                f"database {self.name} was written by a newer newscrawler (schema {current}; this version "
                f"knows up to {script.get_current_head()}): upgrade newscrawler, or choose another database"
            ) from None
        if self.engine.dialect.name == "sqlite":
            self._use_write_ahead_log()
        # Whoever waited for the lock finds the work done: Alembic looks again inside the transaction.
        with self.writing("schema", foreign_keys=False) as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            if self.engine.dialect.name == "sqlite":
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
                if broken is not None:
                    raise StorageError(f"database {self.name}: a row of {broken[0]} names a missing row")
        self.engine.dispose()

    def _use_write_ahead_log(self) -> None:
        """Let readers and the writer work side by side. The file remembers it.

        SQLite does not wait for a lock here, whatever the timeout, so we do:
        https://www.sqlite.org/pragma.html#pragma_journal_mode
        """
        deadline = time.monotonic() + self.timeout_seconds
        while True:
            try:
                with self._told(), self.engine.connect() as connection:
                    driver = connection.connection.driver_connection
                    assert driver is not None
                    driver.execute("PRAGMA journal_mode = WAL")
                return
            except sqlite3.OperationalError as exc:
                if "locked" not in str(exc) or time.monotonic() > deadline:
                    raise StorageError(f"database {self.name}: {exc}") from exc
                time.sleep(0.05)

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as exc:
            raise StorageError(f"database {self.name}: {_cause(exc)}") from exc


def parse_address(url: str) -> URL:
    """A database address, checked but not connected to. Raises UsageError."""
    try:
        address = make_url(url)
    except ArgumentError:
        raise UsageError(
            "the database address cannot be understood: expected sqlite:///FILE or "
            "postgresql://USER:PASSWORD@HOST/NAME"
        ) from None
    if address.drivername in ("postgresql", "postgres"):
        address = address.set(drivername="postgresql+psycopg")
    if address.get_backend_name() not in ("sqlite", "postgresql"):
        raise UsageError(f"database kind {address.drivername!r} is not supported: sqlite or postgresql")
    if _is_sqlite(address) and address.host:
        raise UsageError(f"sqlite address names a host {address.host!r}: write sqlite:///FILE, three slashes")
    return address


def _is_sqlite(address: URL) -> bool:
    return address.get_backend_name() == "sqlite"


def _engine(address: URL, timeout_seconds: float) -> sa.Engine:
    try:
        if _is_sqlite(address):
            engine = sa.create_engine(
                address, connect_args={"timeout": timeout_seconds}, json_serializer=_json
            )
            sa.event.listen(engine, "connect", _set_up_sqlite)
            sa.event.listen(engine, "begin", _begin_sqlite)
            return engine
        return sa.create_engine(
            address, pool_pre_ping=True, connect_args={"connect_timeout": max(1, round(timeout_seconds))}
        )
    except (NoSuchModuleError, ModuleNotFoundError) as exc:
        raise UsageError(
            "PostgreSQL needs the extra [postgres]: pip install 'newscrawler[postgres]'"
        ) from exc


def _json(value: Any) -> str:
    """JSON as SQLite keeps it: letters as they are, for escapes make Cyrillic text three times as long."""
    text = json.dumps(value, ensure_ascii=False)
    return text if text.isascii() or not _SURROGATE.search(text) else json.dumps(value)


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    # The driver's own habit of opening transactions is switched off, so that ours are what we say:
    # https://docs.sqlalchemy.org/en/21/dialects/sqlite.html#serializable-isolation-savepoints-transactional-ddl
    connection.isolation_level = None
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")


def _begin_sqlite(connection: sa.Connection) -> None:
    # A transaction that starts by reading and writes later fails at once when another has written in
    # between, whatever the timeout; one that will write takes the lock at its start.
    options = connection.get_execution_options()
    write = options.get("newscrawler_write", False)
    if not options.get("newscrawler_foreign_keys", True):
        # Has no effect inside a transaction: https://www.sqlite.org/pragma.html#pragma_foreign_keys
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def _cause(exc: SQLAlchemyError) -> str:
    """What the database itself said, on one line, without the statement and its values."""
    said = str(exc.orig) if isinstance(exc, DBAPIError) and exc.orig is not None else str(exc)
    line = " ".join(said.split())
    hints = {
        "database is locked": "locked by another program",
        "unable to open database file": "cannot be opened: does the folder exist, and may we write there?",
        "attempt to write a readonly database": "is read-only",
        "file is not a database": "is not an SQLite database",
    }
    return next((hint for words, hint in hints.items() if words in line), line)
