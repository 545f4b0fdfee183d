from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from newscrawler.newsroom import Happening, Newsroom, NoSuchStoryError, Story, demo_newsroom
from newscrawler.newsroom.script import random_script

NOW = datetime(2025, 11, 24, 9, 0, tzinfo=UTC)


def lived(seed: int = 7, hours: float = 72) -> Newsroom:
    newsroom = Newsroom(seed, NOW)
    newsroom.stock(60, days=4)
    random_script(newsroom, timedelta(hours=hours), seed=seed)
    newsroom.advance(hours=hours)
    return newsroom


def test_the_same_seed_gives_the_same_site() -> None:
    first, second, other = lived(), lived(), lived(seed=8)
    assert first.ledger.happenings == second.ledger.happenings
    assert first.ledger.happenings != other.ledger.happenings


def test_all_kinds_of_happenings_come_about() -> None:
    kinds = {happening.kind for happening in lived(hours=240).ledger}
    assert kinds == {
        "published",
        "headline_edited",
        "body_edited",
        "became_premium",
        "became_free",
        "linked",
        "removed",
        "restored",
    }


def test_headlines_of_thousands_of_stories_tell_them_apart() -> None:
    newsroom = Newsroom(3, NOW, translated_share=0)
    stories = newsroom.stock(2000, days=60, longreads_share=0)
    assert len({story.headline for story in stories}) == 2000


def test_ids_rise_over_all_languages_and_kinds() -> None:
    stories = Newsroom(2, NOW).stock(200)
    ids = [story.id for story in stories]
    assert ids == sorted(set(ids))
    assert {story.language for story in stories} == {"en", "ru", "be"}
    assert {story.language for story in stories if story.kind == "longreads"} == {"en", "ru", "be"}
    assert 0.25 < sum(story.premium for story in stories) / 200 < 0.5


def test_stock_lies_in_the_past_and_publishing_happens_now() -> None:
    newsroom = Newsroom(2, NOW)
    stock = newsroom.stock(20, days=2)
    assert NOW - timedelta(days=2) <= stock[0].published_at < stock[-1].published_at < NOW
    newsroom.advance(minutes=5)
    assert newsroom.publish("en").published_at == NOW + timedelta(minutes=5)


def test_a_story_and_its_translation_are_linked_both_ways() -> None:
    newsroom = Newsroom(2, NOW)
    english = newsroom.publish("en")
    version = newsroom.version("en")
    russian = newsroom.publish("ru", translates=english)
    assert newsroom.translations(english) == {"ru": russian}
    assert newsroom.translations(russian) == {"en": english}
    assert russian.sections == english.sections
    assert russian.headline != english.headline
    assert newsroom.version("en") > version, "its page has a new hreflang link"
    newsroom.remove(russian)
    assert newsroom.translations(english) == {}


def test_each_action_changes_the_story_and_is_written_down() -> None:
    newsroom = Newsroom(2, NOW)
    story = newsroom.publish("en", premium=True, linked=False)
    assert not story.has_link

    def last() -> tuple[str, str | None, str | None]:
        happening: Happening = newsroom.ledger.happenings[-1]
        assert happening.story == newsroom.story(story.id)
        return happening.kind, happening.old, happening.new

    assert newsroom.link(story).has_link
    assert last() == ("linked", None, story.path)
    assert not newsroom.make_free(story).premium
    assert last() == ("became_free", "true", "false")
    assert newsroom.make_premium(story, linked=False).has_link is False
    assert last() == ("became_premium", "false", "true")
    assert newsroom.edit_headline(story, "Another headline").headline == "Another headline"
    assert last() == ("headline_edited", story.headline, "Another headline")
    assert newsroom.edit_body(story).paragraphs != story.paragraphs
    assert last()[0] == "body_edited"
    assert newsroom.remove(story, status=410).removed_status == 410
    assert newsroom.stories("en") == []
    with pytest.raises(NoSuchStoryError):
        newsroom.edit_headline(story)
    assert newsroom.restore(story).headline == "Another headline"
    assert [other.id for other in newsroom.stories("en")] == [story.id]
    twin = newsroom.publish_twin(story)
    assert (twin.twin_of, twin.headline) == (story.id, "Another headline")
    assert twin.id != story.id


def test_every_edit_of_a_body_can_be_seen() -> None:
    newsroom = Newsroom(2, NOW)
    for premium in (False, True):
        story = newsroom.publish("be", premium=premium)
        edited = newsroom.edit_body(story)
        assert edited.shown_paragraphs != story.shown_paragraphs
        assert len(edited.shown_paragraphs) == (1 if premium else len(story.paragraphs) + 1)
        happening = newsroom.ledger.happenings[-1]
        assert happening.old is not None
        assert happening.new is not None
        assert len(happening.new) > len(happening.old)


