"""When a known story's page is looked at again. Pure.

Stories change most while they are young, so looks follow a story's age. A premium story is looked at more
often, to know the day it opens. A page that could not be read is tried again after 5 minutes, then after
twice as long each time, up to a day. So is one that is gone, since sites answer 404 by mistake, too, until a
404 would mean that it was removed; from then on it is looked at as an old story is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newscrawler.changes import ArticleState

RETRY_FIRST = timedelta(minutes=5)
RETRY_AT_MOST = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class LookSchedule:
    """What a user may set about it."""

    ages: tuple[timedelta, ...] = (
        timedelta(minutes=15),
        timedelta(hours=1),
        timedelta(hours=6),
        timedelta(days=1),
        timedelta(days=3),
        timedelta(weeks=1),
    )
    """The ages at which a story is looked at, rising."""
    later: timedelta = timedelta(days=30)
    """How often after the last of them."""
    premium_every: timedelta = timedelta(days=1)
    """How often a premium story at least."""
    premium_for: timedelta = timedelta(days=30)
    """Up to which age."""
    removed_after: timedelta = timedelta(days=1)
    """How far apart two answers of 404 or 410 have to be before a story counts as removed."""

    def next_look(self, state: ArticleState, looked_at: datetime) -> datetime:
        """When to look at a story's page after it was read at `looked_at`."""
        born = _born(state)
        age = looked_at - born
        planned = next((born + a for a in self.ages if a > age), looked_at + self.later)
        if state.premium and age < self.premium_for:
            planned = min(planned, looked_at + self.premium_every)
        return planned


USUAL_LOOKS = LookSchedule()


def retry_look(failures: int, failed_at: datetime) -> datetime:
    """When to try a page again that was missing or unreadable for the `failures`-th time in a row."""
    wait: timedelta = RETRY_FIRST * (1 << min(failures - 1, 16))
    return failed_at + min(wait, RETRY_AT_MOST)


def _born(state: ArticleState) -> datetime:
    """When a story began, as far as is known: a story may be old when it is first seen."""
    if state.published_at is not None:
        return min(state.published_at, state.first_seen_at)
    if state.published_date is not None:
        return min(datetime.combine(state.published_date, time(), UTC), state.first_seen_at)
    return state.first_seen_at
