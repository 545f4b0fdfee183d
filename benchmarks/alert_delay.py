"""How soon a new premium entry of a listing is at a webhook: from the listing's answer to the request.

    python benchmarks/alert_delay.py [ROUNDS]

Each round publishes one premium story at the newsroom and crawls it with `newscrawler crawl`, in a process of
its own, while `newscrawler alerts send --follow` runs. The time that a crawl takes to start does not count.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from newscrawler.newsroom import Newsroom, serve

ROOT = Path(__file__).parents[1]
RULES = """
[alerts.channels.desk]
type = "webhook"
url_env = "DESK_URL"

[[alerts.rules]]
name = "premium"
channels = ["desk"]
"""


def main(rounds: int) -> None:
    """Play the rounds, and print the delays."""
    receiver = subprocess.Popen(
        [sys.executable, "-m", "tests.alerts.receiver", "--times"],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert receiver.stdout is not None
    url = receiver.stdout.readline().strip()
    room = Newsroom(1, datetime.now(UTC))
    room.stock(60)
    with tempfile.TemporaryDirectory() as folder, serve(room) as site:
        (Path(folder) / "newscrawler.toml").write_text(RULES, encoding="utf-8")
        environment = os.environ | {"DESK_URL": url}
        command = [sys.executable, "-m", "newscrawler"]
        crawl = [*command, "crawl", "pozirk", "--base-url", site.base_url]
        subprocess.run(crawl, cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL)
        sending = subprocess.Popen([*command, "alerts", "send", "--follow"], cwd=folder, env=environment)
        delays = []
        for number in range(rounds):
            language = room.languages[number % len(room.languages)]
            room.advance(datetime.now(UTC) - room.now)
            room.publish(language, premium=True)
            asked = len(site.requests)
            subprocess.run(crawl, cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL)
            shown = next(
                request.clock
                for request in site.requests[asked:]
                if request.path == f"/{language}/news/" and request.status == 200
            )
            told = float(receiver.stdout.readline())
            delays.append(told - shown)
        sending.terminate()
        sending.wait()
    receiver.communicate()
    print(f"listing to webhook, {rounds} stories: median {statistics.median(delays):.2f} s, "
          f"least {min(delays):.2f} s, most {max(delays):.2f} s")  # fmt: skip


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 9)
