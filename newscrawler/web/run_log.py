"""The log of a run, as it may be shown: a file that the run names, inside the folder of logs, its end."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from newscrawler.printable import printable
from newscrawler.storage.records import Run

_MOST_BYTES = 256 * 1024


@dataclass(frozen=True, slots=True)
class Log:
    """What is shown of it."""

    lines: list[str]
    shortened: bool
    """Whether earlier lines are left out."""


def read_log(folder: Path, run: Run) -> Log | str:
    """The last lines of a run's log, or why there are none to show."""
    if run.log is None:
        return "This run has no log of its own: the crawls that `newscrawler watch` starts have one."
    try:
        path = Path(run.log).resolve(strict=True)
        if not path.is_relative_to(folder.resolve()) or not path.is_file():
            return "The log is not in the folder that watch.log_folder names, so it is not shown."
        with path.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - _MOST_BYTES))
            text = file.read().decode("utf-8", "replace")
    except (OSError, ValueError):
        return "The log is gone: only the newest ones are kept (watch.keep_logs)."
    lines = text.removesuffix("\n").split("\n")
    shortened = size > _MOST_BYTES
    return Log([printable(line.removesuffix("\r")) for line in lines[shortened:]], shortened)
