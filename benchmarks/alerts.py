"""How fast queued alerts leave, to a webhook on this machine, and how soon after a listing shows a story.

    python benchmarks/alerts.py [NUMBER] [DATABASE_URL]

NUMBER alerts (default 10,000) are queued and sent one by one, each marked in a transaction of its own.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from store import observations

from newscrawler.alerts.channels.webhook import Webhook
from newscrawler.alerts.dispatcher import Dispatcher
from newscrawler.alerts.rules import Routes
from newscrawler.alerts.settings import AlertSettings
from newscrawler.storage.database import Database
from newscrawler.storage.ledger import Ledger

SETTINGS = AlertSettings.model_validate(
    {
        "timezone": "Europe/Vilnius",
        "channels": {"desk": {"type": "webhook", "url_env": "UNUSED"}},
        "rules": [{"name": "all", "kinds": ["new", "new_premium"], "channels": ["desk"]}],
    }
)


def main(number: int, database_url: str | None) -> None:
    """Queue, send, and print the rates."""
    receiver = subprocess.Popen(
        [sys.executable, "-m", "tests.alerts.receiver"],
        cwd=Path(__file__).parents[1], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert receiver.stdout is not None
    channel = Webhook(receiver.stdout.readline().strip(), secret=b"secret")
    with tempfile.TemporaryDirectory() as folder:
        database = Database.open(database_url or f"sqlite:///{Path(folder) / 'alerts.db'}")
        seen = [replace(each, seen_at=datetime.now(UTC)) for each in observations(number)]
        ledger = Ledger(database, router=Routes(SETTINGS))
        run = ledger.start_run("pozirk", kind="crawl", languages=["en"], at=datetime.now(UTC)).id
        started = time.perf_counter()
        for first in range(0, number, 500):
            ledger.record(run, seen[first : first + 500])
        print(f"queued with their events  {number / (time.perf_counter() - started):8.0f}/s")
        started, cpu = time.perf_counter(), time.process_time()
        counts = Dispatcher(database, SETTINGS, {"desk": channel}).run_once()
        seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
        channel.close()
        database.close()
    came = receiver.communicate()[0].split()
    assert (counts["delivered"], came) == (number, [str(number)] * 2), (counts, came)
    print(f"delivered one by one      {number / seconds:8.0f}/s ({number} in {seconds:.1f} s)")
    print(f"of a processor's time     {1000 * cpu / number:8.2f} ms each")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000, sys.argv[2] if len(sys.argv) > 2 else None)
