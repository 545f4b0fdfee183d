"""How much a batch is worth: rows per second in batches of 500 against one transaction per row.

    python benchmarks/store.py

Both on a new SQLite file, in one run; the ratio is what counts.
"""

from __future__ import annotations

import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from newscrawler.items import Observation
from newscrawler.storage.database import Database
from newscrawler.storage.ledger import Ledger

NOW = datetime(2025, 10, 24, 12, 0, tzinfo=UTC)


def observations(number: int) -> list[Observation]:
    """Entries of a listing, each a story of its own."""
    return [
        Observation(
            site="pozirk",
            language="en",
            source="listing",
            seen_at=NOW,
            page_url="https://pozirk.online/en/news/",
            url=f"https://pozirk.online/en/news/{n}/",
            external_id=str(n),
            headline=f"Story number {n} about something that happened",
            premium=n % 3 == 0,
        )
        for n in range(number)
    ]


def rows_per_second(folder: Path, number: int, batch: int) -> float:
    """Record `number` new stories in batches."""
    database = Database.open(f"sqlite:///{folder / f'{batch}.db'}")
    ledger = Ledger(database)
    run = ledger.start_run("pozirk", kind="crawl", languages=["en"], at=NOW).id
    seen = observations(number)
    started = time.perf_counter()
    for first in range(0, number, batch):
        ledger.record(run, seen[first : first + batch])
    seconds = time.perf_counter() - started
    database.close()
    return number / seconds


def main() -> None:
    """Print both figures and their ratio."""
    with tempfile.TemporaryDirectory() as folder:
        single = rows_per_second(Path(folder), 500, 1)
        batched = rows_per_second(Path(folder), 10_000, 500)
    print(f"one by one   {single:8.0f} new stories/s (each with its revision and event)")
    print(f"in batches   {batched:8.0f} new stories/s")
    print(f"ratio        {batched / single:8.1f}")


if __name__ == "__main__":
    main()
