"""`newscrawler events`."""

from __future__ import annotations

from datetime import datetime

import click
from rich.text import Text

from newscrawler.changes import EVENT_KINDS
from newscrawler.cli.output import (
    Column,
    local_time,
    open_database,
    output_options,
    print_json,
    print_table,
    row_limit,
)
from newscrawler.items import Evidence
from newscrawler.queries import EventQuery, parse_moment
from newscrawler.storage.reading import find_events
from newscrawler.storage.records import Event

_COLUMNS: list[Column] = [
    ("id", {"justify": "right"}),
    ("at", {"no_wrap": True}),
    ("kind", {"no_wrap": True}),
    ("article", {"justify": "right"}),
    ("headline", {"ratio": 2}),
    ("why", {"ratio": 1}),
]


@click.command()
@click.option("--site", help="Only of this site.")
@click.option("--language", "languages", multiple=True, help="Only in this language; may be repeated.")
@click.option(
    "--kind", "kinds", multiple=True, type=click.Choice(EVENT_KINDS), help="Only this kind; may be repeated."
)
@click.option("--premium/--free", default=None, help="Only of articles that were premium, or free, then.")
@click.option("--baseline/--no-baseline", default=None, help="Only of first runs, or none of them.")
@click.option("--run", "run_id", type=int, help="Only of this run.")
@click.option("--since", help="Happened since: 2d, 36h, yesterday, 2026-11-23, …")
@output_options
def events(
    site: str | None,
    languages: tuple[str, ...],
    kinds: tuple[str, ...],
    premium: bool | None,
    baseline: bool | None,
    run_id: int | None,
    since: str | None,
    limit: int | None,
    as_json: bool,
) -> None:
    """List what happened to articles, newest first."""
    query = EventQuery(
        sites=(site,) if site else (),
        languages=languages,
        kinds=kinds,
        premium=() if premium is None else (premium,),
        seen_since=parse_moment(since, now=datetime.now().astimezone()) if since else None,
        baseline=baseline,
        run_id=run_id,
        limit=row_limit(limit, as_json=as_json),
    )
    found = find_events(open_database(), query)
    if as_json:
        print_json(found)
    else:
        print_table(_COLUMNS, [_row(event) for event in found], empty="no such events")


def describe_evidence(evidence: Evidence | None) -> str:
    """Evidence in a line: what was found, and where."""
    if evidence is None:
        return ""
    said = f"{evidence.signal}: “{evidence.text}”" if evidence.text else evidence.signal
    places = [place for place in (evidence.path, evidence.page_url) if place]
    return f"{said} at {' of '.join(places)}" if places else said


def _row(event: Event) -> list[Text | str]:
    kind = Text(event.kind, style="bold yellow" if event.kind == "new_premium" else "")
    if event.baseline:
        kind.append(" (baseline)", style="dim")
    evidence = event.evidence
    why = f"{evidence.signal} at {evidence.path}" if evidence and evidence.path else ""
    if event.kind == "headline_changed":
        why = f"was: {event.old}"
    elif event.kind == "removed" and evidence is not None:
        why = evidence.text or why
    return [
        str(event.id),
        local_time(event.at),
        kind,
        str(event.article_id),
        Text(event.headline or event.url or ""),
        Text(why, style="dim"),
    ]
