"""How often trouble is told of a site that has none, and how soon where there is some.

`python -m tests.simulation.alarms` plays sites in all layouts: as ever, with faults that pass, and redesigned
again and again in ways that can still be read. Then, each on a site of its own, what ought to be told: fields
that pages show no more, lists that end, refusals, errors, silence; and that it is over. Prints a line for
each; exits with 1 where something is told without a cause, or not told.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import os
import random
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any
from unittest.mock import patch

from newscrawler.health import SITE_EVENT_KINDS
from newscrawler.items import ParsedPage
from newscrawler.newsroom import LAYOUTS, Fault, Newsroom, ServedSite, serve
from newscrawler.newsroom.script import random_script
from newscrawler.queries import EventQuery
from newscrawler.spiders import news
from newscrawler.spiders.responses import read_page
from newscrawler.storage.database import Database
from newscrawler.storage.reading import find_events
from tests.simulation.crawling import crawl_in_process, using
from tests.simulation.play import PREMIUM_SHARES, START, UNLINKED_SHARES
from tests.simulation.troubles import some_fault
from tests.simulation.workers import be_quiet

REDESIGN_EVERY = 12
AT_MOST = 90
"""Crawls until something has to be told, and until it has to be over."""
LASTS = {"site_blocked": 2, "site_failing": 3, "site_drifting": 2, "site_silent": 1}
"""In so many crawls, the last ones, there has to be a cause for what is told."""

Trouble = Callable[[ServedSite], AbstractContextManager[Any]]


def _faults(*faults: Fault) -> Trouble:
    @contextmanager
    def trouble(served: ServedSite) -> Iterator[None]:
        served.faults.add(*faults)
        yield
        served.faults.clear()

    return trouble


def _hidden(where: str, **empty: Any) -> Trouble:
    """A redesign after which `listing` or `article` pages are read as ever, but for one field."""

    @contextmanager
    def trouble(served: ServedSite) -> Iterator[None]:
        before = served.newsroom.layout

        def read(*arguments: Any, **options: Any) -> ParsedPage:
            page = read_page(*arguments, **options)
            shown = page.entries if where == "listing" else [page.article]
            for each in shown:
                for name, value in empty.items():
                    if each is not None and (where == "article" or page.article is None):
                        setattr(each, name, value)
            return page

        served.newsroom.layout = next(layout for layout in LAYOUTS if layout != before)
        with patch.object(news, "read_page", read):
            yield
        served.newsroom.layout = before

    return trouble


def _nothing_published(served: ServedSite) -> AbstractContextManager[Any]:
    """The site's script ends here."""
    served.newsroom.clear_script()
    return nullcontext()


UNDATED = {"published_at": None, "published_date": None}
TROUBLES: Mapping[str, tuple[str, Trouble]] = MappingProxyType(
    {
        "lists without dates": ("site_drifting", _hidden("listing", **UNDATED)),
        "lists without sections": ("site_drifting", _hidden("listing", sections=[])),
        "lists without marks": ("site_drifting", _hidden("listing", premium=False)),
        "lists of 3 entries": ("site_drifting", _faults(Fault("half_listing", entries=3))),
        "lists without entries": ("site_drifting", _faults(Fault("empty_listing"))),
        "articles without dates": ("site_drifting", _hidden("article", **UNDATED)),
        "articles without sections": ("site_drifting", _hidden("article", sections=[])),
        "articles without text": ("site_drifting", _faults(Fault("no_text", path="/??/news/1*"))),
        "articles without headline": ("site_drifting", _hidden("article", headline=None)),
        "articles without marks": ("site_drifting", _hidden("article", premium=False)),
        "403 to everything": ("site_blocked", _faults(Fault("status", status=403))),
        "challenges": ("site_blocked", _faults(Fault("challenge"))),
        "500 to everything": ("site_failing", _faults(Fault("status", status=500))),
        "no answers": ("site_failing", _faults(Fault("reset"))),
        "nothing published": ("site_silent", _nothing_published),
    }
)
"""Name → what has to be told of it, and how it is made."""
PEACE = ("as ever", "with faults", "redesigned")


