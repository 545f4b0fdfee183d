"""The long form: `python -m tests.simulation`, or `make simulate`.

Prints a line of figures for each scenario and the totals, and exits with 1 where anything is violated.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from typing import Any

from newscrawler.newsroom import LAYOUTS
from tests.simulation.play import Figures, Scenario
from tests.simulation.workers import be_quiet, play_alone

EVENTS = {
    "new": "new",
    "new_premium": "new+",
    "became_premium": "→+",
    "became_free": "→free",
    "headline_changed": "headl",
    "body_changed": "body",
    "removed": "remov",
    "restored": "resto",
}
VIOLATIONS = ("missed", "repeated", "false", "flip", "history", "run")
FORMS: dict[str, dict[str, Any]] = {
    "single": {"faults": 0.4},
    "killed": {"faults": 0.2, "kills": 1 / 3},
    "double": {"faults": 0.2, "at_once": 2},
}
"""One crawl after the other; a third of them killed; two at once of the same site, on PostgreSQL."""
COLUMNS = (
    "form", "seed", "layout", "days", "crawls", "failed", "killed", "requests", "spoiled", "stories",
    *EVENTS.values(), *VIOLATIONS, "seconds",
)  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Play all that is asked for; the exit code."""
    options = _options(arguments)
    scenarios = list(_scenarios(options))
    began = time.monotonic()
    print(_line(COLUMNS), flush=True)
    done: list[Figures] = []
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(options.processes, context, initializer=be_quiet) as pool:
        for future in as_completed([pool.submit(play_alone, scenario) for scenario in scenarios]):
            done.append(figures := future.result())
            print(_line(_row(figures)), flush=True)
            if figures.violations:
                print("", figures.scenario, *figures.diagnostics, "", sep="\n", file=sys.stderr, flush=True)
    print(_line(_totals(done)))
    minutes = (time.monotonic() - began) / 60
    crawls = sum(figures.crawls for figures in done)
    found = sum(len(figures.violations) for figures in done)
    print(f"\n{found} violations in {crawls} crawls of {len(done)} simulated sites, {minutes:.1f} minutes")
    return 1 if found else 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--seeds", type=int, default=20, help="how many sites are played (default 20)")
    parser.add_argument("--first-seed", type=int, default=1, metavar="N")
    parser.add_argument("--crawls", type=int, default=200, help="crawls of each site (default 200)")
    parser.add_argument("--forms", default=",".join(FORMS), help="of crawls: %(default)s")
    parser.add_argument("--processes", type=int, default=2, help="sites played at a time (default 2)")
    parser.add_argument("--layouts", default=",".join(LAYOUTS), help="of the sites, in turn (default all)")
    parser.add_argument("--longreads", action=argparse.BooleanOptionalAction, default=True)
    return parser.parse_args(arguments)


def _scenarios(options: argparse.Namespace) -> Iterator[Scenario]:
    """Two crawls at once first: they take the longest, and a worker left with them alone would take long."""
    layouts = options.layouts.split(",")
    for number, (form, told) in reversed([*enumerate(FORMS.items())]):
        if form not in options.forms.split(","):
            continue
        for seed in range(options.first_seed, options.first_seed + options.seeds):
            yield Scenario(
                1000 * number + seed,
                options.crawls // told.get("at_once", 1),
                layouts[seed % len(layouts)],
                redesigns=tuple(layouts) if seed % 3 == 0 else (),
                longreads=options.longreads,
                twins=True,
                **told,
            )


def _form(scenario: Scenario) -> str:
    if scenario.kills:
        return "killed"
    return "double" if scenario.at_once > 1 else "single"


def _row(figures: Figures) -> tuple[object, ...]:
    scenario = figures.scenario
    layout = f"{scenario.layout}{'…' if scenario.redesigns else ''}"
    return (
        _form(scenario), scenario.seed, layout, round(figures.days), figures.crawls, figures.failed,
        figures.killed, figures.requests, figures.spoiled, figures.stories,
        *(figures.events[kind] for kind in EVENTS), *(figures.count(kind) for kind in VIOLATIONS),
        round(figures.seconds),
    )  # fmt: skip


def _totals(done: Sequence[Figures]) -> tuple[object, ...]:
    events = sum((figures.events for figures in done), Counter[str]())
    return (
        "total", len(done), "", round(sum(f.days for f in done)), sum(f.crawls for f in done),
        sum(f.failed for f in done), sum(f.killed for f in done), sum(f.requests for f in done),
        sum(f.spoiled for f in done), sum(f.stories for f in done),
        *(events[kind] for kind in EVENTS), *(sum(f.count(kind) for f in done) for kind in VIOLATIONS),
        round(sum(f.seconds for f in done)),
    )  # fmt: skip


def _line(cells: Sequence[object]) -> str:
    widths = (len(column) for column in COLUMNS)
    return "  ".join(
        f"{cell:<12}" if column == "layout" else f"{cell:>{max(width, 6)}}"
        for cell, column, width in zip(cells, COLUMNS, widths, strict=True)
    )


if __name__ == "__main__":
    sys.exit(main())
