"""The timeline of one story, played through the ledger on both databases."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from newscrawler.items import Evidence, Observation, Visit
from newscrawler.queries import ArticleName
from newscrawler.storage.ledger import Ledger
from newscrawler.storage.reading import find_history
from newscrawler.storage.records import History
from newscrawler.timeline import Step, timeline
from tests.observing import MARK, NOON, observation

URL = "https://pozirk.online/en/news/1/"
OPEN = Evidence("no mark", None, "main > article")


def seen(headline: str, hours: float, **values: Any) -> Observation:
    """The story's entry in a listing."""
    return observation(headline, hours=hours, external_id="1", **values)


def read(headline: str, hours: float, *body: str, **values: Any) -> Observation:
    """The story's own page."""
    found = observation(headline, hours=hours, external_id="1", source="article", body=list(body), **values)
    found.page_url = URL
    return found


def gone(hours: float) -> Visit:
    return Visit("pozirk", URL, "gone", NOON + timedelta(hours=hours))


class Story:
    """One story, seen run by run."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def run(self, hours: float, *seen: Observation | Visit, kind: str = "crawl") -> int:
        """A run of an hour."""
        at = NOON + timedelta(hours=hours)
        run_id = self._ledger.start_run("pozirk", kind=kind, languages=["en"], at=at).id
        self._ledger.record(run_id, seen)
        self._ledger.finish_run(
            run_id, at=at + timedelta(hours=1), status="ok", reason=None, swept=["en"], counts={}
        )
        return run_id

    def history(self) -> History:
        found = find_history(self._ledger.database, ArticleName(site="pozirk", external_id="1"))
        assert found is not None
        return found

    def steps(self) -> list[Step]:
        return timeline(self.history())

    def whats(self) -> list[str]:
        return [step.what for step in self.steps()]


@pytest.fixture
def story(ledger: Ledger) -> Story:
    return Story(ledger)


def test_from_a_listing_to_its_end(story: Story) -> None:
    runs = [
        story.run(0, seen("A", 0, premium=True, baseline=True)),
        story.run(1, read("A, in full", 1, "Teaser.", premium=True)),
        story.run(5, read("A, in full", 5, "Teaser.", "More.", premium=False, premium_evidence=OPEN)),
        story.run(9, read("A, edited", 9, "Teaser.", "Less.", premium=False, premium_evidence=OPEN)),
        story.run(48, gone(48)),
        story.run(73, gone(73)),
        story.run(90, Visit("pozirk", URL, "unchanged", NOON + timedelta(hours=90))),
        story.run(99, seen("A", 99, premium=False)),
    ]
    listing = "https://pozirk.online/en/news/"
    found = [(step.what, (step.at - NOON) / timedelta(hours=1), step.run_id, step.page_url)
             for step in story.steps()]  # fmt: skip
    assert found == [
        ("first_seen", 0, runs[0], listing),
        ("new_premium", 0, runs[0], listing),
        ("fetched", 1, runs[1], URL),
        ("became_free", 5, runs[2], URL),
        ("paywall_text", 5, runs[2], URL),
        ("headline_changed", 9, runs[3], URL),
        ("body_changed", 9, runs[3], URL),
        ("removed", 73, runs[5], URL),
        ("restored", 90, runs[6], URL),
        ("last_seen", 99, runs[7], None),
    ]
    first, premium, fetched, free, _, headline, body, removed, _, last = story.steps()
    assert (first.source, first.run_kind, first.new, first.baseline) == ("listing", "crawl", "A", True)
    assert (premium.old, premium.new, premium.evidence) == (None, True, MARK)
    assert fetched.new == {"headline": "A, in full", "body": ["Teaser."]}
    assert fetched.old == {"headline": "A", "body": []}
    assert (free.old, free.new, free.evidence) == (True, False, OPEN)
    assert (headline.old, headline.new) == ("A, in full", "A, edited")
    assert (body.old, body.new) == (["Teaser.", "More."], ["Teaser.", "Less."])
    assert (removed.old, removed.new) == ("published", "removed")
    assert (last.source, last.old, last.new) == ("listing", None, None)


def test_every_event_is_in_the_timeline(story: Story) -> None:
    story.run(0, seen("A", 0, premium=False))
    story.run(1, read("A", 1, "One.", premium=False))
    story.run(2, read("B", 2, "Two.", premium=False))
    story.run(3, read("B", 3, "Two.", premium=True))
    story.run(4, gone(4), gone(40))
    whats = story.whats()
    assert {event.kind for event in story.history().events} - {"new"} <= set(whats)
    assert whats == [
        "first_seen", "found_free", "fetched", "headline_changed", "body_changed", "became_premium",
        "last_seen", "removed",
    ]  # fmt: skip


def test_an_edit_is_no_first_reading(story: Story) -> None:
    """The first reading told nothing new, so it left no revision; the next one did."""
    story.run(0, seen("A", 0, premium=False, body=["One."]))
    story.run(1, read("A", 1, "One.", premium=False))
    assert story.whats() == ["first_seen", "found_free", "fetched", "last_seen"]
    story.run(2, read("B", 2, "One.", premium=False))
    assert story.whats() == ["first_seen", "found_free", "headline_changed", "last_seen"]


def test_what_is_no_event_is_shown_too(story: Story) -> None:
    story.run(0, read("A", 0, "One.", sections=["Economy"], published_at=NOON))
    moved = NOON + timedelta(hours=1)
    story.run(5, read("A", 5, "One.", sections=["Politics"], published_at=moved, premium=False))
    assert len(story.history().events) == 1
    assert story.whats() == [
        "first_seen", "fetched", "found_free", "sections_changed", "dates_changed", "last_seen",
    ]  # fmt: skip
    *_, sections, dates, _ = story.steps()
    assert (sections.old, sections.new) == (["Economy"], ["Politics"])
    assert (dates.old, dates.new) == ({"published_at": NOON}, {"published_at": moved})
    assert dates.to_json()["new"] == {"published_at": "2025-10-24T13:00:00Z"}


def test_a_file_older_than_the_first_sight(story: Story) -> None:
    story.run(0, seen("A", 0, premium=True))
    story.run(1, seen("A", -48, premium=True, sections=["Economy"]), kind="ingest")
    earlier, filled, first, *_ = story.steps()
    assert (earlier.what, earlier.run_kind, earlier.at) == ("seen_earlier", "ingest", filled.at)
    assert (filled.what, filled.new, first.what) == ("sections_changed", ["Economy"], "first_seen")


def test_a_story_under_a_second_id_is_premium_without_an_event(story: Story) -> None:
    headline = "A long enough headline"
    story.run(0, observation(headline, external_id="2", published_at=NOON, premium=True))
    story.run(1, seen(headline, 1, published_at=NOON, premium=True))
    history = story.history()
    assert history.events == []
    assert history.original is not None
    assert history.article.duplicate_of == history.original.id
    assert story.whats() == ["first_seen", "new_premium", "last_seen"]
    assert story.steps()[1].evidence == MARK


def test_the_run_that_saw_it_last_is_not_guessed(story: Story) -> None:
    story.run(0, seen("A", 0))
    story.run(2, seen("A", 2.5, source="side_list"))
    last = story.steps()[-1]
    assert (last.source, last.run_id) == ("side_list", 2)
    story.run(2.25)
    assert story.steps()[-1].run_id is None
