"""Turns in the database: due once, whoever asks, whatever the clock does."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from newscrawler.schedule import Schedule
from newscrawler.schedule_settings import ScheduleSettings
from newscrawler.storage.claims import SiteBusyError
from newscrawler.storage.database import Database
from newscrawler.storage.ledger import Ledger
from newscrawler.storage.schema import sites
from newscrawler.storage.turns import Turns
from tests.observing import NOON


def schedule(**settings: Any) -> Schedule:
    return Schedule(ScheduleSettings(**{"interval_seconds": 600} | settings), ZoneInfo("Europe/Minsk"))


class Site:
    """One site on a schedule, and what a watcher does with it."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.turns = Turns(database)
        self.ledger = Ledger(database)
        self.plan = {"pozirk": schedule()}

    def enroll(self, at: datetime, **settings: Any) -> None:
        self.plan = {"pozirk": schedule(**settings)}
        self.turns.enroll(self.plan, at=at)

    def is_due(self, at: datetime) -> bool:
        return self.turns.due(self.plan, at=at) == ["pozirk"]

    def crawl(self, at: datetime, *, status: str = "ok", minutes: float = 1) -> None:
        run = self.turns.claim("pozirk", languages=["en"], at=at)
        assert run is not None
        end = at + timedelta(minutes=minutes)
        self.ledger.finish_run(run, at=end, status=status, reason=None, schedule=self.plan["pozirk"])

    def next_run_at(self) -> datetime | None:
        with self.database.reading() as connection:
            return connection.scalar(sa.select(sites.c.next_run_at))


@pytest.fixture
def site(database: Database) -> Site:
    return Site(database)


def after(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


def test_a_new_site_is_due_at_once_and_then_in_its_turn(site: Site) -> None:
    site.enroll(NOON)
    assert site.is_due(NOON)
    site.crawl(NOON)
    assert not site.is_due(after(9.9))
    assert site.is_due(after(10))


def test_a_turn_is_had_once_whoever_asks(site: Site) -> None:
    site.enroll(NOON)
    other = Site(site.database)
    assert site.is_due(NOON)
    assert other.is_due(NOON)
    site.crawl(NOON)
    assert other.turns.claim("pozirk", languages=["en"], at=after(1)) is None


def test_a_site_under_way_is_not_begun_again_and_a_crash_loses_no_turn(site: Site) -> None:
    site.enroll(NOON)
    dead = site.turns.claim("pozirk", languages=["en"], at=NOON)
    with pytest.raises(SiteBusyError) as busy:
        site.turns.claim("pozirk", languages=["en"], at=after(1))
    assert busy.value.run.id == dead
    assert site.turns.claim("pozirk", languages=["en"], at=after(1), instead_of=dead) is not None


def test_after_days_without_power_there_is_one_turn_to_catch_up(site: Site) -> None:
    site.enroll(NOON)
    site.crawl(NOON)
    back = NOON + timedelta(days=3)
    site.enroll(back)
    assert site.is_due(back)
    site.crawl(back)
    assert not site.is_due(back + timedelta(minutes=9))


def test_a_run_that_was_stopped_keeps_its_turn(site: Site) -> None:
    site.enroll(NOON)
    site.crawl(NOON, status="stopped")
    assert site.is_due(after(1))


def test_a_failed_run_is_tried_again_soon_and_then_later(site: Site) -> None:
    site.enroll(NOON)
    site.crawl(NOON, status="failed")
    first = site.next_run_at()
    assert first is not None
    assert after(1.5) < first < after(2.5)
    site.crawl(first, status="failed")
    second = site.next_run_at()
    assert second is not None
    assert timedelta(minutes=2.5) < second - first < timedelta(minutes=3.5)


def test_a_clock_put_back_by_a_day_does_not_stop_the_turns_for_a_day(site: Site) -> None:
    site.enroll(NOON)
    site.crawl(NOON)
    yesterday = NOON - timedelta(days=1)
    assert not site.is_due(yesterday)
    assert site.is_due(yesterday + timedelta(minutes=10))


def test_another_schedule_counts_from_now_on_and_what_is_due_stays_due(site: Site) -> None:
    site.enroll(NOON, interval_seconds=86400)
    site.crawl(NOON)
    site.enroll(after(30), interval_seconds=86400)
    assert site.next_run_at() == NOON + timedelta(days=1)
    site.enroll(after(30), interval_seconds=600)
    assert site.next_run_at() == after(40)
    site.enroll(after(50), interval_seconds=86400)
    assert site.is_due(after(50))


def test_a_run_by_hand_moves_no_turn(site: Site) -> None:
    site.enroll(NOON)
    site.crawl(NOON)
    run = site.ledger.start_run("pozirk", kind="crawl", languages=["en"], at=after(5)).id
    site.ledger.finish_run(run, at=after(6), status="ok", reason=None)
    assert site.next_run_at() == after(10)
