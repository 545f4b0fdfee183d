"""Delivers alerts beside the crawls."""

from __future__ import annotations

import threading

from newscrawler.alerts.channels import open_channels
from newscrawler.alerts.dispatcher import Dispatcher
from newscrawler.alerts.settings import AlertSettings
from newscrawler.storage.database import Database


class Teller:
    """A dispatcher in a thread. Where there are no rules there is none."""

    def __init__(self, database: Database, settings: AlertSettings) -> None:
        self._database = database
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()
        self._start(settings)

    def use(self, settings: AlertSettings) -> None:
        """Go on with other settings. Raises UsageError for such as cannot be used, and keeps the old ones."""
        if settings == self._settings:
            return
        old = self._settings
        self.stop()
        try:
            self._start(settings)
        except BaseException:
            self._start(old)
            raise

    def stop(self) -> None:
        """End; an attempt that has begun is waited for."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _start(self, settings: AlertSettings) -> None:
        self._settings = settings
        if not settings.rules:
            return
        self._stop = stop = threading.Event()
        channels = open_channels(settings)
        dispatcher = Dispatcher(self._database, settings, channels)

        def run() -> None:
            try:
                dispatcher.run(stop)
            finally:
                for channel in channels.values():
                    channel.close()

        self._thread = threading.Thread(target=run, name="alerts")
        self._thread.start()
