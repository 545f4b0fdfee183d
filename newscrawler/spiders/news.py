"""The crawl of one news site: listing pages newest first, then each story's page that is wanted."""

from __future__ import annotations

import asyncio
import hashlib
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Self

from scrapy import Request, Spider, signals
from scrapy.exceptions import DontCloseSpider

from newscrawler.alerts.rules import Routes
from newscrawler.balance import Balance
from newscrawler.changes import ArticleState, compare
from newscrawler.config import Config, load_config
from newscrawler.coverage import UNREADABLE, Coverage
from newscrawler.exceptions import NewscrawlerError, ParseError, StorageError
from newscrawler.items import Observation, ParsedPage, Visit, VisitStatus
from newscrawler.observations import observe
from newscrawler.process_identity import identity
from newscrawler.saved_pages import SavedPage
from newscrawler.sites.base import Site
from newscrawler.sites.ways import Way
from newscrawler.spiders.claiming import claim_run
from newscrawler.spiders.drift_samples import DriftSamples
from newscrawler.spiders.failures import reason_of
from newscrawler.spiders.paging import Paging
from newscrawler.spiders.places import Place
from newscrawler.spiders.plan import CrawlPlan
from newscrawler.spiders.responses import header, header_dict, read_page
from newscrawler.spiders.sitemaps import files_of, is_passed, passed, stories_left
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
TOLD_BY_PAGE = "its own page says more"
BUDGET = "budget"
NO_TEXT = "no text of an article in it"
PASSED = "older than what the first run reads"
ALIAS = "another address of a known story"
TOO_MANY = "left to the next run"
_AT_ONCE = 500
"""Entries looked up together: a sitemap may hold 50,000."""


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
        self._fixed_now = now
        self._asked: set[str] = set()
        self._put_off: set[str] = set()
        self._sweeps = Sweeps({}, plan.languages)
        self._paging = Paging(plan, self._sweeps, config.first_run_max_pages)
        self._unread_ways: dict[Way, str] = {}
        """Required ways that could not be read, with a line that says why."""
        self._taken: Counter[str] = Counter()
        """Addresses of sitemaps that were asked for, by way."""
        self._list_lock = asyncio.Lock()
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
        self._paging = Paging(self.plan, self._sweeps, self.config.first_run_max_pages)
        for way in ways:
            visit = None if self.plan.backfill else self._sweeps.usable(visits.get(way.url), way)
            if way.every is not None and visit and self.now() - visit.at < way.every:
                self._sweeps.read(way)  # so lately that nothing can have been missed
                continue
            yield self._ask(replace(self._paging.first(way), last_visit=visit))

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
                yield self._visit("unchanged", place, last.etag, last.last_modified, last.body_hash)
            return
        try:
            quiet = place.way is not None and self._sweeps.oldest(place.way) is not None
            page = read_page(self.plan.site, response, place, self.now(), may_be_quiet=quiet)
        except ParseError as exc:
            if exc.reason in UNREADABLE:
                self._cover(response, place, None)
            self._count_failure(place, exc.reason)
            for item in self._unread(place, "failed"):
                yield item
            return
        self._cover(response, place, page)
        seen = observe(page, site=self.plan.site, language=place.language, seen_at=self.now())
        if any(observation.partial for observation in seen):
            self._count_failure(place, NO_TEXT)
        else:
            self.balance.pages_parsed += 1
        try:
            if place.way is None:
                async for found in self._story_page(place, seen):
                    yield found
            else:
                self._sweeps.read(place.way)
                async for found in self._list_page(place.way, place, page, seen):
                    yield found
        except StorageError as exc:
            self.fail(str(exc))
            return
        if place.asked_as is None:
            etag, last_modified = (header(response, name) for name in ("ETag", "Last-Modified"))
            yield self._visit("read", place, etag, last_modified, body_hash)

    async def _story_page(
        self, place: Place, seen: Sequence[Observation]
    ) -> AsyncIterator[Request | Observation | Visit]:
        """A story by its own page, and the list beside it."""
        beside = []
        for observation in seen:
            if observation.source != "article":
                beside.append(observation)
                continue
            self._own_up(observation, place)
            told = self._own_entry(place, observation)
            # What says premium speaks first: then it is new and premium, not new and then premium.
            if told is not None and told.premium:
                yield told
            yield observation
            if told is not None and not told.premium:
                yield told
        for observation, state in await self._look_up([o for o in beside if self._counts(o)]):
            observation.baseline = not self._sweeps.has_swept(observation.language)
            for item in self._entry(observation, state):
                yield item

    def _own_up(self, observation: Observation, place: Place) -> None:
        """Say of a story's own page what was known before it was asked for."""
        observation.external_id = observation.external_id or place.external_id
        if place.known and self.plan.site.addresses_vary:
            observation.url = place.url  # the address may have moved on; the story has not
        if place.told is None:
            observation.baseline = not self._sweeps.has_swept(observation.language)
        else:
            observation.found_by = place.told.found_by
            place.told.baseline = place.told.baseline or (
                self.plan.site.addresses_vary and self._sweeps.is_history(observation)
            )
            observation.baseline = place.told.baseline
            if self.plan.site.addresses_vary:
                observation.language = place.told.language

    def _own_entry(self, place: Place, observation: Observation) -> Observation | None:
        """The list's entry of a story, kept back until its page was read, where it still has a say."""
        told = place.told
        if told is None:
            return None
        if observation.partial:
            return told
        if told.source != "listing" or told.headline is None:
            self.balance.entries_skipped[TOLD_BY_PAGE] += 1
            return None
        told.url = observation.url
        return told

    async def _list_page(
        self, way: Way, place: Place, page: ParsedPage, seen: Sequence[Observation]
    ) -> AsyncIterator[Request | Observation | Visit]:
        """What a list shows, the stories that it leads to, and its further pages."""
        if not way.leads:
            for observation in seen:
                observation.source = "side_list"
        wanted = [observation for observation in seen if self._counts(observation)]
        unknown: list[Observation] = []
        for start in range(0, len(wanted), _AT_ONCE):
            # Asked for before anything else is read: another list would take the same stories for its own.
            async with self._list_lock:
                part = await self._look_up(wanted[start : start + _AT_ONCE])
                visits = await self._visits_of([o for o, state in part if state is None])
                items: list[Request | Observation | Visit] = []
                for observation, state in part:
                    visit = visits.get(observation.url or "")
                    if visit is not None and not (is_passed(visit) and self.plan.backfill):
                        self.balance.entries_skipped[PASSED if is_passed(visit) else ALIAS] += 1
                        continue
                    if self._paging.is_unknown(observation, state, way):
                        unknown.append(observation)
                    observation.baseline = (
                        place.past_known or self._sweeps.at(way, observation.language) is None
                    )
                    items += self._listed(way, place, page, observation, state)
            for item in items:
                yield item
        for following in await self._further(way, place, page, wanted, unknown):
            if isinstance(following, Visit):
                yield following
            else:
                yield self._ask(following)

    def _listed(
        self, way: Way, place: Place, page: ParsedPage, observation: Observation, state: ArticleState | None
    ) -> Iterator[Request | Observation | Visit]:
        """One entry of a list."""
        if page.kind not in ("sitemap", "news_sitemap"):
            yield from self._entry(observation, state)
            return
        if state is not None:
            request = self._ask_story(observation, state)
            if request is not None:
                yield request
                yield observation
            else:
                # A line of a sitemap that says nothing new need not be stored.
                self.balance.entries_known += 1
            return
        first_run = self._sweeps.oldest(way) is None
        left = stories_left(
            self._paging.limit(way), self._taken[way.url], first_run=first_run, backfill=self.plan.backfill
        )
        if left > 0 and (not place.past_known or self.plan.backfill):
            self._taken[way.url] += 1
            yield from self._entry(observation, state)
        elif (first_run or place.past_known) and observation.url is not None:
            self.balance.entries_skipped[PASSED] += 1
            yield passed(self.site.name, [observation.url], self.now())[0]
        else:
            self.balance.entries_skipped[TOO_MANY] += 1
            self._sweeps.leave_gap(way, TOO_MANY)

    def _entry(
        self, observation: Observation, state: ArticleState | None
    ) -> Iterator[Request | Observation | Visit]:
        """An entry, and the request for its story's page, where that is wanted.

        What only the page can tell is kept back until the page has been asked.
        """
        request = self._ask_story(observation, state)
        if request is not None:
            yield request
        if state is not None or not self._is_told_by_its_page(observation):
            yield observation
        elif request is None and observation.url in self._asked:
            self.balance.entries_skipped[TOLD_BY_PAGE] += 1
        elif request is None and observation.headline is None:
            self.balance.entries_skipped[BUDGET] += 1  # an address alone is no story: the next run asks
            self._sweeps_gap_of(observation)
        elif request is None:
            yield observation

    async def _further(
        self,
        way: Way,
        place: Place,
        page: ParsedPage,
        wanted: Sequence[Observation],
        unknown: Sequence[Observation],
    ) -> list[Place | Visit]:
        """The further pages of a list that are wanted, and the files of an index that are passed over."""
        if not page.sitemaps:
            following = self._paging.following(
                page, place, wanted, unknown, asked=self._asked, may_ask=self._budget_left() > 0
            )
            return [following] if following is not None else []
        urls = [link.url for link in page.sitemaps]
        visits = await asyncio.to_thread(self.ledger.validators, self.site.name, urls)
        files, over = files_of(
            page.sitemaps, place, visits, self._sweeps, self._paging.limit(way), backfill=self.plan.backfill
        )
        if over:
            self.logger.info("%s: %d of %d files are passed over", way.url, len(over), len(urls))
        places = [file for file in files if file.url not in self._asked]
        return [*places, *passed(self.site.name, over, self.now())]

    async def _visits_of(self, unknown: Sequence[Observation]) -> dict[str, Visit]:
        """Addresses of no known story that were passed over, or are another address of a known one."""
        urls = [o.url for o in unknown if o.url is not None] if self.plan.site.addresses_vary else []
        return await asyncio.to_thread(self.ledger.validators, self.site.name, urls)

    async def _look_up(
        self, observations: Sequence[Observation]
    ) -> list[tuple[Observation, ArticleState | None]]:
        known = await asyncio.to_thread(self.ledger.lookup, observations)
        return list(zip(observations, known, strict=True))

    def _sweeps_gap_of(self, observation: Observation) -> None:
        """Note that an entry was not stored though it is unknown: its way has to be followed again."""
        for way in self.plan.site.ways([observation.language]):
            if way.kind == "sitemap":
                self._sweeps.leave_gap(way, BUDGET)

    def failed_page(self, failure: Failure) -> Iterator[Observation | Visit]:
        """Count a page that could not be fetched."""
        place: Place = failure.request.cb_kwargs["place"]  # type: ignore[attr-defined]
        reason = reason_of(failure)
        self._count_failure(place, reason)
        gone = next((status for status in GONE if reason == f"http {status}"), None)
        yield from self._unread(place, "gone" if gone else "failed", http_status=gone)

    def look_again(self) -> None:
        """Ask for the pages of known stories that are due, once all that is new has been read.

        Raises DontCloseSpider where there are any.
        """
        if self._looked_again or self.run is None or self.problems or self._unread_required():
            return
        self._looked_again = True
        try:
            due = self.ledger.due_looks(
                self.site.name, self.plan.languages, at=self.now(), limit=self._budget
            )
            due = [state for state in due if state.url not in self._asked]
            visits = self.ledger.validators(self.site.name, [state.url or "" for state in due])
        except StorageError as exc:
            self.fail(str(exc))
            return
        for state in due:
            assert state.url is not None
            visit = visits.get(state.url) if state.fetched_at is not None else None
            place = Place(state.url, state.language, external_id=state.external_id, last_visit=visit)
            if self._budget_left() <= 0:
                break
            self.crawler.engine.crawl(self._ask(place))
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

    def _ask(self, place: Place) -> Request:
        self._asked.add(place.url)
        self.balance.pages_asked += 1
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
            dont_filter=True,  # `_asked` is the filter: what Scrapy would drop has to be accounted for
        )

    def _ask_story(self, seen: Observation, known: ArticleState | None) -> Request | None:
        """The request for the page of a story that a list shows, where it is wanted."""
        url, now = seen.url, self.now()
        told = seen if known is None and self._is_told_by_its_page(seen) else None
        if url is None or url in self._asked:
            return None
        if not compare(known, seen, self.ledger.looks).state.wants_page(now):
            return None
        if known is not None and known.fetched_at is not None and known.wants_page(now):
            return None  # due without the list's saying anything new: `look_again` asks more cheaply
        if url in self._put_off:
            return None
        if self._budget_left() <= 0:
            self._put_off.add(url)
            self.balance.pages_asked += 1
            self.balance.pages_skipped[BUDGET] += 1
            return None
        place = Place(url, seen.language, external_id=seen.external_id, known=known is not None, told=told)
        return self._ask(place)

    def _budget_left(self) -> float:
        budget = self._budget
        spent = self.balance.pages_asked - self.balance.pages_skipped.total()
        return float("inf") if budget is None else budget - spent

    @property
    def _budget(self) -> int | None:
        """How many pages the run may ask for; None: as many as it takes, where everything is unknown yet."""
        first_run = any(not self._sweeps.has_swept(language) for language in self.plan.languages)
        if self.plan.budget is None and (first_run or self.plan.backfill):
            return None
        return self.plan.budget or self.config.budget

    def _unread(
        self, place: Place, status: VisitStatus, *, http_status: int | None = None
    ) -> Iterator[Observation | Visit]:
        """What is left to say of a story whose page could not be read."""
        if place.told is not None and place.told.headline is None and status == "gone":
            # A line of a sitemap that leads nowhere: history where it was there before we came.
            self.balance.entries_skipped["gone"] += 1
            if place.told.baseline:
                yield from passed(self.site.name, [place.url], self.now())
            return
        if place.told is not None:
            yield place.told
        if place.way is None:
            visit = self._visit(status, place)
            visit.http_status = http_status
            yield visit

    def _visit(
        self,
        status: VisitStatus,
        place: Place,
        etag: str | None = None,
        last_modified: str | None = None,
        body_hash: str | None = None,
    ) -> Visit:
        return Visit(self.site.name, place.url, status, self.now(), etag, last_modified, body_hash)

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

    def _is_told_by_its_page(self, seen: Observation) -> bool:
        """Whether of an unknown story its own page, which is asked for next, knows something that matters
        now.

        That is its address, where it may be listed under several; its headline, where it is listed without
        one; and its day, without which it may be a story known without address, with its headline edited
        since.
        """
        if seen.url is None:
            return False
        undated = seen.published_date is None and seen.published_at is None
        return (
            self.plan.site.addresses_vary or seen.headline is None or (seen.source == "side_list" and undated)
        )
