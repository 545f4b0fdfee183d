"""One crawl of a site at a time: claims, beats, and runs that are given up."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from newscrawler.exceptions import StorageError
from newscrawler.process_identity import identity
from newscrawler.queries import RunQuery
from newscrawler.storage.claims import DEAD_AFTER_SECONDS, Pulse, RunUnderWay, SiteBusyError
from newscrawler.storage.database import Database
from newscrawler.storage.ledger import Ledger
from newscrawler.storage.reading import find_runs
from newscrawler.storage.runs import GIVEN_UP
from tests.observing import NOON, observation


def begin(ledger: Ledger, *, instead_of: int | None = None, owner: str | None = None) -> int:
    return ledger.start_run(
        "pozirk", kind="crawl", languages=["en"], at=NOON, instead_of=instead_of, owner=owner
    ).id


def test_a_site_is_crawled_by_one_at_a_time(ledger: Ledger) -> None:
    first = begin(ledger, owner="box/m/77/1")
    with pytest.raises(SiteBusyError, match=r"run \d+ of pozirk, begun .* by process 77 on box is under way"):
        begin(ledger)
    ledger.start_run("other", kind="crawl", languages=["en"], at=NOON)
    ledger.start_run("pozirk", kind="ingest", languages=["en"], at=NOON)
    ledger.finish_run(first, at=NOON, status="ok", reason=None)
    begin(ledger)


def test_a_run_that_was_given_up_records_nothing_and_cannot_end_well(
    ledger: Ledger, database: Database
) -> None:
    slow = begin(ledger)
    ledger.record(slow, [observation("Before")])
    quick = begin(ledger, instead_of=slow)
    with pytest.raises(StorageError, match="no longer under way"):
        ledger.record(slow, [observation("After")])
    with pytest.raises(StorageError, match="no longer under way"):
        ledger.beat(slow)
    assert ledger.finish_run(slow, at=NOON, status="ok", reason=None) is None
    ledger.record(quick, [observation("After")])
    ledger.finish_run(quick, at=NOON, status="ok", reason=None)
    ended = {run.id: (run.status, run.reason) for run in find_runs(database, RunQuery())}
    assert ended == {slow: ("failed", GIVEN_UP), quick: ("ok", None)}


def test_only_the_run_that_was_watched_is_given_up(ledger: Ledger) -> None:
    first = begin(ledger)
    second = begin(ledger, instead_of=first)
    with pytest.raises(SiteBusyError):
        begin(ledger, instead_of=first)
    ledger.beat(second)


def under_way(beat: int = 0, owner: str | None = None) -> RunUnderWay:
    return RunUnderWay(1, "pozirk", datetime(2025, 1, 1, tzinfo=UTC), owner, beat)


def test_a_beat_that_stands_still_is_death_by_the_watchers_own_clock() -> None:
    now = [0.0]
    pulse = Pulse(lambda: now[0])
    assert not pulse.is_dead(under_way())
    now[0] = DEAD_AFTER_SECONDS - 1
    assert not pulse.is_dead(under_way())
    assert not pulse.is_dead(under_way(beat=1)), "it has moved"
    now[0] += DEAD_AFTER_SECONDS - 1
    assert not pulse.is_dead(under_way(beat=1))
    now[0] += 2
    assert pulse.is_dead(under_way(beat=1))


def test_a_process_of_this_machine_that_is_gone_is_known_at_once() -> None:
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    owner = identity(process.pid)
    assert not Pulse().is_dead(under_way(owner=owner))
    process.kill()
    process.communicate()
    assert Pulse().is_dead(under_way(owner=owner))


def test_taking_over_raises_the_beat(ledger: Ledger) -> None:
    run = begin(ledger)
    joined = ledger.join_run(run, owner=identity())
    assert joined.id == run
    with pytest.raises(SiteBusyError) as busy:
        begin(ledger)
    assert busy.value.run.beat == 1
    assert busy.value.run.owner == identity()
    ledger.finish_run(run, at=NOON + timedelta(minutes=1), status="stopped", reason=None)
    with pytest.raises(StorageError, match="no longer under way"):
        ledger.join_run(run, owner=identity())
