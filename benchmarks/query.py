"""How fast queries are answered, and how much slower they get as the database grows.

    python benchmarks/query.py                    # 10,000 and 100,000 articles, SQLite
    make bench-query                              # 10,000 and 1,000,000, SQLite and PostgreSQL
    python benchmarks/query.py --rows 1000000 --database postgresql --keep FOLDER

PostgreSQL is the server of the tests (NEWSCRAWLER_TEST_POSTGRES_URL); its databases are dropped afterwards,
unless --keep FOLDER spares the next run loading them. Each line: a page of 50, read as a program would; the
95th percentile of forty, by the clock and as CPU time of this process and of the server's for us. What counts
is the latter, for other work on the machine stretches the clock.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

from invented import articles as invented
from invented.cpu_time import cpu_clock
from invented.databases import KINDS, add_keep_option, filled

from newscrawler.queries import ArticleQuery, EventQuery
from newscrawler.storage.database import Database
from newscrawler.storage.reading import page_of_articles, page_of_events

WANTED_MS = 50.0
ROUNDS = 40
DAY = timedelta(days=1)

ARTICLES = {
    "newest": ArticleQuery(),
    "newest seen": ArticleQuery(order="seen"),
    "site, most": ArticleQuery(sites=("pozirk",)),
    "site, few": ArticleQuery(sites=(invented.RARE_SITE,)),
    "language, a third": ArticleQuery(languages=("be",)),
    "language, few": ArticleQuery(languages=(invented.RARE_LANGUAGE,)),
    "language, none": ArticleQuery(languages=("xx",)),
    "two languages": ArticleQuery(languages=("be", "ru")),
    "section, many": ArticleQuery(sections=("politics",)),
    "section, 1 %": ArticleQuery(sections=("opinion",)),
    "section, few": ArticleQuery(sections=(invented.RARE_SECTION,)),
    "author, 2 %": ArticleQuery(authors=("author 7",)),
    "author, few": ArticleQuery(authors=(invented.RARE_AUTHOR,)),
    "premium": ArticleQuery(premium=(True,)),
    "premium unknown": ArticleQuery(premium=(None,)),
    "free or unknown": ArticleQuery(premium=(False, None)),
    "removed": ArticleQuery(statuses=("removed",)),
    "kind, many": ArticleQuery(kinds=("new_premium",)),
    "kind, 1 %": ArticleQuery(kinds=("removed",)),
    "kind, 3 %": ArticleQuery(kinds=("became_free",)),
    "kind, 1 % by seen": ArticleQuery(kinds=("removed",), order="seen"),
    "published since": ArticleQuery(published_since=invented.END - 2 * DAY),
    "published until": ArticleQuery(published_until=invented.END - 2000 * DAY),
    "seen since": ArticleQuery(seen_since=invented.END - 2 * DAY),
    "seen until": ArticleQuery(seen_until=invented.END - 2000 * DAY),
    "duplicates folded": ArticleQuery(duplicates=False),
    "premium of a language": ArticleQuery(premium=(True,), languages=("ru",)),
    "search, 30 %": ArticleQuery(text="sunday"),
    "search, 10 %": ArticleQuery(text="агентству"),
    "search, 2 %": ArticleQuery(text="рэчыцы"),
    "search, 0.5 %": ArticleQuery(text="студентами"),
    "search, few": ArticleQuery(text=invented.RARE_WORD),
    "search, none": ArticleQuery(text="nowhere"),
    "search, both words": ArticleQuery(text="sunday office"),
    "search, prefix": ArticleQuery(text="студент*"),
    "search, phrase": ArticleQuery(text='"press office"'),
    "search, without": ArticleQuery(text="sunday NOT office"),
    "search, few by seen": ArticleQuery(text=invented.RARE_WORD, order="seen"),
    "search, 30 % by seen": ArticleQuery(text="sunday", order="seen"),
    "search, 2 % by seen": ArticleQuery(text="рэчыцы", order="seen"),
    "search, 0.5 % by seen": ArticleQuery(text="студентами", order="seen"),
    "section, 1 % by seen": ArticleQuery(sections=("opinion",), order="seen"),
    "search of premium": ArticleQuery(text="рэчыцы", premium=(True,)),
    "relevance, 30 %": ArticleQuery(text="sunday", order="relevance"),
    "relevance, 2 %": ArticleQuery(text="рэчыцы", order="relevance"),
    "relevance, few": ArticleQuery(text=invented.RARE_WORD, order="relevance"),
    "search in a section": ArticleQuery(text="sunday", sections=("opinion",)),
}
EVENTS = {
    "events": EventQuery(),
    "events, site, few": EventQuery(sites=(invented.RARE_SITE,)),
    "events, language": EventQuery(languages=("be",)),
    "events, language, few": EventQuery(languages=(invented.RARE_LANGUAGE,)),
    "events, section, few": EventQuery(sections=(invented.RARE_SECTION,)),
    "events, kind": EventQuery(kinds=("new_premium",)),
    "events, two kinds": EventQuery(kinds=("became_free", "removed")),
    "events, premium": EventQuery(premium=(True,)),
    "events, baseline": EventQuery(baseline=True),
    "events, since": EventQuery(seen_since=invented.END - 2 * DAY),
    "events, search, 30 %": EventQuery(text="sunday"),
    "events, search, 2 %": EventQuery(text="рэчыцы"),
    "events, search, 0.5 %": EventQuery(text="студентами"),
    "events, section, 1 %": EventQuery(sections=("opinion",)),
    "events, author, 2 %": EventQuery(authors=("author 7",)),
    "events, search, few": EventQuery(text=invented.RARE_WORD),
}


class Took(NamedTuple):
    """Milliseconds of one query."""

    p95: float
    cpu: float
    """On the processors, likewise: what `p95` would be like on a machine that does nothing else."""


def main() -> None:
    """Load, measure, print a table; exit 1 where a query at the largest size is slower than wanted."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000, help="articles in the larger database")
    parser.add_argument("--small", type=int, default=10_000, help="articles in the smaller one")
    parser.add_argument("--database", choices=KINDS, action="append")
    add_keep_option(parser)
    arguments = parser.parse_args()
    slow: list[str] = []
    for kind in arguments.database or ["sqlite"]:
        columns = [_measured(kind, rows, arguments.keep) for rows in (arguments.small, arguments.rows)]
        slow += _print(kind, arguments.small, arguments.rows, *columns)
    if slow:
        print(f"slower than {WANTED_MS:.0f} ms: {', '.join(slow)}")
        sys.exit(1)


