"""Sends alerts: a thread for each channel, woken when the queue has something for it."""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from newscrawler.alerts.channels import Channel
from newscrawler.alerts.settings import AlertSettings
from newscrawler.alerts.worker import Worker
from newscrawler.exceptions import StorageError
from newscrawler.storage.alerts import AlertQueue
from newscrawler.storage.database import Database

logger = logging.getLogger("newscrawler.alerts")

POLL_SECONDS = 0.25
"""How often the queue is looked at: one indexed query."""
LEASE_SECONDS = 30.0
"""How long messages are leased beyond the time that one attempt takes. So long, at most, the messages wait
that a dispatcher was about to send when it was killed."""


class Dispatcher:
    """Delivers what the queue holds. Several may run beside each other, on one machine or on many."""

    def __init__(
        self,
        database: Database,
        settings: AlertSettings,
        channels: Mapping[str, Channel],
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        poll_seconds: float = POLL_SECONDS,
        lease_seconds: float = LEASE_SECONDS,
    ) -> None:
        """`channels` are those of `open_channels`. Raises UsageError for a template that cannot be used."""
        self._queue = AlertQueue(database)
        self._now = now
        self._poll_seconds = poll_seconds
        self._workers = {
            name: Worker(name, channel, self._queue, settings, now, lease_seconds)
            for name, channel in channels.items()
        }

    def run(self, stop: threading.Event) -> None:
        """Deliver until stopped. An attempt that has begun is waited for, up to its channel's timeout."""
        threads = [
            threading.Thread(target=worker.run, args=(stop,), name=f"alerts {name}", daemon=True)
            for name, worker in self._workers.items()
        ]
        for thread in threads:
            thread.start()
        trouble = False
        try:
            while not stop.is_set():
                try:
                    self._wake_those_with_something_due()
                    trouble = False
                except StorageError as exc:
                    if not trouble:
                        logger.warning("alerts wait: %s", exc)
                    trouble = True
                stop.wait(self._poll_seconds)
        finally:
            stop.set()
            for worker in self._workers.values():
                worker.wake.set()
            for thread in threads:
                thread.join()

    def run_once(self) -> Counter[str]:
        """Try all that is due now; how many messages were `delivered`, `failed`, `dead`.

        Raises StorageError.
        """
        stop = threading.Event()
        with ThreadPoolExecutor(max_workers=max(len(self._workers), 1)) as pool:
            try:
                list(pool.map(lambda worker: worker.drain(stop), self._workers.values()))
            finally:
                stop.set()  # also for the others, where one has failed or the user has had enough
        return sum((worker.counts for worker in self._workers.values()), Counter())

    def _wake_those_with_something_due(self) -> None:
        for channel, rule in self._queue.due(self._now()):
            worker = self._workers.get(channel)
            if worker is not None and worker.wants_to_look(rule):
                worker.wake.set()
