"""Every layout and charset of the newsroom, whose stories are known, reads as what it was made from."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import get_args

import pytest

import newscrawler
from newscrawler.items import ParsedPage
from newscrawler.newsroom.demo import demo_newsroom
from newscrawler.newsroom.newsroom import Newsroom
from newscrawler.newsroom.routes import Pages
from newscrawler.newsroom.stories import Story, StoryKind
from newscrawler.newsroom.wording import LANGUAGES, SITE_ZONE

BASE = "https://pozirk.online"
KINDS: tuple[StoryKind, ...] = get_args(StoryKind)


def read(newsroom: Newsroom, pages: Pages, path: str) -> ParsedPage:
    response = pages.answer(path, BASE)
    headers = {name.lower(): value for name, value in response.headers}
    return newscrawler.parse(response.body, url=BASE + path, headers=headers, fetched_at=newsroom.now)


def shown(story: Story) -> list[str]:
    return [text for p in story.shown_paragraphs for text in (p if isinstance(p, tuple) else (p,))]


@pytest.mark.parametrize("charset", ["utf-8", "windows-1251"])
@pytest.mark.parametrize("layout", ["classic", "blocks", "definitions", "tables", "utility"])
def test_a_layout(layout: str, charset: str) -> None:
    newsroom = demo_newsroom(datetime(2025, 11, 25, 12, tzinfo=UTC), layout=layout, seed=7)
    newsroom.stock(20)
    pages = Pages(newsroom, charset=charset)
    for language in LANGUAGES:
        for kind in KINDS:
            listing = read(newsroom, pages, f"/{language}/{kind}/")
            stories = newsroom.page(language, kind, 1)
            assert listing.kind == "listing"
            assert [e.headline for e in listing.entries] == [s.headline for s in stories]
            assert [e.premium for e in listing.entries] == [s.premium for s in stories]
            assert [e.external_id for e in listing.entries] == [
                str(s.id) if s.has_link else None for s in stories
            ]
            days = [s.published_at.astimezone(SITE_ZONE).date() for s in stories]
            assert [e.published_date for e in listing.entries] == days
            more = newsroom.page(language, kind, 2)
            assert listing.next_page == (f"{BASE}/{language}/{kind}/page/2/" if more else None)
            for story in stories[:6]:
                article = read(newsroom, pages, story.path).article
                assert article is not None
                assert (article.headline, article.premium) == (story.headline, story.premium)
                assert (article.lead, article.body) == (story.lead, shown(story))
                assert article.external_id == str(story.id)
                assert article.photo_credits == ([story.photo_credit] if story.photo_credit else [])
