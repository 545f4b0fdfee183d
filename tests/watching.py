"""`newscrawler watch` in a process of its own, against a newsroom."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from newscrawler.queries import RunQuery
from newscrawler.storage.database import Database
from newscrawler.storage.reading import find_runs
from newscrawler.storage.records import Run


def write_settings(folder: Path, database_url: str, base_url: str, **values: Any) -> None:
    """A newscrawler.toml that watches pozirk at `base_url`; `watch` goes into the table of that name."""
    watch = values.pop("watch", {})
    site = {"interval_seconds": 2, "base_url": base_url} | values
    lines = [f'database_url = "{database_url}"', "[watch]", *map(_line, watch.items())]
    lines += ["[sites.pozirk]", *map(_line, site.items())]
    (folder / "newscrawler.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _line(item: tuple[str, Any]) -> str:
    name, value = item
    text = f'"{value}"' if isinstance(value, str) else str(value).lower()
    return f"{name} = {text}"


def until(condition: Callable[[], bool], *, seconds: float = 60) -> None:
    """Wait for something to become true; fails if it takes longer."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


class Watch:
    """The process, in `folder` with the settings there; killed at the end where it has not ended."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self._log = folder / f"watch-{time.monotonic_ns()}.log"
        with self._log.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "newscrawler", "watch", *arguments],
                cwd=folder,
                stdout=output,
                stderr=output,
                env=os.environ,
            )

    @property
    def log(self) -> str:
        """What it has said so far."""
        return self._log.read_text(encoding="utf-8")

    def send(self, number: signal.Signals) -> None:
        """Send it a signal."""
        self.process.send_signal(number)

    def wait(self, seconds: float = 60) -> int:
        """Its exit code, once it has ended."""
        return self.process.wait(seconds)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.kill()
        self.process.wait()


def runs_of(database: Database) -> list[Run]:
    """The runs, the oldest first."""
    return sorted(find_runs(database, RunQuery()), key=lambda run: run.id)


def pids_of(text: str, folder: Path) -> list[int]:
    """The processes that run in a folder and whose command line contains a text."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdecimal():
            continue
        try:
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            here = (entry / "cwd").readlink() == folder.resolve()
        except OSError:
            continue
        if here and text in command:
            found.append(int(entry.name))
    return found
