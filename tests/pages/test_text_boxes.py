"""Boxes among paragraphs and behind them, told by their place and by what they hold; no class names them."""

from __future__ import annotations

# ruff: noqa: E501 - pages in one piece.
import pytest

from tests.pages.test_boxes import TEXT, body

MORE = [
    "Fewer than half of the libraries have heating, according to a report that the ministry has not published so far.",
    "“We keep the stove for the readers and the coats for ourselves,” a librarian in Smarhoń district said on Friday.",
]
LONG = "".join(f"<p>{text}</p>" for text in MORE)
PROSE = "A retired carpenter builds shelves to measure and brings them by bicycle, within forty kilometers and in any weather."
EXPECTED = [TEXT[0], *MORE, TEXT[1]]


@pytest.mark.parametrize(
    "box",
    [
        f"<div><p>Advertising</p><p>{PROSE}</p></div>",
        f"<div><p>{PROSE}</p><p><a href='https://shelves.example/'>Order a shelf</a></p></div>",
        f"<div><h4>Shelves for everybody</h4><p>{PROSE}</p></div>",
        f"<section><b>Shelves for everybody</b><p>{PROSE}</p><button>Order</button></section>",
        f"<div><div>How a shelf is made</div><p>{PROSE}</p><div>02:47</div></div>",
        f"<details><summary>On shelves</summary><p>{PROSE}</p></details>",
    ],
    ids=["label", "link", "heading", "button", "video", "details"],
)
def test_a_box_among_the_paragraphs_is_no_text(box: str) -> None:
    assert body(LONG + box) == EXPECTED


def test_what_follows_in_another_element_is_no_text() -> None:
    after = f"</div><div><h3>About us</h3><p>{PROSE}</p></div><section><p>{PROSE}</p></section><div>"
    assert body(LONG, after=after) == EXPECTED


def test_a_text_in_several_blocks_is_read_to_its_end() -> None:
    blocks = f"</div><div><p>{MORE[0]}</p><p>{MORE[1]}</p></div><div>"
    assert body(blocks) == EXPECTED


def test_chapters_with_titles_are_text() -> None:
    chapters = "".join(
        f"<section><h2>Chapter {n}</h2><p>{a}</p><p>{b}</p></section>"
        for n, (a, b) in enumerate([MORE, MORE[::-1]])
    )
    assert body(chapters)[1:5] == [*MORE, *MORE[::-1]]


def test_lists_and_quotes_are_no_boxes() -> None:
    inside = f"<ul><li>Minsk region;</li><li>Brest region.</li></ul><blockquote><p>{MORE[1]}</p><p>She has no coat.</p></blockquote>"
    assert body(LONG + inside) == [
        *EXPECTED[:-1],
        "Minsk region;",
        "Brest region.",
        MORE[1],
        "She has no coat.",
        TEXT[1],
    ]


@pytest.mark.parametrize(
    "appeal",
    [
        "Every weekday at seven we send out a short letter with the five stories that matter. <a href='/letter/'>Get the letter</a>",
        "Spotted a slip? Mark the words with the mouse and hit Ctrl + Enter, and the desk will see it.",
        "Printed from https://pozirk.online/en/news/161428/",
        "For the first letter send an empty message to list@pozirk.online, and the lid of your mailbox will not rust.",
    ],
)
def test_an_appeal_among_the_paragraphs_is_no_text(appeal: str) -> None:
    assert body(f"{LONG}<p>{appeal}</p>") == EXPECTED


@pytest.mark.parametrize(
    "text",
    [
        "“We send letters to our readers by bus,” she said. More is told by the <a href='https://bus.example/'>bus company</a>.",
        "The readers write to the library at books@libraries.example, and the library answers on Thursdays, if it answers.",
    ],
)
def test_what_only_looks_like_an_appeal_is_text(text: str) -> None:
    assert len(body(f"{LONG}<p>{text}</p>")) == len(EXPECTED) + 1
