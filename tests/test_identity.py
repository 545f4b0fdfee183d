from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from newscrawler.changes import ArticleState, compare
from newscrawler.identity import best_match, fingerprint, is_duplicate, reworded, same_story
from newscrawler.items import Observation
from tests.observing import NOON, observation


def state(seen: Observation) -> ArticleState:
    return compare(None, seen).state


@pytest.mark.parametrize(
    "same",
    ["“Car  sales” fall!", "CAR SALES FALL", "Car\u00a0sales fall", "Car sales – fall"],
)
def test_fingerprint_puts_case_punctuation_and_spaces_aside(same: str) -> None:
    assert fingerprint(same) == fingerprint("Car sales fall")


def test_fingerprint_keeps_diacritics_and_joins_unicode_forms() -> None:
    assert fingerprint("Łuck") != fingerprint("Luck")
    assert fingerprint("Biełaru\u0301s") == fingerprint("Biełarús")


@pytest.mark.parametrize("empty", [None, "", " — ", "!"])
def test_fingerprint_of_nothing(empty: str | None) -> None:
    assert fingerprint(empty) is None


def test_two_ids_are_two_stories() -> None:
    assert not same_story(state(observation(external_id="1")), observation(external_id="2"))


def test_the_same_headline_on_another_day_is_another_story() -> None:
    digest = state(observation("Weekly digest", published_date=date(2025, 10, 17)))
    assert not same_story(digest, observation("Weekly digest", published_date=date(2025, 10, 24)))
    assert same_story(digest, observation("Weekly digest", published_date=date(2025, 10, 18)))


def test_without_days_a_headline_holds_for_three_days() -> None:
    known = state(observation("Weekly digest"))
    assert same_story(known, observation("Weekly digest", hours=71))
    assert not same_story(known, observation("Weekly digest", hours=73))
    assert same_story(known, observation("Weekly digest", hours=-71))


@pytest.mark.parametrize(
    ("first", "second", "twice"),
    [
        ("2025-10-24T06:00", "2025-10-24T20:00", True),
        ("2025-10-24T20:30", "2025-10-24T21:10", True),  # 23:30 and 00:10 in Minsk
        ("2025-10-24T06:00", "2025-10-25T06:00", False),  # "Exchange rates" of every morning
        ("2025-10-24", "2025-10-24", True),
        ("2025-10-24", "2025-10-25", False),
    ],
)
def test_a_headline_of_every_day_is_another_story_every_day(first: str, second: str, twice: bool) -> None:
    def published(moment: str, number: str) -> Observation:
        if "T" not in moment:
            return observation("Rates", external_id=number, published_date=date.fromisoformat(moment))
        at = datetime.fromisoformat(f"{moment}+00:00")
        day = at.astimezone(ZoneInfo("Europe/Minsk")).date()
        return observation("Rates", external_id=number, published_at=at, published_date=day)

    assert is_duplicate(state(published(first, "1")), published(second, "2")) is twice


@pytest.mark.parametrize(("hours", "twice"), [(3, True), (20, False), (60, False)])
def test_a_link_without_a_day_repeats_what_has_just_come_out(hours: float, twice: bool) -> None:
    known = compare(
        state(observation("Rates", external_id="1", published_at=NOON, published_date=NOON.date())),
        observation("Rates", external_id="1", hours=hours - 1),  # it is seen as long as it is listed
    ).state
    assert (
        is_duplicate(known, observation("Rates", external_id="2", source="side_list", hours=hours)) is twice
    )


def test_the_candidate_of_the_same_day_is_taken_before_one_seen_later() -> None:
    today, tomorrow = date(2025, 10, 24), date(2025, 10, 25)
    mine = state(observation(published_date=today))
    other = state(observation(published_date=tomorrow, hours=5))
    assert best_match([other, mine], observation(published_date=today, hours=6)) is mine


def test_stories_without_address_a_day_apart_by_the_clock_are_two() -> None:
    known = state(observation("Rates", published_at=NOON, published_date=NOON.date()))
    later = NOON + timedelta(hours=25)
    assert not same_story(
        known, observation("Rates", published_at=later, published_date=later.date(), hours=25)
    )


