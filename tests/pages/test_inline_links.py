from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

import newscrawler
from newscrawler.items import Article

HERE = "https://pozirk.online/en/news/163880/"
OTHER = "https://pozirk.online/en/news/163102/"


def read(paragraph: str) -> Article:
    page = f"""<title>Brest crews lose meals | Pozirk</title><article><h1>Brest crews lose meals</h1>
    <p>November 12, Pozirk. Ambulance crews in Brest will get no free meals at night, a letter says.</p>
    {paragraph}
    <p>The same allowance was scrapped in another region, where two stations complain of a lack of staff.</p>
    <p>The ministry has not commented on the letter so far, it said on Thursday.</p></article>"""
    article = newscrawler.parse(
        page.encode(), url=HERE, headers={}, fetched_at=datetime(2025, 11, 12, 15, tzinfo=UTC), site="pozirk"
    ).article
    assert article is not None
    return article


@pytest.mark.parametrize(
    "paragraph",
    [
        "The region has 212 crews, of which 31 are incomplete, a report for the <a>third quarter</a> says.",
        "The region has 212 crews, of which 31 are incomplete, as the department <a>reported last week</a>.",
        "The decree that scraps the allowance in the region was signed in October by <a>Nina Hryńko</a>.",
        "<a>In September</a>, the same allowance was scrapped in the neighboring region without a notice.",
        "The head of the department <a>told <b>Pozirk</b></a> it is undecided. “We <a>wait</a>,” he said.",
        "Загадчык аддзела <a>паведаміў журналістам</a>, што рашэнне яшчэ не прынята і прынята не будзе.",
        "Глава отдела, которого <a>уволили в октябре</a>, сказал журналистам, что решение не принято.",
    ],
)
def test_a_paragraph_with_a_link_in_its_sentence_is_text(paragraph: str) -> None:
    article = read(f"<p>{paragraph.replace('<a>', f'<a href={OTHER!r}>')}</p>")
    said = paragraph
    for tag in ("<a>", "</a>", "<b>", "</b>"):
        said = said.replace(tag, "")
    assert article.body[1] == said
    assert article.related == []


@pytest.mark.parametrize(
    "paragraph",
    [
        "Also read: <a>Mahiloŭ region scraps meal allowance for ambulance crews on night duty</a>.",
        "More about what the department did in other towns — <a>Mahiloŭ crews lose their meals</a>.",
        "<a>Mahiloŭ region scraps meal allowance for ambulance crews who are on duty at night.</a>",
    ],
)
def test_a_headline_that_a_line_leads_to_is_a_recommendation(paragraph: str) -> None:
    article = read(f"<p>{paragraph.replace('<a>', f'<a href={OTHER!r}>')}</p>")
    assert article.related == [OTHER]
    assert len(article.body) == 3


def test_a_paragraph_of_a_post_keeps_its_links_words() -> None:
    said = "The region has 212 crews, as the department reported last week."
    linked = said.replace("reported", f"<a href={OTHER}>reported</a>")
    content = f"<p>November 12, Pozirk. Crews get no meals.</p><p>{linked}</p>"
    post = {
        "id": 163880,
        "date": "2025-11-12T13:25:00",
        "link": HERE,
        "title": {"rendered": "Crews lose meals"},
    }
    raw = json.dumps([post | {"content": {"rendered": content}}]).encode()
    url = "https://pozirk.online/en/wp-json/wp/v2/news"
    at = datetime(2025, 11, 12, 15, tzinfo=UTC)
    page = newscrawler.parse(raw, url=url, headers={}, fetched_at=at, site="pozirk")
    assert page.entries[0].body[-1] == said
