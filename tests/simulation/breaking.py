"""Breaks the product's promises one at a time, to see that the simulation notices each.

`python -m tests.simulation.breaking` prints a line for each broken promise, and exits with 1 where one went
unnoticed.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

from newscrawler import changes, identity
from newscrawler.spiders.paging import Paging
from newscrawler.spiders.sweeps import Sweeps
from newscrawler.storage import known_articles, ledger
from newscrawler.storage.known_articles import KnownArticles
from tests.simulation.play import Figures, Scenario, play


def _errors_count_as_gone() -> AbstractContextManager[Any]:
    def visited(known: Any, visit: Any, looks: Any) -> changes.Change:
        status = "gone" if visit.status == "failed" else visit.status
        return changes.visited(known, replace(visit, status=status), looks)

    return patch.object(ledger, "visited", visited)


def _side_lists_speak_as_listings() -> AbstractContextManager[Any]:
    def compare(known: Any, seen: Any, looks: Any) -> changes.Change:
        source = "listing" if seen.source == "side_list" else seen.source
        return changes.compare(known, replace(seen, source=source), looks)

    return patch.object(ledger, "compare", compare)


def _listings_are_pages_last_word() -> AbstractContextManager[Any]:
    def weigh(state: Any) -> None:
        if state.listing_premium is not None:
            state.premium, state.premium_evidence = state.listing_premium, state.listing_evidence

    return patch.object(changes, "_weigh_premium", weigh)


def _paywall_text_is_an_edit() -> AbstractContextManager[Any]:
    real = changes._happenings

    def happenings(known: Any, state: Any, seen: Any) -> Any:
        found = real(known, state, seen)
        if known.body and known.body != state.body and "body_changed" not in [h.kind for h in found]:
            found.append(changes.Happening("body_changed", known.body, state.body))
        return found

    return patch.object(changes, "_happenings", happenings)


BREAKS: dict[str, Callable[[], AbstractContextManager[Any]]] = {
    "errors count as gone": _errors_count_as_gone,
    "a single 404 removes": lambda: patch.dict(os.environ, NEWSCRAWLER_REMOVED_AFTER_HOURS="0"),
    "what failed runs left counts as known": lambda: patch.object(
        Paging, "is_unknown", lambda self, seen, known, way: known is None
    ),
    "not modified is believed after failed runs": lambda: patch.object(
        Sweeps, "usable", lambda self, visit, way: visit
    ),
    "lists beside stories speak as listings": _side_lists_speak_as_listings,
    "a listing's mark has the last word": _listings_are_pages_last_word,
    "text behind the paywall is an edit": _paywall_text_is_an_edit,
    "a story under two ids is reported twice": lambda: patch.object(
        KnownArticles, "original_of", lambda self, seen: None
    ),
    "an entry that gets an address is another story": lambda: patch.object(
        known_articles, "best_match", lambda candidates, seen: None
    ),
    "an edited entry without address is another story": lambda: patch.object(
        known_articles, "reworded", lambda candidates, seen: None
    ),
    "the same headline is the same story for ever": lambda: patch.object(
        identity, "_close_in_time", lambda known, seen: True
    ),
}


def _played(seed: int, crawls: int) -> Figures:
    scenario = Scenario(seed, crawls, faults=0.4, longreads=True, twins=True)
    with tempfile.TemporaryDirectory() as folder:
        return play(scenario, f"sqlite:///{Path(folder) / 'news.db'}", stop_at=3)


def main(arguments: Sequence[str] | None = None) -> int:
    """Break, play and tell; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation.breaking", description=__doc__)
    parser.add_argument("--seeds", default="6,12,2,4", help="played in turn until it is noticed")
    parser.add_argument("--crawls", type=int, default=100)
    parser.add_argument("--only", help="breaks whose name contains this")
    options = parser.parse_args(arguments)
    logging.disable(logging.CRITICAL)
    seeds = [int(text) for text in options.seeds.split(",")]
    # What is noticed of a break is worth nothing where the whole is not clean.
    for seed in seeds:
        if whole := _played(seed, options.crawls).violations:
            print(f"nothing broken: seed {seed}: {whole[0]}", flush=True)
            return 1
    unnoticed = 0
    for name, breaking in BREAKS.items():
        if options.only and options.only not in name:
            continue
        for seed in seeds:
            with breaking():
                found = _played(seed, options.crawls)
            if found.violations:
                kinds = Counter(violation.kind for violation in found.violations)
                said = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())
                print(
                    f"{name}: {said}; seed {seed}, {found.crawls} crawls: {found.violations[0]}", flush=True
                )
                break
        else:
            unnoticed += 1
            print(f"{name}: UNNOTICED", flush=True)
    return 1 if unnoticed else 0


if __name__ == "__main__":
    sys.exit(main())
