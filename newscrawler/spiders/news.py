"""The crawl of one news site: listing pages newest first, and each page of a story that is wanted."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self

from scrapy import Request, Spider

from newscrawler.balance import Balance
from newscrawler.changes import ArticleState, compare
from newscrawler.config import Config, load_config
from newscrawler.exceptions import NewscrawlerError, ParseError, StorageError
from newscrawler.items import Observation, ParsedPage
from newscrawler.observations import observe
from newscrawler.sites.base import Site
from newscrawler.spiders.failures import reason_of
from newscrawler.spiders.plan import CrawlPlan
from newscrawler.storage.database import Database
from newscrawler.storage.ledger import Ledger, StartedRun

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.python.failure import Failure


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended."""

    run_id: int | None
    """None where not even the run could be recorded."""
    status: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a request stands in the crawl."""

    language: str
    listing: str | None = None
    """Address of the first page of the listing; None for the page of a story."""
    number: int = 1
    """Which page of the listing."""
    required: bool = False
    """Whether the run has failed when this page cannot be read: a language's news would go unseen."""
    past_known: bool = False
    """Beyond a page on which everything was known: older than what earlier runs have seen."""
    external_id: str | None = None


class NewsSpider(Spider):
    """Crawls one site as its plan says, and keeps the run's account."""

    site: ClassVar[Site]

    def __init__(self, plan: CrawlPlan, config: Config, now: datetime | None = None) -> None:
        super().__init__(name=plan.site.name)
        self.plan = plan
        self.config = config
        self.balance = Balance()
        self.problems: list[str] = []
        """Why the run has failed, if it has; a line each."""
        self.ledger: Ledger
        self.run: StartedRun | None = None
        self.outcome: Outcome | None = None
        self._fixed_now = now
        self._asked: set[str] = set()
        self._unswept: set[str] = set()
        self._closing: asyncio.Future[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Built from `-a` arguments and the user's settings. Raises UsageError."""
        config = load_config()
        plan = CrawlPlan.from_arguments(cls.site, kwargs)
        played = crawler.settings["NEWSCRAWLER_NOW"]  # a moment to play, for tests and simulations
        spider = cls(plan, config, datetime.fromisoformat(played) if played else None)
        delay = 0.0 if plan.is_local else config.delay_seconds
        crawler.settings.set("USER_AGENT", config.user_agent, priority="spider")
        crawler.settings.set("DOWNLOAD_DELAY", delay, priority="spider")
        spider._set_crawler(crawler)
        return spider

    def now(self) -> datetime:
        """The current time, UTC."""
        return self._fixed_now or datetime.now(UTC)

    async def start(self) -> AsyncIterator[Request]:
        """The first page of every listing."""
        try:
            self.run = await asyncio.to_thread(self._start_run)
        except NewscrawlerError as exc:
            self.problems.append(str(exc))
            return
        for language in self.plan.languages:
            for index, url in enumerate(self.plan.site.listing_urls(language)):
                yield self._ask(url, _Place(language, listing=url, required=index == 0))

    async def parse_page(self, response: Response, place: _Place) -> AsyncIterator[Request | Observation]:
        """What a page says: observations, requests for the pages of stories, the next listing page."""
        try:
            page = self._read(response, place)
        except ParseError as exc:
            self._count_failure(exc.url, place, exc.reason)
            return
        self.balance.pages_parsed += 1
        seen = observe(page, site=self.plan.site, language=place.language, seen_at=self.now())
        wanted = [observation for observation in seen if self._counts(observation)]
        try:
            known = await asyncio.to_thread(self.ledger.lookup, wanted)
        except StorageError as exc:
            self.fail(str(exc))
            return
        unknown = False
        for observation, state in zip(wanted, known, strict=True):
            observation.baseline = place.past_known or observation.language not in self._swept_at
            yield observation
            if observation.source == "article":
                continue
            unknown = unknown or self._is_unknown(observation, state)
            url = observation.url
            if url is not None and url not in self._asked and compare(state, observation).state.wants_page():
                yield self._ask(url, _Place(observation.language, external_id=observation.external_id))
        if place.listing is not None and page.next_page is not None:
            request = self._follow(page.next_page, place, unknown=unknown)
            if request is not None:
                yield request

    def failed_page(self, failure: Failure) -> None:
        """Count a page that could not be fetched."""
        request: Request = failure.request  # type: ignore[attr-defined]
        url = self.plan.site.canonical_url(request.url)
        self._count_failure(url, request.cb_kwargs["place"], reason_of(failure))

    def fail(self, problem: str) -> None:
        """End the crawl: it cannot go on."""
        if problem not in self.problems:
            self.problems.append(problem)
            self.logger.error(problem)
        self._closing = asyncio.ensure_future(self.crawler.engine.close_spider_async(reason="failed"))

    def closed(self, reason: str) -> None:
        """Close the account and note how the run ended."""
        if self.run is None:
            self.outcome = Outcome(None, "failed", "; ".join(self.problems))
            return
        if reason not in ("finished", "failed"):
            self.problems.append(f"ended early: {reason}")
        if not self.problems and (gap := self.balance.unaccounted()) is not None:
            self.problems.append(f"the balance does not close: {gap}")
        status = "failed" if self.problems else "ok"
        self.outcome = Outcome(self.run.id, status, "; ".join(self.problems) or None)
        try:
            self.ledger.finish_run(
                self.run.id,
                at=self.now(),
                status=status,
                reason=self.outcome.reason,
                swept=[lang for lang in self.plan.languages if lang not in self._unswept],
                counts=self.balance.to_json(),
            )
        except StorageError as exc:
            self.outcome = Outcome(self.run.id, "failed", "; ".join([*self.problems, str(exc)]))
        finally:
            self.ledger.database.close()

    @property
    def _swept_at(self) -> dict[str, datetime]:
        return self.run.swept_at if self.run is not None else {}

    def _start_run(self) -> StartedRun:
        database = Database.open(
            self.config.database_url, timeout_seconds=self.config.database_timeout_seconds
        )
        self.ledger = Ledger(database)
        return self.ledger.start_run(
            self.site.name, kind="crawl", languages=self.plan.languages, at=self.now()
        )

    def _ask(self, url: str, place: _Place) -> Request:
        self._asked.add(url)
        self.balance.pages_asked += 1
        # Listings before stories, and the first pages before the later ones: the news first.
        priority = 1000 - place.number if place.listing is not None else 0
        return Request(
            url,
            callback=self.parse_page,
            errback=self.failed_page,
            cb_kwargs={"place": place},
            priority=priority,
            dont_filter=True,  # `_asked` is the filter: what Scrapy would drop has to be accounted for
        )

    def _read(self, response: Response, place: _Place) -> ParsedPage:
        """The page, if it is one of the kind that was asked for. Raises ParseError."""
        site = self.plan.site
        headers = {str(k).lower(): str(v) for k, v in response.headers.to_unicode_dict().items()}
        url = site.canonical_url(response.url)
        address = site.identify(url)
        if address is None or (place.external_id is not None and address.external_id != place.external_id):
            raise ParseError(url, "redirected elsewhere")
        page = site.parse(response.body, url=url, headers=headers, fetched_at=self.now())
        if place.listing is not None and not page.entries:
            raise ParseError(url, "no entries")
        if place.listing is None and page.article is None:
            raise ParseError(url, "no article")
        return page

    def _count_failure(self, url: str, place: _Place, reason: str) -> None:
        self.balance.pages_failed[reason] += 1
        self.logger.warning("%s: %s", url, reason)
        if place.number > 1:
            self._unswept.add(place.language)
        if place.required:
            self.problems.append(f"{place.language}: {url}: {reason}")

    def _counts(self, seen: Observation) -> bool:
        """Whether an observation is one that this run is about; every entry is counted."""
        if seen.source == "article":
            return True
        self.balance.entries_seen += 1
        since, day = self.plan.since, seen.published_date
        if since is not None and day is not None and day < since:
            self.balance.entries_skipped["before since"] += 1
            return False
        if seen.language not in self.plan.languages:
            self.balance.entries_skipped["other language"] += 1
            return False
        return True

    def _is_unknown(self, seen: Observation, known: ArticleState | None) -> bool:
        """Whether a listing has to be followed past this entry.

        What runs that failed half-way have stored does not count as known: below it is a gap. Nor does
        what this run has stored a moment ago, when the list moved while we read it.
        """
        if seen.headline is None and seen.url is None:
            return False
        swept_at = self._swept_at.get(seen.language)
        return known is None or swept_at is None or known.first_seen_at > swept_at

    def _follow(self, url: str, place: _Place, *, unknown: bool) -> Request | None:
        """The request for the next page of a listing, if the crawl goes on there."""
        past_known = place.past_known or not unknown
        if url in self._asked or (past_known and not self.plan.backfill):
            return None
        first_run = place.language not in self._swept_at
        limit = self.plan.max_pages
        if limit is None and first_run and not self.plan.backfill:
            limit = self.config.first_run_max_pages
            if place.number >= limit:
                hint = "-a backfill=true goes on to the end"
                self.logger.info("%s: the first run stops after %d pages; %s", place.listing, limit, hint)
        if limit is not None and place.number >= limit:
            if not first_run:
                self._unswept.add(place.language)
            return None
        # A later page that cannot be read leaves a gap, too, unless it is history nobody has waited for.
        required = place.required and not past_known
        return self._ask(url, _Place(place.language, place.listing, place.number + 1, required, past_known))
