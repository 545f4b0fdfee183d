from __future__ import annotations

from datetime import UTC, date, timedelta
from zoneinfo import ZoneInfo

from newscrawler.storage.figures import Day, days_of, premium_spans
from newscrawler.storage.ledger import Ledger
from tests.observing import NOON, observation
from tests.storage.test_ledger import start


def test_days_are_those_of_a_zone_and_leave_the_baseline_out(ledger: Ledger) -> None:
    ledger.record(
        start(ledger),
        [
            observation("Known before", external_id="1", baseline=True),
            observation("First", external_id="2", published_at=NOON - timedelta(minutes=10)),
            observation("Second", external_id="3", premium=True, published_at=NOON - timedelta(minutes=30)),
            # 22:00 in UTC is the next day in Minsk.
            observation("Late", external_id="4", hours=10, premium=True),
        ],
    )
    days = days_of(ledger.database, "pozirk", first=date(2025, 10, 23), last=date(2025, 10, 24), zone=UTC)
    assert days == [Day(date(2025, 10, 23), 0, 0, None), Day(date(2025, 10, 24), 3, 2, 1200.0)]
    assert (days[0].share, days[1].share) == (None, 2 / 3)
    minsk = ZoneInfo("Europe/Minsk")
    days = days_of(ledger.database, "pozirk", first=date(2025, 10, 24), last=date(2025, 10, 25), zone=minsk)
    assert [(day.new, day.premium) for day in days] == [(2, 1), (1, 1)]
    assert days_of(ledger.database, "other", first=days[0].day, last=days[0].day, zone=UTC)[0].new == 0


def test_how_long_stories_stayed_premium(ledger: Ledger) -> None:
    def freed(headline: str, external_id: str, hours: float, language: str = "en") -> None:
        said = observation(
            headline, external_id=external_id, hours=hours, source="article", premium=False, language=language
        )
        ledger.record(start(ledger), [said])

    ledger.record(
        start(ledger),
        [
            observation("Premium before anybody looked", external_id="1", premium=True, baseline=True),
            observation("Premium for a day", external_id="2", premium=True),
            observation("Премиум на два дня", external_id="3", premium=True, language="ru"),
            observation("Premium still", external_id="4", premium=True),
        ],
    )
    freed("Premium before anybody looked", "1", 5)
    freed("Premium for a day", "2", 24)
    freed("Премиум на два дня", "3", 48, "ru")
    since = NOON - timedelta(days=90)
    spans = premium_spans(ledger.database, since=since)
    assert (spans.seconds, spans.still) == ([86400, 172800], 1)
    assert premium_spans(ledger.database, since=since, languages=["ru"]).seconds == [172800]
    assert premium_spans(ledger.database, since=since, sites=["other"]).seconds == []
    assert premium_spans(ledger.database, since=NOON + timedelta(hours=30)).seconds == [172800]
