"""Starts the crawls whose turn has come, and sees to their end."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Protocol

from newscrawler.alerts.rules import Routes
from newscrawler.config import Config
from newscrawler.exceptions import NewscrawlerError, UsageError
from newscrawler.logs import LogFormat
from newscrawler.schedule import Schedule
from newscrawler.sites import get_site
from newscrawler.spiders.plan import CrawlPlan
from newscrawler.storage.claims import Pulse, SiteBusyError
from newscrawler.storage.database import Database
from newscrawler.storage.ledger import Ledger
from newscrawler.storage.reading import find_run
from newscrawler.storage.records import Run
from newscrawler.storage.turns import Turns
from newscrawler.watch.crawl_process import CrawlProcess
from newscrawler.watch.run_logs import last_line, new_log

logger = logging.getLogger(__name__)

SHUTDOWN = "the watch was stopped"


class Listener(Protocol):
    """Is told of each run that ends."""

    def run_ended(self, run: Run) -> None:
        """`run` as it is stored."""


class Watcher:
    """Crawls the chosen sites in their turn. `tick` does everything, and is called about once a second."""

    def __init__(
        self,
        database: Database,
        config: Config,
        names: Sequence[str] = (),
        *,
        log_format: LogFormat = "text",
        listener: Listener | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.database = database
        self.clock = clock
        self._names = tuple(names)
        self._turns = Turns(database)
        self._pulse = Pulse(monotonic)
        self._monotonic = monotonic
        self._log_format = log_format
        self._listener = listener
        self._crawls: dict[str, CrawlProcess] = {}
        self._stopping = False
        self._trouble: str | None = None
        self._config = config
        self._ledger = _ledger(database, config)
        self._schedules = schedules_of(config, self._names)
        self._turns.enroll(self._schedules, at=clock())

    @property
    def schedules(self) -> dict[str, Schedule]:
        """The watched sites."""
        return self._schedules

    @property
    def crawls(self) -> dict[str, CrawlProcess]:
        """The crawls under way, by site."""
        return dict(self._crawls)

    def use(self, config: Config) -> None:
        """Go on with other settings. Raises UsageError for such as cannot be used, and keeps the old ones."""
        schedules = schedules_of(config, self._names)
        self._turns.enroll(schedules, at=self.clock())
        self._config, self._schedules = config, schedules
        self._ledger = _ledger(self.database, config)

    def tick(self) -> None:
        """See to the crawls under way, and start those that are due."""
        try:
            self._see_to_crawls()
            if not self._stopping:
                self._start_due()
        except NewscrawlerError as exc:
            # The database is out of reach, or the log folder full: it may be there again in a moment.
            if str(exc) != self._trouble:
                logger.error("%s; trying again", exc)
            self._trouble = str(exc)
        else:
            if self._trouble is not None:
                logger.info("all well again")
            self._trouble = None

    def stop(self) -> None:
        """Start no more crawls, and ask those under way to end."""
        self._stopping = True
        for crawl in self._crawls.values():
            crawl.end(SHUTDOWN)

    def stopped(self) -> bool:
        """Whether no crawl is under way any more."""
        return not self._crawls

    def _see_to_crawls(self) -> None:
        for site, crawl in list(self._crawls.items()):
            if crawl.exit_code is not None:
                self._settle(crawl)
                del self._crawls[site]
                continue
            limit = self._config.site_settings(site).time_limit_seconds
            if crawl.seconds() > limit:
                crawl.end(f"took longer than time_limit_seconds = {limit:g}")
            crawl.kill_if_slow(self._config.watch.stop_seconds)

    def _settle(self, crawl: CrawlProcess) -> None:
        """Note how a crawl ended that could not do so itself."""
        self._ledger.finish_run(
            crawl.run_id,
            at=self.clock(),
            status="stopped" if crawl.asked_to_end == SHUTDOWN else "failed",
            reason=_death_of(crawl),
            schedule=self._schedules.get(crawl.site),
        )
        crawl.close()
        run = find_run(self.database, crawl.run_id)
        counts = run.counts or {}
        logger.info(
            "%s, run %d: %s%s; %d new entries",
            run.site,
            run.id,
            run.status,
            f" ({run.reason})" if run.reason else "",
            counts.get("entries", {}).get("new", 0),
        )
        if self._listener is not None:
            self._listener.run_ended(run)

    def _start_due(self) -> None:
        for site in self._turns.due(self._schedules, at=self.clock()):
            if len(self._crawls) >= self._config.watch.max_crawls:
                return
            if site not in self._crawls:
                self._start(site)

    def _start(self, site: str, instead_of: int | None = None) -> None:
        now = self.clock()
        plan = _plan(self._config, site)
        try:
            run_id = self._turns.claim(site, languages=plan.languages, at=now, instead_of=instead_of)
        except SiteBusyError as busy:
            if instead_of is None and self._pulse.is_dead(busy.run):
                logger.warning("%s has been given up; its turn is taken again", busy.run)
                self._start(site, instead_of=busy.run.id)
            return
        if run_id is None:
            return
        watch = self._config.watch
        log = new_log(watch.log_folder, site, run_id, now, keep=watch.keep_logs)
        self._turns.log_of(run_id, str(log))
        self._crawls[site] = CrawlProcess(
            site, run_id, self._config, log, log_format=self._log_format, monotonic=self._monotonic
        )
        logger.info("%s, run %d: begun, log in %s", site, run_id, log)


def _ledger(database: Database, config: Config) -> Ledger:
    return Ledger(database, config.look_schedule, Routes(config.alerts))


def _death_of(crawl: CrawlProcess) -> str:
    """Why a crawl ended without saying so itself."""
    code = crawl.exit_code or 0
    end = f"was killed by signal {-code}" if code < 0 else f"ended with exit code {code}"
    if crawl.asked_to_end is not None:
        return f"{crawl.asked_to_end}; its process {end}"
    said = last_line(crawl.log)
    return f"its process {end}" + (f": {said}" if said else "")


def schedules_of(config: Config, names: Sequence[str]) -> dict[str, Schedule]:
    """The schedules of the sites named or, where none is, of all in the settings.

    Raises UsageError for an unknown site, for settings that do not fit it, and where there is none at all.
    """
    chosen = list(dict.fromkeys(names or config.sites))
    if not chosen:
        raise UsageError(
            "no site to watch: name one (newscrawler watch pozirk), or write newscrawler.toml with one "
            "(newscrawler init)"
        )
    for name in chosen:
        try:
            _plan(config, name)
        except UsageError as exc:
            raise UsageError(f"sites.{name}: {exc}") from None
    return {name: config.schedule_of(get_site(name)) for name in chosen}


def _plan(config: Config, name: str) -> CrawlPlan:
    return CrawlPlan.from_arguments(get_site(name), config.site_settings(name).arguments({}))
