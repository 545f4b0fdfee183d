"""`newscrawler events`."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from dataclasses import replace
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
from newscrawler.cli.output import json_line, local_time, open_database
from newscrawler.exceptions import UsageError
from newscrawler.items import Evidence
from newscrawler.printable import printable
from newscrawler.queries import EventQuery
from newscrawler.storage.database import Database
from newscrawler.storage.reading import events_after, find_events
from newscrawler.storage.records import Event

_POLL_SECONDS = 1.0
_SHOWN_FIRST = 10
_LATE = 1000
"""Events of writers side by side may be stored in another order than they are numbered."""


def describe_evidence(evidence: Evidence | None) -> str:
    """Evidence in a line: what was found, and where."""
    if evidence is None:
        return ""
    said = f"{evidence.signal}: “{evidence.text}”" if evidence.text else evidence.signal
    places = [place for place in (evidence.path, evidence.page_url) if place]
    return f"{said} at {' of '.join(places)}" if places else said


def _kind(event: Event) -> Text:
    kind = Text(event.kind, style="bold yellow" if event.kind == "new_premium" else "")
    return kind.append(" (baseline)", style="dim") if event.baseline else kind


def _why(event: Event) -> Text:
    evidence = event.evidence
    why = f"{evidence.signal} at {evidence.path}" if evidence and evidence.path else ""
    if event.kind == "headline_changed":
        why = f"was: {event.old}"
    elif event.kind == "removed" and evidence is not None:
        why = evidence.text or why
    elif event.article_id is None:
        why = str(event.new or "")
    return Text(why, style="dim")


def _subject(event: Event) -> Text:
    """What it happened to: a story or, where it is none, the site."""
    return Text(event.headline or event.url or (event.site if event.article_id is None else ""))


_COLUMNS: list[Column[Event]] = [
    Column("id", lambda event: str(event.id), {"justify": "right"}, from_width=80),
    Column("at", lambda event: local_time(event.at), {"no_wrap": True}, from_width=60),
    Column("kind", _kind, {"no_wrap": True}),
    Column("article", lambda event: str(event.article_id or ""), {"justify": "right"}, from_width=100),
    Column(
        "headline",
        _subject,
        {"ratio": 2},
    ),
    Column("why", _why, {"ratio": 1}, from_width=100),
]


@click.command()
@query_options(EventQuery)
@click.option("--watch", is_flag=True, help="Go on: print each event as it is stored, until Ctrl-C.")
@format_options
def events(limit: int | None, form: str | None, as_json: bool, watch: bool, **filters: Any) -> None:
    """List what happened to articles, newest first; with --watch, the newest last."""
    form = chosen_format(form, as_json)
    if watch and form == "csv":
        raise UsageError("--watch prints a table or JSON, not CSV")
    if watch and filters["cursor"]:
        raise UsageError("--watch begins with the newest: it takes no --cursor")
    database = open_database()
    if watch:
        query = query_from(EventQuery, filters, limit=_SHOWN_FIRST if limit is None else limit or None)
        _watch(database, query, form)
        return
    query = query_from(EventQuery, filters, limit=row_limit(limit, form))
    found = find_events(database, query)
    print_rows(found, form, _COLUMNS, found=found, empty="no such events")


def _watch(database: Database, query: EventQuery, form: str) -> None:
    """Print events as they come, as `tail -f` does lines."""
    try:
        for event in _following(database, query):
            print(json_line(event.to_json()) if form == "json" else _line(event), flush=True)
    except KeyboardInterrupt:
        sys.exit(0)


def _following(database: Database, query: EventQuery) -> Iterator[Event]:
    newest = next(iter(events_after(database, EventQuery(), None)), None)
    last = newest.id if newest else 0
    known = {event.id for event in events_after(database, EventQuery(), max(0, last - _LATE))}
    yield from reversed(list(find_events(database, query)))
    query = replace(query, limit=None)
    while True:
        for event in events_after(database, query, max(0, last - _LATE)):
            if event.id not in known:
                known.add(event.id)
                yield event
        last = max(known, default=0)
        known = {number for number in known if number > last - _LATE}
        time.sleep(_POLL_SECONDS)


def _line(event: Event) -> str:
    said = (local_time(event.at), event.kind, event.site, event.headline or "", event.url or "")
    return "  ".join(printable(part) for part in said if part)