def test_an_action_without_a_fitting_story_says_so_and_a_script_passes_over_it() -> None:
    newsroom = Newsroom(2, NOW)
    newsroom.publish("en", premium=False)
    with pytest.raises(NoSuchStoryError, match="no story to open"):
        newsroom.make_free()
    newsroom.plan("make_free", after=timedelta(hours=1))
    assert newsroom.advance(hours=2) == []
    assert newsroom.script == []


def test_a_script_is_performed_at_its_times() -> None:
    newsroom = Newsroom(2, NOW)
    newsroom.plan("publish", after=timedelta(hours=2), language="be")
    newsroom.plan("publish", after=timedelta(hours=1), language="ru")
    newsroom.plan("publish", at=NOW + timedelta(hours=5), language="en")
    happened = newsroom.advance(hours=3)
    assert [(happening.language, happening.at) for happening in happened] == [
        ("ru", NOW + timedelta(hours=1)),
        ("be", NOW + timedelta(hours=2)),
    ]
    assert newsroom.now == NOW + timedelta(hours=3)
    assert [planned.arguments for planned in newsroom.script] == [{"language": "en"}]


def test_wrong_uses_are_refused() -> None:
    newsroom = Newsroom(2, NOW)
    with pytest.raises(ValueError, match="backwards"):
        newsroom.advance(hours=-1)
    with pytest.raises(ValueError, match="zone"):
        Newsroom(2, datetime(2025, 1, 1))  # noqa: DTZ001
    with pytest.raises(ValueError, match="no action 'explode'"):
        newsroom.plan("explode")  # type: ignore[arg-type]


def test_changes_within_a_second_have_different_modification_times() -> None:
    newsroom = Newsroom(2, NOW)
    newsroom.publish("en")
    first = newsroom.changed_at("en")
    newsroom.publish("en")
    assert newsroom.changed_at("en") > first


def test_edited_headlines_stay_recognizable() -> None:
    newsroom = Newsroom(4, NOW)
    for story in newsroom.stock(40):
        edited = newsroom.edit_headline(story)
        assert edited.headline != story.headline
        lost = set(story.headline.split()) - set(edited.headline.split())
        assert len(lost) <= 1


def test_the_ledger_rebuilds_what_the_newsroom_shows() -> None:
    newsroom = lived(hours=240)
    ledger = newsroom.ledger
    for language in newsroom.languages:
        assert ledger.visible(language=language, kind="news") == newsroom.stories(language)
        assert ledger.listing(language, page=2) == newsroom.page(language, "news", 2)
        assert ledger.listing(language, page_size=7) == newsroom.page(language, "news", 1, 7)


def test_the_ledger_answers_for_the_past() -> None:
    newsroom = Newsroom(2, NOW)
    story = newsroom.publish("en", premium=True)
    mark = newsroom.ledger.mark()
    newsroom.advance(hours=1)
    newsroom.make_free(story)
    newsroom.advance(hours=1)
    newsroom.remove(story)
    ledger = newsroom.ledger
    assert ledger.happenings[-1].at == NOW + timedelta(hours=2)
    assert [kept.id for kept in ledger.premium(at=mark)] == [story.id]
    assert [kept.id for kept in ledger.premium(at=NOW + timedelta(minutes=59))] == [story.id]
    assert ledger.premium(at=NOW + timedelta(hours=1)) == []
    assert [kept.id for kept in ledger.visible(at=NOW + timedelta(minutes=90))] == [story.id]
    assert ledger.visible() == []
    assert [kept.removed for kept in ledger.ever_published(language="en")] == [True]
    assert [happening.kind for happening in ledger.history(story.id)] == [
        "published",
        "became_free",
        "removed",
    ]
    assert [happening.kind for happening in ledger.between(mark, NOW + timedelta(hours=1))] == ["became_free"]
    assert ledger.story(story.id, at=0) is None
    then = ledger.story(story.id, at=mark)
    assert isinstance(then, Story)
    assert then.premium


def test_the_demo_tells_its_story() -> None:
    now = datetime(2026, 3, 1, 12, 30, 15, 99, tzinfo=UTC)
    newsroom = demo_newsroom(now)
    assert newsroom.now == now - timedelta(hours=6)
    assert len(newsroom.ledger.visible()) == 36
    happened = newsroom.advance(hours=6)
    published = [happening.story for happening in happened if happening.kind == "published"]
    premium = [story for story in published if story.premium]
    assert len(published) == 7
    assert len(premium) == 4
    unlinked = [story for story in premium if not story.has_link]
    assert len(unlinked) == 2
    assert len({story.language for story in unlinked}) == 2
    assert [h.kind for h in happened if h.kind != "published"] == ["became_free", "headline_edited"]
    assert newsroom.script == []
    again = demo_newsroom(now)
    again.advance(hours=6)
    assert again.ledger.happenings == newsroom.ledger.happenings
