"""The whole way on this machine: a site that changes, two crawls, what they flag, and saved pages."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from newscrawler.exceptions import NewscrawlerError
from newscrawler.ingest import Ingested, ingest
from newscrawler.newsroom import demo_newsroom, fixtures_dir, serve
from newscrawler.queries import EventQuery
from newscrawler.saved_pages import load
from newscrawler.sites import get_site
from newscrawler.storage.database import Database
from newscrawler.storage.ledger import Ledger
from newscrawler.storage.reading import find_events
from newscrawler.storage.records import Event

SAMPLES = (
    "seed",
    "article-en-classic",
    "article-ru-premium-utility",
    "listing-en-magazine",
    "listing-ru-views-rows",
)
HOURS = 6


@dataclass(frozen=True, slots=True)
class Demonstration:
    """What came of it."""

    baseline: dict[str, Any]
    """The first crawl, as `newscrawler crawl --json` prints it."""
    second: dict[str, Any]
    events: list[Event]
    """Of the second crawl, the newest first."""
    samples: Ingested


def demonstrate(database_file: Path, *, layout: str = "classic") -> Demonstration:
    """Play the demo into a new database file; an old one of that name is replaced.

    Raises NewscrawlerError where a step fails.
    """
    for suffix in ("", "-wal", "-shm"):
        Path(f"{database_file}{suffix}").unlink(missing_ok=True)
    database_url = f"sqlite:///{database_file}"
    database = Database.open(database_url)
    try:
        newsroom = demo_newsroom(datetime.now(UTC), layout=layout)
        with serve(newsroom) as site:
            baseline = _crawl(site.base_url, database_url)
            newsroom.advance(hours=HOURS)
            second = _crawl(site.base_url, database_url)
        pages = [page for name in SAMPLES for page in load(fixtures_dir() / "pozirk" / name)]
        samples = ingest(pages, site=get_site("pozirk"), ledger=Ledger(database))
        events = list(find_events(database, EventQuery(run_id=second["id"])))
    finally:
        database.close()
    return Demonstration(baseline, second, events, samples)


def _crawl(base_url: str, database_url: str) -> dict[str, Any]:
    """`newscrawler crawl pozirk` in a process of its own, as a user would run it."""
    command = [sys.executable, "-m", "newscrawler", "crawl", "pozirk", "--base-url", base_url, "--json"]
    environment = os.environ | {"NEWSCRAWLER_DATABASE_URL": database_url}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise NewscrawlerError(f"the demo's crawl failed: {(done.stderr or done.stdout).strip()}")
    run: dict[str, Any] = json.loads(done.stdout)
    return run
