"""What happened to an article, in order: from its revisions and events. Knows no clock and no database.

The events are what was reported. A revision may say more: the sections or the date were changed, the page
words the headline otherwise than the list did, text came with the opening of the paywall. All of it is shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from newscrawler.items import Evidence, Source
from newscrawler.readings import to_json
from newscrawler.storage.records import History, Revision, RevisionEvent

What = Literal[
    "seen_earlier",
    "first_seen",
    "fetched",
    "new_premium",
    "became_premium",
    "found_free",
    "became_free",
    "headline_changed",
    "body_changed",
    "paywall_text",
    "sections_changed",
    "dates_changed",
    "removed",
    "restored",
    "last_seen",
]
_DATES = ("published_date", "published_at")
_CONTENT = ("headline", "sections", *_DATES, "body")
_EDITS = {"headline_changed", "body_changed", "became_premium"}
"""Events that need a page read before: the first reading of a page raises none of them."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened to an article, or was found out about it."""

    at: datetime
    what: What
    """The kind of the event, or one of:

    - `first_seen`, `fetched` (its own page was read for the first time), `last_seen`;
    - `seen_earlier`: a page that was saved before the first sight, and taken in after it, shows it already;
    - `found_free`: it was not known whether it is premium, and it is not;
    - `paywall_text`: other text was to be read, because the paywall opened or closed;
    - `sections_changed`, `dates_changed`.
    """
    run_id: int | None
    """None where it is not known."""
    run_kind: str | None
    """`crawl` or, for pages taken in from files, `ingest`."""
    source: Source | None
    page_url: str | None
    evidence: Evidence | None = None
    """Why it is premium, free, removed or restored."""
    old: Any = None
    new: Any = None
    """Of `fetched` and `dates_changed`, the fields that changed with their values."""
    baseline: bool = False

    def to_json(self) -> dict[str, Any]:
        """Field names and values."""
        found: dict[str, Any] = to_json(self)
        return found


def timeline(history: History) -> list[Step]:
    """The steps of an article's history, oldest first."""
    revisions = history.revisions
    events = {revision.number: [e for e in history.events if e.revision == revision.number]
              for revision in revisions}  # fmt: skip
    first_read = _first_read(revisions, events)
    steps: list[Step] = []
    for n, revision in enumerate(revisions):
        before = revisions[n - 1] if n else None
        steps += _Steps(revision, events[revision.number]).since(before, first_read=revision is first_read)
    return sorted([*_seen_earlier(history), *steps, *_last_looks(history)], key=lambda step: step.at)


def _first_read(revisions: Sequence[Revision], events: dict[int, list[RevisionEvent]]) -> Revision | None:
    """The revision that the first reading of the article's own page made; None where it made none.

    It makes none when the page says just what the list said; then the next revision is an edit.
    """
    of_page = (r for r in revisions if r.source == "article" and r.status == "published")
    first = next(of_page, None)
    if first is None or any(event.kind in _EDITS for event in events[first.number]):
        return None
    return first


class _Steps:
    """The steps that one revision stands for."""

    def __init__(self, revision: Revision, events: Sequence[RevisionEvent]) -> None:
        self._revision = revision
        self._events = {event.kind: event for event in events}
        self._baseline = any(event.baseline for event in events)

    def since(self, before: Revision | None, *, first_read: bool) -> Iterator[Step]:
        """What happened between the revision before (None for the first sight) and this one."""
        after = self._revision
        if before is None:
            yield self._step("first_seen", None, after.headline)
        elif before.status != after.status:
            what: What = "removed" if after.status == "removed" else "restored"
            event = self._events.get(what)
            yield self._step(what, before.status, after.status, event.evidence if event else None)
        if first_read:
            yield self._fetched(before)
        yield from self._premium(before.premium if before else None)
        if before is not None and not first_read:
            yield from self._edits(before)

    def _fetched(self, before: Revision | None) -> Step:
        if before is None:
            return self._step("fetched")
        changed = [name for name in _CONTENT if getattr(before, name) != getattr(self._revision, name)]
        return self._step("fetched", _values(before, changed), _values(self._revision, changed))

    def _premium(self, before: bool | None) -> Iterator[Step]:
        after = self._revision.premium
        if after is before:
            return
        what: What
        if after:
            what = "new_premium" if "new_premium" in self._events else "became_premium"
            # A story under a second id raises no event of its own.
            what = "new_premium" if self._revision.number == 1 else what
        else:
            what = "became_free" if before else "found_free"
        event = self._events.get(what)
        evidence = event.evidence if event else self._revision.premium_evidence
        yield self._step(what, before, after, evidence)

    def _edits(self, before: Revision) -> Iterator[Step]:
        after = self._revision
        if before.headline != after.headline:
            yield self._step("headline_changed", before.headline, after.headline)
        if before.sections != after.sections:
            yield self._step("sections_changed", before.sections, after.sections)
        dates = [name for name in _DATES if getattr(before, name) != getattr(after, name)]
        if dates:
            yield self._step("dates_changed", _values(before, dates), _values(after, dates))
        if before.body != after.body:
            # Text that comes or goes with the paywall is no edit, and was not reported as one.
            what: What = (
                "body_changed" if "body_changed" in self._events or not before.body else "paywall_text"
            )
            yield self._step(what, before.body, after.body)

    def _step(self, what: What, old: Any = None, new: Any = None, evidence: Evidence | None = None) -> Step:
        seen = self._revision
        return Step(
            seen.seen_at, what, seen.run_id, seen.run_kind, seen.source, seen.page_url,
            evidence, old, new, self._baseline,
        )  # fmt: skip


def _values(revision: Revision, names: Sequence[str]) -> dict[str, Any]:
    return {name: getattr(revision, name) for name in names}


def _seen_earlier(history: History) -> Iterator[Step]:
    at = history.article.first_seen_at
    if history.revisions and at < history.revisions[0].seen_at:
        seen = next((r for r in history.revisions if r.seen_at == at), None)
        if seen is None:
            yield Step(at, "seen_earlier", None, None, None, None)
        else:
            yield Step(at, "seen_earlier", seen.run_id, seen.run_kind, seen.source, seen.page_url)


def _last_looks(history: History) -> Iterator[Step]:
    """What changed nothing, and so has no revision: a first reading without news, and the last sight."""
    article, at = history.article, history.article.last_seen_at
    if history.fetched_at is not None and all(r.source != "article" for r in history.revisions):
        # When the page was read first is not known: this is the last time.
        yield Step(history.fetched_at, "fetched", None, None, "article", article.url)
    seen = next((r for r in reversed(history.revisions) if r.seen_at == at), None)
    if seen is not None:
        yield Step(at, "last_seen", seen.run_id, seen.run_kind, seen.source, seen.page_url)
    elif at == history.fetched_at:
        yield Step(at, "last_seen", history.last_run_id, None, "article", article.url)
    else:
        source: Source = "listing" if at == history.listed_at else "side_list"
        yield Step(at, "last_seen", history.last_run_id, None, source, None)
