"""`newscrawler parse`."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from newscrawler.cli.output import json_line
from newscrawler.config import load_config
from newscrawler.exceptions import UsageError
from newscrawler.items import Article, Entry, Evidence, ParsedPage
from newscrawler.printable import printable
from newscrawler.readings import to_json
from newscrawler.saved_pages import SavedPage, load
from newscrawler.single_fetch import fetch, is_url
from newscrawler.sites import parse as read_page

_SHOWN = (
    "url", "external_id", "language", "headline", "dateline", "published_date", "published_at", "modified_at",
    "sections", "premium", "lead", "body", "authors", "description", "keywords", "image", "photo_credits",
    "related", "related_titles", "translations",
)  # fmt: skip


@click.command()
@click.argument("source", metavar="FILE|FOLDER|URL")
@click.option("--site", help="Read it as a page of this site.  [default: told from address and content]")
@click.option("--url", help="The address a file was saved from.")
@click.option("--fetched-at", help="When it was saved: 2025-10-24T15:05:00+03:00.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object per page.")
def parse(source: str, site: str | None, url: str | None, fetched_at: str | None, as_json: bool) -> None:
    """Show what is read from a page, and where each field came from.

    A `meta.json` beside a saved page gives its address, time and headers. robots.txt is obeyed.
    """
    for page in pages_of(source, url, fetched_at):
        reading = read_page(
            page.raw, url=page.url, headers=page.headers, fetched_at=page.fetched_at, site=site
        )
        if as_json:
            print(json_line(to_json(reading)))
        else:
            print_reading(reading)


def pages_of(source: str, url: str | None = None, fetched_at: str | None = None) -> list[SavedPage]:
    """The pages an argument names: saved ones, or one fetched now. Raises UsageError, FetchError."""
    if not is_url(source):
        return load(source, url, _moment(fetched_at))
    if url or fetched_at:
        raise UsageError("--url and --fetched-at are for saved pages: an address says both itself")
    return [fetch(source, load_config().user_agent)]


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as exc:
        raise UsageError(
            f"--fetched-at is {text!r}, expected a time such as 2025-10-24T15:05:00+03:00"
        ) from exc
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def print_reading(page: ParsedPage) -> None:
    """Tables for people."""
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 200)
    head = f"{page.kind}, language {page.language or '?'}, {page.url or 'address unknown'}"
    console.print(Text(printable(head), style="bold"))
    if page.article is not None:
        console.print(_article_table(page.article))
    if page.next_page:
        console.print(Text(printable(f"next page: {page.next_page}")))
    console.print(_entry_table(page.entries) if page.entries else Text("no entries", style="dim"))


def _article_table(article: Article) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("field", no_wrap=True)
    table.add_column("value", ratio=1)
    table.add_column("from", style="dim")
    for name in _SHOWN:
        value = getattr(article, name)
        source = article.sources.get(name, "")
        if name == "premium" and article.premium_evidence:
            source = _evidence(article.premium_evidence)
        table.add_row(name, Text(printable(_show(value))), Text(printable(source)))
    return table


def _entry_table(entries: list[Entry]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("published", "premium", "sections", "id", "headline", "evidence"):
        table.add_column(name, ratio=1 if name == "headline" else None)
    for entry in entries:
        published = entry.published_at or entry.published_date
        table.add_row(
            Text(printable(_show(published))),
            Text(_show(entry.premium), style="bold yellow" if entry.premium else "dim"),
            Text(printable(", ".join(entry.sections))),
            Text(printable(entry.external_id or "")),
            Text(printable(entry.headline or "(no headline)")),
            Text(printable(_evidence(entry.premium_evidence)) if entry.premium_evidence else "", style="dim"),
        )
    return table


def _evidence(evidence: Evidence) -> str:
    parts = [evidence.signal, f"“{evidence.text}”" if evidence.text else "", evidence.path or ""]
    return ", ".join(part for part in parts if part)


def _show(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(str(item) for item in value)
    if isinstance(value, dict):
        return "\n".join(f"{key}: {item}" for key, item in value.items())
    return (
        {True: "yes", False: "no", None: ""}.get(value, "")
        if isinstance(value, (bool, type(None)))
        else str(to_json(value))
    )
