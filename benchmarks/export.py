"""How much memory an export takes, and how long: of few rows and of many, into each format.

    python benchmarks/export.py                   # 10,000 and 100,000 articles, SQLite
    python benchmarks/export.py --rows 1000000 --database sqlite --database postgresql

Each line: `newscrawler export articles` in a process of its own; the most memory it had (resident, with the
libraries), and its CPU time. It is flat if ten times the rows take no more.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from invented.databases import KINDS, add_keep_option, filled

FORMATS = ("jsonl", "csv", "parquet", "sqlite")
# The most memory that the system knows of a process that has been forked is that of its parent, too.
_CHILD = """
import re, sys, time
from pathlib import Path
from newscrawler.cli import main
main(standalone_mode=False)
print(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1], time.process_time())
"""
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
        few, many = (
            _exported(kind, rows, given.format or FORMATS, given.keep) for rows in (given.small, given.rows)
        )
        for form in few:
            grows = many[form].megabytes - few[form].megabytes > FLAT_MB
            print(
                f"{kind + ', ' + form:<20}{few[form].megabytes:>10.0f}{many[form].megabytes:>10.0f}"
                f"{few[form].cpu:>10.1f}{many[form].cpu:>10.1f}{given.rows / many[form].took:>10,.0f}"
                f"{'  grows' if grows else ''}",
                flush=True,
            )
            grown += [f"{form} on {kind}"] if grows else []
    if grown:
        print(f"memory grows: {', '.join(grown)}")
        sys.exit(1)


class Used(NamedTuple):
    """What a process used."""

    megabytes: float
    """At most."""
    cpu: float
    """Seconds."""
    took: float
    """Seconds by the clock."""


def _exported(kind: str, rows: int, formats: Sequence[str], keep: Path | None) -> dict[str, Used]:
    with tempfile.TemporaryDirectory(dir=keep) as folder, filled(kind, rows, keep) as database:
        url = database.engine.url.render_as_string(hide_password=False)
        return {form: _export(url, Path(folder) / form, form) for form in formats}


def _export(url: str, file: Path, form: str) -> Used:
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", _CHILD, "export", "articles", str(file), "--format", form],
        env=os.environ | {"NEWSCRAWLER_DATABASE_URL": url}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    file.unlink()
    kilobytes, cpu = done.stdout.split()
    return Used(int(kilobytes) / 1024, float(cpu), time.perf_counter() - started)


if __name__ == "__main__":
    main()
