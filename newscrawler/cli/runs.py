"""`newscrawler runs`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click
from rich.text import Text

from newscrawler.balance import accounts
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
    Column("kind", lambda run: run.kind, {}, from_width=100),
    Column("started", lambda run: local_time(run.started_at), {"no_wrap": True}, from_width=60),
    Column("took", lambda run: _took(run), {"justify": "right"}, from_width=100),
    Column("status", lambda run: Text(run.status, style=_STYLES.get(run.status, "")), {}),
    Column("account", lambda run: Text("; ".join(_told(run))), {"ratio": 1}),
]


@click.command()
@query_options(RunQuery)
@format_options
def runs(limit: int | None, form: str | None, as_json: bool, **filters: Any) -> None:
    """List runs with their accounts, newest first.

    An account says what became of every page that was asked for, and of every entry that was seen.
    """
    form = chosen_format(form, as_json)
    query = query_from(RunQuery, filters, limit=row_limit(limit, form))
    found = find_runs(open_database(), query)
    print_rows(found, form, _COLUMNS, found=found, empty="no runs yet: newscrawler crawl pozirk")


def _took(run: Run) -> str:
    return f"{(run.finished_at - run.started_at).total_seconds():.1f} s" if run.finished_at else ""


def _told(run: Run) -> Iterator[str]:
    """Why it ended so, and what became of all pages and entries."""
    if run.reason:
        yield run.reason
    for account in accounts(run.counts):
        parts = " + ".join(f"{number} {what}" for what, number in account.lines)
        yield f"{account.title} {account.total}" + (f" = {parts}" if parts else "")
