"""Takes in saved pages: the same way as a crawl, from the file on instead of from the network."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from scrapy.exceptions import DropItem

from newscrawler.balance import Balance
from newscrawler.exceptions import ParseError
from newscrawler.items import Observation
from newscrawler.observations import observe
from newscrawler.pipelines.dedupe import DedupePipeline
from newscrawler.pipelines.normalize import NormalizePipeline
from newscrawler.saved_pages import SavedPage
from newscrawler.sites.base import Site
from newscrawler.storage.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Ingested:
    """How the taking in of pages ended."""

    run_id: int
    status: str
    reason: str | None
    balance: Balance


def ingest(
    pages: Sequence[SavedPage],
    *,
    site: Site,
    ledger: Ledger,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Ingested:
    """Read and store pages of one site, in the order in which they were fetched.

    Each page is stored in a transaction of its own. A page that cannot be read is counted, and fails the
    run; the others are stored. Raises StorageError.
    """
    run = ledger.start_run(site.name, kind="ingest", languages=site.languages, at=clock())
    balance = Balance()
    problems: list[str] = []
    languages: set[str] = set()
    for saved in sorted(pages, key=lambda page: page.fetched_at):
        balance.pages_asked += 1
        seen_at = saved.fetched_at.astimezone(UTC)
        try:
            page = site.parse(saved.raw, url=saved.url, headers=saved.headers, fetched_at=seen_at)
        except ParseError as exc:
            balance.pages_failed[exc.reason] += 1
            problems.append(f"{saved.path}: {exc.reason}")
            continue
        balance.pages_parsed += 1
        kept = _through_pipelines(observe(page, site=site, language=None, seen_at=seen_at), site, balance)
        for observation in kept:
            observation.baseline = observation.language not in run.swept_at
            languages.add(observation.language)
        for observation, result in zip(kept, ledger.record(run.id, kept), strict=True):
            balance.count_stored(observation, new=result.new, events=result.events)
    if not problems and (gap := balance.unaccounted()) is not None:
        problems.append(f"the balance does not close: {gap}")
    status, reason = ("failed", "; ".join(problems)) if problems else ("ok", None)
    ledger.finish_run(
        run.id, at=clock(), status=status, reason=reason, swept=sorted(languages), counts=balance.to_json()
    )
    return Ingested(run.id, status, reason, balance)


def _through_pipelines(seen: list[Observation], site: Site, balance: Balance) -> list[Observation]:
    pipelines = (NormalizePipeline(site, balance), DedupePipeline(balance))
    kept = []
    for observation in seen:
        balance.entries_seen += observation.source != "article"
        try:
            for pipeline in pipelines:
                pipeline.process_item(observation)
        except DropItem:
            continue
        kept.append(observation)
    return kept
