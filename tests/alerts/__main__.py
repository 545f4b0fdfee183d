"""The long form: `python -m tests.alerts`."""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from tests.alerts.killing import play


def main() -> None:
    """Play the long form and print the figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.alerts", description=play.__doc__)
    parser.add_argument("--events", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database-url", help="an empty database; default: a new SQLite file")
    arguments = parser.parse_args()
    moods = {"200": 95.0, "500": 2.0, "die": 2.0, "refuse": 1.0}
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        url = arguments.database_url or f"sqlite:///{Path(folder) / 'newscrawler.db'}"
        figures = play(url, events=arguments.events, seed=arguments.seed, moods=moods)
    for name, value in vars(figures).items():
        print(f"{name.replace('_', ' '):24} {value if name != 'problems' else '; '.join(value) or 'none'}")
    print(f"{'seconds':24} {time.monotonic() - started:.0f}")
    raise SystemExit(bool(figures.problems))


if __name__ == "__main__":
    main()
