from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from newscrawler.changes import ArticleState, compare
from newscrawler.items import Observation
from newscrawler.shown import Shown
from tests.observing import NOON, observation

ARTICLE = "https://pozirk.online/en/news/7/"
SECOND_PAGE = "https://pozirk.online/en/news/page/2/"


def state(seen: Observation) -> ArticleState:
    return compare(None, seen).state


def on_second_page(headline: str, *, hours: float = 0) -> Observation:
    seen = observation(headline, hours=hours, published_at=observation(hours=hours).seen_at)
    seen.page_url = SECOND_PAGE
    return seen


def test_a_story_on_any_listing_of_the_crawl_is_still_there() -> None:
    first, second = observation("Butter exports double"), on_second_page("Milk sales fall")
    shown = Shown([first, second])
    assert shown.still_has(state(first), second)
    assert shown.still_has(state(second), first)
    assert not shown.still_has(state(observation("Butter exports halve")), first)
    assert not shown.still_has(state(observation("Butter exports double", language="be")), first)


def test_a_list_beside_a_story_says_so_only_for_itself() -> None:
    cached = observation("Butter exports double", source="side_list")
    cached.page_url = "https://pozirk.online/en/news/1/"
    edited = observation("Butter exports triple")
    shown = Shown([cached, edited])
    assert not shown.still_has(state(observation("Butter exports double")), edited)
    assert shown.still_has(state(observation("Butter exports double")), cached)


def test_what_is_as_old_as_the_end_of_a_page_may_be_on_the_next() -> None:
    newer, older = observation("A", published_at=NOON), observation("B", hours=-1)
    older.published_at = older.seen_at
    shown = Shown([newer, older])
    assert not shown.may_be_below(state(newer), older)
    assert shown.may_be_below(state(older), older)
    assert not shown.may_be_below(state(observation("C")), older), "a day alone needs the same words anyhow"


def test_a_digest_of_another_day_is_no_sign_that_this_one_is_still_shown() -> None:
    friday, monday = date(2025, 10, 24), date(2025, 10, 27)
    known = state(observation("The week for readers", published_date=friday))
    edited = observation("The week for readers, officially", published_date=friday)
    other = observation("The week for readers", published_date=monday)
    assert not Shown([edited, other]).still_has(known, edited)
    assert Shown([edited, other, observation("The week for readers", published_date=friday)]).still_has(
        known, edited
    )
    assert Shown([edited, other, observation("The week for readers")]).still_has(known, edited) is None, (
        "it may be this one"
    )


def test_of_two_that_stand_side_by_side_with_their_days_neither_is_the_other() -> None:
    friday, saturday = date(2025, 10, 24), date(2025, 10, 25)
    known = state(observation("The day for readers", published_date=friday))
    here, there = (observation("The day for readers", published_date=day) for day in (friday, saturday))
    assert Shown([here, there]).has_beside(known, there)
    assert not Shown([here, there]).has_beside(known, here)
    assert not Shown([there]).has_beside(known, there), "a list and a page on either side of midnight"


def test_of_one_day_an_entry_without_address_is_not_the_one_with_an_address_that_stands_beside_it() -> None:
    morning = observation("The day for readers", published_at=NOON, published_date=NOON.date())
    evening = replace(morning, published_at=NOON + timedelta(hours=6), external_id="7", url=ARTICLE)
    assert Shown([morning, evening]).has_beside(state(morning), evening)
    assert Shown([morning, evening]).has_beside(state(evening), morning)
    assert not Shown([evening]).has_beside(state(morning), evening), "it got an address, and another time"
    linked = replace(evening, published_at=NOON)
    assert not Shown([morning, linked]).has_beside(state(morning), linked), "a card and a line of the list"
