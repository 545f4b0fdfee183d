"""The account of a run: everything seen and asked for, by what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from newscrawler.items import Observation, Visit


@dataclass(slots=True)
class Balance:
    """Counts of one run. It closes when nothing is unaccounted for."""

    pages_asked: int = 0
    pages_parsed: int = 0
    pages_unchanged: int = 0
    """Answered "not modified", or with the same bytes as before."""
    pages_failed: Counter[str] = field(default_factory=Counter)
    """By reason: `http 503`, `timeout`, `robots.txt`, …"""
    pages_skipped: Counter[str] = field(default_factory=Counter)
    """Asked for, then not fetched, by reason."""
    entries_seen: int = 0
    entries_new: int = 0
    entries_known: int = 0
    entries_duplicate: int = 0
    """Seen already in this run, saying the same."""
    entries_skipped: Counter[str] = field(default_factory=Counter)
    """By reason: `neither headline nor address`, …"""
    articles_read: int = 0
    """Stories whose own page was stored."""
    events: Counter[str] = field(default_factory=Counter)
    """By kind."""
    unswept: dict[str, str] = field(default_factory=dict)
    """Languages whose listings were not followed down to what was known, with the first reason."""

    def count_stored(self, seen: Observation | Visit, *, new: bool, events: Iterable[str]) -> None:
        """Count something that was stored, with the events it gave."""
        self.events.update(events)
        if isinstance(seen, Visit):
            return
        if seen.source == "article":
            self.articles_read += 1
        elif new:
            self.entries_new += 1
        else:
            self.entries_known += 1

    def unaccounted(self) -> str | None:
        """What does not add up, in words; None when the balance closes."""
        pages = (
            self.pages_parsed + self.pages_unchanged + self.pages_failed.total() + self.pages_skipped.total()
        )
        entries = self.entries_new + self.entries_known + self.entries_duplicate
        entries += self.entries_skipped.total()
        if pages != self.pages_asked:
            return f"{self.pages_asked} pages asked for, {pages} accounted for"
        if entries != self.entries_seen:
            return f"{self.entries_seen} entries seen, {entries} accounted for"
        return None

    def to_json(self) -> dict[str, Any]:
        """The counts as they are stored and shown."""
        return {
            "pages": {
                "asked": self.pages_asked,
                "parsed": self.pages_parsed,
                "unchanged": self.pages_unchanged,
                "failed": dict(self.pages_failed),
                "skipped": dict(self.pages_skipped),
            },
            "entries": {
                "seen": self.entries_seen,
                "new": self.entries_new,
                "known": self.entries_known,
                "duplicate": self.entries_duplicate,
                "skipped": dict(self.entries_skipped),
            },
            "articles_read": self.articles_read,
            "events": dict(self.events),
            "unswept": self.unswept,
        }


@dataclass(frozen=True, slots=True)
class Account:
    """One side of a run's account: what there was, and what became of it."""

    title: str
    """`pages` or `entries`."""
    total: int
    lines: list[tuple[str, int]]
    """What became of them, with how many: `new`, `failed: http 503`. Together they are the total."""


_BECAME = {
    "pages": ("asked", ("parsed", "unchanged", "failed", "skipped")),
    "entries": ("seen", ("new", "known", "duplicate", "skipped")),
}


def accounts(counts: dict[str, Any] | None) -> Iterator[Account]:
    """The account of a run, from its stored counts; nothing for a run that was killed and left none."""
    for title, (total, became) in _BECAME.items():
        said: dict[str, Any] = (counts or {}).get(title, {})
        lines: list[tuple[str, int]] = []
        for what in became:
            number = said.get(what, 0)
            if isinstance(number, dict):
                reasons = sorted(number.items(), key=lambda item: (-item[1], item[0]))
                lines += [(f"{what}: {reason}", n) for reason, n in reasons]
            elif number:
                lines.append((what, number))
        if said:
            yield Account(title, said.get(total, 0), lines)
