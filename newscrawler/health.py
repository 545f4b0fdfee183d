"""How a site is doing, judged from its last runs. Pure.

Every limit is the site's own: what it did over the last weeks, not what sites do in general.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import accumulate, dropwhile, groupby, takewhile
from math import comb
from typing import Literal

from newscrawler.coverage import ARTICLE_FIELDS, ENTRY_FIELDS, Coverage, ListingCoverage
from newscrawler.rhythm import longest_gap

Condition = Literal["blocked", "failing", "drifting", "silent"]
CONDITIONS: tuple[Condition, ...] = ("blocked", "failing", "drifting", "silent")
"""The worst first."""
SITE_EVENT_KINDS = ("site_blocked", "site_failing", "site_drifting", "site_silent", "site_recovered")
"""The event of each condition's beginning, and of the end of the last one."""

JUDGED_RUNS = 60
BLOCKED_AFTER = 2
"""Runs in a row: one challenge or 403 is an accident."""
FAILING_AFTER = 3
_BLOCKS = frozenset({"robots.txt", "http 401", "http 403", "http 451", "a challenge page stands before it"})

UNCOMMON = 1e-5
"""How improbable missing fields must be, by what the site's pages had before, to be called a drift."""
_ARTICLES_NOW = 5
_ARTICLES_BEFORE = 20
_LISTINGS_BEFORE = 5
_FEWER = 0.5
"""A listing has drifted when it shows less than this part of the least that it showed before."""
_SEEN_TWICE = 2
"""In so many runs, one after the other: a page cut off on its way is an accident."""
_MARKED_AT_LEAST = 2

_LONGER = 1.5
"""Half as long again as ever: without a field that is seldom there, and without a new story."""
_SILENT_AT_LEAST = timedelta(hours=6)
_RHYTHM_KNOWN_AFTER = timedelta(days=14)
_BEFORE_RHYTHM_IS_KNOWN = 3.0
_STORIES_AT_LEAST = 20
_KNOWN_AT_LEAST = timedelta(days=7)
"""A site that was never seen over a weekend may always be silent then."""


@dataclass(frozen=True, slots=True)
class FinishedRun:
    """What a crawl of the site came to."""

    ok: bool
    reason: str | None
    finished_at: datetime
    failures: Mapping[str, int] = field(default_factory=dict)
    """Pages that failed, by reason."""
    coverage: Coverage = field(default_factory=Coverage)

    @property
    def blocked(self) -> bool:
        """Whether it failed because the site does not want us: most of what failed says so."""
        refused = sum(count for reason, count in self.failures.items() if reason in _BLOCKS)
        return not self.ok and refused * 2 > sum(self.failures.values())


def failures_in_a_row(runs: Sequence[FinishedRun]) -> int:
    """Of runs, the newest first."""
    return len(list(takewhile(lambda run: not run.ok, runs)))


def judge(
    runs: Sequence[FinishedRun],
    moments: Sequence[datetime],
    *,
    now: datetime,
    drifting_since: datetime | None = None,
) -> dict[Condition, str]:
    """What is wrong with a site, each condition with its reason; empty when all is well.

    `runs` are its last crawls, the newest first; `moments` when its stories of the last weeks came. While a
    site drifts, it is measured by the runs of before `drifting_since`: what is wrong must not become usual.
    """
    found: dict[Condition, str] = {}
    failed = list(takewhile(lambda run: not run.ok, runs))
    if len(failed) >= BLOCKED_AFTER and all(run.blocked for run in failed[:BLOCKED_AFTER]):
        found["blocked"] = f"{len(failed)} crawls in a row: {failed[0].reason}"
    elif len(failed) >= FAILING_AFTER:
        found["failing"] = f"{len(failed)} crawls in a row: {failed[0].reason}"
    if lost := lost_fields(runs, drifting_since):
        found["drifting"] = "; ".join(lost)
    if not failed and (silence := _silence(moments, now)) is not None:
        found["silent"] = silence
    return found


def lost_fields(runs: Sequence[FinishedRun], drifting_since: datetime | None = None) -> list[str]:
    """What the site's pages used to say and no longer do, in words; see `judge`."""
    return [*_lost_from_listings(runs, drifting_since), *_lost_from_articles(runs, drifting_since)]


def _lost_from_listings(runs: Sequence[FinishedRun], drifting_since: datetime | None) -> list[str]:
    lost = []
    enough = _LISTINGS_BEFORE if drifting_since is None else 1
    for url in sorted({url for run in runs[:JUDGED_RUNS] for url in run.coverage.listings}):
        shown = [run for run in runs if url in run.coverage.listings]
        latest = [run.coverage.listings[url] for run in shown[:_SEEN_TWICE]]
        all_before = [run.coverage.listings[url] for run in _usual(shown, drifting_since)]
        before = all_before[:JUDGED_RUNS]
        if len(latest) < _SEEN_TWICE or len(before) < enough:
            continue
        now, least = max(c.entries for c in latest), min(c.entries for c in before)
        if now < least * _FEWER:
            lost.append(f"{url}: {now} entries, never fewer than {least} before")
            continue
        for name in ENTRY_FIELDS:
            most = max(_share(c.with_field[name], c.entries) for c in latest)
            usual = min(_share(c.with_field[name], c.entries) for c in before)
            if name != "premium" and most < usual * _FEWER:
                lost.append(f"{url}: {name} in {most:.0%} of the entries, {usual:.0%} or more before")
        if (mark := _lost_mark([run.coverage.listings[url] for run in shown], all_before)) is not None:
            lost.append(f"{url}: {mark}")
    return lost


