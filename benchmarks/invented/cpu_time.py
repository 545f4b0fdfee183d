"""CPU time, which other work on the machine hardly stretches."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from newscrawler.storage.database import Database


def cpu_clock(database: Database) -> Callable[[], float]:
    """Seconds on a processor of this process and of PostgreSQL's for us, where it runs on this machine.

    Of helpers that it takes for a query nothing is known.
    """
    if database.engine.dialect.name == "sqlite":
        return time.process_time
    with database.engine.connect() as connection:  # the pool hands out this one as long as it is not in use
        pid = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar()
    its_times = Path(f"/proc/{pid}/schedstat")  # the first one: nanoseconds on a processor
    if not its_times.exists():
        return time.process_time
    return lambda: time.process_time() + int(its_times.read_text().split()[0]) / 1e9