@dataclass(frozen=True, slots=True)
class Scenario:
    """One site, played once."""

    case: str
    """One of PEACE or of TROUBLES."""
    seed: int
    crawls: int = 60
    """Without trouble; where it begins, as many follow as it takes."""

    @property
    def layout(self) -> str:
        return list(LAYOUTS)[self.seed % len(LAYOUTS)]


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something that was told."""

    kind: str
    crawl: int
    said: str
    caused: bool
    """Whether trouble was on, or faults were met in each of the crawls that led to it."""


@dataclass(slots=True)
class Told:
    """What came of a scenario."""

    scenario: Scenario
    crawls: int = 0
    days: float = 0.0
    alarms: list[Alarm] = field(default_factory=list)
    found_after: int | None = None
    """Crawls from the beginning of the trouble on; None where it was not told, and in peace."""
    found_after_hours: float = 0.0
    over_after: int | None = None
    """Crawls from the end of the trouble until `site_recovered`."""

    @property
    def false(self) -> list[Alarm]:
        return [alarm for alarm in self.alarms if not alarm.caused]


def play(scenario: Scenario, database_url: str) -> Told:
    """Simulate one site."""
    return asyncio.run(_Play(scenario, database_url).run())


class _Play:
    def __init__(self, scenario: Scenario, database_url: str) -> None:
        self.scenario, self.database_url = scenario, database_url
        self.told = Told(scenario)
        self.choices = random.Random(f"{scenario.case} {scenario.seed}")
        seed = scenario.seed
        self.newsroom = Newsroom(
            seed,
            START,
            languages=("en", "ru"),
            layout=scenario.layout,
            page_size=(20, 10)[seed % 2],
            premium_share=PREMIUM_SHARES[seed % len(PREMIUM_SHARES)],
            unlinked_share=UNLINKED_SHARES[seed % len(UNLINKED_SHARES)],
        )
        self.newsroom.stock(80, days=9)
        random_script(
            self.newsroom,
            timedelta(days=60),
            actions_per_hour=(1.0, 2.0)[seed % 2],
            quiet_nights=seed % 4 < 3,
            seed=seed,
        )
        self.met_fault: list[bool] = []
        self.events = 0

    async def run(self) -> Told:
        told, case = self.told, self.scenario.case
        database = Database.open(self.database_url)
        self.database = database
        with using(self.database_url), serve(self.newsroom) as self.served:
            if case in PEACE:
                for number in range(self.scenario.crawls):
                    if case == "with faults" and self.choices.random() < 0.3:
                        self.served.faults.add(some_fault(self.newsroom, self.choices))
                    if case == "redesigned" and number % REDESIGN_EVERY == REDESIGN_EVERY - 1:
                        self.newsroom.layout = self.choices.choice(list(LAYOUTS))
                    await self._crawl()
                    self.served.faults.clear()
            else:
                await self._trouble(*TROUBLES[case])
        told.days = (self.newsroom.now - START) / timedelta(days=1)
        database.close()
        return told

    async def _trouble(self, kind: str, trouble: Trouble) -> None:
        told = self.told
        for _ in range(self.scenario.crawls):
            await self._crawl()
        began = self.newsroom.now
        with trouble(self.served):
            for number in range(1, AT_MOST + 1):
                if kind in await self._crawl(trouble=True):
                    told.found_after = number
                    told.found_after_hours = (self.newsroom.now - began) / timedelta(hours=1)
                    break
        if kind == "site_silent":
            random_script(self.newsroom, timedelta(days=10), actions_per_hour=2)
        for number in range(1, AT_MOST + 1):
            if "site_recovered" in await self._crawl(trouble=True):
                told.over_after = number
                break

    async def _crawl(self, *, trouble: bool = False) -> list[str]:
        """Crawl after a while; what is told of the site then."""
        self.newsroom.advance(minutes=self.choices.uniform(20, 100))
        mark = len(self.served.requests)
        await crawl_in_process(self.served.base_url, now=self.newsroom.now, languages="en,ru")
        asked = self.served.requests[mark:]
        # A crawl that asks for nothing but robots.txt has been asked to wait.
        met = any(request.fault for request in asked) or len(asked) <= 1
        self.met_fault.append(met)
        self.told.crawls += 1
        found = sorted(
            find_events(self.database, EventQuery(kinds=SITE_EVENT_KINDS)), key=lambda event: event.id
        )
        fresh, self.events = found[self.events :], len(found)
        for event in fresh:
            if event.kind != "site_recovered":
                caused = trouble or all(self.met_fault[-LASTS[event.kind] :])
                self.told.alarms.append(Alarm(event.kind, self.told.crawls, str(event.new), caused))
        return [event.kind for event in fresh]


def main(arguments: Sequence[str] | None = None) -> int:
    """Play all that is asked for; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation.alarms", description=__doc__)
    parser.add_argument("--seeds", type=int, default=5, help="sites of each case (default 5, one a layout)")
    parser.add_argument("--crawls", type=int, default=150, help="of a site without trouble (default 150)")
    parser.add_argument("--usual", type=int, default=60, help="crawls before trouble begins (default 60)")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--only", default="", help="cases whose name contains this")
    options = parser.parse_args(arguments)
    cases = [case for case in (*PEACE, *TROUBLES) if options.only in case]
    scenarios = [
        Scenario(case, seed, options.crawls if case in PEACE else options.usual)
        for case in cases
        for seed in range(options.seeds)
    ]
    context = multiprocessing.get_context("spawn")
    wrong, done = 0, dict[str, list[Told]]()
    print(f"{'case':<26} {'sites':>5} {'crawls':>6} {'days':>5}  told", flush=True)
    with ProcessPoolExecutor(options.processes, context, initializer=be_quiet) as pool:
        for future in as_completed([pool.submit(_play_alone, scenario) for scenario in scenarios]):
            told = future.result()
            of_case = done.setdefault(told.scenario.case, [])
            of_case.append(told)
            for alarm in told.false:
                wrong += 1
                print(f"FALSE: {told.scenario} crawl {alarm.crawl}: {alarm.kind}: {alarm.said}", flush=True)
            if len(of_case) == options.seeds:
                wrong += sum(one.found_after is None for one in of_case if told.scenario.case in TROUBLES)
                print(_line(told.scenario.case, of_case), flush=True)
    return 1 if wrong else 0


