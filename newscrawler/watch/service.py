"""The program behind `newscrawler watch`: a ticker, signals, and an end in good order."""

from __future__ import annotations

import logging
import signal
import threading
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from types import FrameType
from typing import TYPE_CHECKING

from apscheduler.schedulers.background import (  # type: ignore[import-untyped]  # it has no stubs
    BackgroundScheduler,
)

from newscrawler.config import load_config
from newscrawler.exceptions import NewscrawlerError
from newscrawler.logs import LogFormat
from newscrawler.storage.database import Database
from newscrawler.watch.teller import Teller
from newscrawler.watch.watcher import Watcher

if TYPE_CHECKING:
    from newscrawler.watch.metrics import Metrics

logger = logging.getLogger(__name__)

TICK_SECONDS = 1.0
_CLOCK_SET_BACK_SECONDS = 2.0


class Ticker:
    """Calls a function about once a second, whatever becomes of the machine's clock."""

    def __init__(
        self,
        tick: Callable[[], None],
        *,
        wall: Callable[[], float] = time.time,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._wall, self._monotonic = wall, monotonic
        self._ahead = wall() - monotonic()
        self._scheduler = BackgroundScheduler(timezone=UTC)
        # The default grace of one second would skip a late tick without a word.
        self._job = self._scheduler.add_job(
            tick,
            "interval",
            seconds=TICK_SECONDS,
            next_run_time=datetime.now(UTC),
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )

    def start(self) -> None:
        """Begin."""
        self._scheduler.start()

    def check_clock(self) -> bool:
        """Tick at once if the clock was put back: APScheduler would wait until it is as late again."""
        ahead = self._wall() - self._monotonic()
        went_back = ahead < self._ahead - _CLOCK_SET_BACK_SECONDS
        self._ahead = ahead
        if went_back:
            logger.warning("the clock was put back")
            self._job.modify(next_run_time=datetime.now(UTC))
        return went_back

    def stop(self) -> None:
        """End, once a tick under way has ended."""
        self._scheduler.shutdown(wait=True)


def watch(names: Sequence[str], *, log_format: LogFormat) -> None:
    """Crawl sites in their turn until SIGTERM or Ctrl-C; SIGHUP reads the settings again.

    Raises UsageError for settings that cannot be used, StorageError where the database cannot be opened.
    """
    config = load_config()
    database = Database.open(config.database_url, timeout_seconds=config.database_timeout_seconds)
    stop, reload = threading.Event(), threading.Event()
    woken = threading.Event()

    def on_signal(number: int, _frame: FrameType | None) -> None:
        (reload if number == getattr(signal, "SIGHUP", None) else stop).set()
        woken.set()

    metrics = _metrics(database, config.watch.metrics_port)
    watcher = Watcher(database, config, names, log_format=log_format, listener=metrics)
    teller = Teller(database, config.alerts)
    for name in ("SIGTERM", "SIGINT", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), on_signal)
    for site, schedule in watcher.schedules.items():
        logger.info("watching %s, %s", site, schedule)
    ticker = Ticker(watcher.tick)
    ticker.start()
    try:
        while not stop.is_set():
            woken.wait(TICK_SECONDS)
            woken.clear()
            ticker.check_clock()
            if reload.is_set():
                reload.clear()
                reload_settings(watcher, teller)
    finally:
        ticker.stop()
        _finish(watcher)
        teller.stop()
        if metrics is not None:
            metrics.stop()
        database.close()


def _metrics(database: Database, port: int | None) -> Metrics | None:
    if port is None:
        return None
    from newscrawler.watch.metrics import Metrics

    metrics = Metrics(database, clock=lambda: datetime.now(UTC))
    metrics.serve(port)
    logger.info("metrics at http://127.0.0.1:%d/metrics", port)
    return metrics


def reload_settings(watcher: Watcher, teller: Teller) -> None:
    """Read the settings again. Where they cannot be used, all the old ones stay and the log says why."""
    alerts = teller.settings
    try:
        config = load_config()
        teller.use(config.alerts)
        try:
            watcher.use(config)
        except NewscrawlerError:
            teller.use(alerts)
            raise
    except NewscrawlerError as exc:
        logger.error("settings not read again, the old ones stay: %s", exc)
        return
    for site, schedule in watcher.schedules.items():
        logger.info("settings read again: watching %s, %s", site, schedule)


def _finish(watcher: Watcher) -> None:
    """Let the crawls under way end, for as long as the settings allow."""
    watcher.stop()
    if not watcher.stopped():
        logger.info("stopping; waiting for %s", ", ".join(watcher.crawls))
    while not watcher.stopped():
        watcher.tick()
        time.sleep(0.1)
    logger.info("stopped")
