from __future__ import annotations

import pytest

from newscrawler.pages import words


@pytest.mark.parametrize(
    "text",
    [
        "Read more »", "readmore", "More", "… learn more details", "→", "3", "Comments: 0", "(no comments)",
        "12 views", "Photo 3 of 12", "3 of 12", "— 3 з 12 —", "Poll results:", "» Усе навіны «", "1 2 … 740",
    ],
)  # fmt: skip
def test_what_says_nothing(text: str) -> None:
    assert words.is_noise(text)


@pytest.mark.parametrize(
    "text",
    [
        "More than 40 detained", "Of 12 detained three are free", "3 of 12 detained",
        "Results of the poll are out", "Comments of the minister", "Фото дня: мост",
    ],
)  # fmt: skip
def test_what_says_something(text: str) -> None:
    assert not words.is_noise(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Comments (2)", True), ("3 thoughts on “The bridge”", True), ("Пакінуць каментар", True),
        ("Обсуждение на форуме: 3", True), ("Minister comments on the bridge", False),
        ("Мнения разошлись", False),
    ],
)  # fmt: skip
def test_titles_of_comments(text: str, expected: bool) -> None:
    assert (words.COMMENTS.fullmatch(text) is not None) is expected
