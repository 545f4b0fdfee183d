"""Stories on pages whose classes tell nothing, or the wrong thing, and that have no metadata."""

from __future__ import annotations

# ruff: noqa: E501 - a piece of a page reads better in one line; some are in other alphabets.
from datetime import UTC, date, datetime

import pytest

import newscrawler
from newscrawler.items import Article
from newscrawler.pages.anywhere.headings import leads_away
from newscrawler.pages.anywhere.printed_date import date_in_address, printed_date

HEADLINE = "Bridge opens a year early"
P = (
    "The bridge over the Quiet River will open in December and not, as had been planned, a year later.",
    "The builders say that the last winter was so warm that nobody had to stop working on a single day.",
    "The ferry that has crossed here for sixty years will be moored at the pier and made into a museum.",
    "Nobody has yet said what it will cost to look after the lights that line the whole of the way across.",
)
BODY = "".join(f"<p>{text}</p>" for text in P)
LAST = date(2026, 11, 20)


def read(
    body: str = BODY, top: str = f"<h1>{HEADLINE}</h1>", url: str = "https://valley.example/b"
) -> Article:
    article = newscrawler.parse(
        f"<html><head><title>{HEADLINE}</title></head><body><div><div>{top}</div><div>{body}</div></div></body></html>".encode(),
        url=url,
        headers={"content-type": "text/html; charset=utf-8"},
        fetched_at=datetime(2026, 11, 20, tzinfo=UTC),
    ).article
    assert article is not None
    return article


REPLIES = "".join(
    f"<div><b>Reader {n}</b><p>Number {n} has been waiting for this bridge longer than anybody else here, and says so.</p></div>"
    for n in range(6)
)


@pytest.mark.parametrize(
    "heading", ["Comments", "12 Comments", "Mehr zum Thema", "Читайте также", "関連記事", "댓글 3"]
)
@pytest.mark.parametrize(
    "page", ["{body}<div><h2>{heading}</h2>{replies}</div>", "{body}<h3>{heading}</h3>{replies}"]
)
def test_a_heading_tells_what_stands_below_it(page: str, heading: str) -> None:
    assert read(page.format(body=BODY, heading=heading, replies=REPLIES)).body == list(P)


def test_a_text_goes_on_after_a_heading_that_leads_away() -> None:
    related = "<h3>Related</h3><ul><li><a href=/1>Ferry to be sold</a></li></ul>"
    inside = BODY.replace(f"<p>{P[2]}", f"{related}<p>{P[2]}")
    assert read(inside).body == list(P)


@pytest.mark.parametrize(
    "heading",
    ["Commentators disagree", "A long way", "What comes next", "Themenpark am Fluss", "Relative calm"],
)
def test_headings_of_a_story(heading: str) -> None:
    assert not leads_away(heading)


def test_a_box_among_the_paragraphs() -> None:
    box = "<div><div><h3>The river</h3><div><p>The Quiet River rises in the hills and is some ninety kilometres long where it ends.</p></div></div></div>"
    assert read(BODY.replace(f"<p>{P[2]}", f"{box}<p>{P[2]}")).body == list(P)


def test_sections_are_no_boxes() -> None:
    sections = "".join(f"<section><h2>Part {n}</h2><p>{text}</p></section>" for n, text in enumerate(P[1:]))
    assert [t for t in read(f"<p>{P[0]}</p>{sections}").body if not t.startswith("Part")] == list(P)


@pytest.mark.parametrize("word", ["caption", "print", "share", "meta"])
def test_a_word_that_all_paragraphs_carry_says_nothing(word: str) -> None:
    assert read(BODY.replace("<p>", f"<p class='story-{word}'>")).body == list(P)


@pytest.mark.parametrize("name", ["with-sidebar", "has-comments"])
def test_a_word_around_the_whole_text_says_nothing(name: str) -> None:
    assert read(f"<div class='{name}'>{BODY}</div>").body == list(P)


def test_what_somebody_posted_is_the_storys() -> None:
    post = "<div class='social-embed'><blockquote><p>We will cross on foot first, all of us.</p>— Ann Hill (@ann) <a href='/x'>1 June 2026</a></blockquote></div>"
    body = read(BODY.replace(f"<p>{P[2]}", f"{post}<p>{P[2]}")).body
    assert body == [
        *P[:2],
        "We will cross on foot first, all of us.",
        "— Ann Hill (@ann) 1 June 2026",
        *P[2:],
    ]


