"""What becomes of the stories that a page shows: what is stored of them, which pages are asked for next."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from datetime import datetime

from newscrawler.changes import ArticleState
from newscrawler.items import Observation, ParsedPage, Visit, VisitStatus
from newscrawler.shown import Shown
from newscrawler.sites.ways import Way
from newscrawler.spiders.asking import BUDGET, Asking
from newscrawler.spiders.paging import Paging
from newscrawler.spiders.places import Place
from newscrawler.spiders.plan import CrawlPlan
from newscrawler.spiders.sitemaps import files_of, is_passed, passed, stories_left
from newscrawler.spiders.sweeps import Sweeps
from newscrawler.storage.ledger import Ledger

Found = Place | Observation | Visit
"""A page that is asked for, or something to store."""

TOLD_BY_PAGE = "its own page says more"
UNTOLD = "its own page could not be read"
PASSED = "older than what the first run reads"
ALIAS = "another address of a known story"
TOO_MANY = "left to the next run"
_AT_ONCE = 500
"""Entries looked up together: a sitemap may hold 50,000."""


class Entries:
    """The entries of one run, counted in its balance. Its methods raise StorageError."""

    def __init__(
        self,
        plan: CrawlPlan,
        ledger: Ledger,
        shown: Shown,
        asking: Asking,
        sweeps: Sweeps,
        paging: Paging,
        now: Callable[[], datetime],
    ) -> None:
        self.plan = plan
        self.site = plan.site
        self.ledger = ledger
        self.shown = shown
        self.asking = asking
        self.balance = asking.balance
        self.sweeps = sweeps
        self.paging = paging
        self.now = now
        self._taken: Counter[str] = Counter()
        """Addresses of sitemaps that were asked for, by way."""
        self._list_lock = asyncio.Lock()

    async def of_story(self, place: Place, seen: Sequence[Observation]) -> AsyncIterator[Found]:
        """A story by its own page, and the list beside it."""
        self.shown.add(seen)
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
            observation.baseline = not self.sweeps.has_swept(observation.language)
            for item in self._entry(observation, state):
                yield item

    async def of_list(
        self, way: Way, place: Place, page: ParsedPage, seen: Sequence[Observation]
    ) -> AsyncIterator[Found]:
        """What a list shows, the stories that it leads to, and its further pages."""
        if not way.leads:
            for observation in seen:
                observation.source = "side_list"
        self.shown.add(seen)
        wanted = [observation for observation in seen if self._counts(observation)]
        unknown: list[Observation] = []
        for start in range(0, len(wanted), _AT_ONCE):
            # Asked for before anything else is read: another list would take the same stories for its own.
            async with self._list_lock:
                part = await self._look_up(wanted[start : start + _AT_ONCE])
                visits = await self._visits_of([o for o, state in part if state is None])
                items: list[Found] = []
                for observation, state in part:
                    visit = visits.get(observation.url or "")
                    if visit is not None and not (is_passed(visit) and self.plan.backfill):
                        self.balance.entries_skipped[PASSED if is_passed(visit) else ALIAS] += 1
                        continue
                    if self.paging.is_unknown(observation, state, way):
                        unknown.append(observation)
                    observation.baseline = (
                        place.past_known or self.sweeps.at(way, observation.language) is None
                    )
                    items += self._listed(way, place, page, observation, state)
            for item in items:
                yield item
        for following in await self._further(way, place, page, wanted, unknown):
            yield following

    def of_unread(
        self, place: Place, status: VisitStatus, *, http_status: int | None = None
    ) -> Iterator[Observation | Visit]:
        """What is left to say of a story whose page could not be read."""
        if place.told is not None and place.told.headline is None and status == "gone":
            # A line of a sitemap that leads nowhere: history where it was there before we came.
            self.balance.entries_skipped["gone"] += 1
            if place.told.baseline:
                yield from passed(self.site.name, [place.url], self.now())
            return
        if place.told is not None and place.known:
            # It has the headline of a story without address, and may be another.
            self.balance.entries_skipped[UNTOLD] += 1
        elif place.told is not None:
            yield place.told
        if place.way is None:
            yield Visit(self.site.name, place.url, status, self.now(), http_status=http_status)

    def _own_up(self, observation: Observation, place: Place) -> None:
        """Say of a story's own page what was known before it was asked for."""
        observation.external_id = observation.external_id or place.external_id
        if place.told is None and self.site.addresses_vary:
            observation.url = place.url  # the address may have moved on; the story has not
        if place.told is None:
            observation.baseline = not self.sweeps.has_swept(observation.language)
        else:
            observation.found_by = place.told.found_by
            place.told.baseline = place.told.baseline or (
                self.site.addresses_vary and self.sweeps.is_history(observation)
            )
            observation.baseline = place.told.baseline
            if self.site.addresses_vary:
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

    def _listed(
        self, way: Way, place: Place, page: ParsedPage, observation: Observation, state: ArticleState | None
    ) -> Iterator[Found]:
        """One entry of a list."""
        if page.kind not in ("sitemap", "news_sitemap"):
            yield from self._entry(observation, state)
            return
        if state is not None:
            story = self.asking.story(observation, state, self.now())
            if story is not None:
                yield story
                yield observation
            else:
                # A line of a sitemap that says nothing new need not be stored.
                self.balance.entries_known += 1
            return
        first_run = self.sweeps.oldest(way) is None
        left = stories_left(
            self.paging.limit(way), self._taken[way.url], first_run=first_run, backfill=self.plan.backfill
        )
        if left > 0 and (not place.past_known or self.plan.backfill):
            self._taken[way.url] += 1
            yield from self._entry(observation, state)
        elif (first_run or place.past_known) and observation.url is not None:
            self.balance.entries_skipped[PASSED] += 1
            yield passed(self.site.name, [observation.url], self.now())[0]
        else:
            self.balance.entries_skipped[TOO_MANY] += 1
            self.sweeps.leave_gap(way, TOO_MANY)

    def _entry(self, observation: Observation, state: ArticleState | None) -> Iterator[Found]:
        """An entry, and its story's page, where that is wanted.

        What only the page can tell is kept back until the page has been asked.
        """
        story = self.asking.story(observation, state, self.now())
        if story is not None:
            yield story
        if not self.asking.waits_for_its_page(observation, state):
            yield observation
        elif story is None and observation.url in self.asking.asked:
            self.balance.entries_skipped[TOLD_BY_PAGE] += 1
        elif story is None and (observation.headline is None or state is not None):
            # An address alone is no story, and its headline may be that of another: the next run asks.
            self.balance.entries_skipped[BUDGET] += 1
            self._leave_gap_of(observation)
        elif story is None:
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
            may_ask = self.asking.left() > 0
            following = self.paging.following(
                page, place, wanted, unknown, asked=self.asking.asked, may_ask=may_ask
            )
            return [self.asking.ask(following)] if following is not None else []
        urls = [link.url for link in page.sitemaps]
        visits = await asyncio.to_thread(self.ledger.validators, self.site.name, urls)
        files, over = files_of(
            page.sitemaps, place, visits, self.sweeps, self.paging.limit(way), backfill=self.plan.backfill
        )
        files = [file for file in files if file.url not in self.asking.asked]
        return [*map(self.asking.ask, files), *passed(self.site.name, over, self.now())]

    async def _visits_of(self, unknown: Sequence[Observation]) -> dict[str, Visit]:
        """Addresses of no known story that were passed over, or are another address of a known one."""
        urls = [o.url for o in unknown if o.url is not None] if self.site.addresses_vary else []
        return await asyncio.to_thread(self.ledger.validators, self.site.name, urls)

    async def _look_up(
        self, observations: Sequence[Observation]
    ) -> list[tuple[Observation, ArticleState | None]]:
        known = await asyncio.to_thread(self.ledger.lookup, observations, self.shown)
        return list(zip(observations, known, strict=True))

    def _leave_gap_of(self, observation: Observation) -> None:
        """Note that an entry was not stored though it is unknown: its way has to be followed again."""
        for way in self.site.ways([observation.language]):
            if way.kind == "sitemap":
                self.sweeps.leave_gap(way, BUDGET)

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