def _usual(shown: Sequence[FinishedRun], drifting_since: datetime | None) -> Sequence[FinishedRun]:
    """The runs to measure a listing by: those before the newest two, and before a drift that is on."""
    if drifting_since is None:
        return shown[_SEEN_TWICE:]
    # The first of those that showed the drift was before it was told.
    return [run for run in shown[_SEEN_TWICE:] if run.finished_at < drifting_since][_SEEN_TWICE - 1 :]


def _lost_mark(readings: Sequence[ListingCoverage], before: Sequence[ListingCoverage]) -> str | None:
    """Whether a listing has lost its premium marks, in words. Where few are marked, a page may have none."""
    without = list(takewhile(_has_no_mark, readings))
    before = list(dropwhile(_has_no_mark, before))[:JUDGED_RUNS]
    if len(without) < _SEEN_TWICE or not before:
        return None
    marked = [c.with_field["premium"] for c in before]
    if min(marked) >= _MARKED_AT_LEAST:
        return f"no entry is marked premium, never fewer than {min(marked)} were before"
    longest = max(len(list(group)) if bare else 0 for bare, group in groupby(before, _has_no_mark))
    # A page is read when it has changed: each time it shows one more story, as a rule.
    stories = max(c.entries for c in without) + len(without) - 1
    usual = _share(sum(marked), sum(c.entries for c in before))
    if len(without) <= longest * _LONGER or at_most(0, stories, usual) >= UNCOMMON:
        return None
    return f"no entry is marked premium in {len(without)} readings, never in more than {longest} before"


def _has_no_mark(listing: ListingCoverage) -> bool:
    return not listing.with_field["premium"]


def _lost_from_articles(runs: Sequence[FinishedRun], drifting_since: datetime | None) -> list[str]:
    earlier = runs if drifting_since is None else [run for run in runs if run.finished_at < drifting_since]
    enough = _ARTICLES_BEFORE if drifting_since is None else 1
    lost = []
    for name in ARTICLE_FIELDS:
        latest = runs[: _newest(name, runs)]
        before = earlier[_newest(name, earlier) :]
        has, pages = _having(name, latest)
        had, pages_before = _having(name, before)
        if pages < _ARTICLES_NOW or pages_before < enough:
            continue
        if drifting_since is None and not _seen_in_each(name, latest):
            continue
        longer = not has and pages > _longest_without(name, before) * _LONGER
        usual = (had + 1) / (pages_before + 2)
        if (has or longer) and at_most(has, pages, usual) < UNCOMMON:
            lost.append(f"{name} in {has} of the last {pages} articles, {had} of {pages_before} before")
    return lost


def _newest(name: str, runs: Sequence[FinishedRun]) -> int:
    """How many of the last runs tell of now.

    Those that read the last few articles, two at least, or all that saw none with a field.
    """
    pages = list(accumulate(run.coverage.articles for run in runs))
    read = list(accumulate(run.coverage.articles > 0 for run in runs))
    few = max(bisect_left(pages, _ARTICLES_NOW), bisect_left(read, _SEEN_TWICE)) + 1
    without = len(list(takewhile(lambda run: not run.coverage.with_field[name], runs)))
    return max(few, without)


def _seen_in_each(name: str, runs: Sequence[FinishedRun]) -> bool:
    """Whether it was not one bad moment: most articles of each run lack a field."""
    return all(run.coverage.with_field[name] * 2 <= run.coverage.articles for run in runs)


def _having(name: str, runs: Sequence[FinishedRun]) -> tuple[int, int]:
    """How many pages of stories had a field, of how many."""
    return sum(run.coverage.with_field[name] for run in runs), sum(run.coverage.articles for run in runs)


def _longest_without(name: str, runs: Sequence[FinishedRun]) -> int:
    """How many pages were read one after the other, at most, in runs that saw none with a field."""
    longest = pages = 0
    for run in runs:
        pages = 0 if run.coverage.with_field[name] else pages + run.coverage.articles
        longest = max(longest, pages)
    return longest


def at_most(successes: int, tries: int, probability: float) -> float:
    """How probable it is that at most so many of the tries succeed."""
    return sum(
        comb(tries, k) * probability**k * (1 - probability) ** (tries - k) for k in range(successes + 1)
    )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _silence(moments: Sequence[datetime], now: datetime) -> str | None:
    if len(moments) < _STORIES_AT_LEAST:
        return None
    longest = longest_gap(moments)
    assert longest is not None
    last = max(moments)
    known_for = last - min(moments)
    if known_for < _KNOWN_AT_LEAST:
        return None
    factor = _LONGER if known_for >= _RHYTHM_KNOWN_AFTER else _BEFORE_RHYTHM_IS_KNOWN
    gap = now - last
    if gap <= max(longest * factor, _SILENT_AT_LEAST):
        return None
    return f"nothing new for {_hours(gap)}, never longer than {_hours(longest)} in {known_for.days} days"


def _hours(duration: timedelta) -> str:
    hours = duration / timedelta(hours=1)
    return f"{hours:.0f} h" if hours < 72 else f"{hours / 24:.1f} days"


def worst(conditions: Mapping[str, object], order: Sequence[Condition] = CONDITIONS) -> str:
    """The state of a site in one word: its worst condition, or `ok`."""
    return next((condition for condition in order if condition in conditions), "ok")
