"""How fast pages, feeds and the API are answered: by the real server, over the network of this machine.

    python benchmarks/web.py                      # 20,000 articles, SQLite
    python benchmarks/web.py --rows 1000000

Each line: the 95th percentile of some repetitions after a first one, by the clock and as CPU time (which a
busy machine does not stretch), and that first one, in which a view may count what it keeps.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from http.client import HTTPConnection
from pathlib import Path

from invented import articles as invented
from invented.load import load

from newscrawler.storage.database import Database
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
    "/sites",
    "/runs",
    "/feeds/events.atom?kind=new_premium",
    "/api/v1/events",
    "/api/v1/articles",
)


def main() -> None:
    """Fill a database, or take one that is there, and measure."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--rows", type=int, default=20_000)
    options.add_argument("--rounds", type=int, default=20)
    options.add_argument("--database", type=Path, help="a file to keep, and to use again")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file: Path = given.database or Path(folder) / "web.db"
        there = file.exists()
        database = Database.open(f"sqlite:///{file}")
        if not there:
            load(database, given.rows)
        web = Web(database, Access(None), Path(folder), lambda: invented.END)
        with serving(create_app(web)) as address:
            connection = HTTPConnection(address.partition("//")[2])
            print(f"{'ms':>8} {'CPU ms':>8} {'first':>8} {'KB':>6}")
            for path in ADDRESSES:
                _measure(connection, path, given.rounds)
            connection.close()
        database.close()


def _measure(connection: HTTPConnection, path: str, rounds: int) -> None:
    found: list[tuple[float, float]] = []
    size = 0
    for _ in range(rounds + 1):
        clock, cpu = time.perf_counter(), time.process_time()
        connection.request("GET", path)
        answer = connection.getresponse()
        size = len(answer.read())
        assert answer.status == 200, f"{path}: {answer.status}"
        found.append(((time.perf_counter() - clock) * 1000, (time.process_time() - cpu) * 1000))
    first, *rest = found
    wall, cpu_time = (statistics.quantiles([each[n] for each in rest], n=20)[18] for n in (0, 1))
    mark = "" if wall <= WANTED_MS else f"  over {WANTED_MS:.0f} ms"
    print(f"{wall:8.1f} {cpu_time:8.1f} {first[0]:8.1f} {size / 1000:6.0f}  {path}{mark}")


if __name__ == "__main__":
    main()
