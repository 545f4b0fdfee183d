"""The log of each crawl: a file of its own, the newest ones kept."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from newscrawler.exceptions import UsageError


def new_log(folder: Path, site: str, run_id: int, at: datetime, *, keep: int) -> Path:
    """Where a run logs: `FOLDER/SITE/TIME-run-NUMBER.log`. Of the others, the `keep` - 1 newest stay.

    Raises UsageError where the folder cannot be written.
    """
    own = folder / site
    try:
        own.mkdir(parents=True, exist_ok=True)
        names = sorted(own.glob("*-run-*.log"), key=lambda path: path.name)
        for old in names[: max(0, len(names) - keep + 1)]:
            old.unlink(missing_ok=True)
        path = own / f"{at:%Y%m%dT%H%M%SZ}-run-{run_id}.log"
        path.touch()
    except OSError as exc:
        raise UsageError(f"watch.log_folder = {str(folder)!r} cannot be written: {exc.strerror}") from exc
    return path.absolute()


def last_line(path: Path) -> str:
    """What a log says last; empty where it says nothing."""
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    except OSError:
        return ""
    return lines[-1][:300] if lines else ""
