from __future__ import annotations

from datetime import timedelta

from newscrawler.changes import ArticleState, Change, Happening, compare, visited
from newscrawler.items import Evidence, Observation, Visit
from newscrawler.looks import LookSchedule
from tests.observing import MARK, NOON, observation

ITS_PAGE = Evidence("its own page", page_url=observation().page_url)


def after(*seen: Observation) -> Change:
    """The last change of a story that was observed so."""
    change = Change(None)  # type: ignore[arg-type]  # replaced by the first observation
    for each in seen:
        change = compare(change.state, each)
    return change


def kinds(change: Change) -> list[str]:
    return [happening.kind for happening in change.happenings]


def test_first_sight_of_a_free_story_is_new() -> None:
    change = after(observation("Car sales fall", premium=False))
    assert change.happenings == [Happening("new", None, "Car sales fall", None)]
    assert change.revised
    assert change.state.revision == 1


def test_first_sight_of_a_premium_entry_carries_its_evidence() -> None:
    change = after(observation("Butter exports double", premium=True))
    assert change.happenings == [Happening("new_premium", None, "Butter exports double", MARK)]
    assert change.state.url is None


def test_seeing_the_same_again_changes_only_when_it_was_seen() -> None:
    change = after(
        observation(external_id="1", premium=False), observation(external_id="1", premium=False, hours=1)
    )
    assert not change.happenings
    assert not change.revised
    assert change.state.revision == 1
    assert change.state.last_seen_at == NOON + timedelta(hours=1)


def test_none_never_overwrites_a_known_value() -> None:
    known = observation(external_id="1", premium=True, sections=["Economy"])
    change = after(known, observation(None, external_id="1", premium=None, hours=1))
    assert change.state.premium is True
    assert change.state.headline == known.headline
    assert change.state.sections == ["Economy"]
    assert not change.revised


def test_an_address_that_shows_up_later_is_added() -> None:
    change = after(observation(premium=True), observation(premium=True, external_id="7", hours=1))
    assert change.state.external_id == "7"
    assert change.state.wants_page(NOON + timedelta(hours=1))
    assert not change.happenings


def test_a_story_opens_when_neither_place_marks_it() -> None:
    steps = [
        observation(external_id="1", premium=True),
        observation(external_id="1", premium=True, source="article", body=["Teaser."]),
        observation(external_id="1", premium=False, hours=1),
    ]
    listing_only = after(*steps)
    assert not listing_only.happenings, "the page still shows its mark"
    assert listing_only.state.premium is True
    assert listing_only.state.wants_page(NOON + timedelta(hours=1))
    opened = after(
        *steps, observation(external_id="1", premium=False, source="article", body=["All."], hours=1)
    )
    assert kinds(opened) == ["became_free"], "text that comes with the paywall's end is no edit"
    assert opened.state.body == ["All."]


def test_an_entry_without_address_opens_by_the_listing_alone() -> None:
    change = after(observation(premium=True), observation(premium=False, hours=1))
    assert kinds(change) == ["became_free"]


def test_a_story_opens_on_the_first_reading_of_its_page_long_after_a_list_marked_it() -> None:
    listed = observation(premium=True)
    read = observation(source="article", external_id="1", premium=False, hours=2)
    assert kinds(after(listed, read)) == ["became_free"]


def test_a_mark_that_only_the_list_shows_at_the_same_time_holds() -> None:
    listed = observation(external_id="1", premium=True)
    read = observation(source="article", external_id="1", premium=False, hours=0.1)
    again = observation(source="article", external_id="1", premium=False, hours=30)
    assert kinds(after(listed, read)) == []
    assert kinds(after(listed, read, again)) == []


def test_a_free_story_becomes_premium() -> None:
    read = observation(external_id="1", premium=False, source="article", body=["All of it."])
    change = after(read, observation(external_id="1", premium=True, hours=1))
    assert [(h.kind, h.old, h.new, h.evidence) for h in change.happenings] == [
        ("became_premium", False, True, MARK)
    ]