def _measured(kind: str, rows: int, keep: Path | None) -> dict[str, Took]:
    with filled(kind, rows, keep) as database:
        return measure(database)


def measure(database: Database) -> dict[str, Took]:
    """What each query takes."""
    clock = cpu_clock(database)
    found = {
        name: _took(lambda query=query: page_of_articles(database, query), clock)  # type: ignore[misc]
        for name, query in ARTICLES.items()
    }
    deep = page_of_articles(database, ArticleQuery(published_until=invented.END - 365 * DAY)).cursor
    found["newest, a year deep"] = _took(lambda: page_of_articles(database, ArticleQuery(cursor=deep)), clock)
    for name, query in EVENTS.items():
        found[name] = _took(lambda query=query: page_of_events(database, query), clock)  # type: ignore[misc]
    return found


def _took(ask: Callable[[], Any], clock: Callable[[], float]) -> Took:
    ask()
    times, worked = [], []
    for _ in range(ROUNDS):
        start, before = time.perf_counter(), clock()
        ask()
        worked.append(clock() - before)
        times.append(time.perf_counter() - start)
    by_clock, cpu = (statistics.quantiles(each, n=20)[-1] * 1000 for each in (times, worked))
    return Took(by_clock, cpu)


def _print(kind: str, small: int, large: int, few: dict[str, Took], many: dict[str, Took]) -> list[str]:
    load = os.getloadavg()[0]
    print(f"\n{kind}, load average {load:.1f} on {os.cpu_count()} processors; milliseconds")
    print(f"{'':<24}{'p95 of':>10}{'p95 of':>10}{'':>9}{'p95 CPU':>10}{'p95 CPU':>10}")
    print(f"{'':<24}{small:>10,}{large:>10,}{'growth':>9}{small:>10,}{large:>10,}{'growth':>9}")
    for name, took in many.items():
        was = few[name]
        print(
            f"{name:<24}{was.p95:>10.1f}{took.p95:>10.1f}{took.p95 / was.p95:>9.1f}"
            f"{was.cpu:>10.1f}{took.cpu:>10.1f}{took.cpu / max(was.cpu, 0.1):>9.1f}"
            f"{'  slow' if took.cpu > WANTED_MS else ''}",
            flush=True,
        )
    return [f"{name} on {kind}" for name, took in many.items() if took.cpu > WANTED_MS]


if __name__ == "__main__":
    main()
