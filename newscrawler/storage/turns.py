"""When each site's next turn is: the database knows, so that no process has to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa

from newscrawler.schedule import Schedule, Standing
from newscrawler.storage import runs as book
from newscrawler.storage.database import Database
from newscrawler.storage.schema import runs, sites


class Turns:
    """The turns of the sites that `watch` crawls. All methods may be called from any thread."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def enroll(self, schedules: Mapping[str, Schedule], *, at: datetime) -> None:
        """Put sites on a schedule. A turn that is due stays due; a new schedule counts from now on."""
        for site, schedule in schedules.items():
            with self.database.writing(site) as connection:
                row = connection.execute(sa.select(sites).where(sites.c.site == site)).mappings().first()
                if row is None:
                    connection.execute(sa.insert(sites), {"site": site, "conditions": {}})
                next_run_at = row["next_run_at"] if row is not None else None
                if next_run_at is None:
                    next_run_at = schedule.first_turn(at)
                elif row is not None and row["schedule"] != str(schedule) and next_run_at > at:
                    next_run_at = schedule.next_turn(at, Standing(started_at=at))
                values = {"next_run_at": next_run_at, "schedule": str(schedule)}
                connection.execute(sa.update(sites).where(sites.c.site == site).values(values))

    def due(self, schedules: Mapping[str, Schedule], *, at: datetime) -> list[str]:
        """The sites whose turn has come, the longest overdue first."""
        last_start = (
            sa.select(sa.func.max(runs.c.started_at))
            .where(runs.c.site == sites.c.site, runs.c.scheduled)
            .scalar_subquery()
        )
        query = (
            sa.select(sites.c.site, sites.c.next_run_at, last_start.label("last_start"))
            .where(sites.c.site.in_(list(schedules)))
            .order_by(sites.c.next_run_at)
        )
        with self.database.reading() as connection:
            rows = connection.execute(query).all()
        due = []
        for site, next_run_at, started_at in rows:
            if next_run_at <= at:
                due.append(site)
            elif started_at is not None and started_at > at:
                # The clock has been put back: a turn that was a minute away may now be a day away.
                self._replan(site, schedules[site], next_run_at, at)
        return due

    def _replan(self, site: str, schedule: Schedule, planned: datetime, at: datetime) -> None:
        sooner = min(planned, schedule.next_turn(at, Standing(started_at=at)))
        query = sa.update(sites).where(sites.c.site == site, sites.c.next_run_at == planned)
        with self.database.writing(site) as connection:
            connection.execute(query.values(next_run_at=sooner))

    def claim(
        self, site: str, *, languages: Sequence[str], at: datetime, instead_of: int | None = None
    ) -> int | None:
        """Begin the run of a site's turn; its number, or None where another watcher has had the turn.

        Raises SiteBusyError where a crawl other than `instead_of` is under way.
        """
        with self.database.writing(site) as connection:
            next_run_at = connection.scalar(sa.select(sites.c.next_run_at).where(sites.c.site == site))
            if next_run_at is None or next_run_at > at:
                return None
            book.claim(connection, site, at=at, instead_of=instead_of)
            started = book.start(
                connection,
                {
                    "site": site,
                    "kind": "crawl",
                    "languages": list(languages),
                    "started_at": at,
                    "status": "running",
                    "scheduled": True,
                },
            )
            return started.id

    def log_of(self, run_id: int, path: str) -> None:
        """Note where a run's log is."""
        with self.database.writing() as connection:
            connection.execute(sa.update(runs).where(runs.c.id == run_id).values(log=path))
