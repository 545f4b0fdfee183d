from __future__ import annotations

import threading
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from newscrawler.exceptions import StorageError
from newscrawler.items import Observation
from newscrawler.queries import ArticleName, ArticleQuery, EventQuery, RunQuery
from newscrawler.shown import Shown
from newscrawler.storage.database import Database
from newscrawler.storage.ledger import Ledger, Recorded
from newscrawler.storage.reading import find_articles, find_events, find_history, find_runs
from newscrawler.storage.records import Article, Event
from newscrawler.storage.schema import events, revisions
from tests.observing import MARK, NOON, begin, observation


def start(ledger: Ledger, *, hours: float = 0, kind: str = "crawl") -> int:
    if kind == "crawl":
        return begin(ledger, hours=hours)
    return ledger.start_run("pozirk", kind=kind, languages=["en"], at=NOON + timedelta(hours=hours)).id


def record(ledger: Ledger, *seen: Observation) -> list[Recorded]:
    return ledger.record(start(ledger), seen)


def stored(ledger: Ledger) -> list[Article]:
    return list(find_articles(ledger.database, ArticleQuery()))


def happened(ledger: Ledger) -> list[Event]:
    return sorted(find_events(ledger.database, EventQuery()), key=lambda event: event.id)


def test_an_observation_comes_back_as_it_was(ledger: Ledger) -> None:
    seen = observation("Łatuška meets diplomats", premium=True, sections=["Politics", "Society"])
    seen.body = ["Першы абзац.", "Second paragraph."]
    record(ledger, seen)
    (article,) = stored(ledger)
    assert (article.headline, article.sections, article.body) == (seen.headline, seen.sections, seen.body)
    assert (article.premium, article.premium_evidence) == (True, MARK)
    assert (article.first_seen_at, article.last_seen_at) == (NOON, NOON)
    assert (article.url, article.external_id, article.published_at) == (None, None, None)
    assert article.to_json()["first_seen_at"] == "2025-10-24T12:00:00Z"


def test_a_story_without_address_is_stored_once_and_gets_its_address_later(ledger: Ledger) -> None:
    results = record(
        ledger,
        observation("Butter exports double", premium=True),
        observation("Butter exports double", premium=True, hours=1),
        observation("Butter exports double", premium=True, external_id="161377", hours=2),
        observation("Butter exports double", premium=True, hours=3),
    )
    assert [result.new for result in results] == [True, False, False, False]
    (article,) = stored(ledger)
    assert article.external_id == "161377"
    assert [event.kind for event in happened(ledger)] == ["new_premium"]


def test_batches_and_single_writes_give_the_same(ledger: Ledger) -> None:
    for hours in (0, 1, 2):
        record(ledger, observation("Butter exports double", premium=True, hours=hours))
    assert len(stored(ledger)) == 1
    assert len(happened(ledger)) == 1


def test_an_entry_without_address_is_found_by_the_listing_headline_too(ledger: Ledger) -> None:
    record(ledger, observation("Short", external_id="1", premium=True))
    record(ledger, observation("The long one", external_id="1", premium=True, source="article"))
    (result,) = record(ledger, observation("Short", premium=True, source="side_list", hours=1))
    assert not result.new


def test_a_headline_edited_while_without_address_stays_one_story(ledger: Ledger) -> None:
    before, after = "Butter exports double, powder stalls", "Butter exports double, powder falls"
    when: dict[str, Any] = {"premium": True, "published_at": NOON, "sections": ["Economy"]}
    record(ledger, observation(before, **when), observation("Other", premium=True))
    record(ledger, observation(after, hours=1, **when), observation("Other", premium=True, hours=1))
    assert {article.headline for article in stored(ledger)} == {after, "Other"}
    assert [event.kind for event in happened(ledger)] == ["new_premium", "new_premium", "headline_changed"]


def test_what_a_list_beside_a_story_alone_names_is_a_sighting(ledger: Ledger) -> None:
    record(ledger, observation("Butter exports double, powder stalls", external_id="1", premium=True))
    record(
        ledger,
        observation("Butter exports double, powder falls", source="side_list", premium=True, hours=30),
        observation("Nine people labeled as political prisoners", source="side_list", premium=True, hours=30),
    )
    assert [event.kind for event in happened(ledger)] == ["new_premium", "new_premium"]
    assert happened(ledger)[1].headline == "Nine people labeled as political prisoners"


