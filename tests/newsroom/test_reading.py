"""What the parser reads from the newsroom's pages is what the newsroom wrote, in every layout."""

from __future__ import annotations

import pytest

from newscrawler import parse
from newscrawler.items import Entry, ParsedPage
from newscrawler.newsroom import LAYOUTS, Newsroom, Story
from newscrawler.newsroom.rendering import CANONICAL_BASE
from newscrawler.newsroom.routes import Pages
from newscrawler.newsroom.wording import section_name

LANGUAGES = ("en", "ru", "be")


def read(pages: Pages, path: str) -> ParsedPage:
    response = pages.answer(path, CANONICAL_BASE)
    headers = {name.lower(): value for name, value in response.headers}
    return parse(response.body, url=CANONICAL_BASE + path, headers=headers, fetched_at=pages.newsroom.now)


def as_entry(story: Story) -> tuple[object, ...]:
    sections = [section_name(section, story.language) for section in story.sections]
    return story.headline, story.premium, CANONICAL_BASE + story.path if story.has_link else None, sections


def seen(entry: Entry) -> tuple[object, ...]:
    return entry.headline, entry.premium, entry.url, entry.sections


def stocked(layout: str = "classic") -> Newsroom:
    newsroom = Newsroom(11, layout=layout)
    newsroom.stock(78, days=3)
    newsroom.make_premium(linked=False)
    newsroom.make_free()
    return newsroom


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("layout", "charset"), [*((layout, "utf-8") for layout in LAYOUTS), ("tables", "windows-1251")]
)
def test_news(layout: str, language: str, charset: str) -> None:
    newsroom = stocked(layout)
    pages = Pages(newsroom, charset=charset)
    path: str | None = f"/{language}/news/"
    found: list[Entry] = []
    while path:
        listing = read(pages, path)
        assert (listing.kind, listing.language) == ("listing", language)
        found += listing.entries
        path = listing.next_page.removeprefix(CANONICAL_BASE) if listing.next_page else None
    truth = newsroom.ledger.visible(language=language, kind="news")
    assert [seen(entry) for entry in found] == [as_entry(story) for story in truth]
    assert [entry.published_date for entry in found] == [story.day for story in truth]
    for story in truth:
        page = read(pages, story.path)
        article = page.article
        assert article is not None
        assert (article.headline, article.premium, article.url, article.sections) == (
            story.headline,
            story.premium,
            CANONICAL_BASE + story.path,
            as_entry(story)[3],
        )
        assert article.dateline == story.dateline
        assert article.published_date == story.day
        # Its own entry may be left out of the list.
        listed = {entry.headline: seen(entry) for entry in page.entries}
        expected = {other.headline: as_entry(other) for other in newsroom.ledger.listing(language)}
        assert listed.items() <= expected.items()
        assert expected.keys() - listed.keys() <= {story.headline}


@pytest.mark.parametrize("language", LANGUAGES)
def test_wordpress_rest(language: str) -> None:
    newsroom = stocked()
    pages = Pages(newsroom, rest=True)
    truth = newsroom.ledger.visible(language=language, kind="news")
    page = read(pages, f"/{language}/wp-json/wp/v2/news?per_page=10")
    assert [(entry.headline, entry.premium, entry.published_at) for entry in page.entries] == [
        (story.headline, story.premium, story.published_at) for story in truth[:10]
    ]
    assert (page.next_page is not None) == (len(truth) > 10)
