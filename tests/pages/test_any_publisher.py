"""Stories of publishers nobody has described: each field from wherever a page says it."""

from __future__ import annotations

# ruff: noqa: E501 - a piece of a page reads better in one line.
import json
import random
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import newscrawler
from newscrawler.exceptions import ParseError
from newscrawler.items import Article, ParsedPage
from newscrawler.saved_pages import case_pages, load

URL = "https://www.valley-post.example/news/2026/bridge"
P = (
    "The bridge over the Quiet River will open in December and not, as had been planned, a year later.",
    "The builders say that the last winter was so warm that nobody had to stop working on a single day.",
    "The ferry that has crossed here for sixty years will be moored at the pier and made into a museum.",
)
BODY = "".join(f"<p>{text}</p>" for text in P)


def parse(html: str, url: str = URL) -> ParsedPage:
    headers = {"content-type": "text/html; charset=utf-8"}
    return newscrawler.parse(
        html.encode(), url=url, headers=headers, fetched_at=datetime(2026, 11, 20, tzinfo=UTC)
    )


def read(
    head: str = "", top: str = "<h1>Bridge opens a year early</h1>", body: str = BODY, after: str = ""
) -> Article:
    page = parse(
        f"<html lang='en'><head><meta property='og:type' content='article'>{head}</head><body><main>{top}"
        f"<div class='text'>{body}</div></main>{after}</body></html>"
    )
    assert page.kind == "article"
    assert page.article is not None
    return page.article


def ld(**fields: object) -> str:
    return f"<script type='application/ld+json'>{json.dumps({'@type': 'NewsArticle', **fields})}</script>"


@pytest.mark.parametrize(
    "title",
    [
        "Bridge opens a year early | Valley Post",
        "Bridge opens a year early - Valley Post",
        "Bridge opens a year early – valley-post.example",
        "Valley Post: Bridge opens a year early",
        "Bridge opens a year early | News | Valley Post",
    ],
)
def test_the_sites_name_is_no_part_of_the_headline(title: str) -> None:
    head = f"<title>{title}</title><meta property='og:site_name' content='Valley Post'>"
    assert read(head, top="").headline == "Bridge opens a year early"


def test_a_dash_of_the_headline_stays() -> None:
    head = "<meta property='og:title' content='Early — and cheaper: the bridge'><meta property='og:site_name' content='V'>"
    assert read(head, top="").headline == "Early — and cheaper: the bridge"


def test_a_shortened_headline_gives_way_to_the_whole_one() -> None:
    head = "<meta property='og:title' content='Bridge opens a year…'>"
    assert read(head).headline == "Bridge opens a year early"


def test_the_object_of_another_story_is_passed_over() -> None:
    others = ld(
        headline="Pier shut", url="https://www.valley-post.example/news/2026/pier", author="Somebody Else"
    )
    own = ld(headline="Bridge opens a year early", mainEntityOfPage={"@id": URL}, author="Ina Holm")
    article = read(others + own)
    assert (article.headline, article.authors) == ("Bridge opens a year early", ["Ina Holm"])


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("Ina Holm", ["Ina Holm"]),
        ("By Ina Holm", ["Ina Holm"]),
        ({"@type": "Person", "name": "Ina Holm"}, ["Ina Holm"]),
        ([{"name": "Ina Holm"}, [{"name": "River Desk"}]], ["Ina Holm", "River Desk"]),
        ({"name": ["Ina Holm"]}, ["Ina Holm"]),
        ([{"name": "Ina Holm"}, {"name": "Ina Holm"}], ["Ina Holm"]),
        ({"name": "https://social.example/ina"}, []),
    ],
)
def test_authors_in_json_ld(author: object, names: list[str]) -> None:
    assert read(ld(headline="Bridge opens a year early", author=author)).authors == names


@pytest.mark.parametrize(
    ("head", "names"),
    [
        ("<meta name='author' content='Ina Holm'>", ["Ina Holm"]),
        (
            "<meta name='author' content='Ina Holm'><meta name='author' content='Ole Berg'>",
            ["Ina Holm", "Ole Berg"],
        ),
        ("<meta name='author' content='Ina Holm and Ole Berg'>", ["Ina Holm", "Ole Berg"]),
        ("<meta name='dc.creator' content='Holm, Ina'>", ["Ina Holm"]),
        ("<meta name='author' content='Ina Holm / Reporter'>", ["Ina Holm"]),
        ("<meta property='article:author' content='https://social.example/valleypost'>", []),
        ("<meta name='parsely-author' content='ina-holm'>", []),
    ],
)
def test_authors_in_meta_tags(head: str, names: list[str]) -> None:
    assert read(head).authors == names


@pytest.mark.parametrize(
    "line",
    ["By Ina Holm", "Von Ina Holm, Obertal", "Par Ina Holm", "por Ina Holm", "di Ina Holm", "Text: Ina Holm"],
)
def test_authors_in_the_byline(line: str) -> None:
    assert read(top=f"<h1>Bridge opens a year early</h1><p>{line}</p>").authors == ["Ina Holm"]


def test_a_person_comes_before_the_site_as_author() -> None:
    head = "<meta property='og:site_name' content='Valley Post'><meta name='author' content='Valley Post'>"
    assert read(head).authors == ["Valley Post"]
    assert read(head, top="<h1>Bridge opens a year early</h1><p class='byline'>Ina Holm</p>").authors == [
        "Ina Holm"
    ]


