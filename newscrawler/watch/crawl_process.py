"""One crawl in a process of its own, as its parent sees it."""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from newscrawler.config import Config
from newscrawler.logs import LogFormat


class CrawlProcess:
    """A crawl that has been started. It ends with this process, however that ends: see `child`."""

    def __init__(
        self,
        site: str,
        run_id: int,
        config: Config,
        log: Path,
        *,
        log_format: LogFormat = "text",
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.site = site
        self.run_id = run_id
        self.log = log
        self.asked_to_end: str | None = None
        """Why it was asked to end; None if it was not."""
        self._monotonic = monotonic
        self._started = monotonic()
        self._asked_at = 0.0
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "newscrawler.watch.child", site, str(run_id), log_format],
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=output,
                # Ctrl-C is for the parent, which lets its crawls end in good order.
                start_new_session=True,
            )
        # The settings go this way rather than by file: what the parent has checked is what counts.
        with contextlib.suppress(BrokenPipeError):
            assert self._process.stdin is not None
            pickle.dump(config, self._process.stdin)
            self._process.stdin.flush()

    @property
    def exit_code(self) -> int | None:
        """None while it runs; negative where a signal ended it."""
        return self._process.poll()

    @property
    def pid(self) -> int:
        """Its process."""
        return self._process.pid

    def seconds(self) -> float:
        """How long it has been running."""
        return self._monotonic() - self._started

    def end(self, why: str) -> None:
        """Ask it to end: it stores what it has and says how far it got."""
        if self.asked_to_end is None:
            self.asked_to_end, self._asked_at = why, self._monotonic()
            self._signal(signal.SIGTERM)

    def kill_if_slow(self, patience_seconds: float) -> None:
        """Kill it if it was asked to end so long ago."""
        if self.asked_to_end is not None and self._monotonic() - self._asked_at > patience_seconds:
            self._signal(signal.SIGKILL)

    def close(self) -> None:
        """Let go of a process that has ended."""
        if self._process.stdin is not None:
            with contextlib.suppress(BrokenPipeError):
                self._process.stdin.close()
        self._process.wait()

    def _signal(self, number: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            if self._process.poll() is None:
                os.kill(self._process.pid, number)
