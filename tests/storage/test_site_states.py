"""What runs mean for their site: conditions, their events, and the status that people see."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from newscrawler.coverage import ARTICLE_FIELDS
from newscrawler.process_identity import identity
from newscrawler.queries import EventQuery
from newscrawler.schedule import Schedule
from newscrawler.schedule_settings import ScheduleSettings
from newscrawler.storage.database import Database
from newscrawler.storage.ledger import Ledger
from newscrawler.storage.reading import find_events
from newscrawler.storage.site_status import SiteStatus, run_delays, site_statuses
from newscrawler.storage.turns import Turns
from tests.observing import NOON, observation


def crawl(ledger: Ledger, minute: float, *, reason: str | None = None, **values: Any) -> int:
    """A crawl of a minute; failed where there is a reason."""
    at = NOON + timedelta(minutes=minute)
    run = ledger.start_run("pozirk", kind="crawl", languages=["en"], at=at).id
    status = "failed" if reason else "ok"
    ledger.finish_run(run, at=at + timedelta(minutes=1), status=status, reason=reason, **values)
    return run


def failed(reason: str) -> dict[str, Any]:
    return {"reason": f"en: {reason}", "counts": {"pages": {"failed": {reason: 1}}}}


def articles(number: int, **lost: int) -> dict[str, Any]:
    said = dict.fromkeys(ARTICLE_FIELDS, number) | lost
    return {"coverage": {"listings": {}, "articles": number, "with": said}}


def site_events(database: Database) -> list[tuple[str, Any, Any]]:
    found = [event for event in find_events(database, EventQuery()) if event.article_id is None]
    return [(event.kind, event.old, event.new) for event in sorted(found, key=lambda event: event.id)]


def status(database: Database, minute: float = 0) -> SiteStatus:
    (found,) = site_statuses(database, now=NOON + timedelta(minutes=minute))
    return found


def test_a_block_is_told_once_and_so_is_its_end(ledger: Ledger, database: Database) -> None:
    crawl(ledger, 0)
    for minute in range(1, 6):
        crawl(ledger, minute, **failed("http 403"))
    assert status(database, 6).state == "blocked"
    shown = status(database, 6).to_json()
    assert shown["conditions"] == {
        "blocked": {"since": shown["since"], "reason": "5 crawls in a row: en: http 403"}
    }
    assert shown["since"] == "2025-10-24T12:03:00Z"
    crawl(ledger, 7)
    crawl(ledger, 8)
    kinds = [kind for kind, _, _ in site_events(database)]
    assert kinds == ["site_blocked", "site_recovered"]
    assert status(database, 9).state == "ok"


def test_a_worse_trouble_beside_another_is_told_and_recovery_is_the_end_of_all(
    ledger: Ledger, database: Database
) -> None:
    for minute in range(10):
        crawl(ledger, minute, **articles(5))
    crawl(ledger, 10, **articles(5, date=0))
    crawl(ledger, 11, **articles(5, date=0))
    for minute in range(12, 16):
        crawl(ledger, minute, **failed("timeout"))
    told = status(database, 20)
    assert (told.state, told.failures_in_a_row) == ("failing", 4)
    assert told.reason == "4 crawls in a row: en: timeout"
    assert set(told.conditions) == {"failing", "drifting"}
    crawl(ledger, 21, **articles(5, date=0))
    assert status(database, 22).state == "drifting"
    crawl(ledger, 23, **articles(5))
    assert status(database, 24).state == "drifting", "until all of the last few articles are well"
    crawl(ledger, 25, **articles(5))
    events = site_events(database)
    assert [kind for kind, _, _ in events] == ["site_drifting", "site_failing", "site_recovered"]
    assert events[0][2] == "date in 0 of the last 10 articles, 50 of 50 before"
    assert events[2][1] == ["drifting"]


def test_a_drift_that_goes_on_is_told_once(ledger: Ledger, database: Database) -> None:
    for minute in range(10):
        crawl(ledger, minute, **articles(5))
    for minute in range(10, 60):
        crawl(ledger, minute, **articles(5, body=0))
    assert [kind for kind, _, _ in site_events(database)] == ["site_drifting"]
    assert status(database, 61).since == NOON + timedelta(minutes=12), "twice in a row"


def test_the_status_of_a_site(ledger: Ledger, database: Database) -> None:
    assert site_statuses(database, now=NOON) == []
    run = ledger.start_run("pozirk", kind="crawl", languages=["en"], at=NOON).id

    def seen(headline: str, minutes: float, **values: Any) -> None:
        news = observation(headline, published_at=NOON - timedelta(minutes=minutes), **values)
        ledger.record(run, [news])

    seen("Known from the start", 900, external_id="1", baseline=True)
    seen("Free", 4, external_id="2", premium=False)
    seen("Paid", 10, external_id="3", premium=True)
    assert status(database).crawling
    ledger.finish_run(run, at=NOON + timedelta(minutes=1), status="ok", reason=None)
    shown = status(database, 5)
    assert shown.delays is not None
    assert shown.to_json() == {
        "site": "pozirk",
        "state": "ok",
        "reason": None,
        "since": None,
        "conditions": {},
        "schedule": None,
        "next_run_at": None,
        "crawling": False,
        "last_run_at": "2025-10-24T12:00:00Z",
        "last_success_at": "2025-10-24T12:01:00Z",
        "failures_in_a_row": 0,
        "new_24h": 2,
        "premium_24h": 1,
        "delays": shown.delays.to_json(),
    }
    assert shown.delays.published_to_seen.to_json() == {"count": 2, "p50": 240.0, "p90": 600.0, "p99": 600.0}
    assert sorted(run_delays(database, run)) == [240.0, 600.0]
    assert status(database, 60 * 30).new_24h == 0


def enroll(database: Database) -> None:
    """The site's first turn is at noon."""
    plan = Schedule(ScheduleSettings(interval_seconds=600), ZoneInfo("UTC"))
    Turns(database).enroll({"pozirk": plan}, at=NOON)


def test_a_crawl_that_was_killed_is_not_under_way(ledger: Ledger, database: Database) -> None:
    enroll(database)
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        owner = identity(process.pid)
        ledger.start_run("pozirk", kind="crawl", languages=["en"], at=NOON, owner=owner)
        assert (status(database, 3).crawling, status(database, 3).state) == (True, "ok")
        process.kill()
    assert (status(database, 3).crawling, status(database, 3).state) == (False, "late")


def test_a_crawl_of_another_machine_is_believed_for_a_day(ledger: Ledger, database: Database) -> None:
    enroll(database)
    ledger.start_run("pozirk", kind="crawl", languages=["en"], at=NOON, owner="box/m/77/1")
    assert status(database, 60 * 23).crawling
    assert status(database, 60 * 25).state == "late"


def test_a_turn_that_nobody_takes_is_late(ledger: Ledger, database: Database) -> None:
    enroll(database)
    assert status(database, 1).state == "ok"
    late = status(database, 3)
    assert (late.state, late.since, late.schedule) == ("late", NOON, "every 10 min")
    assert isinstance(late.next_run_at, datetime)
    crawl(ledger, 4)
    assert status(database, 5).state == "late", "a run by hand is not its turn"