def test_times_with_their_zone() -> None:
    times = {"datePublished": "2026-11-19T23:40:00-05:00", "dateModified": "2026-11-20T01:00:00-05:00"}
    article = read(ld(headline="Bridge opens a year early", **times))
    assert article.published_at == datetime(2026, 11, 20, 4, 40, tzinfo=UTC)
    assert article.modified_at == datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
    # Nobody knows the zone of the site: the day is the one that was written.
    assert article.published_date == date(2026, 11, 19)


def test_a_time_element_is_read_where_no_metadata_says_it() -> None:
    cards = "<ul><li><time datetime='2026-11-01T10:00:00Z'>1 November</time></li></ul>"
    article = read(
        top=f"{cards}<h1>Bridge opens a year early</h1><time datetime='2026-11-19T10:00:00Z'>now</time>"
    )
    assert article.published_at == datetime(2026, 11, 19, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    "beside",
    [
        "<aside><p>A box about rivers that has been standing on this site since its first day, in green.</p></aside>",
        "<div class='related-stories'><p>Another river, another bridge, and a mayor who is afraid of both of them.</p></div>",
        "<figure><img src='x.jpg'><figcaption>The bridge on Monday, seen from the side of the old ferry.</figcaption></figure>",
        "<div class='pic'><img src='x.jpg'><p>The bridge on Monday, seen from the side of the old ferry.</p></div>",
        "<p>Photo: Ina Holm / River Desk, who waited for this light all morning, she says.</p>",
        "<p>Sign up for our newsletter and get the news of the valley every morning at six.</p>",
        "<p>Advertisement</p>",
        "<p><a href='/pier'>Read more: The pier that nobody in the valley wants to pay for</a></p>",
        "<div hidden><p>What only those see who look into the source of this page, and who would do that.</p></div>",
        "<p><a href='/x'>#river</a> <a href='/y'>#bridge</a> <a href='/z'>#ferry</a></p>",
    ],
)  # fmt: skip
def test_what_stands_among_the_text_is_left_out(beside: str) -> None:
    paragraphs = BODY.replace(f"<p>{P[1]}</p>", f"{beside}<p>{P[1]}</p>")
    assert read(body=paragraphs).body == list(P)


@pytest.mark.parametrize(
    "comments",
    [
        "<div class='comments'>{}</div>",
        "<section id='disqus_thread'><div class='comment-list'>{}</div></section>",
        "<div class='sidebar-right'>{}</div>",
    ],
)
def test_comments_are_no_text_however_long(comments: str) -> None:
    many = "".join(
        f"<p>Reader number {n} has been waiting for this bridge longer than anybody else here.</p>"
        for n in range(30)
    )
    assert read(after=comments.format(many)).body == list(P)


def test_teasers_of_other_stories_are_no_text() -> None:
    cards = "".join(
        f"<div class='c{n}'><h3><a href='/{n}'>A story of another kind, number {n}</a></h3><p>Its first sentence is longer than "
        "that of many others, and it ends where one would like to go on reading it.</p></div>"
        for n in range(12)
    )
    assert read(after=f"<section>{cards}</section>").body == list(P)


def test_only_the_first_of_several_stories_is_read() -> None:
    story = "<article><h1>{}</h1><div>{}</div></article>"
    long = "".join(f"<p>{n}: {P[n % 3]}</p>" for n in range(9))
    page = parse(
        "<html><head><meta property='og:type' content='article'><meta property='og:title' content='Own story here'></head>"
        f"<body><main>{story.format('Own story here', long)}{story.format('The next one', long)}</main></body></html>"
    )
    assert page.article is not None
    assert len(page.article.body) == 9


def test_own_address_is_the_canonical_one_of_the_same_host() -> None:
    assert read("<link rel='canonical' href='/news/2026/bridge-opens'>").url == URL.replace(
        "bridge", "bridge-opens"
    )
    assert read("<link rel='canonical' href='https://elsewhere.example/x'>").url == URL


def test_a_challenge_is_no_story() -> None:
    with pytest.raises(ParseError, match="challenge"):
        parse(
            "<html><head><title>Just a moment...</title></head><body><h1>Just a moment...</h1><p>Checking your browser</p></body></html>"
        )


def test_a_page_of_teasers_is_no_story() -> None:
    cards = "".join(
        f"<li><h3><a href='/news/{n}'>A story of another kind, number {n}</a></h3><p>{P[n % 3]}</p></li>"
        for n in range(12)
    )
    head = "<meta property='og:type' content='website'><title>Valley Post</title>"
    page = parse(
        f"<html><head>{head}</head><body><main><ul>{cards}</ul></main></body></html>",
        "https://www.valley-post.example/",
    )
    assert page.article is None


GENERIC = case_pages(Path(__file__).parents[2] / "fixtures" / "generic")


@pytest.mark.parametrize("path", GENERIC, ids=lambda p: p.parts[-2])
def test_a_damaged_page_never_fails_otherwise_than_by_a_parse_error(path: Path) -> None:
    rng = random.Random(path.parts[-2])
    html = load(path)[0].raw.decode()
    for _ in range(25):
        cut, end = sorted(rng.sample(range(len(html)), 2))
        noise = rng.choice(
            [
                "",
                "<",
                '"}]',
                "<div><p>",
                "</article></div>",
                "\x00",
                "<script>",
                '{"@type":"NewsArticle","author":[[[]]]}',
            ]
        )
        try:
            parse(html[:cut] + noise + html[end if rng.random() < 0.3 else cut :])
        except ParseError:
            continue
