from __future__ import annotations

from datetime import date

import pytest

from newscrawler.exceptions import UsageError
from newscrawler.sites import get_site
from newscrawler.spiders.plan import CrawlPlan

POZIRK = get_site("pozirk")


def test_without_arguments_everything_of_the_site_is_crawled() -> None:
    plan = CrawlPlan.from_arguments(POZIRK, {})
    assert plan == CrawlPlan(POZIRK, ("en", "ru", "be"))
    assert not plan.is_local


def test_arguments_arrive_as_text() -> None:
    plan = CrawlPlan.from_arguments(
        POZIRK,
        {
            "languages": " ru , en,ru",
            "base_url": "http://127.0.0.1:8000/",
            "max_pages": "3",
            "since": "2025-10-24",
            "backfill": "True",
        },
    )
    assert plan.languages == ("ru", "en")
    assert plan.base_url == "http://127.0.0.1:8000"
    assert (plan.max_pages, plan.since, plan.backfill) == (3, date(2025, 10, 24), True)
    assert plan.is_local
    assert plan.is_original("https://pozirk.online/en/news/")
    assert plan.is_original("https://mstagmanager.com/en/news/")
    assert not plan.is_original("http://127.0.0.1:8000/en/news/")
    assert not plan.is_original("https://other.example/en/news/")
    assert plan.site.canonical_url("http://127.0.0.1:8000/ru/news/5") == "https://pozirk.online/ru/news/5/"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"langauges": "en"}, "unknown argument 'langauges': pozirk takes languages, base_url"),
        ({"languages": "en,de"}, "unknown language 'de': pozirk has en, ru, be"),
        ({"languages": ","}, "languages is empty"),
        ({"max_pages": "0"}, "max_pages='0': expected a whole number"),
        ({"max_pages": "many"}, "max_pages='many'"),
        ({"since": "24.10.2025"}, "since='24.10.2025' is no day: expected YYYY-MM-DD"),
        ({"backfill": "maybe"}, "backfill='maybe': expected true or false"),
        ({"base_url": "127.0.0.1:8000"}, "expected a scheme and a host"),
        ({"base_url": "ftp://127.0.0.1"}, "expected a scheme and a host"),
        ({"base_url": "http://127.0.0.1/en/"}, "expected a scheme and a host"),
        ({"base_url": "http://127.0.0.1:99999"}, "expected a scheme and a host"),
    ],
)
def test_a_wrong_argument_is_named(arguments: dict[str, str], words: str) -> None:
    with pytest.raises(UsageError) as caught:
        CrawlPlan.from_arguments(POZIRK, arguments)
    assert words in str(caught.value)
