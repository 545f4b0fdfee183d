"""`newscrawler runs`."""

from __future__ import annotations

from typing import Any

import click
from rich.text import Text

from newscrawler.cli.listing import (
    Column,
    chosen_format,
    format_options,
    print_rows,
    query_from,
    query_options,
    row_limit,
)
from newscrawler.cli.output import local_time, open_database
from newscrawler.queries import RunQuery
from newscrawler.storage.reading import find_runs
from newscrawler.storage.records import Run

_STYLES = {"ok": "green", "failed": "bold red"}
_COLUMNS: list[Column[Run]] = [
    Column("id", lambda run: str(run.id), {"justify": "right"}),
    Column("site", lambda run: run.site, {}),
    Column("kind", lambda run: run.kind, {}, from_width=80),
    Column("started", lambda run: local_time(run.started_at), {"no_wrap": True}, from_width=60),
    Column("took", lambda run: _took(run), {"justify": "right"}, from_width=80),
    Column("status", lambda run: Text(run.status, style=_STYLES.get(run.status, "")), {}),
    Column("pages", lambda run: _count(run, "pages", "parsed"), {"justify": "right"}, from_width=100),
    Column("entries", lambda run: _count(run, "entries", "seen"), {"justify": "right"}, from_width=100),
    Column("new", lambda run: _count(run, "entries", "new"), {"justify": "right"}),
    Column("reason", lambda run: Text(run.reason or ""), {"ratio": 1}),
]


@click.command()
@query_options(RunQuery)
@format_options
def runs(limit: int | None, form: str | None, as_json: bool, **filters: Any) -> None:
    """List runs with their counts, newest first."""
    form = chosen_format(form, as_json)
    query = query_from(RunQuery, filters, limit=row_limit(limit, form))
    found = find_runs(open_database(), query)
    print_rows(found, form, _COLUMNS, found=found, empty="no runs yet: newscrawler crawl pozirk")


def _took(run: Run) -> str:
    return f"{(run.finished_at - run.started_at).total_seconds():.1f} s" if run.finished_at else ""


def _count(run: Run, of: str, what: str) -> str:
    return str((run.counts or {}).get(of, {}).get(what, ""))
