from __future__ import annotations

import re
from html import unescape

import pytest

from newscrawler.newsroom import LAYOUTS, Newsroom, fixtures_dir, serve
from newscrawler.newsroom.routes import Pages
from newscrawler.newsroom.wording import premium_mark
from tests.newsroom.browser import Browser, browse
from tests.newsroom.conftest import NOW


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
@pytest.mark.parametrize("language", ["en", "ru", "be"])
def test_every_layout_shows_the_same_news(layout: str, language: str) -> None:
    newsroom = Newsroom(5, NOW, layout=layout)
    newsroom.stock(150, days=3, longreads_share=0.2)
    pages = Pages(newsroom)
    truth = newsroom.ledger.listing(language)
    listing = unescape(pages.answer(f"/{language}/news/", "").body.decode())
    places = [listing.index(story.headline) for story in truth]
    assert places == sorted(places)
    assert listing.count(premium_mark(language)) == sum(story.premium for story in truth)
    for story in truth:
        assert (story.path in listing) == story.has_link
    assert f"/{language}/news/page/2/" in listing
    for story in [*truth, *newsroom.ledger.listing(language, "longreads")]:
        page = unescape(pages.answer(story.path, "").body.decode())
        assert page.index(story.headline) >= 0
        assert story.premium == (str(story.paragraphs[-1]) not in page)
        if story.dateline:
            assert f"{story.dateline} {story.paragraphs[0]}" in page
        if story.lead:
            assert story.lead in page


def test_layouts_share_no_class_names_with_the_samples() -> None:
    def classes(text: str) -> set[str]:
        return {name for found in re.findall(r'class="([^"{]+)"', text) for name in found.split()}

    samples = set[str]()
    for case in (
        "article-en-classic",
        "article-ru-premium-utility",
        "listing-en-magazine",
        "listing-ru-views-rows",
    ):
        samples |= classes((fixtures_dir() / "pozirk" / case / "page.html").read_text(encoding="utf-8"))
    for layout in LAYOUTS:
        newsroom = Newsroom(5, NOW, layout=layout)
        newsroom.stock(30)
        pages = Pages(newsroom)
        text = pages.answer("/en/news/", "").body + pages.answer(newsroom.stories("en")[0].path, "").body
        assert not classes(text.decode()) & samples


def test_a_redesign_is_seen_at_once(newsroom: Newsroom, browser: Browser) -> None:
    before = browser.get("/en/news/")
    newsroom.layout = "tables"
    after = browser.get("/en/news/", If_None_Match=before.headers["ETag"])
    assert after.status == 200
    assert after.body != before.body
    newsroom.layout = "baroque"
    with pytest.raises(ValueError, match="no layout 'baroque'"):
        Pages(newsroom).answer("/en/news/", "")


def test_relative_times_grow_with_the_clock(newsroom: Newsroom, browser: Browser) -> None:
    newsroom.layout = "utility"
    newsroom.publish("en")
    newsroom.advance(minutes=40)
    assert "40 minutes ago" in browser.get("/en/news/").text
    newsroom.advance(hours=2)
    assert "2 hours ago" in browser.get("/en/news/").text


def test_a_live_clock_changes_pages_on_which_nothing_happened(newsroom: Newsroom) -> None:
    with serve(newsroom, live_clock=True) as site, browse(site) as browser:
        first = browser.get("/en/news/")
        newsroom.advance(minutes=2)
        again = browser.get("/en/news/", If_None_Match=first.headers["ETag"])
    assert again.status == 200
    assert again.body == first.body.replace(b"Minsk 12:00", b"Minsk 12:02")


def test_old_charset() -> None:
    newsroom = Newsroom(5, NOW, layout="tables")
    story = newsroom.publish("be")
    with serve(newsroom, charset="windows-1251") as site, browse(site) as browser:
        answer = browser.get(story.path)
        assert answer.headers["Content-Type"] == "text/html; charset=WINDOWS-1251"
        assert story.headline in unescape(answer.body.decode("windows-1251"))


@pytest.mark.parametrize("links", ["canonical", "relative"])
def test_links_can_be_made_of_either_kind(newsroom: Newsroom, links: str) -> None:
    with serve(newsroom, links=links) as site, browse(site) as browser:  # type: ignore[arg-type]  # parametrized
        story = next(s for s in newsroom.stories("en") if s.has_link)
        host = "https://pozirk.online" if links == "canonical" else ""
        assert f'<a href="{host}{story.path}"' in browser.get("/en/news/").text
