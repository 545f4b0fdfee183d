"""What Prometheus is told: of runs that ended, and of how sites are doing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from prometheus_client import generate_latest

from newscrawler.balance import Balance
from newscrawler.exceptions import StorageError
from newscrawler.storage.database import Database
from newscrawler.storage.ledger import Ledger
from newscrawler.storage.reading import find_run
from newscrawler.watch import metrics as module
from newscrawler.watch.metrics import Metrics
from tests.alerts.telling import record, settings
from tests.observing import NOON, observation


def lines(metrics: Metrics) -> set[str]:
    return set(generate_latest(metrics.registry).decode().splitlines())


def test_a_run_is_counted_with_its_entries_failures_premium_and_delays(
    ledger: Ledger, database: Database
) -> None:
    run = ledger.start_run("pozirk", kind="crawl", languages=["en"], at=NOON).id
    seen = observation("Paid", premium=True, published_at=NOON - timedelta(seconds=100))
    (recorded,) = ledger.record(run, [seen])
    account = Balance(pages_asked=3, pages_parsed=1, entries_seen=1)
    account.pages_failed["http 503"] += 2
    account.count_stored(seen, new=recorded.new, events=recorded.events)
    ended = NOON + timedelta(seconds=7)
    ledger.finish_run(run, at=ended, status="ok", reason=None, counts=account.to_json())
    metrics = Metrics(database, clock=lambda: ended)
    metrics.run_ended(find_run(database, run))
    assert {
        'newscrawler_runs_total{site="pozirk",status="ok"} 1.0',
        'newscrawler_entries_total{outcome="new",site="pozirk"} 1.0',
        'newscrawler_events_total{kind="new_premium",site="pozirk"} 1.0',
        'newscrawler_page_failures_total{reason="http 503",site="pozirk"} 2.0',
        'newscrawler_run_seconds_bucket{le="5.0",site="pozirk"} 0.0',
        'newscrawler_run_seconds_bucket{le="10.0",site="pozirk"} 1.0',
        'newscrawler_first_sight_delay_seconds_bucket{le="60.0",site="pozirk"} 0.0',
        'newscrawler_first_sight_delay_seconds_bucket{le="120.0",site="pozirk"} 1.0',
        'newscrawler_site_state{site="pozirk",state="ok"} 1.0',
        'newscrawler_site_state{site="pozirk",state="silent"} 0.0',
    } <= lines(metrics)
    assert metrics.registry.get_sample_value(
        "newscrawler_last_success_timestamp_seconds", {"site": "pozirk"}
    ) == pytest.approx(ended.timestamp())


def test_the_queue_of_alerts_is_told(database: Database) -> None:
    record(database, settings(), observation("Paid", premium=True))
    metrics = Metrics(database, clock=lambda: NOON)
    assert 'newscrawler_alerts{status="pending"} 1.0' in lines(metrics)


def test_a_database_out_of_reach_is_no_error(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(*_: object, **__: object) -> None:
        raise StorageError("out of reach")

    monkeypatch.setattr(module, "count_alerts", unreachable)
    assert not any(
        line.startswith("newscrawler_site_state") for line in lines(Metrics(database, clock=lambda: NOON))
    )
