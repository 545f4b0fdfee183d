"""Plays one seed: a newsroom with a random script, crawled again and again, compared after every crawl."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any, TypeVar

from newscrawler.newsroom import Fault, Newsroom, ServedSite, serve
from newscrawler.newsroom.newsroom import ActionName
from newscrawler.newsroom.script import USUAL_WEIGHTS, random_script
from newscrawler.newsroom.server import Validators
from newscrawler.storage.database import Database
from tests.simulation.crawling import crawl_in_child, crawl_in_process, using
from tests.simulation.observer import Observer, Violation
from tests.simulation.stored import Stored
from tests.simulation.troubles import some_fault
from tests.simulation.truth import UNSURE, Truth

T = TypeVar("T")
START = datetime(2025, 11, 3, 6, 0, tzinfo=UTC)
WEIGHTS: Mapping[ActionName, float] = MappingProxyType({**USUAL_WEIGHTS, "edit_headline": 2.5})
"""Headlines of entries without address are edited, too, and few have none."""
LONGREADS: Mapping[ActionName, float] = MappingProxyType({"publish_longread": 0.3})
CLEAN_HOURS = (2.0, 25.0, 25.0, 25.0, 24 * 31.0, 25.0, 25.0, 1.0)
"""Before each of the last, undisturbed crawls: days for a second 404, a month for the rarest looks."""
RESTORED_BEFORE = 3
# Sites differ; a seed chooses.
NEWS_LIST_LENGTHS = (20, 6, 10)
PREMIUM_SHARES = (0.4, 0.2, 0.3, 0.15)
UNLINKED_SHARES = (0.8, 0.4, 0.6)
ACTIONS_PER_HOUR = (1.0, 0.5)
DIGEST_EVERY = timedelta(days=2.5)
DIGEST: dict[str, Any] = {
    "headline": "What subscribers read most this week",
    "premium": True,
    "linked": False,
}
VALIDATORS: tuple[Validators, ...] = ("both", "etag", "last_modified", "lists", "none")


@dataclass(frozen=True, slots=True)
class Scenario:
    """What is simulated."""

    seed: int
    crawls: int = 200
    layout: str = "classic"
    redesigns: tuple[str, ...] = ()
    """Layouts of which one is taken up now and then."""
    faults: float = 0.0
    """The share of crawls that meet faults."""
    kills: float = 0.0
    """The share of crawls that die of SIGKILL; with any, crawls run in processes of their own."""
    at_once: int = 1
    """How many crawls start at the same time."""
    longreads: bool = False
    twins: bool = False
    stock: int = 45
    """How many stories there are to begin with."""
    clean_hours: tuple[float, ...] = CLEAN_HOURS


@dataclass(slots=True)
class Figures:
    """What came of a scenario."""

    scenario: Scenario
    crawls: int = 0
    failed: int = 0
    """Runs that ended as failed: they met a fault."""
    killed: int = 0
    requests: int = 0
    spoiled: int = 0
    """Requests that met a fault."""
    stories: int = 0
    happenings: int = 0
    days: float = 0.0
    events: Counter[str] = field(default_factory=Counter)
    violations: list[Violation] = field(default_factory=list)
    diagnostics: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def count(self, kind: str) -> int:
        """How many violations of a kind there are."""
        return sum(violation.kind == kind for violation in self.violations)


def play(scenario: Scenario, database_url: str, *, stop_at: int = 12) -> Figures:
    """Simulate, and stop early once violations are about `stop_at` stories."""
    return asyncio.run(_Play(scenario, database_url).run(stop_at))


def _of(choices: Sequence[T], seed: int) -> T:
    return choices[seed % len(choices)]


class _Play:
    def __init__(self, scenario: Scenario, database_url: str) -> None:
        self.scenario = scenario
        self.database_url = database_url
        self.choices = random.Random(scenario.seed * 1009)
        self.figures = Figures(scenario)
        self.newsroom = Newsroom(
            scenario.seed,
            START,
            page_size=10,
            news_list_length=_of(NEWS_LIST_LENGTHS, scenario.seed),
            premium_share=_of(PREMIUM_SHARES, scenario.seed),
            layout=scenario.layout,
            unlinked_share=_of(UNLINKED_SHARES, scenario.seed),
        )
        for hours in (96, 76):
            for language in self.newsroom.languages:
                self.newsroom.publish(language, published_at=START - timedelta(hours=hours), **DIGEST)
        self.newsroom.stock(scenario.stock, days=3, longreads_share=0.08 if scenario.longreads else 0.0)
        self.truth = Truth(self.newsroom)
        self.served: ServedSite
        self.observer: Observer
        self.seconds_a_crawl = 0.6
        self._crawled_at = 0

    async def run(self, stop_at: int) -> Figures:
        began = time.monotonic()
        scenario, figures = self.scenario, self.figures
        waits = [self._interval() for _ in range(scenario.crawls)]
        self._plan(sum(waits, timedelta()))
        validators = _of(VALIDATORS, scenario.seed)
        database = Database.open(self.database_url)
        self.observer = Observer(self.truth, Stored(database), START)
        with (
            using(self.database_url),
            serve(self.newsroom, validators=validators, gzip=scenario.seed % 3 > 0) as self.served,
        ):
            for wait in waits:
                await self._crawl(disturbed=True)
                if len({violation.story_id for violation in self.observer.violations}) >= stop_at:
                    break
                self.newsroom.advance(wait)
                if scenario.redesigns and self.choices.random() < 0.03:
                    self.newsroom.layout = self.choices.choice(scenario.redesigns)
            else:
                self._fill_lists()
                for step, hours in enumerate(scenario.clean_hours):
                    if step == RESTORED_BEFORE:
                        for story in [s for s in self.truth.stories.values() if s.removed][::2]:
                            self.newsroom.restore(story)
                    self.newsroom.advance(hours=hours)
                    await self._crawl(disturbed=False)
                self.observer.check_end(settled=sum(scenario.clean_hours) > 24 * 31)
            self._take_figures()
        figures.seconds = time.monotonic() - began
        database.close()
        return figures

    def _take_figures(self) -> None:
        figures = self.figures
        figures.stories = len(self.truth.stories)
        figures.happenings = self.newsroom.ledger.mark()
        figures.days = (self.newsroom.now - START) / timedelta(days=1)
        figures.events = self.observer.events
        figures.violations = self.observer.violations
        told: set[int | None] = set()
        for violation in figures.violations:
            figures.diagnostics.append(str(violation))
            if violation.story_id is not None and violation.story_id not in told and len(told) < 4:
                told.add(violation.story_id)
                figures.diagnostics.append(self.observer.describe(violation.story_id))

    def _fill_lists(self) -> None:
        """Publish so much that entries without address leave all lists.

        Undated beside a story, they cannot be told from new ones after a month without a crawl.
        """
        self.newsroom.clear_script()
        for _ in range(self.newsroom.news_list_length + 1):
            self.newsroom.advance(minutes=1)
            for language in self.newsroom.languages:
                self.newsroom.publish(language, linked=True)

    def _interval(self) -> timedelta:
        """Minutes, hours, sometimes more than a day."""
        kind = self.choices.random()
        if kind < 0.4:
            return timedelta(minutes=self.choices.uniform(3, 20))
        if kind < 0.75:
            return timedelta(minutes=self.choices.uniform(20, 150))
        if kind < 0.95:
            return timedelta(hours=self.choices.uniform(2.5, 9))
        return timedelta(hours=self.choices.uniform(22, 32))

    def _plan(self, duration: timedelta) -> None:
        weights = dict(WEIGHTS)
        if self.scenario.longreads:
            weights |= LONGREADS
        if not self.scenario.twins:
            del weights["publish_twin"]
        room = self.newsroom
        random_script(
            room,
            duration,
            actions_per_hour=_of(ACTIONS_PER_HOUR, self.scenario.seed),
            weights=weights,
            quiet_nights=self.scenario.seed % 2 == 0,
            seed=self.scenario.seed,
        )
        if not self.scenario.longreads:
            for planned in room.script:
                if planned.action == "publish_any":
                    planned.arguments["longreads_share"] = 0.0
        # The same headline on another day is another story, with an address and without.
        for number in range(int(duration / DIGEST_EVERY) + 1):
            at = room.now + number * DIGEST_EVERY + timedelta(hours=self.choices.uniform(1, 12))
            later = at + timedelta(hours=self.choices.uniform(1, 12))
            for language in room.languages:
                room.plan("publish", at=at, language=language, headline="The days in brief", linked=True)
                room.plan("publish", at=later, language=language, **DIGEST)
        # Busy hours, in which more appears than a listing page holds.
        for _ in range(int(duration / timedelta(days=3))):
            hour = room.now + duration * self.choices.random()
            for _ in range(self.choices.randint(20, 45)):
                room.plan("publish", at=hour + timedelta(minutes=self.choices.uniform(0, 50)))

    async def _crawl(self, *, disturbed: bool) -> None:
        """Crawl once, or several times at once, and compare."""
        scenario, choices, figures = self.scenario, self.choices, self.figures
        decoys = self._set_faults() if disturbed and choices.random() < scenario.faults else []
        if disturbed and scenario.faults and self._is_busy() and choices.random() < 0.4:
            self.served.faults.add(Fault("status", path="/??/news/page/*", status=500))
        mark, now, began = len(self.served.requests), self.newsroom.now, time.monotonic()
        if scenario.kills:
            statuses = await self._crawl_in_child(kill=disturbed and self._owes_a_kill())
        else:
            crawls = (crawl_in_process(self.served.base_url, now=now) for _ in range(scenario.at_once))
            spiders = await asyncio.gather(*crawls)
            statuses = [spider.outcome.status if spider.outcome else "none" for spider in spiders]
        # An answer that a killed crawl did not wait for may be written down late.
        asked = [r for r in self.served.requests[mark:] if r.clock - r.seconds >= began]
        self.served.faults.clear()
        killed = not statuses
        spoiled = sum(request.fault is not None for request in asked)
        figures.crawls += scenario.at_once
        figures.killed += killed
        figures.failed += len(statuses) - statuses.count("ok")
        figures.requests += len(asked)
        figures.spoiled += spoiled
        self.truth.update()
        looks = self.truth.looks(asked, figures.crawls, killed=killed, decoys=decoys)
        # A crawl that asks for nothing has been asked to wait.
        waits = all(request.path == "/robots.txt" for request in asked)
        disturbed = bool(spoiled) or killed or waits
        # Half a list may look like a whole one: then the run is well, and the next has to find the rest.
        succeeded = "ok" in statuses and not any(request.fault in UNSURE for request in asked)
        self.observer.check(figures.crawls, now, looks, succeeded=succeeded, disturbed=disturbed)
        for problem in self.observer.stored.wrong_runs():
            self._say(problem)
        if "ok" not in statuses and not disturbed:
            self._say(f"it met no fault, and failed: {self.observer.stored.last_run()}")

    def _owes_a_kill(self) -> bool:
        """Whether to try and kill the next crawl. One that ends before its moment has come is made up for."""
        owed = self.scenario.kills * (self.figures.crawls + 1) - self.figures.killed
        return self.choices.random() < owed

    async def _crawl_in_child(self, *, kill: bool) -> list[str]:
        """How the crawl ended; nothing where it was killed."""
        after = self.choices.uniform(0.0, 1.3) * self.seconds_a_crawl if kill else None
        ended = await asyncio.to_thread(
            crawl_in_child, self.served.base_url, self.database_url, now=self.newsroom.now, kill_after=after
        )
        if ended.killed:
            return []
        self.seconds_a_crawl = 0.8 * self.seconds_a_crawl + 0.2 * ended.seconds
        return ["ok" if ended.code == 0 else "failed"]

    def _is_busy(self) -> bool:
        """Whether more has been published since the last crawl than a listing page holds."""
        happened = self.newsroom.ledger.happenings[self._crawled_at :]
        self._crawled_at = self.newsroom.ledger.mark()
        published = Counter(h.language for h in happened if h.kind == "published")
        return any(number > self.newsroom.page_size for number in published.values())

    def _set_faults(self) -> list[str]:
        """Let something go wrong; the paths to which a fault leads astray."""
        faults = [some_fault(self.newsroom, self.choices) for _ in range(self.choices.randint(1, 3))]
        self.served.faults.add(*faults)
        return [fault.location for fault in faults if fault.kind == "redirect"]

    def _say(self, text: str) -> None:
        observer = self.observer
        observer.violations.append(Violation("run", observer.crawl, observer.at, None, text))
