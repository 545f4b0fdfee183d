"""The mark, in all its forms and places, and whose it is."""

from __future__ import annotations

# ruff: noqa: E501 - pages in one piece.
import json
from datetime import UTC, datetime

import pytest

import newscrawler
from newscrawler.items import Entry, ParsedPage

MARK = "The material is available only to POZIRK+"
TEXT = (
    "<p>October 24, Pozirk. The finance ministry has published a draft of the budget for next year.</p>"
    "<p>Officials expect the deficit to fall to 1.2 percent of gross domestic product, a note to the draft says.</p>"
)
HEADLINE = "Budget cuts spending on roads"
LONGREAD = "https://pozirk.online/en/longreads/161428/"


def read(html: str, url: str = "https://pozirk.online/en/news/161428/") -> ParsedPage:
    return newscrawler.parse(
        f"<!doctype html><title>{HEADLINE} | Pozirk</title><body>{html}".encode(),
        url=url, headers={}, fetched_at=datetime.fromisoformat("2025-10-24T15:00:00+03:00"),
    )  # fmt: skip


def listing(html: str) -> list[Entry]:
    return read(f"<h1>News</h1>{html}", "https://pozirk.online/en/news/").entries


FORMS = {
    "text": f"<i>{MARK}</i>",
    "two nodes": "<i>The material is available only to</i><b>POZIRK+</b>",
    "three nodes": "<i>The material</i> <i>is available only to</i> <b>POZIRK</b><sup>+</sup>",
    "two blocks": "<div>The material is available only to</div><div>POZIRK+</div>",
    "tooltip": f'<span title="{MARK}">★</span>',
    "label": f'<span aria-label="{MARK}"></span>',
    "alternative text": f'<img src="lock.png" alt="{MARK}">',
    "hidden text": f'<span style="position:absolute;left:-9999px">{MARK}</span>',
    "hidden by attribute": f"<span hidden>{MARK}</span>",
    "data attribute": f'<span data-label="{MARK}"></span>',
    "drawing": f"<svg role=img><title>{MARK}</title><path d=''/></svg>",
    "style sheet": f'<style>.x7::after{{content:"{MARK}"}}</style><span class="x7"></span>',
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize(
    "place", ["<li>{m} {h}</li>", "<li>{h} {m}</li>", "<li><div>{h}</div><div>{m}</div></li>"]
)
@pytest.mark.parametrize("linked", [True, False], ids=["linked", "unlinked"])
def test_a_mark_in_a_list(form: str, place: str, linked: bool) -> None:
    headline = "Harvest smaller than last year"
    shown = f'<a href="/en/news/161400/">{headline}</a>' if linked else f"<b>{headline}</b>"
    rows = place.format(h=shown, m=form)
    entries = listing(
        f'<ul><li><a href="/en/news/161401/">Minister goes to Vienna</a></li>{rows}'
        '<li><a href="/en/news/161399/">Choir sings in Hrodna</a></li></ul>'
    )
    assert [(e.headline, e.premium) for e in entries] == [
        ("Minister goes to Vienna", False), (headline, True), ("Choir sings in Hrodna", False),
    ]  # fmt: skip
    assert entries[1].external_id == ("161400" if linked else None)
    evidence = entries[1].premium_evidence
    assert evidence is not None
    assert evidence.signal == "mark"
    assert evidence.text is not None
    assert evidence.path is not None


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize(
    "place", ["{m}<h1>{h}</h1>", "<h1>{h}</h1>{m}", "<div>{h} {m}</div>", "{m}<h1>{h}</h1>{m}"]
)
def test_a_mark_at_the_headline(form: str, place: str) -> None:
    article = read(f"<main>{place.format(h=HEADLINE, m=form)}{TEXT}</main>").article
    assert article is not None
    assert article.headline == HEADLINE
    assert article.premium is True
    assert article.premium_evidence is not None
    assert article.premium_evidence.signal == "mark at the headline"


@pytest.mark.parametrize("form", [f for n, f in FORMS.items() if n != "hidden by attribute"])
@pytest.mark.parametrize(
    "page",
    [
        "<div>{t}<div>{m}</div></div>",
        "<div>{t}</div><div>{m}</div>",
        "<div>{t}</div><div>{m}<p>Log in</p><p>Get a subscription</p></div><p>Tags: budget, roads</p>",
        "<div>{t}</div><div>{m}<p>A month costs subscribers €9.</p></div><p><a href=//t.me/s>Telegram</a><a href=#>X</a></p><p>Short of sleep? So are we.</p>",
        "<div><p>October 24, Pozirk. A draft has been published.</p><div>{t}<div>{m}</div></div></div>",
    ],
    ids=["inside", "below", "with buttons", "with networks", "wrapped"],
)
def test_a_mark_in_place_of_the_rest(form: str, page: str) -> None:
    found = read(f"<main><h1>{HEADLINE}</h1>{page.format(t=TEXT, m=form)}</main>{LIST.format(m=form)}")
    article = found.article
    assert article is not None
    assert article.premium is True
    assert article.premium_evidence is not None
    assert article.premium_evidence.signal == "paywall in the article"
    assert "deficit" in article.body[-1]
    assert article.related == []
    assert [e.premium for e in found.entries] == [True, True]


def test_a_mark_between_a_bold_lead_and_the_text_of_a_longread() -> None:
    lead = "<div><strong>Three potters are left in the district, and all of them are over seventy years old.</strong></div>"
    text = (
        "<p>Ivan begins his day by knocking on bricks. A good one rings like glass, he says, and smiles.</p>"
        * 2
    )
    article = read(f"<h1>{HEADLINE}</h1>{lead}<div><span>{MARK}</span></div>{text}", LONGREAD).article
    assert article is not None
    assert (article.premium, article.lead is not None) == (True, True)


@pytest.mark.parametrize(
    "notice",
    [
        "<h2>The rest of this story is available only to POZIRK+ subscribers</h2>",
        "<h2>Details are available to POZIRK+ subscribers</h2>",
        "<p>The full text is open to subscribers.</p>",
        "<h2>The\n\n  rest\n\n  of  this\n  story is available only to POZIRK+ subscribers</h2>",
    ],
)
def test_a_box_in_place_of_the_rest_in_a_widget_of_its_own(notice: str) -> None:
    plans = "<div><h3>Month</h3><p>€9 per month</p><a href=/plus/>Subscribe</a></div>"
    page = f"<div><div><div><div>{TEXT}</div></div></div><div><div>{notice}{plans}</div></div></div>"
    article = read(f"<main><h1>{HEADLINE}</h1>{page}</main>{LIST.format(m=MARK)}").article
    assert article is not None
    assert article.premium is True
    assert article.body[-1].endswith("a note to the draft says.")


def test_a_mark_below_a_text_may_be_of_a_title_without_a_link() -> None:
    cards = f"<div><div>{MARK}</div><div>Harvest smaller than last year</div></div>"
    article = read(f"<main><h1>{HEADLINE}</h1><div>{TEXT}</div>{cards}</main>").article
    assert article is not None
    assert article.premium is False


@pytest.mark.parametrize("form", [f for n, f in FORMS.items() if n != "style sheet"])
@pytest.mark.parametrize("place", ["{m} {h}", "{h} {m}"])
def test_a_mark_in_the_title_of_a_post(form: str, place: str) -> None:
    title = place.format(h="Harvest smaller than last year", m=form)
    post = {"id": 161400, "link": "https://pozirk.online/en/news/161400/", "title": {"rendered": title}}
    page = newscrawler.parse(
        json.dumps([post]).encode(),
        url="https://pozirk.online/en/wp-json/wp/v2/news",
        headers={"content-type": "application/json"},
        fetched_at=datetime(2025, 10, 24, tzinfo=UTC),
    )
    assert [(e.headline, e.premium) for e in page.entries] == [("Harvest smaller than last year", True)]


LIST = (
    '<h2>News</h2><ul><li>Politics <a href="/en/news/161401/">Minister goes to Vienna</a> {m}</li>'
    "<li>Economy <b>Harvest smaller than last year</b> {m}</li></ul>"
)


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize(
    "page",
    [
        f"<h1>{HEADLINE}</h1>{TEXT}{LIST}",
        f'<div><a href="/en/news/161500/">A card above the headline</a>{{m}}</div><h1>{HEADLINE}</h1>{TEXT}',
        f'<h1>{HEADLINE}</h1><div><a href="/en/news/161500/">A card under the headline</a> {{m}}</div>{TEXT}',
        f"<h1>{HEADLINE}</h1><div><b>A card without a link</b> {{m}}</div>{TEXT}",
        f'<main><h1>{HEADLINE}</h1>{TEXT}<p>Also read: <a href="/en/news/161500/">Another story</a> {{m}}</p></main>',
    ],
    ids=["list", "card above", "card below", "card without link", "also read"],
)
def test_a_mark_elsewhere_says_nothing_of_the_article(page: str, form: str) -> None:
    article = read(page.replace("{m}", form)).article
    assert article is not None
    assert article.premium is False
    assert article.premium_evidence is not None
    assert article.premium_evidence.signal == "no mark"


@pytest.mark.parametrize(
    ("head", "premium"),
    [
        ('{"@type":"NewsArticle","headline":"' + HEADLINE + '","isAccessibleForFree":"False"}', True),
        ('{"@type":"NewsArticle","headline":"' + HEADLINE + '","isAccessibleForFree":true}', False),
        ('{"@type":"WebSite","isAccessibleForFree":false}', False),
        ('{"@type":"NewsArticle","url":"https://pozirk.online/en/news/5/","isAccessibleForFree":false}', False),
        ('{"@graph":[{"@type":["Article"],"@id":"https://pozirk.online/en/news/161428/","isAccessibleForFree":false,}]}', True),
    ],
)  # fmt: skip
def test_a_statement_of_the_article_object(head: str, premium: bool) -> None:
    page = read(f'<script type="application/ld+json">{head}</script><h1>{HEADLINE}</h1>{TEXT}')
    assert page.article is not None
    assert page.article.premium is premium


def test_a_login_form_after_a_teaser() -> None:
    form = "<form><input type=password><button>Log in</button></form>"
    teaser = (
        "<p>October 24, Pozirk. The finance ministry has published a draft of the budget for next year.</p>"
    )
    closed = read(
        f"<main><h1>{HEADLINE}</h1>{teaser}<p>Read details for POZIRK+ subscribers</p>{form}</main>"
    )
    comments = read(f"<main><h1>{HEADLINE}</h1>{TEXT}<div><p>Log in to comment</p>{form}</div></main>")
    assert closed.article is not None
    assert comments.article is not None
    assert (closed.article.premium, comments.article.premium) == (True, False)
    assert len(closed.article.body) == 1


def test_a_legend_is_no_mark() -> None:
    entries = listing(
        f"<p>Stories marked “{MARK}” are for subscribers.</p><p>Marked: <b>{MARK}</b></p>"
        '<ul><li><a href="/en/news/161401/">Minister goes to Vienna</a></li>'
        '<li><a href="/en/news/161399/">Choir sings in Hrodna</a></li></ul>'
    )
    assert [e.premium for e in entries] == [False, False]


def test_a_style_sheet_with_a_selector_nobody_knows_is_passed_over() -> None:
    html = """<html><head><style>.a@b::after{content:"The material is available only to POZIRK+"}</style></head>
    <body><main><h1>Housing prices rise</h1><p>October 24, Pozirk. Prices of flats in Minsk rose for the ninth
    month in a row, the national statistical committee reported on Friday.</p></main></body></html>"""
    page = newscrawler.parse(
        html.encode(),
        url="https://pozirk.online/en/news/161386/",
        headers={},
        fetched_at=datetime(2025, 10, 24, 12, 0, tzinfo=UTC),
    )
    assert page.article is not None
    assert page.article.premium is False
