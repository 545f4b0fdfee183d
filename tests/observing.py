"""Observations for tests, with as little said as a test needs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from newscrawler.items import Evidence, Observation, Source
from newscrawler.storage.ledger import Ledger
from newscrawler.storage.runs import under_way

NOON = datetime(2025, 10, 24, 12, 0, tzinfo=UTC)
MARK = Evidence("marker", "The material is available only to POZIRK+", "li > span")


def observation(
    headline: str | None = "Minsk metro to close two exits",
    *,
    source: Source = "listing",
    hours: float = 0,
    external_id: str | None = None,
    language: str = "en",
    **values: Any,
) -> Observation:
    """An observation `hours` after noon; with an id it has the address that belongs to it."""
    if external_id is not None:
        values.setdefault("url", f"https://pozirk.online/{language}/news/{external_id}/")
    if values.get("premium"):
        values.setdefault("premium_evidence", MARK)
    return Observation(
        site="pozirk",
        language=language,
        source=source,
        seen_at=NOON + timedelta(hours=hours),
        page_url=f"https://pozirk.online/{language}/news/",
        headline=headline,
        external_id=external_id,
        **values,
    )


def begin(ledger: Ledger, *, hours: float = 0) -> int:
    """A crawl, in place of the last one where that has not ended."""
    with ledger.database.reading() as connection:
        other = under_way(connection, "pozirk")
    at = NOON + timedelta(hours=hours)
    instead_of = other.id if other is not None else None
    return ledger.start_run("pozirk", kind="crawl", languages=["en"], at=at, instead_of=instead_of).id
