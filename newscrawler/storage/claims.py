"""At most one crawl of a site at a time, over all processes and machines: its row in `runs` is the claim.

A run under way says so by a number that it raises every few seconds, its beat. Who wants its place watches
that number with his own clock, so that no clock has to agree with another, be put right or keep running
while a machine sleeps.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from newscrawler.exceptions import NewscrawlerError
from newscrawler.process_identity import is_gone

BEAT_SECONDS = 4.0
DEAD_AFTER_SECONDS = 20.0
"""A run whose beat has stood still for so long is given up, and nothing more of it is recorded."""


@dataclass(frozen=True, slots=True)
class RunUnderWay:
    """A crawl that has begun and not ended."""

    id: int
    site: str
    started_at: datetime
    owner: str | None
    """The process that crawls (`process_identity`); None until it has said so."""
    beat: int

    def __str__(self) -> str:
        by = f" by process {pid} on {host}" if (host := self._host) and (pid := self._pid) else ""
        return f"run {self.id} of {self.site}, begun {self.started_at:%Y-%m-%d %H:%M:%S} UTC{by}"

    @property
    def _host(self) -> str | None:
        return self.owner.split("/")[0] if self.owner else None

    @property
    def _pid(self) -> str | None:
        return self.owner.split("/")[-2] if self.owner else None


class SiteBusyError(NewscrawlerError):
    """A site is being crawled already."""

    def __init__(self, run: RunUnderWay) -> None:
        super().__init__(f"{run} is under way")
        self.run = run


class Pulse:
    """Watches the beats of runs under way."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._seen: dict[int, tuple[tuple[int, str | None], float]] = {}

    def is_dead(self, run: RunUnderWay) -> bool:
        """Whether a run has been given up by its process: it is gone, or has stood still for too long."""
        if is_gone(run.owner):
            return True
        now, state = self._monotonic(), (run.beat, run.owner)
        before = self._seen.get(run.id)
        if before is None or before[0] != state:
            self._seen[run.id] = state, now
            return False
        return now - before[1] > DEAD_AFTER_SECONDS
