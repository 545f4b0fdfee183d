from __future__ import annotations

from datetime import date

import pytest

from newscrawler.changes import ArticleState, compare
from newscrawler.identity import best_match, fingerprint, same_story
from newscrawler.items import Observation
from tests.observing import observation


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


def test_the_most_recently_seen_candidate_is_taken() -> None:
    older, newer = state(observation(hours=0)), state(observation(hours=2))
    assert best_match([older, newer], observation(hours=3)) is newer
    assert best_match([], observation()) is None
