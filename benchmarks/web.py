"""How fast pages, feeds and the API are answered: by the real server, over the network of this machine.

    python benchmarks/web.py                      # 20,000 articles, SQLite
    python benchmarks/web.py --rows 1000000 --keep FOLDER --database sqlite --database postgresql

Each line: the 95th percentile of some repetitions after a first one, by the clock and as CPU time, and that
first one, in which a view may count what it keeps. CPU time is what counts, for a busy machine stretches the
clock: that of this process and, with PostgreSQL, of the server's for us.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path

from invented import articles as invented
from invented.cpu_time import cpu_clock
from invented.databases import KINDS, add_keep_option, filled

from newscrawler.web.access import Access
from newscrawler.web.app import create_app
from newscrawler.web.context import Web
from newscrawler.web.server import serving

WANTED_MS = 100.0
ADDRESSES = (
    "/events?baseline=false",
    "/events?baseline=false&kind=new_premium",
    "/events?text=sunday",
    "/premium",
    "/articles",
    "/articles?language=be&premium=true",
    "/articles?text=sunday&order=relevance",
    f"/articles?text={invented.RARE_WORD}&order=relevance",
    "/articles/100",
    "/premium?language=be",
    "/premium?site=other",
    "/articles?kind=removed&order=seen",
    "/sites",
    "/runs/1",
    "/runs",
    "/feeds/events.atom?kind=new_premium",
    "/api/v1/events",
    "/api/v1/articles",
)


def main() -> None:
    """Fill a database, or take one that is there, and measure."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--rows", type=int, default=20_000)
    options.add_argument("--rounds", type=int, default=40)
    options.add_argument("--database", choices=KINDS, action="append")
    add_keep_option(options)
    given = options.parse_args()
    slow = [
        f"{path} on {kind}"
        for kind in given.database or ["sqlite"]
        for path in _slow(kind, given.rows, given.rounds, given.keep)
    ]
    if slow:
        print(f"over {WANTED_MS:.0f} ms: {', '.join(slow)}")
        sys.exit(1)


def _slow(kind: str, rows: int, rounds: int, keep: Path | None) -> list[str]:
    """Measure each address, print a table; those that take too long."""
    with tempfile.TemporaryDirectory() as folder, filled(kind, rows, keep) as database:
        web = Web(database, Access(None), Path(folder), lambda: invented.END)
        clock = cpu_clock(database)
        with serving(create_app(web)) as address:
            connection = HTTPConnection(address.partition("//")[2])
            load = os.getloadavg()[0]
            print(f"{kind}, {rows:,} articles, load average {load:.1f} on {os.cpu_count()} processors")
            print(f"{'ms':>8} {'CPU ms':>8} {'first':>8} {'KB':>6}")
            slow = [path for path in ADDRESSES if _measure(connection, path, rounds, clock) > WANTED_MS]
            connection.close()
    return slow


def _measure(connection: HTTPConnection, path: str, rounds: int, clock: Callable[[], float]) -> float:
    found: list[tuple[float, float]] = []
    size = 0
    for _ in range(rounds + 1):
        start, before = time.perf_counter(), clock()
        connection.request("GET", path)
        answer = connection.getresponse()
        size = len(answer.read())
        assert answer.status == 200, f"{path}: {answer.status}"
        found.append(((time.perf_counter() - start) * 1000, (clock() - before) * 1000))
    first, *rest = found
    wall, cpu_time = (statistics.quantiles([each[n] for each in rest], n=20)[18] for n in (0, 1))
    mark = "" if cpu_time <= WANTED_MS else f"  over {WANTED_MS:.0f} ms"
    print(f"{wall:8.1f} {cpu_time:8.1f} {first[0]:8.1f} {size / 1000:6.0f}  {path}{mark}", flush=True)
    return cpu_time


if __name__ == "__main__":
    main()
