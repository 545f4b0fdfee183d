"""`python -m tests.soak`: prints its figures; exit code 1 where something is not as it should be."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from tests.soak.play import soak


def main() -> int:
    """Soak as long as asked."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-kills", action="store_true", help="leave all processes alive")
    arguments = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="newscrawler-soak-"))
    figures = soak(folder, arguments.minutes, seed=arguments.seed, kills=not arguments.no_kills)
    print(figures)
    for problem in figures.problems():
        print(f"WRONG: {problem}")
    if figures.problems():
        print(f"see {folder}")
        return 1
    shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
