"""Crawls in a process of their own, as users run them: a Twisted reactor does not start twice."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from newscrawler.newsroom import Newsroom
from tests import children

ROOT = Path(__file__).parents[1]
SECONDS = 120
"""Far more than any command of a test takes."""


@dataclass(frozen=True)
class Finished:
    """A command that has ended."""

    code: int
    stdout: str
    stderr: str

    @property
    def run(self) -> dict[str, Any]:
        """What `newscrawler crawl --json` printed."""
        run: dict[str, Any] = json.loads(self.stdout)
        return run

    def objects(self) -> list[dict[str, Any]]:
        """One JSON object per line."""
        return [json.loads(line) for line in self.stdout.splitlines()]


def command(*arguments: str, cwd: Path | None = None, **environment: str) -> Finished:
    """Run `python -m …` to its end."""
    if arguments[0] == "newscrawler":
        ended = children.run(arguments[1:], cwd=cwd, environment=os.environ | environment, seconds=SECONDS)
        return Finished(ended.code, ended.stdout, ended.stderr)
    done = subprocess.run(
        [sys.executable, "-W", "error::ResourceWarning", "-m", *arguments],
        cwd=cwd,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
    )
    return Finished(done.returncode, done.stdout, done.stderr)


def newscrawler(*arguments: str, database_url: str, **environment: str) -> Finished:
    """`newscrawler …` on a database."""
    return command("newscrawler", *arguments, cwd=None, NEWSCRAWLER_DATABASE_URL=database_url, **environment)


def crawl(
    base_url: str, *arguments: str, database_url: str, now: datetime | None = None, **environment: str
) -> Finished:
    """`newscrawler crawl pozirk --json` of a local copy, at the moment `now`."""
    clock = ["--set", f"NEWSCRAWLER_NOW={now.isoformat()}"] if now else []
    return newscrawler(
        "crawl", "pozirk", "--base-url", base_url, "--json", *clock, *arguments,
        database_url=database_url, **environment,
    )  # fmt: skip


def crawl_newsroom(newsroom: Newsroom, base_url: str, *arguments: str, database_url: str) -> dict[str, Any]:
    """Crawl at the newsroom's own time; the run, which has to be a success."""
    done = crawl(base_url, *arguments, database_url=database_url, now=newsroom.now)
    assert done.code == 0, done.stdout + done.stderr
    return done.run
