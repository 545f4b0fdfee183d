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
        """Raises UsageError for settings that cannot be used."""
        self._database = database
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()
        self.use(settings)

    def use(self, settings: AlertSettings) -> None:
        """Go on with these settings; files that hold addresses are read again.

        Raises UsageError for such as cannot be used, and goes on with the old ones.
        """
        channels = open_channels(settings) if settings.rules else {}
        try:
            dispatcher = Dispatcher(self._database, settings, channels)
        except BaseException:
            for channel in channels.values():
                channel.close()
            raise
        self.stop()
        self.settings = settings
        if not channels:
            return
        self._stop = stop = threading.Event()

        def run() -> None:
            try:
                dispatcher.run(stop)
            finally:
                for channel in channels.values():
                    channel.close()

        self._thread = threading.Thread(target=run, name="alerts")
        self._thread.start()

    def stop(self) -> None:
        """End; an attempt that has begun is waited for."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
