from __future__ import annotations

import contextlib
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.exceptions import UsageError
from newscrawler.search import AllOf, AnyOf, Words, excerpt, folded_words, highlights, read_search, words_of


def word(*folded: str, prefix: bool = False) -> Words:
    return Words(folded, prefix)


@pytest.mark.parametrize(
    ("text", "expression"),
    [
        ("Minsk", word("minsk")),
        ("minsk metro", AllOf((word("minsk"), word("metro")))),
        ("minsk AND metro", AllOf((word("minsk"), word("metro")))),
        ("minsk and metro", AllOf((word("minsk"), word("and"), word("metro")))),
        ("“Minsk metro”", word("minsk", "metro")),
        ("«мінскае метро»", word("мінскае", "метро")),
        ("demonstr*", word("demonstr", prefix=True)),
        ('"minsk met*"', word("minsk", "met", prefix=True)),
        ('"minsk met"*', word("minsk", "met", prefix=True)),
        ("covid-19", word("covid", "19")),
        ("a b OR c", AnyOf((AllOf((word("a"), word("b"))), word("c")))),
        ("a (b OR c)", AllOf((word("a"), AnyOf((word("b"), word("c")))))),
        ("a NOT b", AllOf((word("a"),), (word("b"),))),
        ("a -b c", AllOf((word("a"), word("c")), (word("b"),))),
        ("a NOT NOT b", AllOf((word("a"), word("b")))),
        ("a - b …", AllOf((word("a"), word("b")))),
        ("З’езд", word("зезд")),
    ],
)
def test_searches_as_people_write_them(text: str, expression: object) -> None:
    assert read_search(text) == expression


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "names no word to look for"),
        ("…!", "names no word to look for"),
        ("NOT a", "name a word that is wanted"),
        ("a OR NOT b", "name a word that is wanted"),
        ("a OR", "the OR at 3 needs something on both sides"),
        ("a AND", "the AND at 3 needs something behind it"),
        ("a NOT", "the NOT at 3 needs something behind it"),
        ("AND a", "the AND at 1 needs something before it"),
        ("a (b", r"the \( at 3 is not closed"),
        ("a) b", r"the \) at 2 closes nothing"),
        ("a ()", "the parentheses at 3 are empty"),
        ('a "b c', "the quotation mark at 3 is not closed"),
        ("mi*sk", "has to end a word"),
        ("*", "has to end a word"),
        ("m*", "expected 2 letters"),
        ("(" * 30 + "a" + ")" * 30, "parentheses in one another"),
        ("a" * 1001, "1001 characters, expected at most 1000"),
    ],
)
def test_a_malformed_search_is_told(text: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        read_search(text)


@given(st.text(alphabet=st.sampled_from("ab\"*()- ANDORT:^{}\\'&|!<>"), max_size=40))
def test_any_text_is_a_search_or_told(text: str) -> None:
    with contextlib.suppress(UsageError):
        read_search(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Łukašenka’s", ["lukasenka", "s"]),
        ("Ёлка, ўладАй", ["елка", "уладай"]),
        ("з'езд з’езд зʼезд", ["зезд"] * 3),
        ("за́мак", ["замак"]),
        ("Straße naïve", ["strasse", "naive"]),
        ("e\u0301te\u0301", ["ete"]),
    ],
)
def test_words_without_case_and_diacritics(text: str, words: list[str]) -> None:
    assert folded_words(text) == words


@given(
    st.text(
        alphabet=st.one_of(st.sampled_from("абйёўʼ'’ aŁšİß½²\u0301-_.\u00ad"), st.characters(codec="utf-8"))
    )
)
def test_words_have_places_and_stay_what_they_are(text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    found = list(words_of(text))
    assert [each.folded for each in found] == folded_words(text)
    for each in found:
        assert folded_words(text[each.start : each.end]) == [each.folded]
        assert folded_words(each.folded) == [each.folded]


def test_highlights_are_places_in_the_text_itself() -> None:
    expression = read_search('lukasenka OR "minsk met*" NOT bus')
    said = "Łukašenka went by Minsk metro, not by bus"
    assert [said[a:b] for a, b in highlights(said, expression)] == ["Łukašenka", "Minsk metro"]
    assert highlights("nothing", expression) == []


def test_an_excerpt_stands_around_what_was_found() -> None:
    long = "word " * 100 + "Minsk " + "word " * 100
    found = excerpt(["nothing here", long], read_search("minsk"), length=60)
    assert found is not None
    assert len(found.text) < 80
    assert [found.text[a:b] for a, b in found.highlights] == ["Minsk"]
    assert found.text.startswith("… ")
    assert excerpt(["nothing"], read_search("minsk")) is None
