"""The rows of `runs`: begun, alive, ended. Each function works inside the caller's transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from newscrawler.exceptions import StorageError
from newscrawler.storage import rows
from newscrawler.storage.claims import DEAD_AFTER_SECONDS, RunUnderWay, SiteBusyError
from newscrawler.storage.schema import runs

GIVEN_UP = f"given up: its process was gone, or stood still for {DEAD_AFTER_SECONDS:g} s"


@dataclass(frozen=True, slots=True)
class StartedRun:
    """A run that has begun."""

    id: int
    swept_at: dict[str, datetime]
    """Language → when its listings were last followed all the way down to what was known before. A
    language that is missing has never been: what is seen there now is a baseline, not news."""
    wait_until: datetime | None
    """Until when the site has asked an earlier run to leave it alone; None where it has not."""


def under_way(connection: sa.Connection, site: str) -> RunUnderWay | None:
    """The crawl of a site that has begun and not ended."""
    query = sa.select(runs).where(runs.c.site == site, runs.c.kind == "crawl", runs.c.status == "running")
    row = connection.execute(query).mappings().first()
    return rows.read(RunUnderWay, row) if row is not None else None


def claim(connection: sa.Connection, site: str, *, at: datetime, instead_of: int | None) -> None:
    """Make room for a crawl of a site. Raises SiteBusyError where one beside `instead_of` is under way."""
    other = under_way(connection, site)
    if other is None:
        return
    if other.id != instead_of:
        raise SiteBusyError(other)
    finish(connection, other.id, {"status": "failed", "finished_at": at, "reason": GIVEN_UP})


def start(connection: sa.Connection, values: dict[str, Any]) -> StartedRun:
    """Insert a run."""
    run_id = connection.scalar(sa.insert(runs).returning(runs.c.id), values)
    assert run_id is not None
    return _started(connection, run_id, values["site"], values["kind"])


def join(connection: sa.Connection, run_id: int, owner: str) -> StartedRun:
    """Say which process a run is. Raises StorageError if it was given up."""
    require_under_way(connection, run_id)
    query = sa.update(runs).where(runs.c.id == run_id).values(owner=owner, beat=runs.c.beat + 1)
    site, kind = connection.execute(query.returning(runs.c.site, runs.c.kind)).one()
    return _started(connection, run_id, site, kind)


def beat(connection: sa.Connection, run_id: int) -> None:
    """Raise the number that says that a run is alive. Raises StorageError if it was given up."""
    query = sa.update(runs).where(runs.c.id == run_id, runs.c.status == "running")
    if connection.execute(query.values(beat=runs.c.beat + 1)).rowcount == 0:
        raise _given_up(run_id)


def require_under_way(connection: sa.Connection, run_id: int) -> None:
    """Raise StorageError for a run that was given up: another may have its place."""
    if connection.scalar(sa.select(runs.c.status).where(runs.c.id == run_id)) != "running":
        raise _given_up(run_id)


def finish(connection: sa.Connection, run_id: int, values: dict[str, Any]) -> bool:
    """Note how a run ended; whether it was still under way."""
    query = sa.update(runs).where(runs.c.id == run_id, runs.c.status == "running").values(values)
    return connection.execute(query).rowcount > 0


def _given_up(run_id: int) -> StorageError:
    return StorageError(f"run {run_id} is no longer under way: nothing more of it is recorded")


def _started(connection: sa.Connection, run_id: int, site: str, kind: str) -> StartedRun:
    earlier = (
        sa.select(runs.c.swept, runs.c.finished_at)
        .where(runs.c.site == site, runs.c.status == "ok")
        .order_by(runs.c.finished_at)
    )
    if kind == "crawl":
        earlier = earlier.where(runs.c.kind == "crawl")
    swept_at = {
        language: finished_at
        for swept, finished_at in connection.execute(earlier)
        for language in swept or ()
    }
    wait_until = connection.scalar(sa.select(sa.func.max(runs.c.wait_until)).where(runs.c.site == site))
    return StartedRun(run_id, swept_at, wait_until)