def test_a_paragraph_that_stands_twice_is_read_once_and_a_short_line_each_time() -> None:
    rows = "<ul><li>Ten metres of rope for it</li></ul>"
    body = read(f"<p>{P[0]}</p>{rows}<p>{P[1]}</p>{rows}<p>{P[0]}</p><p>{P[2]}</p>").body
    assert body == [P[0], "Ten metres of rope for it", P[1], "Ten metres of rope for it", P[2]]


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("Published: 5 March 2026, 10:20", "en"), ("Mar 5th, 2026", "en"), ("March 5, 2026 | Updated March 7, 2026", "en"),
        ("05.03.2026, 18:04 Uhr", "de"), ("Stand: 5. März 2026", "de"), ("Publié le 5 mars 2026 à 10h20", "fr"),
        ("5 de marzo de 2026", "es"), ("5 de março de 2026", "pt"), ("05/03/2026", "it"), ("5 mrt 2026", "nl"),
        ("5. marts 2026", "da"), ("5. maaliskuuta 2026", "fi"), ("5. mars 2026", "is"), ("5 marca 2026 r.", "pl"),
        ("5. března 2026", "cs"), ("2026. március 5.", "hu"), ("5 martie 2026", "ro"), ("5. ožujka 2026", "hr"),
        ("5 Μαρτίου 2026", "el"), ("5 марта 2026 г.", "ru"), ("5 березня 2026", "uk"), ("5 сакавіка 2026", "be"),
        ("5 Mart 2026", "tr"), ("2026年3月5日 10時20分", "ja"), ("2026년 3월 5일", "ko"), ("입력 2026.03.05 10:20", "ko"),
        ("5 مارس 2026", "ar"), ("5 במרץ 2026".replace("ב", ""), "he"), ("5 มีนาคม 2569", "th"), ("2026-03-05", ""),
    ],
)  # fmt: skip
def test_days_as_they_are_printed(line: str, language: str) -> None:
    assert printed_date([line], language, LAST) == date(2026, 3, 5)


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("05/03/2026", "en"), ("05/03/2026", ""), ("5 March 2036", "en"), ("32 March 2026", "en"), ("5 Marbles 26", "en"),
        ("Version 5.3.2026.1", "de"), ("On 5 March 2026 " + "it rained, " * 20, "en"), ("14 days, 2026 people", "en"),
    ],
)  # fmt: skip
def test_what_is_no_day_or_nobody_can_tell(line: str, language: str) -> None:
    assert printed_date([line], language, LAST) is None


def test_the_same_name_is_another_month_elsewhere() -> None:
    assert printed_date(["5 listopada 2025"], "pl", LAST) == date(2025, 11, 5)
    assert printed_date(["5. listopada 2025."], "hr", LAST) == date(2025, 10, 5)


@pytest.mark.parametrize(
    "path", ["/2026/03/05/bridge", "/2026-03-05-bridge", "/news/20260305/b", "/a/2026/3/5/b"]
)
def test_the_day_in_an_address(path: str) -> None:
    assert date_in_address(f"https://valley.example{path}", LAST) == date(2026, 3, 5)


@pytest.mark.parametrize(
    "path", ["/2026/bridge", "/bridge-20261345", "/12026030512", "/2036/03/05/b", "/2026/03-05"]
)
def test_addresses_without_a_day(path: str) -> None:
    assert date_in_address(f"https://valley.example{path}", LAST) is None


def test_the_day_at_the_headline_and_not_one_in_the_text() -> None:
    body = f"<p>They began on 3 May 2021, when the ice had gone and the river was low enough for the piers.</p>{BODY}"
    printed = read(body, top=f"<h1>{HEADLINE}</h1><div>Valley, 5 March 2026</div>")
    assert (printed.published_date, printed.sources["published_date"]) == (
        date(2026, 3, 5),
        "line at the headline",
    )
    addressed = read(body, url="https://valley.example/2026/03/06/bridge")
    assert (addressed.published_date, addressed.sources["published_date"]) == (date(2026, 3, 6), "address")
    assert read(body).published_date is None


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("<div><a href='/author/ann-hill/'>Ann Hill</a></div>", ["Ann Hill"]),
        ("<div><a rel='author' href='/p/7'>Ann Hill</a> and <a rel='author' href='/p/8'>Bo Lake</a> 5 March 2026</div>", ["Ann Hill", "Bo Lake"]),
        ("<div><a href='https://valley.example/autoren/1'>Ann Hill</a>Redakteurin</div>", ["Ann Hill"]),
        ("<div><a href='/author/3'>김하늘 기자</a></div>", ["김하늘"]),
        ("<div>By Ann Hill for Valley Post</div>", ["Ann Hill"]),
        ("<div><a href='/authors'>All our writers</a></div>", []),
        ("<div><a href='/town/ann-hill'>Ann Hill</a></div>", []),
    ],
)  # fmt: skip
def test_authors_by_what_their_names_link_to(line: str, authors: list[str]) -> None:
    assert read(top=f"<h1>{HEADLINE}</h1>{line}").authors == authors


def test_one_of_several_h1_is_the_headline() -> None:
    assert read(top=f"<h1>Storm warning</h1><h1>{HEADLINE}</h1>").headline == HEADLINE
