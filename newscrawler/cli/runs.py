"""`newscrawler runs`."""

from __future__ import annotations

import click
from rich.text import Text

from newscrawler.cli.output import (
    Column,
    local_time,
    open_database,
    output_options,
    print_json,
    print_table,
    row_limit,
)
from newscrawler.queries import RunQuery
from newscrawler.storage.reading import find_runs
from newscrawler.storage.records import Run

_COLUMNS: list[Column] = [
    ("id", {"justify": "right"}),
    ("site", {}),
    ("kind", {}),
    ("started", {"no_wrap": True}),
    ("took", {"justify": "right"}),
    ("status", {}),
    ("pages", {"justify": "right"}),
    ("entries", {"justify": "right"}),
    ("new", {"justify": "right"}),
    ("reason", {"ratio": 1}),
]


@click.command()
@click.option("--site", help="Only of this site.")
@output_options
def runs(site: str | None, limit: int | None, as_json: bool) -> None:
    """List runs with their counts, newest first."""
    found = find_runs(
        open_database(), RunQuery(sites=(site,) if site else (), limit=row_limit(limit, as_json=as_json))
    )
    if as_json:
        print_json(found)
    else:
        print_table(_COLUMNS, [_row(run) for run in found], empty="no runs yet: newscrawler crawl pozirk")


def _row(run: Run) -> list[Text | str]:
    took = f"{(run.finished_at - run.started_at).total_seconds():.1f} s" if run.finished_at else ""
    counts = run.counts or {"pages": {}, "entries": {}}
    return [
        str(run.id),
        run.site,
        run.kind,
        local_time(run.started_at),
        took,
        Text(run.status, style={"ok": "green", "failed": "bold red"}.get(run.status, "")),
        str(counts["pages"].get("parsed", "")),
        str(counts["entries"].get("seen", "")),
        str(counts["entries"].get("new", "")),
        Text(run.reason or ""),
    ]
