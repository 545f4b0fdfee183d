"""A database with something of everything that the web shows: invented stories, and hostile ones."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from newscrawler.balance import Balance
from newscrawler.items import Evidence, Observation
from newscrawler.storage.database import Database
from newscrawler.storage.ledger import Ledger
from newscrawler.storage.schema import runs
from tests.observing import NOON, observation

NOW = NOON + timedelta(days=1)
"""The time at which tests look: 25 October 2025, 12:00 UTC."""
SCRIPT = '<script>document.title = "owned"</script><img src=x onerror="document.title = 1">'
TURNED = "Minister denies \u202eeverything\u202c about it"
ENDLESS = "Endless" + "headline" * 620
"""More than 5,000 characters without a space."""
OLD_BODY = ["The council met on Friday.", "It decided nothing about the bridge over the river."]
NEW_BODY = ["The council met on Saturday.", "It decided nothing about the bridge over the river."]


def fill(database: Database, *, log: Path | None = None) -> None:
    """A first look at the site, and a crawl three hours later that finds news."""
    ledger = Ledger(database)
    _crawl(
        ledger,
        0,
        observation("Minsk metro to close two exits", external_id="100", baseline=True),
        _read("Council meets about the bridge", "101", body=OLD_BODY, baseline=True),
        observation("Лукашенко подписал указ о метро", external_id="102", language="ru", baseline=True),
        observation("A report for subscribers", external_id="103", premium=True, baseline=True),
    )
    _crawl(
        ledger,
        3,
        observation("Butter exports double", external_id="110", hours=3, premium=True, sections=["Economy"]),
        observation("An entry without an address", hours=3, premium=True),
        observation("Łatuška meets diplomats in Hrodna", external_id="111", hours=3, sections=["Politics"]),
        _read("Council meets again about the bridge", "101", body=NEW_BODY, hours=3),
        log=log,
    )
    freed = Evidence("no mark", page_url="https://pozirk.online/en/news/110/")
    _crawl(
        ledger,
        9,
        _read("Butter exports double", "110", hours=9, premium=False, premium_evidence=freed),
        observation(SCRIPT, external_id="120", hours=9, sections=["<b>Society</b>"]),
        observation(TURNED, external_id="121", hours=9),
        observation(ENDLESS, external_id="122", hours=9),
        observation("A link that is none", hours=9, url="javascript:document.title=1"),
    )


def _crawl(ledger: Ledger, hours: float, *seen: Observation, log: Path | None = None) -> None:
    at = NOON + timedelta(hours=hours)
    run = ledger.start_run("pozirk", kind="crawl", languages=["en"], at=at)
    balance = Balance(pages_asked=2, pages_parsed=1, entries_seen=len(seen))
    balance.pages_failed["http 503"] += 1
    for each, recorded in zip(seen, ledger.record(run.id, seen), strict=True):
        balance.count_stored(each, new=recorded.new, events=recorded.events)
    ledger.finish_run(
        run.id, at=at + timedelta(minutes=1), status="ok", reason=None, counts=balance.to_json()
    )
    if log is not None:
        with ledger.database.writing() as connection:
            connection.execute(sa.update(runs).where(runs.c.id == run.id).values(log=str(log)))


def _read(headline: str, external_id: str, *, hours: float = 0, **values: Any) -> Observation:
    """What a story's own page says."""
    said = observation(headline, external_id=external_id, hours=hours, source="article", **values)
    said.page_url = said.url
    return said
