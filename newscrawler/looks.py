"""When a known story's page is looked at again. Pure.

Stories change most while they are young, so looks follow a story's age: 15 minutes, an hour, six hours, one
day, three days, a week, then every month. A premium story is looked at daily for its first 30 days, to know
the day it opens. A page that could not be read is tried again after 5 minutes, then after twice as long each
time, up to a day; one that is gone, a day later, when a second 404 means that the story was removed.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newscrawler.changes import ArticleState

AGES = (
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(days=1),
    timedelta(days=3),
    timedelta(weeks=1),
)
LATER = timedelta(days=30)
PREMIUM_EVERY = timedelta(days=1)
PREMIUM_FOR = timedelta(days=30)
RETRY_FIRST = timedelta(minutes=5)
RETRY_AT_MOST = timedelta(days=1)
REMOVED_AFTER = timedelta(days=1)
"""How far apart two answers of 404 or 410 have to be before a story counts as removed."""


def next_look(state: ArticleState, looked_at: datetime) -> datetime:
    """When to look at a story's page after it was read at `looked_at`."""
    born = _born(state)
    age = looked_at - born
    planned = next((born + a for a in AGES if a > age), looked_at + LATER)
    if state.premium and age < PREMIUM_FOR:
        planned = min(planned, looked_at + PREMIUM_EVERY)
    return planned


def retry_look(failures: int, failed_at: datetime) -> datetime:
    """When to try a page again that could not be read for the `failures`-th time in a row."""
    wait: timedelta = RETRY_FIRST * (1 << min(failures - 1, 16))
    return failed_at + min(wait, RETRY_AT_MOST)


def _born(state: ArticleState) -> datetime:
    """When a story began, as far as is known: a story may be old when it is first seen."""
    if state.published_at is not None:
        return min(state.published_at, state.first_seen_at)
    if state.published_date is not None:
        return min(datetime.combine(state.published_date, time(), UTC), state.first_seen_at)
    return state.first_seen_at