def test_hearsay_of_an_edited_digest_beside_another_of_the_old_words(ledger: Ledger) -> None:
    old, new = "What subscribers read most this week", "What subscribers read most this week, officially"
    days = [(NOON + timedelta(days=day)).date() for day in (0, 3)]
    record(ledger, *(observation(old, premium=True, hours=72, published_date=day) for day in days))
    beside: dict[str, Any] = {"source": "side_list", "premium": True, "hours": 80}
    record(ledger, observation(old, **beside), observation(new, **beside))
    assert [event.kind for event in happened(ledger)] == ["new_premium", "new_premium"]
    edited = observation(new, premium=True, hours=81, published_date=days[0])
    (result,) = record(ledger, edited)
    assert (result.new, result.events) == (False, ("headline_changed",))


def test_a_digest_edited_and_linked_beside_another_of_the_old_words(ledger: Ledger) -> None:
    old, new = "What subscribers read most this week", "What subscribers read most this week, officially"
    days = [NOON - timedelta(days=days) for days in (0, 3)]
    dated: list[dict[str, Any]] = [{"published_date": day.date(), "published_at": day} for day in days]
    record(ledger, *(observation(old, premium=True, **when) for when in dated))
    page = observation(new, source="article", external_id="9", premium=True, hours=30, **dated[0])
    beside = observation(old, source="side_list", premium=True, hours=30)
    page.page_url = beside.page_url = page.url
    record(ledger, page, beside)
    assert [event.kind for event in happened(ledger)] == ["new_premium", "new_premium"]
    assert {article.external_id for article in stored(ledger)} == {"9", None}


def test_one_headline_twice_on_one_day_without_address_is_one_story(ledger: Ledger) -> None:
    for hours in (0, 14):
        at = datetime(2025, 10, 23, 22, tzinfo=UTC) + timedelta(hours=hours)
        seen = observation("Rates", premium=True, hours=hours, published_at=at, published_date=NOON.date())
        record(ledger, seen)
    assert [event.kind for event in happened(ledger)] == ["new_premium"]


def test_a_digest_published_again_is_not_the_one_without_address_beside_it(ledger: Ledger) -> None:
    morning, evening = NOON - timedelta(hours=11), NOON + timedelta(hours=5)
    today: dict[str, Any] = {"published_at": morning, "published_date": NOON.date(), "premium": True}
    again: dict[str, Any] = {"published_at": evening, "published_date": NOON.date(), "premium": False}
    record(ledger, observation("The week", **today))
    for hours in (6, 7):
        record(
            ledger,
            observation("The week", external_id="2", hours=hours, **again),
            observation("The week", hours=hours, **today),
        )
    assert {(a.external_id, a.premium) for a in stored(ledger)} == {(None, True), ("2", False)}
    assert [event.kind for event in happened(ledger)] == ["new_premium", "new"]


def test_a_digest_that_gets_its_address_makes_room_for_the_next_without_one(ledger: Ledger) -> None:
    morning, evening = NOON - timedelta(hours=4), NOON + timedelta(hours=5)
    first: dict[str, Any] = {"published_at": morning, "published_date": NOON.date(), "premium": True}
    second: dict[str, Any] = {"published_at": evening, "published_date": NOON.date(), "premium": True}
    record(ledger, observation("The week", **first))
    for hours in (6, 7):
        record(
            ledger,
            observation("The week", external_id="1", hours=hours, **first),
            observation("The week", hours=hours, **second),
        )
    assert {(a.external_id, a.published_at) for a in stored(ledger)} == {("1", morning), (None, evening)}
    assert [event.kind for event in happened(ledger)] == ["new_premium", "new_premium"]


def test_what_gets_its_address_and_its_time_stands_once_in_the_index(ledger: Ledger) -> None:
    record(ledger, observation("The week", published_date=NOON.date()))
    for hours in (1, 2):
        at = NOON - timedelta(hours=3 * hours)
        seen = observation(
            "The week", external_id="1", published_date=NOON.date(), published_at=at, hours=hours
        )
        record(ledger, seen)
        with ledger.database.reading() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM article_search").scalar_one() == 1


