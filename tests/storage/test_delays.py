from __future__ import annotations

from datetime import timedelta

from newscrawler.alerts.dispatcher import Dispatcher
from newscrawler.storage.database import Database
from newscrawler.storage.delays import Percentiles, find_delays, percentiles
from tests.alerts.telling import Clock, Notebook, record, settings
from tests.observing import NOON, observation


def test_delays_of_each_step_by_site(database: Database) -> None:
    told_by, clock = settings(), Clock()
    record(
        database,
        told_by,
        observation("Old", external_id="1", premium=True, baseline=True, published_at=NOON),
        observation("A", external_id="2", premium=True, published_at=NOON - timedelta(minutes=2)),
        observation("B", external_id="3", premium=True, hours=1),
        observation("Free", external_id="4", published_at=NOON - timedelta(minutes=4)),
    )
    clock.forward(hours=1, seconds=3)
    Dispatcher(database, told_by, {"desk": Notebook()}, now=clock).run_once()
    (site,) = find_delays(database, NOON - timedelta(days=1))
    assert site.site == "pozirk"
    assert site.published_to_seen == Percentiles(2, 120, 240, 240)
    assert site.seen_to_alerted == Percentiles(2, 3, 3603, 3603)
    assert site.published_to_alerted == Percentiles(1, 3723, 3723, 3723)
    assert site.to_json()["published_to_seen"] == {"count": 2, "p50": 120.0, "p90": 240.0, "p99": 240.0}
    assert find_delays(database, NOON + timedelta(hours=2)) == []


def test_percentiles_are_values_that_occurred() -> None:
    assert percentiles([]) == Percentiles(0, None, None, None)
    assert percentiles([5]) == Percentiles(1, 5, 5, 5)
    assert percentiles(list(range(1, 101))) == Percentiles(100, 50, 90, 99)
