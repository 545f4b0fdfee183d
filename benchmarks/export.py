"""How much memory an export takes, and how long: of few rows and of many, into each format.

    python benchmarks/export.py                   # 10,000 and 100,000 articles, SQLite
    python benchmarks/export.py --rows 1000000 --database sqlite --database postgresql

Each line: `newscrawler export articles` in a process of its own; the most memory it had (resident, with the
libraries), and its CPU time. It is flat if ten times the rows take no more.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

from invented.databases import KINDS, add_keep_option, filled

FORMATS = ("jsonl", "csv", "parquet", "sqlite")
FLAT_MB = 40.0
"""How much more memory the larger database may take."""


def main() -> None:
    """Export, print a table; exit 1 where memory grows."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000, help="articles in the larger database")
    parser.add_argument("--small", type=int, default=10_000, help="articles in the smaller one")
    parser.add_argument("--database", choices=KINDS, action="append")
    parser.add_argument("--format", choices=FORMATS, action="append")
    add_keep_option(parser)
    given = parser.parse_args()
    grown = []
    print(f"{'':<20}{'MB of':>10}{'MB of':>10}{'CPU s of':>10}{'CPU s of':>10}{'rows/s':>10}")
    print(f"{'':<20}" + 2 * f"{given.small:>10,}{given.rows:>10,}")
    for kind in given.database or ["sqlite"]:
        for form in given.format or FORMATS:
            few, few_s, _ = _exported(kind, given.small, form, given.keep)
            many, many_s, took = _exported(kind, given.rows, form, given.keep)
            print(
                f"{kind + ', ' + form:<20}{few:>10.0f}{many:>10.0f}{few_s:>10.1f}{many_s:>10.1f}"
                f"{given.rows / took:>10,.0f}{'  grows' if many - few > FLAT_MB else ''}",
                flush=True,
            )
            grown += [f"{form} on {kind}"] if many - few > FLAT_MB else []
    if grown:
        print(f"memory grows: {', '.join(grown)}")
        sys.exit(1)


def _exported(kind: str, rows: int, form: str, keep: Path | None) -> tuple[float, float, float]:
    """The most memory in MB, seconds of CPU, and seconds by the clock."""
    with tempfile.TemporaryDirectory(dir=keep) as folder, filled(kind, rows, keep) as database:
        url = database.engine.url.render_as_string(hide_password=False)
        command = [sys.executable, "-m", "newscrawler", "export", "articles", f"{folder}/export"]
        started = time.perf_counter()
        pid = os.spawnve(
            os.P_NOWAIT, sys.executable, [*command, "--format", form],
            os.environ | {"NEWSCRAWLER_DATABASE_URL": url},
        )  # fmt: skip
        _, status, used = os.wait4(pid, 0)
        if status:
            sys.exit(f"the export to {form} failed")
        return used.ru_maxrss / 1024, used.ru_utime + used.ru_stime, time.perf_counter() - started


if __name__ == "__main__":
    main()
