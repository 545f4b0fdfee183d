"""`newscrawler demo`, which is what `make run` runs."""

from __future__ import annotations

import os
import shutil
import sys
import time
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.text import Text

from newscrawler.cli.events import describe_evidence
from newscrawler.demo import HOURS, Demonstration, demonstrate
from newscrawler.newsroom import LAYOUTS
from newscrawler.storage.records import Event


@click.command()
@click.option("--layout", type=click.Choice(sorted(LAYOUTS)), default="classic", show_default=True)
@click.option(
    "--database",
    "database_file",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("newscrawler-demo.db"),
    show_default=True,
    help="An SQLite file; one that exists is replaced.",
)
def demo(layout: str, database_file: Path) -> None:
    """Crawl an invented site on this machine twice, and show the premium entries that were flagged."""
    started = time.monotonic()
    console = Console(highlight=False, soft_wrap=True)
    with Console(stderr=True).status("crawling the newsroom, an invented Pozirk on this machine …"):
        shown = demonstrate(database_file, layout=layout)
    _show(console, shown)
    console.print(f"\nAll of it took {time.monotonic() - started:.1f} s. The database: {database_file}")
    console.print(f"  NEWSCRAWLER_DATABASE_URL=sqlite:///{database_file} {_command('newscrawler')} articles")
    console.print("To look at it in a browser:")
    console.print(f"  NEWSCRAWLER_DATABASE_URL=sqlite:///{database_file} {_command('newscrawler')} serve")
    console.print("\nNext, against the live site (slowly and politely; robots.txt is obeyed):")
    crawl = "scrapy crawl pozirk" if Path("scrapy.cfg").exists() else "newscrawler crawl pozirk"
    name, _, rest = crawl.partition(" ")
    for command in (f"{_command(name)} {rest}", *(f"{_command('newscrawler')} {c}" for c in _THEN)):
        console.print(f"  {command}")


_THEN = ("events --kind new_premium", "articles --premium --since 2d")


def _show(console: Console, shown: Demonstration) -> None:
    samples = shown.samples.balance.events
    console.print(f"1. First crawl, the baseline: {_counts(shown.baseline)}.")
    console.print(f"2. {HOURS} hours pass: stories are published, one opens, one headline is edited.")
    console.print(f"3. Second crawl: {_counts(shown.second)}.")
    console.print(
        f"4. The one real page and four samples, from files: {samples.total()} stories, "
        f"{samples['new_premium']} of them premium."
    )
    flagged = [event for event in shown.events if event.kind == "new_premium"]
    console.print(f"\n{len(flagged)} new premium entries:", style="bold")
    for event in flagged:
        _print_event(console, event)
    console.print("\nAlso:", style="bold")
    for event in shown.events:
        if event.kind not in ("new", "new_premium"):
            _print_event(console, event)


def _counts(run: dict[str, Any]) -> str:
    return (
        f"{run['pages']['parsed']} pages read, {run['entries']['new']} new entries, "
        f"{sum(run['pages']['failed'].values())} failures"
    )


def _print_event(console: Console, event: Event) -> None:
    console.print(Text.assemble("  ", (event.kind, "bold yellow"), "  ", event.headline or ""))
    console.print(Text(f"      {event.url or 'no address: the entry is not a link'}", style="dim"))
    if event.kind == "headline_changed":
        console.print(Text(f"      was: {event.old}", style="dim"))
    if event.evidence is not None:
        console.print(Text(f"      because of {describe_evidence(event.evidence)}", style="dim"))


def _command(name: str) -> str:
    """How to call a command of ours from here: by name if it is on the path, else by its file."""
    ours = Path(sys.executable).with_name(name)
    if shutil.which(name) == str(ours):
        return name
    return os.path.relpath(ours) if ours.is_relative_to(Path.cwd()) else str(ours)
