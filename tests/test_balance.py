from __future__ import annotations

from newscrawler.balance import Balance
from tests.observing import observation


def test_a_balance_closes_when_everything_is_accounted_for() -> None:
    balance = Balance(pages_asked=3, pages_parsed=1, entries_seen=5, entries_new=1, entries_known=1)
    balance.pages_failed["http 503"] += 1
    balance.pages_skipped["budget"] += 1
    balance.entries_duplicate = 1
    balance.entries_skipped["neither headline nor address"] += 2
    assert balance.unaccounted() is None


def test_what_is_missing_is_named() -> None:
    assert Balance(pages_asked=2, pages_parsed=1).unaccounted() == "2 pages asked for, 1 accounted for"
    assert Balance(entries_seen=2, entries_new=1).unaccounted() == "2 entries seen, 1 accounted for"


def test_an_articles_own_page_is_no_entry() -> None:
    balance = Balance()
    balance.count_stored(observation(source="article"), new=True, events=["new"])
    balance.count_stored(observation(source="listing"), new=True, events=["new_premium"])
    balance.count_stored(observation(source="side_list"), new=False, events=[])
    assert (balance.articles_read, balance.entries_new, balance.entries_known) == (1, 1, 1)
    assert balance.to_json()["events"] == {"new": 1, "new_premium": 1}
