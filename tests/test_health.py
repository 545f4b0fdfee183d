"""What is judged to be wrong with a site, and how often that is a false alarm."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from newscrawler.coverage import Coverage, ListingCoverage
from newscrawler.health import FinishedRun, at_most, failures_in_a_row, judge
from tests.publishing import publications

NOW = datetime(2025, 11, 20, 12, tzinfo=UTC)
URL = "https://pozirk.online/en/news/"


def listing(entries: int = 20, **with_field: int) -> ListingCoverage:
    usual = {"headline": entries, "date": entries, "sections": entries, "premium": entries // 3}
    return ListingCoverage(entries, Counter(usual | with_field))


def articles(number: int = 1, **with_field: int) -> Coverage:
    usual = {"headline": number, "date": number, "sections": number, "body": number, "premium": number}
    return Coverage({}, number, Counter(usual | with_field))


def run(
    hours_ago: float = 0, *, ok: bool = True, coverage: Coverage | None = None, **failures: int
) -> FinishedRun:
    finished = NOW - timedelta(hours=hours_ago)
    failed = {name.replace("_", " "): count for name, count in failures.items()}
    return FinishedRun(ok, None if ok else "why", finished, failed, coverage or Coverage())


def listed(*listings: ListingCoverage) -> list[FinishedRun]:
    """Runs that each read the listing, the newest first."""
    return [run(n, coverage=Coverage({URL: each})) for n, each in enumerate(listings)]


def read(*coverages: Coverage) -> list[FinishedRun]:
    return [run(n, coverage=each) for n, each in enumerate(coverages)]


def conditions(runs: Sequence[FinishedRun], moments: Sequence[datetime] = ()) -> dict[str, str]:
    return {str(name): reason for name, reason in judge(runs, moments, now=NOW).items()}


def test_a_site_that_does_as_always_is_well() -> None:
    assert conditions([]) == {}
    assert conditions(listed(*[listing()] * 30)) == {}
    assert conditions(read(*[articles()] * 60)) == {}


def test_failures_in_a_row_are_counted_from_the_newest() -> None:
    runs = [run(ok=False), run(ok=False), run(), run(ok=False)]
    assert failures_in_a_row(runs) == 2
    assert conditions(runs) == {}
    assert conditions([run(ok=False), *runs]) == {"failing": "3 crawls in a row: why"}


def test_a_refusal_twice_in_a_row_is_a_block_and_once_is_not() -> None:
    refused = run(ok=False, http_403=3, timeout=1)
    assert conditions([refused, run()]) == {}
    assert conditions([refused, refused, run()]) == {"blocked": "2 crawls in a row: why"}
    assert conditions([run(ok=False, timeout=3, http_403=1)] * 2) == {}
    walls = {"a challenge page stands before it": 3}
    assert "blocked" in conditions([FinishedRun(False, "why", NOW, walls)] * 2)


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (listing(8), "8 entries, never fewer than 20 before"),
        (ListingCoverage(0), "0 entries"),
        (listing(date=0), "date in 0% of the entries, 100% or more before"),
        (listing(sections=9), "sections in 45% of the entries"),
        (listing(premium=0), "no entry is marked premium, never fewer than 6 were before"),
    ],
)
def test_a_listing_that_lost_something_twice_in_a_row_has_drifted(now: ListingCoverage, words: str) -> None:
    before = [listing()] * 10
    assert words in conditions(listed(now, now, *before))["drifting"]
    assert conditions(listed(now, *before)) == {}
    assert conditions(listed(listing(), now, *before)) == {}


def test_a_page_where_few_are_marked_may_have_none() -> None:
    now = listing(premium=0)
    few = [listing(premium=marked) for marked in (1, 0, 0, 1, 2)] * 6
    assert conditions(listed(*[now] * 20, *few)) == {}
    told = "no entry is marked premium in 270 readings, never in more than 2 before"
    assert conditions(listed(*[now] * 270, *few)) == {"drifting": f"{URL}: {told}"}


def test_a_page_that_had_no_mark_for_long_may_have_none_for_as_long() -> None:
    before = [*[listing(premium=15)] * 10, *[listing(premium=0)] * 30, *[listing(premium=15)] * 20]
    assert conditions(listed(*[listing(premium=0)] * 45, *before)) == {}
    assert "in 46 readings" in conditions(listed(*[listing(premium=0)] * 46, *before))["drifting"]


def test_a_field_gone_from_the_articles_is_a_drift() -> None:
    before, lost = [articles(5)] * 10, articles(3, date=0)
    assert conditions(read(lost, lost, *before)) == {
        "drifting": "date in 0 of the last 6 articles, 50 of 50 before"
    }
    assert "body in 0" in conditions(read(*[articles(1, body=0)] * 5, *before))["drifting"]
    assert conditions(read(*[articles(2, date=0)] * 2, *before)) == {}, "four are too few to tell"
    assert conditions(read(*[articles(5, date=4)] * 2, *before)) == {}


def test_a_field_gone_from_many_articles_in_a_single_run_is_a_bad_moment() -> None:
    before, lost = [articles(5)] * 10, articles(30, body=0)
    assert conditions(read(lost, *before)) == {}
    assert conditions(read(articles(1), lost, *before)) == {}
    assert "body in 0 of the last 31" in conditions(read(articles(1, body=0), lost, *before))["drifting"]


def test_a_field_that_was_seldom_there_may_be_missing() -> None:
    before = [articles(5, sections=2)] * 10
    assert conditions(read(articles(5, sections=0), *before)) == {}


def test_a_mark_that_is_on_some_articles_may_be_missing_for_a_while_and_not_for_long() -> None:
    some = [articles(4, **{"premium mark": marked}) for marked in (1, 0, 2, 0, 0, 3, 1, 0)] * 5
    assert conditions(read(*[articles(4)] * 11, *some)) == {}
    told = conditions(read(*[articles(4)] * 13, *some))
    assert told == {"drifting": "premium mark in 0 of the last 52 articles, 35 of 160 before"}
    in_bursts = [*[articles(4, **{"premium mark": 4})] * 10, *[articles(4)] * 15] * 2
    assert conditions(read(*[articles(4)] * 20, *in_bursts)) == {}, "as long as ever"
    assert conditions(read(*[articles(4)] * 24, *in_bursts)) != {}


def test_what_is_wrong_does_not_become_usual() -> None:
    wrong, right = [articles(5, date=1)] * 50, [articles(5)] * 10
    runs = read(*wrong, *right)
    since = runs[49].finished_at - timedelta(minutes=1)
    assert judge(runs, (), now=NOW) == {}, "measured by itself it looks well"
    assert "drifting" in judge(runs, (), now=NOW, drifting_since=since)
    mended = [run(-n, coverage=articles(5)) for n in (2, 1)]
    assert judge([*mended, *runs], (), now=NOW, drifting_since=since) == {}


def test_silence_is_measured_by_the_sites_own_rhythm() -> None:
    def moments(hours_between: float) -> list[datetime]:
        return [NOW - timedelta(hours=20 + n * hours_between) for n in range(200)]

    assert "nothing new for 20 h" in conditions([run()], moments(4))["silent"]
    assert conditions([run()], moments(14)) == {}
    assert conditions([run(ok=False)], moments(4)) == {}, "who cannot look cannot tell"
    assert conditions([run()], moments(4)[:10]) == {}, "ten stories are no rhythm"
    assert conditions([run()], moments(4)[:40]) == {}, "less than a week tells nothing"
    assert conditions([run()], moments(4)[:45]) != {}, "less than two weeks are taken with more patience"
    assert conditions([run()], moments(7)[:30]) == {}


def test_a_site_that_sleeps_at_night_and_on_weekends_is_not_called_silent() -> None:
    """Twelve weeks of three sites: no false alarm, and one that stops is noticed within 36 hours."""
    begin = datetime(2025, 9, 1, tzinfo=UTC)
    alarms, noticed = 0, []
    for seed in range(3):
        published = publications(begin, 84, random.Random(seed))
        for hour in range(24 * 7, 24 * 84, 7):
            now = begin + timedelta(hours=hour)
            known = [m for m in published if now - timedelta(weeks=4) <= m <= now]
            alarms += bool(judge([run()], known, now=now))
        for hour in range(1, 100):
            now = published[-1] + timedelta(hours=hour)
            known = [m for m in published if now - timedelta(weeks=4) <= m]
            if judge([run()], known, now=now):
                noticed.append(hour)
                break
    assert alarms == 0
    assert len(noticed) == 3
    assert max(noticed) <= 36


def test_chance() -> None:
    assert at_most(0, 3, 0.5) == pytest.approx(0.125)
    assert at_most(3, 3, 0.5) == pytest.approx(1)
    assert at_most(1, 10, 0.9) == pytest.approx(9.1e-9, rel=0.01)
