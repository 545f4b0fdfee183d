"""Begins the run of a crawl, which claims its site; see `newscrawler.storage.claims`."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Sequence
from datetime import datetime

from newscrawler.process_identity import identity
from newscrawler.storage.claims import Pulse, SiteBusyError
from newscrawler.storage.ledger import Ledger
from newscrawler.storage.runs import StartedRun


async def claim_run(
    ledger: Ledger, site: str, languages: Sequence[str], at: datetime, *, patience_seconds: float
) -> StartedRun:
    """Begin a crawl. Where the site is being crawled already, wait for the end of that.

    Raises SiteBusyError when it takes longer than `patience_seconds`, StorageError.
    """
    pulse, instead_of, told = Pulse(), None, False
    deadline = time.monotonic() + patience_seconds
    while True:
        try:
            return await asyncio.to_thread(
                ledger.start_run,
                site,
                kind="crawl",
                languages=languages,
                at=at,
                owner=identity(),
                instead_of=instead_of,
            )
        except SiteBusyError as busy:
            if pulse.is_dead(busy.run):
                instead_of = busy.run.id
                continue
            if time.monotonic() > deadline:
                raise
            if not told:
                print(f"{busy}: waiting for its end", file=sys.stderr)
                told = True
        await asyncio.sleep(0.5)