def test_a_headline_without_a_day_is_the_one_of_the_day_it_was_first_seen_on(ledger: Ledger) -> None:
    record(ledger, observation("The week", premium=True))
    dated: dict[str, Any] = {
        "published_at": NOON - timedelta(hours=2),
        "published_date": NOON.date(),
        "premium": True,
    }
    record(ledger, observation("The week", hours=24 * 5, **dated))
    assert [a.published_date for a in stored(ledger)] == [NOON.date()]
    assert [event.kind for event in happened(ledger)] == ["new_premium"]


def test_two_alike_entries_on_one_page_are_two_stories(ledger: Ledger) -> None:
    one, two = "Court in Brest jails blogger for two years", "Court in Brest jails blogger for ten years"
    record(ledger, observation(one, premium=True))
    record(ledger, observation(one, premium=True, hours=1), observation(two, premium=True, hours=1))
    assert {article.headline for article in stored(ledger)} == {one, two}


def test_a_story_under_two_ids_is_reported_once(ledger: Ledger) -> None:
    record(ledger, observation("Story", external_id="117514", premium=True))
    record(ledger, observation("Story", external_id="117524", premium=True, hours=1))
    record(ledger, observation("Story", external_id="117530", premium=True, hours=2))
    first, *again = sorted(stored(ledger), key=lambda article: article.id)
    assert [article.duplicate_of for article in again] == [first.id, first.id]
    assert first.duplicate_of is None
    assert [event.kind for event in happened(ledger)] == ["new_premium"]


def test_the_same_headline_next_week_is_news(ledger: Ledger) -> None:
    friday = date(2025, 10, 24)
    record(ledger, observation("Weekly digest", external_id="1", published_date=friday))
    later = observation("Weekly digest", external_id="2", published_date=friday + timedelta(days=7))
    record(ledger, later)
    assert [article.duplicate_of for article in stored(ledger)] == [None, None]
    assert [event.kind for event in happened(ledger)] == ["new", "new"]


def test_languages_are_separate_stories(ledger: Ledger) -> None:
    record(ledger, observation("NATO"), observation("NATO", language="ru"))
    assert {article.language for article in stored(ledger)} == {"en", "ru"}


@pytest.mark.parametrize("first", ["en", "ru"])
def test_a_translation_is_known_from_both_sides_whichever_page_names_it(ledger: Ledger, first: str) -> None:
    urls = {"en": "https://pozirk.online/en/news/1/", "ru": "https://pozirk.online/ru/news/2/"}
    second = {"en": "ru", "ru": "en"}[first]
    ids = {"en": "1", "ru": "2"}

    def page(language: str, **values: Any) -> Observation:
        return observation(
            f"NATO {language}", language=language, external_id=ids[language], source="article", **values
        )

    record(ledger, page(first))
    record(ledger, page(second, hours=200, translations={first: urls[first]}))
    for language, other in ((first, second), (second, first)):
        history = find_history(ledger.database, ArticleName(urls=(urls[language],)))
        assert history is not None
        assert [(t.language, t.headline) for t in history.translations] == [(other, f"NATO {other}")]
    assert [event.kind for event in happened(ledger)] == ["new", "new"]


def test_what_a_story_was_is_kept_as_revisions(ledger: Ledger, database: Database) -> None:
    run = start(ledger)
    ledger.record(run, [observation("A", external_id="1", premium=False)])
    ledger.record(run, [observation("A", external_id="1", premium=False, hours=1)])
    ledger.record(run, [observation("B", external_id="1", premium=False, hours=2)])
    with database.reading() as connection:
        rows = connection.execute(sa.select(revisions).order_by(revisions.c.number)).mappings().all()
    assert [(row["number"], row["headline"], row["run_id"]) for row in rows] == [(1, "A", run), (2, "B", run)]
    assert rows[1]["seen_at"] == NOON + timedelta(hours=2)
    edited = happened(ledger)[-1]
    assert (edited.kind, edited.old, edited.new, edited.run_id) == ("headline_changed", "A", "B", run)


def test_lookup_says_what_is_known_of_each(ledger: Ledger) -> None:
    record(ledger, observation("A", external_id="1"), observation("B", premium=True))
    known = ledger.lookup([observation("A", external_id="1"), observation("C"), observation("B")])
    assert [state and state.headline for state in known] == ["A", None, "B"]
    assert ledger.lookup([]) == []
    assert ledger.lookup([observation("Heard of nowhere else", source="side_list")]) == [None]


