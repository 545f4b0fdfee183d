"""A run in a few lines of text."""

from __future__ import annotations

from collections import Counter
from typing import Protocol

from newscrawler.balance import Balance


class _Outcome(Protocol):
    @property
    def run_id(self) -> int | None: ...
    @property
    def status(self) -> str: ...
    @property
    def reason(self) -> str | None: ...


def summary_lines(site: str, outcome: _Outcome, balance: Balance) -> list[str]:
    """What a person wants to know at the end of a run: how it ended, what was read, what is new."""
    reason = f" ({outcome.reason})" if outcome.reason else ""
    lines = [f"{site}, run {outcome.run_id}: {outcome.status}{reason}"]
    lines.append(
        f"  pages    {balance.pages_asked} asked for, {balance.pages_parsed} read, "
        f"{balance.pages_unchanged} unchanged"
        + _reasons(balance.pages_failed, "failed")
        + _reasons(balance.pages_skipped, "skipped")
    )
    lines.append(
        f"  entries  {balance.entries_seen} seen: {balance.entries_new} new, {balance.entries_known} known, "
        f"{balance.entries_duplicate} repeated" + _reasons(balance.entries_skipped, "skipped")
    )
    events = ", ".join(f"{count} {kind}" for kind, count in sorted(balance.events.items()))
    lines.append(f"  events   {events or 'none'}")
    return lines


def _reasons(counts: Counter[str], word: str) -> str:
    if not counts:
        return ""
    reasons = ", ".join(f"{reason} {count}" for reason, count in counts.most_common())
    return f", {counts.total()} {word} ({reasons})"
