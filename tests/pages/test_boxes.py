"""What stands among an article's paragraphs without being of it, and what only looks so."""

from __future__ import annotations

# ruff: noqa: E501 - pages in one piece.
from datetime import datetime

import pytest

import newscrawler
from newscrawler.pages.boxes import is_about_author
from newscrawler.pages.words import is_promo

MARK = "The material is available only to POZIRK+"
OPENING = "October 24, Pozirk. The ministry has counted the readers of village libraries for the first time in ten years."
LAST = "The next count is planned for the spring, the ministry says."


def body(inside: str, *, mark: str = "", after: str = "") -> list[str]:
    """The paragraphs read of a page with `inside` between two paragraphs of its text."""
    html = (
        "<!doctype html><meta charset=utf-8><title>Village libraries count their readers - Pozirk</title><main>"
        f"<h1>Village libraries count their readers</h1>{mark}<div><p>{OPENING}</p>{inside}<p>{LAST}</p>{after}</div></main>"
    )
    page = newscrawler.parse(
        html.encode(),
        url="https://pozirk.online/en/news/161428/",
        headers={},
        fetched_at=datetime.fromisoformat("2025-10-24T16:00:00+03:00"),
    )
    assert page.article is not None
    return page.article.body


TEXT = [OPENING.removeprefix("October 24, Pozirk. "), LAST]


@pytest.mark.parametrize(
    "poll",
    [
        "<p>Do you go to the library?</p><ul><li>Every week – 31%</li><li>Sometimes – 44%</li><li>Never – 25%</li></ul>",
        "<p>Do you go to the library?</p><p>Yes (60 %)</p><p>No (40 %)</p><p>2054 voted</p>",
        "<p>Do you go to the library?</p><label><input type=radio>Yes</label><label><input type=radio>No</label>",
        "<div><div>Quiz: what do you know of libraries?</div><div>How many are there?</div><label><input type=radio>11</label><label><input type=radio>1,100</label></div>",
    ],
    ids=["shares", "votes", "buttons", "titled"],
)
def test_a_poll_is_no_text(poll: str) -> None:
    assert body(poll) == TEXT


def test_figures_of_a_story_are_text() -> None:
    figures = "<p>The shares of readers by region:</p><ul><li>Minsk – 31%</li><li>Brest – 44%</li><li>Homiel – 25%</li></ul>"
    assert body(figures)[1:-1] == [
        "The shares of readers by region:", "Minsk – 31%", "Brest – 44%", "Homiel – 25%",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Ryhor Bahdan covers agriculture and the environment.",
        "Лявон Смоляк піша пра прамысловасць і дзяржаўны доўг.",
        "Зоська Каліна — аглядальніца «Позірка», жыве ў Вільні.",
        "Спецкорреспондент. Пишет о границах и людях возле них.",
    ],
)
def test_who_wrote_a_text_is_not_of_it(text: str) -> None:
    assert is_about_author(text)
    assert body("", after=f"<p>{text}</p>") == TEXT


@pytest.mark.parametrize(
    "text",
    [
        "Ryhor Bahdan covers his debts by selling honey.",
        "Журналист Антон Бурак задержан в Гродно, сообщила его сестра.",
        "Вераніка Стасевіч — дырэктарка бібліятэкі з 1998 года.",
    ],
)
def test_whom_a_story_is_about_is_of_it(text: str) -> None:
    assert body(f"<p>{text}</p>") == [TEXT[0], text, LAST]


def test_a_sentence_that_quotes_the_mark_is_text() -> None:
    quoting = f"“A teacher opens a page, sees ‘{MARK}’ and closes it,” the librarian said."
    assert body(f"<p>{quoting}</p>") == [TEXT[0], quoting, LAST]
    assert body(f"<p>‘{MARK}’</p>") == TEXT


def test_the_text_of_a_premium_page_ends_where_the_rest_is_for_subscribers() -> None:
    plans = "<p>The rest is available to subscribers.</p><p>Cancel whenever you like. The first seven days cost nothing.</p>"
    assert body("", mark=f"<p>{MARK}</p>", after=plans) == TEXT
    more = "".join(
        f"<p>Library number {n} has lost half of its readers since the bridge was closed.</p>"
        for n in range(4)
    )
    assert LAST in body(plans + more), "a free page's text goes on"
    assert LAST not in body(plans + more, mark=f"<p>{MARK}</p>")


def test_a_row_of_links_is_no_text() -> None:
    tags = " ".join(f"<a href='/en/tag/{n}/'>#{n}</a>" for n in ("Elections", "Sanctions", "Fuel", "Rail"))
    assert body("", after=f"<div>{tags}</div>") == TEXT
    linked = "He worked for <a href='/en/a/'>the mill</a>, <a href='/en/b/'>the bank</a> and <a href='/en/c/'>the port</a>."
    assert len(body(f"<p>{linked}</p>")) == 3


@pytest.mark.parametrize(
    "text",
    [
        "Reproduction in whole or in part without an active link is prohibited.",
        "Мнения героев могут не совпадать с мнением редакции.",
        "Калі вы знайшлі памылку, паведаміце нам.",
        "Раз в неделю рассказываем, что произошло. Отписаться можно в один клик.",
        "Entries marked with a lock are for subscribers.",
        "Няма падпіскі?",
    ],
)
def test_what_asks_or_warns_the_reader_is_no_text(text: str) -> None:
    assert is_promo(text)


@pytest.mark.parametrize(
    "text",
    [
        "Their opinions do not coincide, the deputy minister said.",
        "Мнения депутатов не совпадают, заявил министр.",
        "The committee found a mistake in the list of voters' addresses, Vasil says".replace(
            "a mistake", "mistakes"
        ),
        "No subscription was sold in the village last year.",
    ],
)
def test_what_a_story_says_of_the_same_is_text(text: str) -> None:
    assert not is_promo(text)