def test_nothing_of_a_batch_is_stored_when_one_row_fails(ledger: Ledger) -> None:
    run = start(ledger)
    good = observation("Good")
    bad = observation("Bad", external_id="2")
    bad.seen_at = bad.seen_at.replace(tzinfo=None)
    with pytest.raises((StorageError, ValueError, TypeError)):
        ledger.record(run, [good, bad])
    assert stored(ledger) == []
    assert happened(ledger) == []


def test_two_writers_of_the_same_stories_make_each_once(database_url: str) -> None:
    headlines = [f"Story number {n}" for n in range(40)]
    failures: list[BaseException] = []

    def write() -> None:
        database = Database.open(database_url)
        try:
            ledger = Ledger(database)
            run = start(ledger, kind="ingest")
            for headline in headlines:
                ledger.record(run, [observation(headline, premium=True)])
        except BaseException as exc:
            failures.append(exc)
        finally:
            database.close()

    writers = [threading.Thread(target=write) for _ in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert failures == []
    database = Database.open(database_url)
    assert sorted(a.headline or "" for a in find_articles(database, ArticleQuery())) == sorted(headlines)
    assert len(list(find_events(database, EventQuery()))) == len(headlines)
    database.close()


def test_the_database_refuses_the_same_event_twice(ledger: Ledger, database: Database) -> None:
    record(ledger, observation())
    with database.reading() as connection:
        row = dict(connection.execute(sa.select(events)).mappings().one())
    row.pop("id")
    with pytest.raises(StorageError, match=r"(?i)unique"), database.writing() as connection:
        connection.execute(sa.insert(events), row)


def test_a_language_is_a_baseline_until_a_crawl_of_it_succeeds(ledger: Ledger) -> None:
    def run(kind: str, status: str, swept: list[str], hours: float) -> None:
        ledger.finish_run(
            start(ledger, hours=hours, kind=kind),
            at=NOON + timedelta(hours=hours),
            status=status,
            reason=None,
            swept=swept,
            counts={},
        )

    def swept() -> dict[str, float]:
        begun = ledger.join_run(start(ledger), owner="here")
        return {lang: (at - NOON).total_seconds() / 3600 for lang, at in begun.swept_at.items()}

    assert swept() == {}
    run("ingest", "ok", ["en"], 1)
    run("crawl", "failed", ["en"], 2)
    assert swept() == {}
    run("crawl", "ok", ["en"], 3)
    run("crawl", "ok", ["ru"], 4)
    assert swept() == {"en": 3, "ru": 4}
    assert ledger.start_run("other", kind="crawl", languages=["en"], at=NOON).swept_at == {}


def test_a_run_is_shown_with_its_counts(ledger: Ledger, database: Database) -> None:
    run = start(ledger)
    assert [r.status for r in find_runs(database, RunQuery())] == ["running"]
    counts = {"entries": {"seen": 3}}
    ledger.finish_run(run, at=NOON, status="ok", reason=None, swept=["en"], counts=counts)
    (shown,) = find_runs(database, RunQuery())
    assert shown.to_json() == {
        "id": run,
        "site": "pozirk",
        "kind": "crawl",
        "languages": ["en"],
        "started_at": "2025-10-24T12:00:00Z",
        "finished_at": "2025-10-24T12:00:00Z",
        "status": "ok",
        "reason": None,
        "scheduled": False,
        "log": None,
        "entries": {"seen": 3},
    }


def test_a_page_stored_in_two_batches_has_all_of_its_stories(ledger: Ledger) -> None:
    """Of two stories of one minute and pattern the second is no edit of the first, which is still shown."""

    def entry(headline: str, *, hours: float = 0) -> Observation:
        return observation(headline, sections=["Sport"], published_at=NOON, premium=True, hours=hours)

    first, second = (
        entry("Sweden confirms purchase of potash ahead of summit"),
        entry("Serbia delays purchase of potash amid change of government"),
    )
    record(ledger, first)
    later = [entry(str(first.headline), hours=1), entry(str(second.headline), hours=1)]
    older = observation("Weather", published_at=NOON - timedelta(hours=3), hours=1)
    run, shown = start(ledger, hours=1), Shown([*later, older])
    found = ledger.lookup(later[1:], shown)
    results = [*ledger.record(run, later[1:], shown), *ledger.record(run, [later[0], older], shown)]
    assert found == [None]
    assert [result.new for result in results] == [True, False, True]