def test_a_story_whose_page_alone_marks_it_is_new_and_premium() -> None:
    change = after(
        observation(external_id="1", premium=False),
        observation(external_id="1", premium=True, source="article"),
    )
    assert kinds(change) == ["new_premium"]


def test_a_listing_that_words_the_headline_differently_is_no_edit() -> None:
    read = [
        observation("Short headline", external_id="1"),
        observation("The long headline of the page", external_id="1", source="article"),
    ]
    assert not after(*read).happenings
    again = after(*read, observation("Short headline", external_id="1", hours=1))
    assert not again.happenings
    assert again.state.headline == "The long headline of the page"
    assert again.state.next_look_at == after(*read).state.next_look_at


def test_a_listing_in_another_language_edits_nothing() -> None:
    here = observation("Gas bill to rise", external_id="1", premium=False, language="en")
    there = observation("Счёт за газ вырастет", external_id="1", premium=True, language="ru", hours=1)
    change = after(here, there, observation("Gas bill to rise", external_id="1", premium=False, hours=2))
    assert not change.happenings
    assert not change.revised
    assert change.state.headline == "Gas bill to rise"
    assert change.state.premium is False
    assert after(here, there).state.premium is False


def test_a_new_wording_in_the_listing_asks_for_the_page_and_the_page_decides() -> None:
    seen = [
        observation("Old", external_id="1"),
        observation("Old", external_id="1", source="article", body=["Text."]),
        observation("New", external_id="1", hours=1),
    ]
    listed = after(*seen)
    assert not listed.happenings
    assert listed.state.wants_page(NOON + timedelta(hours=1))
    edited = after(*seen, observation("New", external_id="1", source="article", body=["Text."], hours=1))
    assert edited.happenings == [Happening("headline_changed", "Old", "New", ITS_PAGE)]
    assert edited.state.revision == 3


def test_an_edited_body_is_an_event_with_both_texts() -> None:
    first = observation(external_id="1", source="article", body=["One."])
    change = after(first, observation(external_id="1", source="article", body=["One.", "Two."], hours=2))
    assert change.happenings == [Happening("body_changed", ["One."], ["One.", "Two."], ITS_PAGE)]


def test_an_older_page_taken_in_later_changes_nothing() -> None:
    now = observation("New", external_id="1", source="article", premium=False, body=["New."])
    old = observation("Old", external_id="1", source="article", premium=True, body=["Old."], hours=-48)
    change = after(now, old)
    assert not change.happenings
    assert change.state.headline == "New"
    assert change.state.premium is False
    assert change.state.first_seen_at == old.seen_at


def test_a_list_beside_another_story_flips_nothing() -> None:
    listed = observation(external_id="1", premium=True)
    change = after(listed, observation("Other", external_id="1", premium=False, source="side_list", hours=1))
    assert not change.happenings
    assert change.state.premium is True
    assert change.state.headline == listed.headline


def test_a_list_beside_another_story_says_what_nobody_said() -> None:
    change = after(
        observation(external_id="1", source="article", body=["Text."]),
        observation(external_id="1", premium=True, source="side_list", hours=1),
    )
    assert kinds(change) == ["became_premium"]


def test_arguments_are_left_as_they_are() -> None:
    known = after(observation("A", external_id="1")).state
    before = ArticleState(**{name: getattr(known, name) for name in known.__slots__})
    compare(known, observation("B", external_id="1", hours=1, premium=True))
    assert known == before


def test_evidence_follows_the_place_that_marks() -> None:
    page_mark = Evidence("marker", "only to POZIRK+", "main > h1 + p")
    change = after(
        observation(external_id="1", premium=False),
        observation(external_id="1", premium=True, premium_evidence=page_mark, source="article"),
    )
    assert change.state.premium_evidence == page_mark


