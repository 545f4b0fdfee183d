"""Plays one seed: a newsroom with a random script, crawled again and again, compared after every crawl."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

from newscrawler.newsroom import LAYOUTS, Fault, Newsroom, ServedSite, serve
from newscrawler.newsroom.newsroom import ActionName
from newscrawler.newsroom.script import USUAL_WEIGHTS, random_script
from newscrawler.newsroom.server import Validators
from newscrawler.queries import RunQuery
from newscrawler.storage.database import Database
from newscrawler.storage.reading import find_runs
from tests.simulation.crawling import crawl_in_child, crawl_in_process, using
from tests.simulation.observer import Observer, Violation, check_runs
from tests.simulation.truth import Truth

START = datetime(2025, 11, 3, 6, 0, tzinfo=UTC)
LONGREADS: Mapping[ActionName, float] = MappingProxyType({"publish_longread": 0.3})
CLEAN_HOURS = (2.0, 25.0, 25.0, 25.0, 24 * 31.0, 25.0, 25.0, 24 * 31.0, 1.0)
"""Before each of the last crawls, which nothing disturbs: time for a second 404, and for the monthly looks."""
RESTORED_BEFORE = 4
VALIDATORS: tuple[Validators, ...] = ("both", "etag", "last_modified", "lists", "none")


@dataclass(frozen=True, slots=True)
class Scenario:
    """What is simulated."""

    seed: int
    crawls: int = 200
    layout: str = "classic"
    redesigns: bool = False
    """Change the layout now and then."""
    faults: float = 0.0
    """The share of crawls that meet faults."""
    kills: float = 0.0
    """The share of crawls that are killed; with any, crawls run in processes of their own."""
    at_once: int = 1
    """How many crawls start at the same time."""
    longreads: bool = False
    twins: bool = False
    actions_per_hour: float = 2.0
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
    """Simulate, and stop early where there are `stop_at` violations."""
    return asyncio.run(_Play(scenario, database_url).run(stop_at))


class _Play:
    def __init__(self, scenario: Scenario, database_url: str) -> None:
        self.scenario = scenario
        self.database_url = database_url
        self.choices = random.Random(scenario.seed * 1009)
        self.figures = Figures(scenario)
        self.newsroom = Newsroom(
            scenario.seed, START, page_size=10, layout=scenario.layout, unlinked_share=0.4
        )
        self.newsroom.stock(scenario.stock, days=3, longreads_share=0.08 if scenario.longreads else 0.0)
        self.truth = Truth(self.newsroom)
        self.served: ServedSite
        self.observer: Observer
        self.runs_seen: set[int] = set()
        self.wait_until: datetime | None = None
        self.seconds_a_crawl = 0.6

    async def run(self, stop_at: int) -> Figures:
        began = time.monotonic()
        scenario, figures = self.scenario, self.figures
        waits = [self._interval() for _ in range(scenario.crawls)]
        self._plan(sum(waits, timedelta()))
        validators = VALIDATORS[scenario.seed % len(VALIDATORS)]
        database = Database.open(self.database_url)
        self.observer = Observer(self.truth, database)
        with using(self.database_url), serve(
            self.newsroom, validators=validators, gzip=scenario.seed % 3 > 0
        ) as self.served:
            for wait in waits:
                await self._crawl(disturbed=True)
                if len(self.observer.violations) >= stop_at:
                    break
                self.newsroom.advance(wait)
                if scenario.redesigns and self.choices.random() < 0.03:
                    self.newsroom.layout = self.choices.choice(list(LAYOUTS))
            else:
                for step, hours in enumerate(scenario.clean_hours):
                    if step == RESTORED_BEFORE:
                        for story in [s for s in self.truth.stories.values() if s.removed][::2]:
                            self.newsroom.restore(story)
                    self.newsroom.advance(hours=hours)
                    await self._crawl(disturbed=False)
                self.observer.check_end()
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
        figures.seconds = time.monotonic() - began
        database.close()
        return figures

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
        weights = dict(USUAL_WEIGHTS)
        if self.scenario.longreads:
            weights |= LONGREADS
        if not self.scenario.twins:
            del weights["publish_twin"]
        room = self.newsroom
        random_script(
            room,
            duration,
            actions_per_hour=self.scenario.actions_per_hour,
            weights=weights,
            quiet_nights=self.scenario.seed % 2 == 0,
            seed=self.scenario.seed,
        )
        if not self.scenario.longreads:
            for planned in room.script:
                if planned.action == "publish_any":
                    planned.arguments["longreads_share"] = 0.0
        # Busy hours, in which more appears than a listing page holds.
        for _ in range(int(duration / timedelta(days=4))):
            hour = room.now + duration * self.choices.random()
            for _ in range(self.choices.randint(12, 30)):
                room.plan("publish", at=hour + timedelta(minutes=self.choices.uniform(0, 50)))

    async def _crawl(self, *, disturbed: bool) -> None:
        scenario, site, choices = self.scenario, self.served, self.choices
        now = self.newsroom.now
        site.faults.clear()
        decoys: list[str] = []
        if disturbed and choices.random() < scenario.faults:
            for _ in range(choices.randint(1, 3)):
                fault = self._fault()
                site.faults.add(fault)
                if fault.kind == "redirect":
                    decoys.append(fault.location)
        mark = len(site.requests)
        kill = disturbed and choices.random() < scenario.kills
        killed = False
        statuses: list[str] = []
        if scenario.kills:
            kill_after = choices.uniform(0.0, 1.3) * self.seconds_a_crawl if kill else None
            ended = await asyncio.to_thread(
                crawl_in_child, site.base_url, self.database_url, now=now, kill_after=kill_after
            )
            killed = ended.killed
            if not killed:
                self.seconds_a_crawl = 0.8 * self.seconds_a_crawl + 0.2 * ended.seconds
                statuses = ["ok" if ended.code == 0 else "failed"]
        else:
            spiders = await asyncio.gather(
                *(crawl_in_process(site.base_url, now=now) for _ in range(scenario.at_once))
            )
            statuses = [spider.outcome.status if spider.outcome else "none" for spider in spiders]
        asked = site.requests[mark:]
        figures = self.figures
        figures.crawls += scenario.at_once
        figures.killed += killed
        figures.failed += len(statuses) - statuses.count("ok")
        figures.requests += len(asked)
        spoiled = [request for request in asked if request.fault is not None]
        figures.spoiled += len(spoiled)
        waited = not [request for request in asked if request.path != "/robots.txt"]
        self.truth.update()
        number = figures.crawls
        looks = self.truth.looks(asked, number, killed=killed, decoys=decoys)
        succeeded = "ok" in statuses
        self.observer.check(
            number,
            now,
            looks,
            killed=killed,
            succeeded=succeeded,
            clean=not spoiled and not killed and not waited,
        )
        for run_id, status, problem in check_runs(self.observer.database, self.runs_seen):
            self._say(number, now, f"run {run_id}, {status}: {problem}")
        if not succeeded and not spoiled and not killed and not waited:
            self._say(number, now, f"it met no fault, and failed: {self._reason()}")

    def _reason(self) -> str:
        run = next(iter(find_runs(self.observer.database, RunQuery(limit=1))), None)
        return f"{run.status}: {run.reason}" if run else "no run"

    def _say(self, number: int, now: datetime, text: str) -> None:
        self.observer.violations.append(Violation("run", number, now, None, text))

    def _fault(self) -> Fault:
        """One thing that goes wrong, somewhere on the site."""
        choices = self.choices
        language = choices.choice(self.newsroom.languages)
        path = choices.choice(
            (
                "*",
                f"/{language}/*",
                f"/{language}/news/",
                f"/{language}/news/page/*",
                f"/{language}/news/1*",
                f"/{language}/longreads/*",
                "/??/news/1*",
                "/??/news/1*|/??/longreads/1*",
            )
        )
        probability = choices.choice((1.0, 0.5, 0.15))
        where = {"path": path, "probability": probability, "skip": choices.choice((0, 0, 1, 5))}
        retry_after = choices.choice(
            (None, "0", "3600", "not a date", f"{self.newsroom.now + timedelta(minutes=25):%a, %d %b %Y %H:%M:%S GMT}")
        )
        some = choices.randint(1, 4)
        faults: tuple[Fault, ...] = (
            Fault("status", **where, status=403),
            Fault("status", **where, status=429, retry_after=retry_after),
            Fault("status", **where, status=500),
            Fault("status", **where, status=503, retry_after=retry_after),
            Fault("status", **where, status=choices.choice((404, 410)), count=some),
            Fault("delay", **where, seconds=0.05),
            Fault("hang", **where, count=1),
            Fault("reset", **where),
            Fault("truncated", **where),
            Fault("truncated_chunked", **where),
            Fault("wrong_type", **where),
            Fault("wrong_charset", **where, charset=choices.choice(("windows-1252", "windows-1251", "koi8-r"))),
            Fault("false_gzip", **where),
            Fault("challenge", **where, status=choices.choice((403, 503, 200))),
            Fault("consent", **where),
            Fault("login", **where),
            Fault("redirect", **where, location=choices.choice(("/en/login/", f"/{language}/", self._decoy()))),
            Fault("redirect_loop", **where),
            Fault("empty_listing", **where),
            Fault("half_listing", **where, entries=choices.randint(1, 8)),
            Fault("changed_markup", **where),
            Fault("empty_body", **where),
            Fault("status", path="/robots.txt", status=choices.choice((500, 503))),
            Fault("reset", path="/robots.txt"),
        )  # fmt: skip
        return choices.choice(faults)

    def _decoy(self) -> str:
        """The page of some other story."""
        listed = [s for s in self.newsroom.stories("en") if s.has_link and not s.removed]
        return self.choices.choice(listed).path if listed else "/en/"
