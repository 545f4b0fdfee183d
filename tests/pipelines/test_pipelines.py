from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from scrapy.exceptions import DropItem

from newscrawler.balance import Balance
from newscrawler.items import Observation
from newscrawler.pipelines.dedupe import DedupePipeline
from newscrawler.pipelines.normalize import NormalizePipeline
from newscrawler.sites import get_site
from tests.observing import observation


def normalized(item: Observation, balance: Balance | None = None) -> Observation:
    pipeline = NormalizePipeline(get_site("pozirk"), balance or Balance())
    result: Observation = pipeline.process_item(item)
    return result


@pytest.mark.parametrize(
    "url",
    [
        "https://pozirk.online/en/news/161428",
        "http://www.pozirk.online/en/news/161428/?utm_source=telegram#top",
        "https://mstagmanager.com/en/news/161428/",
        "https://pozirk.online/en/?p=161428",
    ],
)
def test_addresses_become_canonical(url: str) -> None:
    assert normalized(observation(url=url)).url == "https://pozirk.online/en/news/161428/"


def test_text_becomes_nfc_without_invisible_characters() -> None:
    item = normalized(observation("Biełar\u00adu\u0301s\u00a0 news\u200b", body=["  One\n two ", " "]))
    assert item.headline == "Biełarús news"
    assert item.body == ["One two"]


def test_times_become_utc_and_a_time_without_zone_is_not_known() -> None:
    minsk = datetime(2025, 10, 24, 1, 0, tzinfo=timezone(timedelta(hours=3)))
    item = normalized(observation(published_at=minsk, modified_at=minsk.replace(tzinfo=None)))
    assert item.published_at == datetime(2025, 10, 23, 22, 0, tzinfo=UTC)
    assert item.published_at.tzinfo is UTC
    assert item.modified_at is None


def test_what_has_neither_headline_nor_address_is_counted_and_dropped() -> None:
    balance = Balance()
    with pytest.raises(DropItem):
        normalized(observation(None), balance)
    with pytest.raises(DropItem):
        normalized(observation(" \u00ad "), balance)
    assert balance.entries_skipped == {"neither headline nor address": 2}


def test_an_entry_heard_before_in_the_run_is_dropped_unless_it_says_something_else() -> None:
    balance = Balance()
    dedupe = DedupePipeline(balance)
    listed = observation("Car sales fall", external_id="1", premium=False)
    assert dedupe.process_item(listed) is listed
    for repeated in (
        listed,
        observation("CAR sales fall", external_id="1", premium=False, source="side_list"),
    ):
        with pytest.raises(DropItem):
            dedupe.process_item(repeated)
    one, other = (observation("Weekly digest", published_date=date(2025, 10, day)) for day in (17, 24))
    for different in (
        one,
        other,
        observation("Car sales fall", external_id="1", premium=True),
        observation("Car sales fall", external_id="2", premium=False),
        observation("Car sales fall", external_id="1", premium=False, source="article"),
        observation("Car sales rise", external_id="1", premium=False),
    ):
        assert dedupe.process_item(different) is different
    assert balance.entries_duplicate == 2


def test_a_listing_is_heard_after_a_list_beside_an_article_said_the_same() -> None:
    dedupe = DedupePipeline(Balance())
    dedupe.process_item(observation(external_id="1", premium=True, source="side_list"))
    listed = observation(external_id="1", premium=True)
    assert dedupe.process_item(listed) is listed
