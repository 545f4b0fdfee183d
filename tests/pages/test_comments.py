"""Readers' comments below a text, and what has names and times without being one."""

from __future__ import annotations

# ruff: noqa: E501 - pages in one piece.
import pytest

from tests.pages.test_boxes import TEXT, body

FIRST = "I packed parcels there for two winters, and the roof leaked from the first rain to the last snow of the year."
SECOND = "Who will bring the books to the villages now? The bus comes twice a week, and the driver reads nothing at all."


def in_one_line(name: str, time: str, text: str) -> str:
    return f"<div><div>{name} {time}</div><p>{text}</p></div>"


def in_two_lines(name: str, time: str, text: str) -> str:
    return f"<div><b>{name}</b><br><a href=#c1>{time}</a><p>{text}</p></div>"


@pytest.mark.parametrize("head", [in_one_line, in_two_lines])
@pytest.mark.parametrize("times", [("24.10.2025, 14:51", "24.10.2025, 15:10"), ("2 hours ago", "40 min ago")])
@pytest.mark.parametrize(
    "title", ["<h3>What people say</h3><p>Be brief, please, and stay with the libraries.</p>", ""]
)
def test_comments_are_told_by_who_wrote_them_and_when(
    head: object, times: tuple[str, str], title: str
) -> None:
    assert callable(head)
    comments = head("Reader from Orša", times[0], FIRST) + head("Lew", times[1], SECOND)
    assert body("", after=title + comments) == TEXT


def test_one_comment_with_its_button() -> None:
    assert body("", after=in_one_line("Lew", "15:10", FIRST) + "<div>Reply</div>") == TEXT


def test_paragraphs_with_times_are_text() -> None:
    told = [
        "The librarian opened the doors at 9:30, and the first reader came in for a book on bees and their diseases.",
        "14:05 The commission arrived and counted the shelves, of which there were eleven, and the chairs, of which there were two.",
        "The last reader left at 17:45.",
    ]
    assert body("".join(f"<p>{text}</p>" for text in told)) == [TEXT[0], *told, TEXT[1]]
