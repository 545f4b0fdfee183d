"""`newscrawler export`."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from newscrawler.cli.listing import query_from, query_options
from newscrawler.cli.output import open_database
from newscrawler.exceptions import NewscrawlerError, UsageError
from newscrawler.exporting.formats import Exported, write_csv, write_jsonl, write_parquet
from newscrawler.exporting.sqlite import write_sqlite
from newscrawler.parameters import Q, Query
from newscrawler.queries import ArticleQuery, EventQuery, RunQuery
from newscrawler.storage.database import Database
from newscrawler.storage.reading import count, find_articles, find_events, find_runs, rows_among
from newscrawler.storage.records import Article, Event, Run

_SUFFIXES = {
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".parquet": "parquet", ".db": "sqlite",
    ".sqlite": "sqlite", ".sqlite3": "sqlite",
}  # fmt: skip
_FORMATS = ("jsonl", "csv", "parquet", "sqlite")


@click.group()
def export() -> None:
    """Write what a query finds to a file."""


def _command(
    name: str, query: type[Q], cls: type[Exported], find: Callable[[Database, Q], Iterable[Exported]]
) -> None:
    @export.command(name, help=f"Write {name} to FILE: .jsonl, .csv, .parquet or .db; - for standard output.")
    @click.argument("file", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True))
    @query_options(query, without=["cursor"])
    @click.option("--format", "form", type=click.Choice(_FORMATS), help="[default: by FILE's ending]")
    @click.option("--limit", type=click.IntRange(min=0), help="At most so many, newest first.")
    @click.option("--force", is_flag=True, help="Replace a file that exists.")
    def command(file: Path, form: str | None, limit: int | None, force: bool, **filters: Any) -> None:
        asked = query_from(query, filters, limit=limit or None)
        chosen = _format(file, form)
        database = open_database()
        with _destination(file, force) as path, _shown(database, asked) as follow:
            _write(follow(find(database, asked)), cls, chosen, path, database)


_command("articles", ArticleQuery, Article, find_articles)
_command("events", EventQuery, Event, find_events)
_command("runs", RunQuery, Run, find_runs)


def _format(file: Path, form: str | None) -> str:
    chosen = form or ("jsonl" if str(file) == "-" else _SUFFIXES.get(file.suffix.lower()))
    if chosen is None:
        known = ", ".join(_SUFFIXES)
        raise UsageError(f"{file}: its ending says no format; expected one of {known}, or --format")
    if str(file) == "-" and chosen in ("parquet", "sqlite"):
        raise UsageError(f"{chosen} is written to a file, not to standard output")
    return chosen


@contextmanager
def _destination(file: Path, force: bool) -> Iterator[Path]:
    """A file beside the one that is wanted, which takes its place once it is whole."""
    if str(file) == "-":
        yield file
        return
    if file.exists() and not force:
        raise UsageError(f"{file} exists; --force replaces it")
    partial = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        yield partial
        partial.replace(file)
    except (OSError, sqlite3.Error) as exc:
        raise NewscrawlerError(f"cannot write {file}: {exc}") from exc
    finally:
        partial.unlink(missing_ok=True)


def _write(rows: Iterable[Exported], cls: type[Exported], form: str, path: Path, database: Database) -> None:
    if form == "parquet":
        write_parquet(rows, cls, path)
    elif form == "sqlite":

        def fetch(kind: type[Exported], column: str, numbers: Sequence[int]) -> Iterable[Exported]:
            return rows_among(database, kind, column, numbers)

        write_sqlite(rows, cls, path, fetch)
    elif str(path) == "-":
        _write_text(rows, cls, form, sys.stdout)
    else:
        with path.open("w", encoding="utf-8", newline="") as out:
            _write_text(rows, cls, form, out)


def _write_text(rows: Iterable[Exported], cls: type[Exported], form: str, out: Any) -> None:
    if form == "csv":
        write_csv(rows, cls, out)
    else:
        write_jsonl(rows, out)


@contextmanager
def _shown(database: Database, query: Query) -> Iterator[Callable[[Iterable[Exported]], Iterable[Exported]]]:
    """Passes rows through, with a progress bar where standard error is a terminal."""
    if not sys.stderr.isatty():
        yield lambda rows: rows
        return
    bar = Progress(
        TextColumn("exporting"), BarColumn(bar_width=30), MofNCompleteColumn(), TimeRemainingColumn(),
        console=Console(stderr=True), transient=True,
    )  # fmt: skip
    with bar:
        task = bar.add_task("", total=count(database, query))
        yield lambda rows: bar.track(rows, task_id=task)
