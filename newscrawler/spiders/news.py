"""The crawl of one news site: listing pages newest first, then each story's page that is wanted."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Self

from scrapy import Request, Spider, signals
from scrapy.exceptions import DontCloseSpider
from scrapy.spidermiddlewares.httperror import HttpError

from newscrawler.alerts.rules import Routes
from newscrawler.balance import Balance
from newscrawler.config import Config, load_config
from newscrawler.coverage import UNREADABLE, Coverage
from newscrawler.exceptions import NewscrawlerError, ParseError, StorageError
from newscrawler.items import Observation, ParsedPage, Visit
from newscrawler.observations import observe
from newscrawler.process_identity import identity
from newscrawler.saved_pages import SavedPage
from newscrawler.shown import Shown
from newscrawler.sites.base import Site
from newscrawler.sites.ways import Way
from newscrawler.spiders.asking import Asking
from newscrawler.spiders.claiming import claim_run
from newscrawler.spiders.drift_samples import DriftSamples
from newscrawler.spiders.entries import Entries
from newscrawler.spiders.failures import reason_of
from newscrawler.spiders.paging import Paging
from newscrawler.spiders.places import Place
from newscrawler.spiders.plan import CrawlPlan
from newscrawler.spiders.responses import ELSEWHERE, header, header_dict, is_of_another_story, read_page
from newscrawler.spiders.sweeps import Sweeps
from newscrawler.storage.database import Database
from newscrawler.storage.ledger import Ledger
from newscrawler.storage.runs import StartedRun

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.python.failure import Failure

    from newscrawler.middlewares.retry_after import RetryAfterMiddleware

GONE = (404, 410)
NO_TEXT = "no text of an article in it"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended."""

    run_id: int | None
    """None where not even the run could be recorded."""
    status: str
    reason: str | None


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
        self.retry_after: RetryAfterMiddleware | None = None
        self.begun_run: int | None = None
        """The run that `watch` has begun for this process; None where this is nobody's turn."""
        self.coverage = Coverage()
        self.samples = DriftSamples()
        self.shown = Shown()
        self._fixed_now = now
        self._sweeps = Sweeps({}, plan.languages)
        self._asking: Asking
        self._entries: Entries
        self._unread_ways: dict[Way, str] = {}
        """Required ways that could not be read, with a line that says why."""
        self._looked_again = False
        self._closing: asyncio.Future[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Built from `-a` arguments and the user's settings. Raises UsageError."""
        config = load_config()
        plan = CrawlPlan.from_arguments(cls.site, config.site_settings(cls.site.name).arguments(kwargs))
        played = crawler.settings["NEWSCRAWLER_NOW"]  # a moment to play, for tests and simulations
        spider = cls(plan, config, datetime.fromisoformat(played) if played else None)
        spider.begun_run = crawler.settings.getint("NEWSCRAWLER_RUN") or None
        delay = 0.0 if plan.is_local else config.delay_seconds
        crawler.settings.set("USER_AGENT", config.user_agent, priority="spider")
        crawler.settings.set("DOWNLOAD_DELAY", delay, priority="spider")
        spider._set_crawler(crawler)
        crawler.signals.connect(spider.look_again, signal=signals.spider_idle)
        return spider

    def now(self) -> datetime:
        """The current time, UTC."""
        return self._fixed_now or datetime.now(UTC)

    async def start(self) -> AsyncIterator[Request]:
        """The first page of every way."""
        ways = self.plan.site.ways(self.plan.languages)
        try:
            self.run = await self._begin()
            visits = await asyncio.to_thread(
                self.ledger.validators, self.site.name, [way.url for way in ways]
            )
        except NewscrawlerError as exc:
            self.problems.append(str(exc))
            return
        if self.run.wait_until is not None and self.run.wait_until > self.now():
            self.problems.append(f"the site asked to wait until {self.run.wait_until:%Y-%m-%d %H:%M:%S} UTC")
            return
        self._sweeps = Sweeps(self.run.swept_at, self.plan.languages)
        self._asking = Asking(self.plan, self.config, self.balance, self._sweeps, self.ledger.looks)
        paging = Paging(self.plan, self._sweeps, self.config.first_run_max_pages)
        self._entries = Entries(
            self.plan, self.ledger, self.shown, self._asking, self._sweeps, paging, self.now
        )
        for way in ways:
            visit = None if self.plan.backfill else self._sweeps.usable(visits.get(way.url), way)
            if way.every is not None and visit and self.now() - visit.at < way.every:
                self._sweeps.read(way)  # so lately that nothing can have been missed
                continue
            yield self._request(self._asking.ask(replace(paging.first(way), last_visit=visit)))

    async def parse_page(
        self, response: Response, place: Place
    ) -> AsyncIterator[Request | Observation | Visit]:
        """What a page says: observations, requests for the pages of stories, the next pages of a list."""
        body_hash = hashlib.sha256(response.body).hexdigest()
        last = place.last_visit
        if response.status == 304 or (last is not None and last.body_hash == body_hash):
            self.balance.pages_unchanged += 1
            if place.way is not None:
                self._sweeps.read(place.way)
            if last is not None:
                yield replace(last, status="unchanged", at=self.now(), http_status=None)
            return
        try:
            quiet = place.way is not None and self._sweeps.oldest(place.way) is not None
            page = read_page(self.plan.site, response, place, self.now(), may_be_quiet=quiet)
        except ParseError as exc:
            if exc.reason in UNREADABLE:
                self._cover(response, place, None)
            self._count_failure(place, exc.reason)
            for left in self._entries.of_unread(place, "failed"):
                yield left
            return
        self._cover(response, place, page)
        seen = observe(page, site=self.plan.site, language=place.language, seen_at=self.now())
        if any(observation.partial for observation in seen):
            self._count_failure(place, NO_TEXT)
        else:
            self.balance.pages_parsed += 1
        try:
            if place.way is None:
                items = self._entries.of_story(place, seen)
            else:
                self._sweeps.read(place.way)
                items = self._entries.of_list(place.way, place, page, seen)
            async for item in items:
                yield self._request(item) if isinstance(item, Place) else item
        except StorageError as exc:
            self.fail(str(exc))
            return
        if place.asked_as is None:
            etag, last_modified = (header(response, name) for name in ("ETag", "Last-Modified"))
            yield Visit(self.site.name, place.url, "read", self.now(), etag, last_modified, body_hash)

    def failed_page(self, failure: Failure) -> Iterator[Observation | Visit]:
        """Count a page that could not be fetched."""
        place: Place = failure.request.cb_kwargs["place"]  # type: ignore[attr-defined]
        reason = reason_of(failure)
        gone = next((status for status in GONE if reason == f"http {status}"), None)
        answer = failure.value.response if isinstance(failure.value, HttpError) else None
        if gone and answer is not None and is_of_another_story(self.plan.site, answer, place):
            reason, gone = ELSEWHERE, None
        self._count_failure(place, reason)
        yield from self._entries.of_unread(place, "gone" if gone else "failed", http_status=gone)

    def look_again(self) -> None:
        """Ask for the pages of known stories that are due, once all that is new has been read.

        Raises DontCloseSpider where there are any.
        """
        if self._looked_again or self.run is None or self.problems or self._unread_required():
            return
        self._looked_again = True
        try:
            due = self.ledger.due_looks(
                self.site.name, self.plan.languages, at=self.now(), limit=self._asking.budget
            )
            due = [state for state in due if state.url not in self._asking.asked]
            visits = self.ledger.validators(self.site.name, [state.url or "" for state in due])
        except StorageError as exc:
            self.fail(str(exc))
            return
        for state in due:
            assert state.url is not None
            visit = visits.get(state.url) if state.fetched_at is not None else None
            place = Place(state.url, state.language, external_id=state.external_id, last_visit=visit)
            if self._asking.left() <= 0:
                break
            self.crawler.engine.crawl(self._request(self._asking.ask(place)))
        if due:
            raise DontCloseSpider

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
        self.problems += self._unread_required()
        if reason not in ("finished", "failed"):
            self.problems.append(f"ended early: {reason}")
        if not self.problems and (gap := self.balance.unaccounted()) is not None:
            self.problems.append(f"the balance does not close: {gap}")
        stopped = reason == "shutdown" and len(self.problems) == 1
        status = "stopped" if stopped else "failed" if self.problems else "ok"
        self.balance.unswept = self._sweeps.unswept()
        cut_short = [f"{language} not followed to what is known: {why}"
                     for language, why in self.balance.unswept.items()]  # fmt: skip
        self.outcome = Outcome(self.run.id, status, "; ".join(self.problems or cut_short) or None)
        try:
            judged = self.ledger.finish_run(
                self.run.id,
                at=self.now(),
                status=status,
                reason=self.outcome.reason,
                swept=self._sweeps.made(),
                counts=self.balance.to_json(),
                coverage=self.coverage.to_json(),
                schedule=self.config.schedule_of(self.site) if self.begun_run is not None else None,
                wait_until=self.retry_after.wait_until if self.retry_after else None,
            )
            if judged is not None and (lost := judged.began.get("drifting")) is not None:
                self.samples.save(self.config.drift_folder, self.plan.site, lost, self.now())
        except NewscrawlerError as exc:
            self.outcome = Outcome(self.run.id, "failed", "; ".join([*self.problems, str(exc)]))
        finally:
            self.ledger.database.close()

    def _unread_required(self) -> list[str]:
        """A line for each required way that was not read and whose stories nothing else can have shown."""
        return [line for way, line in self._unread_ways.items() if not self._sweeps.was_read(way)]

    async def _begin(self) -> StartedRun:
        """Begin the run or, started by `watch`, take over the one begun for us."""
        database = await asyncio.to_thread(
            Database.open, self.config.database_url, timeout_seconds=self.config.database_timeout_seconds
        )
        self.ledger = Ledger(database, self.config.look_schedule, Routes(self.config.alerts))
        if self.begun_run is not None:
            return await asyncio.to_thread(self.ledger.join_run, self.begun_run, owner=identity())
        return await claim_run(
            self.ledger,
            self.site.name,
            self.plan.languages,
            self.now(),
            patience_seconds=self.config.busy_wait_seconds,
        )

    def _request(self, place: Place) -> Request:
        headers = {}
        if place.last_visit is not None and place.last_visit.etag:
            headers["If-None-Match"] = place.last_visit.etag
        if place.last_visit is not None and place.last_visit.last_modified:
            headers["If-Modified-Since"] = place.last_visit.last_modified
        return Request(
            place.asked_as or place.url,
            headers=headers,
            callback=self.parse_page,
            errback=self.failed_page,
            cb_kwargs={"place": place},
            meta={"handle_httpstatus_list": [304]} if headers else {},
            priority=1 if place.way is not None else 0,
            dont_filter=True,  # `Asking` is the filter: what Scrapy would drop has to be accounted for
        )

    def _cover(self, response: Response, place: Place, page: ParsedPage | None) -> None:
        """Count what a page said of what it should say; None for one that could not be read."""
        saved = SavedPage(response.body, place.url, header_dict(response), self.now(), Path(place.url))
        if place.way is None:
            self.samples.add_article(saved, page, self.coverage.count_article(page))
        elif place.number == 1 and place.way.kind == "listing":
            self.coverage.count_listing(place.url, page)
            self.samples.add_listing(saved, page)

    def _count_failure(self, place: Place, reason: str) -> None:
        self.balance.pages_failed[reason] += 1
        self.logger.warning("%s: %s", place.url, reason)
        if place.way is None:
            return
        self._sweeps.leave_gap(place.way, f"page {place.number} could not be read")
        if place.required:
            self._unread_ways.setdefault(place.way, f"{place.language}: {place.url}: {reason}")
