"""Text in one form."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.normalize.text import clean, loose, unescape


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("  a\n\t b\u00a0c ", "a b c"),
        ("про\u00adект", "проект"),
        ("L\u0301ukašenka", unicodedata.normalize("NFC", "L\u0301ukašenka")),
        ("и\u0306", "й"),
        ("a\u200bb\ufeff", "ab"),
    ],
)
def test_clean(raw: str, expected: str) -> None:
    assert clean(raw) == expected


@given(st.text())
def test_clean_text_is_clean_already(text: str) -> None:
    assert clean(clean(text)) == clean(text)


def test_entities_escaped_twice() -> None:
    assert unescape("Parents&amp;#8217; chat &amp;amp; court") == "Parents’ chat & court"


def test_ampersands_that_are_no_entities_stay() -> None:
    assert unescape("R&D; AT&T") == "R&D; AT&T"


def test_two_prints_of_a_headline() -> None:
    assert loose("«Белтелеком»\u00a0— всё") == loose('"белтелеком" - все')


def test_clean_drops_what_no_database_takes() -> None:
    assert clean("A\x00B \x1b[31mred\x7f \ud800end") == "AB [31mred end"