def test_the_most_recently_seen_candidate_is_taken() -> None:
    older, newer = state(observation(hours=0)), state(observation(hours=2))
    assert best_match([older, newer], observation(hours=3)) is newer
    assert best_match([], observation()) is None


EDITED = "Butter exports double, milk powder sales fall"
BEFORE = "Butter exports double, milk powder sales stall"


def test_an_edited_headline_without_address_is_the_same_when_time_and_sections_agree() -> None:
    known = state(observation(BEFORE, sections=["Economy"], published_at=NOON))
    edited = observation(EDITED, sections=["Economy"], published_at=NOON, hours=1)
    assert reworded([(known, True)], edited) is known
    edited.published_at = NOON + timedelta(minutes=5)
    assert reworded([(known, True)], edited) is None
    edited.published_at, edited.sections = NOON, ["Politics"]
    assert reworded([(known, True)], edited) is None


def test_a_story_that_may_stand_on_the_next_page_has_to_be_worded_almost_the_same() -> None:
    """Three stories in a minute, two of one pattern: neither may be lost."""

    def published(headline: str) -> Observation:
        return observation(headline, sections=["Politics"], published_at=NOON)

    known = state(published("Vietnam prepares joint search for missing balloon before talks"))
    other = published("Serbia prepares joint search for missing pilot before talks")
    assert reworded([(known, True)], other) is known
    assert reworded([(known, False)], other) is None
    edited = published("Vietnam prepares joint search for missing balloon after talks")
    assert reworded([(known, False)], edited) is known


def test_the_less_time_says_the_more_alike_the_wording_has_to_be() -> None:
    rewritten = "Butter sales abroad grow twofold while milk powder stalls"
    day = date(2025, 10, 24)
    dated = state(observation(BEFORE, published_date=day))
    assert reworded([(dated, True)], observation(EDITED, published_date=day, hours=1)) is dated
    assert reworded([(dated, True)], observation(rewritten, published_date=day, hours=1)) is None
    assert (
        reworded([(dated, True)], observation(EDITED, published_date=day + timedelta(days=1), hours=1))
        is None
    )
    assert reworded([(state(observation(BEFORE)), True)], observation(EDITED, hours=1)) is None


def test_words_added_to_a_long_headline_leave_it_the_same() -> None:
    day = date(2025, 10, 24)
    long = "Central bank refuses to scrap entrance tests"
    known = state(observation(long, published_date=day))
    added = observation(f"{long}, agency learns", published_date=day, hours=1)
    assert reworded([(known, True)], added) is known
    assert reworded([(state(added), True)], observation(long, published_date=day, hours=2)) is not None
    short = state(observation("Exchange rates", published_date=day))
    assert (
        reworded([(short, True)], observation("Exchange rates for the weekend", published_date=day)) is None
    )


def test_another_story_of_the_same_minute_is_another_story() -> None:
    known = state(observation("Housing prices in Minsk rise again", published_at=NOON))
    assert reworded([(known, True)], observation("Rector of university dismissed", published_at=NOON)) is None


def test_hearsay_is_taken_for_a_known_story_where_it_may_be_one() -> None:
    known = state(observation(BEFORE, external_id="1", sections=["Economy"], published_at=NOON))
    heard = observation(BEFORE, source="side_list", hours=24 * 20)
    assert same_story(known, heard)
    edited = observation(EDITED, source="side_list", hours=24, sections=["Economy"])
    assert reworded([(known, True)], edited) is known
    assert reworded([(known, True)], observation("Rector dismissed", source="side_list", hours=24)) is None


def test_two_stories_of_one_pattern_are_not_joined_through_hearsay() -> None:
    heard = state(
        observation("Воўк прайшоў пад шлагбаўмам на пераходзе «Казловічы» праз даўгі", source="side_list")
    )
    other = "Воўк прайшоў пад шлагбаўмам на пераходзе «Урбаны» трэці раз за год"
    assert (
        reworded(
            [(heard, True)],
            observation(other, external_id="2", published_at=NOON, published_date=NOON.date()),
        )
        is None
    )
