"""What stands beside an article's text: appeals, comments, captions, windows; none of it is the story's."""

from __future__ import annotations

# ruff: noqa: E501 - pages in one piece.
from datetime import datetime

import pytest

import newscrawler
from newscrawler.items import Article

MARK = "The material is available only to POZIRK+"
HEADLINE = "Budget cuts spending on roads"
TEXT = [
    "The finance ministry has published a draft of the budget for next year, a note on its website says.",
    "Officials expect the deficit to fall to 1.2 percent of gross domestic product.",
    "“We will not raise taxes,” a deputy minister told journalists in Minsk on Friday.",
]


def article(
    inside: str = "", after: str = "", before: str = "", top: str = f"<h1>{HEADLINE}</h1>"
) -> Article:
    html = (
        f"<!doctype html><title>{HEADLINE} | Pozirk</title><body>{before}<div>{top}<div>"
        f"<p>October 24, Pozirk. {TEXT[0]}</p>{inside}<p>{TEXT[1]}</p><p>{TEXT[2]}</p></div></div>{after}"
    )
    page = newscrawler.parse(
        html.encode(), url="https://pozirk.online/en/news/161428/", headers={},
        fetched_at=datetime.fromisoformat("2025-10-24T15:00:00+03:00"), site="pozirk",
    )  # fmt: skip
    assert page.article is not None
    return page.article


@pytest.mark.parametrize(
    "inside",
    [
        "<div><b>We are blocked but we work</b><p>Reports from the regions cost money. Support «Pozirk»: even 3 euros a month will help us.</p><a href='/en/donate/'>Support</a></div>",
        "<section><strong>Thank you for reading</strong><p>Our longreads stay free thanks to subscribers. Join POZIRK+.</p><a href='/en/plus/'>Subscribe</a></section>",
        "<p><a href='https://t.me/pozirk'>Follow us on Telegram</a></p>",
        f"<div><a href='/en/news/161300/'>A card in the text</a> {MARK}<p>October 20, Pozirk. The audit office has found…</p></div>",
        "<figure><img src=a.jpg><figcaption><span>The ministry in Minsk</span><span>Photo: Jan Rubin</span></figcaption></figure>",
        "<div><img src=a.jpg></div><div>Photo:</div><div>Jan Rubin</div>",
        "<figure><img src=a.jpg><figcaption>The ministry in Minsk (Jan Rubin)</figcaption></figure>",
        "<div><img src=a.jpg><p>The ministry <i>(Jan Rubin)</i></p></div>",
        "<p><small>When using materials, a link to Pozirk is required.</small></p>",
    ],
)
def test_between_the_paragraphs(inside: str) -> None:
    found = article(inside)
    assert (found.body, found.premium) == (TEXT, False)
    assert found.photo_credits == (["Jan Rubin"] if "Rubin" in inside else [])


@pytest.mark.parametrize(
    "after",
    [
        f"<div><h3>Comments</h3><p>I do not believe it. They said the same a year ago, and a year before that.</p><p>{MARK} again, so what is the point of reading the news here.</p></div>",
        f"<div hidden><h3>{MARK}</h3><form><input name=u><input type=password></form></div>",
        f"<footer><p>Materials marked with the words “{MARK}” may not be reprinted.</p></footer>",
    ],
)
def test_after_the_text(after: str) -> None:
    found = article(after=after)
    assert (found.body, found.premium) == (TEXT, False)


def test_drawings_before_the_headline_are_not_shown_there() -> None:
    sprite = f'<svg style="display:none"><symbol id="lock"><title>{MARK}</title></symbol></svg>'
    assert article(before=sprite).premium is False


def test_a_headline_in_two_lines() -> None:
    page = article(top="<h1>Budget cuts<br>spending on roads</h1>")
    assert page.headline == HEADLINE


MENU = "".join(f"<li><a href='/en/{s}'>{s}</a></li>" for s in ("Politics", "Economy", "Society", "Sport"))