def _play_alone(scenario: Scenario) -> Told:
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)  # where pages that show a drift are saved
        return play(scenario, f"sqlite:///{Path(folder) / 'newscrawler.db'}")


def _line(case: str, of_case: Sequence[Told]) -> str:
    crawls, days = sum(told.crawls for told in of_case), sum(told.days for told in of_case)
    false = sum(len(told.false) for told in of_case)
    line = f"{case:<26} {len(of_case):>5} {crawls:>6} {days:>5.0f}  "
    if case in PEACE:
        caused = sum(len(told.alarms) for told in of_case) - false
        return f"{line}{false} without a cause, {caused} with faults in each crawl before"
    found = [told.found_after for told in of_case if told.found_after is not None]
    over = [told.over_after for told in of_case if told.over_after is not None]
    hours = [told.found_after_hours for told in of_case if told.found_after is not None]
    kind = TROUBLES[case][0]
    return (
        f"{line}{false} without a cause; {kind} in {len(found)} of {len(of_case)}"
        f"{_spread(' within', found)} crawls{_spread(',', hours)} h;"
        f" over in {len(over)}{_spread(' within', over)} crawls"
    )


def _spread(word: str, values: Sequence[float]) -> str:
    return f"{word} {statistics.median(values):.0f} (at most {max(values):.0f})" if values else ""


if __name__ == "__main__":
    sys.exit(main())