def gone(status: int, *, hours: float) -> Visit:
    url = "https://pozirk.online/en/news/1/"
    return Visit("pozirk", url, "gone", NOON + timedelta(hours=hours), http_status=status)


def test_removal_tells_which_answers_it_rests_on() -> None:
    first = visited(after(observation(external_id="1", source="article")).state, gone(404, hours=1))
    assert not first.happenings
    second = visited(first.state, gone(404, hours=2))
    assert not second.happenings
    third = visited(second.state, gone(410, hours=25))
    said = "404 at 2025-10-24 13:00:00 UTC, 410 at 2025-10-25 13:00:00 UTC"
    evidence = Evidence("HTTP status", said, page_url="https://pozirk.online/en/news/1/")
    assert third.happenings == [Happening("removed", "published", "removed", evidence)]
    back = compare(third.state, observation(external_id="1", source="article", hours=800))
    assert back.happenings == [Happening("restored", "removed", "published", ITS_PAGE)]
    assert (back.state.gone_since, back.state.gone_status) == (None, None)


def test_a_page_that_is_gone_is_tried_again_ever_later_until_it_would_count_as_removed() -> None:
    state = after(observation(external_id="1", source="article")).state
    waits, hours = [], 1.0
    while state.status == "published":
        state = visited(state, gone(404, hours=hours)).state
        assert state.next_look_at is not None
        due = (state.next_look_at - NOON) / timedelta(hours=1)
        waits.append(round((due - hours) * 60))
        hours = due
    # A day after the first answer instead of 1280 minutes after the last; then a month.
    assert waits == [5, 10, 20, 40, 80, 160, 320, 640, 24 * 60 - 1275, 30 * 24 * 60]


def test_a_schedule_of_the_users_own_is_kept() -> None:
    looks = LookSchedule(
        ages=(timedelta(hours=2),),
        later=timedelta(days=9),
        premium_every=timedelta(hours=5),
        premium_for=timedelta(hours=12),
        removed_after=timedelta(hours=3),
    )
    read = observation(external_id="1", source="article", premium=True)
    state = compare(None, read, looks).state
    assert state.next_look_at == NOON + timedelta(hours=2)
    for hours, due in ((2, 2 + 5), (13, 13 + 9 * 24)):
        again = observation(external_id="1", source="article", premium=True, hours=hours)
        assert compare(state, again, looks).state.next_look_at == NOON + timedelta(hours=due)
    lost = visited(state, gone(404, hours=4), looks).state
    assert lost.next_look_at == NOON + timedelta(hours=4, minutes=5)
    assert visited(lost, gone(404, hours=7), looks).state.status == "removed"


def test_a_page_without_its_text_fills_gaps_and_changes_nothing() -> None:
    """The text was not found, so what else the page says may be half of the truth, too."""
    listed = observation("Car sales fall", external_id="1", premium=True)
    read = observation(
        "Car sales fall by half", source="article", external_id="1", premium=True, body=["A teaser."], hours=1
    )
    before = after(listed, read).state
    change = after(
        listed,
        read,
        observation(
            "Pozirk: car sales", source="article", external_id="1", premium=False, partial=True,
            sections=["Economy"], hours=2,
        ),
    )  # fmt: skip
    assert not change.happenings
    state = change.state
    assert (state.headline, state.premium, state.body) == (before.headline, True, before.body)
    assert (state.fetched_at, state.next_look_at) == (before.fetched_at, before.next_look_at)
    assert state.sections == ["Economy"]


def test_a_story_first_seen_on_a_page_without_its_text_is_new_and_still_to_be_read() -> None:
    page = observation("Car sales fall", source="article", external_id="1", partial=True)
    change = after(page)
    assert kinds(change) == ["new"]
    assert change.state.fetched_at is None
    assert change.state.wants_page(NOON)
    read = observation("Car sales halve", source="article", external_id="1", body=["Text."], hours=1)
    assert kinds(after(page, read)) == []