@pytest.mark.parametrize("menu", [f"<ul>{MENU}</ul>", f"<div>{MENU.replace('li>', 'div>')}</div>"])
def test_sections_are_not_those_of_the_menu(menu: str) -> None:
    assert article(before=menu, top=f"<div>Society</div><h1>{HEADLINE}</h1>").sections == ["Society"]
    assert article(before=menu, top=f"<h1>{HEADLINE}</h1><p>Economy, Society</p>").sections == [
        "Economy", "Society",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("caption", "credits"),
    [
        ("The lock near Pinsk (Marcin Dziadziula, Pozirk)", ["Marcin Dziadziula, Pozirk"]),
        ("The boat <span>(Family archive)</span>", ["Family archive"]),
        ("The lock near Pinsk (Brest region)", []),
        ("The lock near Pinsk (on the right)", []),
        ("The lock near Pinsk (Minsk)", []),
        ("The lock (built in 1986)", []),
    ],
)
def test_who_took_a_picture_may_stand_in_brackets(caption: str, credits: list[str]) -> None:
    found = article(f"<figure><img src=a.jpg><figcaption>{caption}</figcaption></figure>")
    assert (found.body, found.photo_credits) == (TEXT, credits)


@pytest.mark.parametrize("title", ["Read next", "What to read next", "Что ещё почитать", "Што яшчэ пачытаць"])
def test_what_to_read_next_is_related_and_no_entry(title: str) -> None:
    found = article(
        after=f"<section><h3>{title}</h3><a href='/en/longreads/155002/'><img src=a.jpg><b>Smoke over the villages</b>"
        "</a></section>"
    )
    assert found.related_titles == ["Smoke over the villages"]
    assert found.related == ["https://pozirk.online/en/longreads/155002/"]


CARD = f"<div><span>{MARK}</span><br><b>{{}}</b></div>"
CARDS = f"<div>{CARD.format('What a church costs to keep')}{CARD.format('Map of closed clinics')}</div>"
MENU = "<div><a href='/en/politics/'>Politics</a> <a href='/en/economy/'>Economy</a> <a href='/en/sport/'>Sport</a></div>"


@pytest.mark.parametrize("before", [CARDS, CARDS + MENU], ids=["cards", "cards and menu"])
@pytest.mark.parametrize(
    ("top", "premium"),
    [
        (f"<div>{HEADLINE}</div>", False),
        (f"<div><b>{HEADLINE}</b></div>", False),
        (f"<p>Economy</p><div>{HEADLINE}</div>", False),
        (f"<div>{HEADLINE}</div><p><i>{MARK}</i></p>", True),
    ],
)
def test_a_headline_that_nothing_names_is_not_that_of_a_marked_card_above(
    before: str, top: str, premium: bool
) -> None:
    text = f"<div><p>October 24, Pozirk. {TEXT[0]}</p><p>{TEXT[1]}</p><p>{TEXT[2]}</p></div>"
    html = f"<!doctype html><title>Pozirk</title><body>{before}<div>{top}{text}</div>"
    page = newscrawler.parse(
        html.encode(), url="https://pozirk.online/en/news/161428/", headers={},
        fetched_at=datetime.fromisoformat("2025-10-24T15:00:00+03:00"), site="pozirk",
    )  # fmt: skip
    assert page.article is not None
    assert (page.article.headline, page.article.premium) == (HEADLINE, premium)


def test_the_stories_before_and_after_are_no_recommendations() -> None:
    link = "<div><a href='/en/news/{}/'>{}</a></div>".format
    pair = link(161427, "Bridge opens in Pinsk") + link(161430, "Bakery recalls rye bread")
    card = f"<div><b>Also read</b> {link(161380, 'Road tax goes up')}</div>"
    assert article(after=f"<div>{pair}</div>").related == []
    assert article(after=f"<nav>{link(161427, 'Bridge opens in Pinsk')}</nav>{card}").related == [
        "https://pozirk.online/en/news/161380/"
    ]
    assert article(after=f"<div><h3>Also read</h3>{pair}</div>").related_titles == [
        "Bridge opens in Pinsk", "Bakery recalls rye bread",
    ]  # fmt: skip
