"""The crawl of one news site: listing pages newest first, then each story's page that is wanted."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Self

from scrapy import Request, Spider, signals
from scrapy.exceptions import DontCloseSpider

from newscrawler.balance import Balance
from newscrawler.changes import ArticleState, compare
from newscrawler.config import Config, load_config
from newscrawler.exceptions import NewscrawlerError, ParseError, StorageError
from newscrawler.items import Observation, ParsedPage, Visit, VisitStatus
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

    from newscrawler.middlewares.retry_after import RetryAfterMiddleware

GONE = (404, 410)
TOLD_BY_PAGE = "its own page says more"
SECONDARY_LISTING_EVERY = timedelta(hours=1)
"""How often a listing beside the main one (longreads) is asked for: it changes weekly, not hourly."""


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

    url: str
    """Canonical."""
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
    """Of the story whose page it is."""
    told: Observation | None = None
    """What a list beside another story said of it, kept back until its own page has been asked."""
    last_visit: Visit | None = None
    """When the page was last read, if it may be answered "not modified"."""


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
        self._fixed_now = now
        self._asked: set[str] = set()
        self._put_off: set[str] = set()
        self._looked_again = False
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
        crawler.signals.connect(spider.look_again, signal=signals.spider_idle)
        return spider

    def now(self) -> datetime:
        """The current time, UTC."""
        return self._fixed_now or datetime.now(UTC)

    async def start(self) -> AsyncIterator[Request]:
        """The first page of every listing."""
        try:
            self.run = await asyncio.to_thread(self._start_run)
            listings = [(lang, self.plan.site.listing_urls(lang)) for lang in self.plan.languages]
            visits = await asyncio.to_thread(
                self.ledger.validators, self.site.name, [url for _, urls in listings for url in urls]
            )
        except NewscrawlerError as exc:
            self.problems.append(str(exc))
            return
        if self.run.wait_until is not None and self.run.wait_until > self.now():
            self.problems.append(f"the site asked to wait until {self.run.wait_until:%Y-%m-%d %H:%M:%S} UTC")
            return
        for language, urls in listings:
            for index, url in enumerate(urls):
                visit = self._usable_visit(visits.get(url), language)
                if index > 0 and visit and self.now() - visit.at < SECONDARY_LISTING_EVERY:
                    continue
                yield self._ask(_Place(url, language, listing=url, required=index == 0, last_visit=visit))

    async def parse_page(
        self, response: Response, place: _Place
    ) -> AsyncIterator[Request | Observation | Visit]:
        """What a page says: observations, requests for the pages of stories, the next listing page."""
        body_hash = hashlib.sha256(response.body).hexdigest()
        last = place.last_visit
        if response.status == 304 or (last is not None and last.body_hash == body_hash):
            self.balance.pages_unchanged += 1
            if last is not None:
                yield self._visit("unchanged", place, last.etag, last.last_modified, last.body_hash)
            return
        try:
            page = self._read(response, place)
        except ParseError as exc:
            self._count_failure(place, exc.reason)
            for item in self._unread(place, "failed"):
                yield item
            return
        self.balance.pages_parsed += 1
        if place.told is not None:
            self.balance.entries_skipped[TOLD_BY_PAGE] += 1
        seen = observe(page, site=self.plan.site, language=place.language, seen_at=self.now())
        wanted = [observation for observation in seen if self._counts(observation)]
        try:
            known = await asyncio.to_thread(self.ledger.lookup, wanted)
        except StorageError as exc:
            self.fail(str(exc))
            return
        unknown = [o for o, state in zip(wanted, known, strict=True) if self._is_unknown(o, state)]
        for observation, state in zip(wanted, known, strict=True):
            observation.baseline = place.past_known or observation.language not in self._swept_at
            request = self._ask_story(observation, state) if observation.source != "article" else None
            if request is not None:
                yield request
            if (
                state is not None
                or not _is_told_by_its_page(observation)
                or observation.url not in self._asked
            ):
                yield observation
            elif request is None:
                self.balance.entries_skipped[TOLD_BY_PAGE] += 1
        if place.listing is not None and (request := self._follow(page, place, wanted, unknown)):
            yield request
        etag, last_modified = (_header(response, name) for name in ("ETag", "Last-Modified"))
        yield self._visit("read", place, etag, last_modified, body_hash)

    def failed_page(self, failure: Failure) -> Iterator[Observation | Visit]:
        """Count a page that could not be fetched."""
        place: _Place = failure.request.cb_kwargs["place"]  # type: ignore[attr-defined]
        reason = reason_of(failure)
        self._count_failure(place, reason)
        gone = next((status for status in GONE if reason == f"http {status}"), None)
        yield from self._unread(place, "gone" if gone else "failed", http_status=gone)

    def look_again(self) -> None:
        """Ask for the pages of known stories that are due, once all that is new has been read.

        Raises DontCloseSpider where there are any.
        """
        if self._looked_again or self.run is None or self.problems:
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
            place = _Place(state.url, state.language, external_id=state.external_id, last_visit=visit)
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
        if reason not in ("finished", "failed"):
            self.problems.append(f"ended early: {reason}")
        if not self.problems and (gap := self.balance.unaccounted()) is not None:
            self.problems.append(f"the balance does not close: {gap}")
        status = "failed" if self.problems else "ok"
        cut_short = [f"{language} not followed to what is known: {why}"
                     for language, why in self.balance.unswept.items()]  # fmt: skip
        self.outcome = Outcome(self.run.id, status, "; ".join(self.problems or cut_short) or None)
        try:
            self.ledger.finish_run(
                self.run.id,
                at=self.now(),
                status=status,
                reason=self.outcome.reason,
                swept=[lang for lang in self.plan.languages if lang not in self.balance.unswept],
                counts=self.balance.to_json(),
                wait_until=self.retry_after.wait_until if self.retry_after else None,
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
        self.ledger = Ledger(database, self.config.look_schedule)
        return self.ledger.start_run(
            self.site.name, kind="crawl", languages=self.plan.languages, at=self.now()
        )

    def _usable_visit(self, visit: Visit | None, language: str) -> Visit | None:
        """A listing's last visit, if "not modified since" would mean that nothing has been missed.

        After a run that failed half-way the first page may be old news and what it led to still unread.
        """
        swept_at = self._swept_at.get(language)
        if visit is None or swept_at is None or visit.at > swept_at or self.plan.backfill:
            return None
        return visit

    def _ask(self, place: _Place) -> Request:
        self._asked.add(place.url)
        self.balance.pages_asked += 1
        headers = {}
        if place.last_visit is not None and place.last_visit.etag:
            headers["If-None-Match"] = place.last_visit.etag
        if place.last_visit is not None and place.last_visit.last_modified:
            headers["If-Modified-Since"] = place.last_visit.last_modified
        return Request(
            place.url,
            headers=headers,
            callback=self.parse_page,
            errback=self.failed_page,
            cb_kwargs={"place": place},
            meta={"handle_httpstatus_list": [304]} if headers else {},
            priority=1 if place.listing is not None else 0,
            dont_filter=True,  # `_asked` is the filter: what Scrapy would drop has to be accounted for
        )

    def _ask_story(self, seen: Observation, known: ArticleState | None) -> Request | None:
        """The request for the page of a story that a list shows, where it is wanted."""
        url, now = seen.url, self.now()
        told = seen if known is None and _is_told_by_its_page(seen) else None
        if (
            url is None
            or url in self._asked
            or not compare(known, seen, self.ledger.looks).state.wants_page(now)
        ):
            return None
        if known is not None and known.fetched_at is not None and known.wants_page(now):
            return None  # due without the list's saying anything new: `look_again` asks more cheaply
        if url in self._put_off:
            return None
        if self._budget_left() <= 0:
            self._put_off.add(url)
            self.balance.pages_asked += 1
            self.balance.pages_skipped["budget"] += 1
            return None
        return self._ask(_Place(url, seen.language, external_id=seen.external_id, told=told))

    def _budget_left(self) -> float:
        budget = self._budget
        spent = self.balance.pages_asked - self.balance.pages_skipped.total()
        return float("inf") if budget is None else budget - spent

    @property
    def _budget(self) -> int | None:
        """How many pages the run may ask for; None: as many as it takes, where everything is unknown yet."""
        first_run = any(language not in self._swept_at for language in self.plan.languages)
        if self.plan.budget is None and (first_run or self.plan.backfill):
            return None
        return self.plan.budget or self.config.budget

    def _unread(
        self, place: _Place, status: VisitStatus, *, http_status: int | None = None
    ) -> Iterator[Observation | Visit]:
        """What is left to say of a story whose page could not be read."""
        if place.told is not None:
            yield place.told
        if place.listing is None:
            visit = self._visit(status, place)
            visit.http_status = http_status
            yield visit

    def _visit(
        self,
        status: VisitStatus,
        place: _Place,
        etag: str | None = None,
        last_modified: str | None = None,
        body_hash: str | None = None,
    ) -> Visit:
        return Visit(self.site.name, place.url, status, self.now(), etag, last_modified, body_hash)

    def _read(self, response: Response, place: _Place) -> ParsedPage:
        """The page, if it is one of the kind that was asked for. Raises ParseError."""
        site = self.plan.site
        headers = {str(k).lower(): str(v) for k, v in response.headers.to_unicode_dict().items()}
        url = site.canonical_url(response.url)
        address = site.identify(url)
        if address is None or (place.external_id is not None and address.external_id != place.external_id):
            raise ParseError(url, "redirected elsewhere")
        if place.listing is not None and (
            address.external_id is not None or address.language not in (None, place.language)
        ):
            # A story's page has a list, too, and another language's listing is one.
            raise ParseError(url, "redirected elsewhere")
        page = site.parse(response.body, url=url, headers=headers, fetched_at=self.now())
        if place.listing is not None and not page.entries:
            raise ParseError(url, "no entries")
        if place.listing is None and page.article is None:
            raise ParseError(url, "no article")
        return page

    def _count_failure(self, place: _Place, reason: str) -> None:
        self.balance.pages_failed[reason] += 1
        self.logger.warning("%s: %s", place.url, reason)
        if place.number > 1:
            self._leave_unswept(place.language, f"page {place.number} could not be read")
        if place.required:
            self.problems.append(f"{place.language}: {place.url}: {reason}")

    def _leave_unswept(self, language: str, reason: str) -> None:
        """A listing has not been followed down to what was known: the next run does not stop above that."""
        self.balance.unswept.setdefault(language, reason)

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

    def _follow(
        self, page: ParsedPage, place: _Place, seen: Sequence[Observation], unknown: Sequence[Observation]
    ) -> Request | None:
        """The request for the next page of a listing, if the crawl goes on there."""
        past_known = place.past_known or not unknown
        if past_known and not self.plan.backfill:
            return None
        first_run = place.language not in self._swept_at
        url = page.next_page
        if url is None or url in self._asked:
            # The end of the listing, without anything known on the way: so it looks, too, when a page was
            # cut off in the middle. Then the next run must not take what this one saw for known.
            if not first_run and len(unknown) == len(seen) and not place.past_known:
                self._leave_unswept(place.language, "a listing ended before anything known")
            return None
        limit = self.plan.max_pages
        if limit is None and first_run and not self.plan.backfill:
            limit = self.config.first_run_max_pages
            if place.number >= limit:
                hint = "-a backfill=true goes on to the end"
                self.logger.info("%s: the first run stops after %d pages; %s", place.listing, limit, hint)
        if (limit is not None and place.number >= limit) or self._budget_left() <= 0:
            if not first_run:
                self._leave_unswept(place.language, "budget" if self._budget_left() <= 0 else "max_pages")
            return None
        # A later page that cannot be read leaves a gap, too, unless it is history nobody has waited for.
        required = place.required and not past_known
        return self._ask(_Place(url, place.language, place.listing, place.number + 1, required, past_known))


def _is_told_by_its_page(seen: Observation) -> bool:
    """Whether an unknown entry may be a story known without address, with its headline edited since.

    The day would tell, and a list beside another story has none; the story's own page, which is asked for
    next, has.
    """
    undated = seen.published_date is None and seen.published_at is None
    return seen.source == "side_list" and seen.url is not None and undated


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None
