from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.differences import Paragraph, Part, paragraphs_changed, words_changed


def marked(parts: tuple[Part, ...] | list[Part]) -> str:
    """Parts in one line: `[-removed-] {+added+}`."""
    signs = {"same": ("", ""), "deleted": ("[-", "-]"), "inserted": ("{+", "+}")}
    return "".join(signs[p.kind][0] + p.text + signs[p.kind][1] + " " * p.space for p in parts).rstrip()


def words_of(text: str) -> list[str]:
    return re.findall(r"\w+|[^\w\s]", text)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Quota for trucks", "Quota for trucks", "Quota for trucks"),
        ("Quota for trucks", "Quota for trucks (updated)", "Quota for trucks {+(updated)+}"),
        ("Quota, for trucks", "Quota for trucks", "Quota[-,-] for trucks"),
        ("Quota for trucks", "Quota, for trucks", "Quota{+,+} for trucks"),
        (
            "Суд аштрафаваў журналіста на 3,7 тыс. рублёў",
            "Суд аштрафаваў журналіста на 3,9 тыс. рублёў",
            "Суд аштрафаваў журналіста на [-3,7-] {+3,9+} тыс. рублёў",
        ),
        ("A journalist 10 rubles", "A journalist, 20 rubles", "A journalist [-10-] {+, 20+} rubles"),
        # “of” alone between two changes is an accident.
        ("The court fined a man of Minsk today", "The court fined a girl of Brest today",
         "The court fined a [-man of Minsk-] {+girl of Brest+} today"),
        # Nothing but “the” in common.
        ("Dogs bark at the moon all night", "Why are the prices so high?",
         "[-Dogs bark at the moon all night-] {+Why are the prices so high?+}"),
        ("", "New", "{+New+}"),
        ("Old", "", "[-Old-]"),
        ("", "", ""),
    ],
)  # fmt: skip
def test_words(old: str, new: str, said: str) -> None:
    assert marked(words_changed(old, new)) == said


@given(st.text(alphabet="abі Łў,.“\t\n", max_size=40), st.text(alphabet="abі Łў,.“\t\n", max_size=40))
def test_both_texts_can_be_read_back(old: str, new: str) -> None:
    parts = words_changed(old, new)
    assert words_of(" ".join(p.text for p in parts if p.kind != "inserted")) == words_of(old)
    assert words_of(" ".join(p.text for p in parts if p.kind != "deleted")) == words_of(new)


def shown(paragraphs: list[Paragraph]) -> list[tuple[str, str]]:
    return [(paragraph.kind, marked(paragraph.parts)) for paragraph in paragraphs]


def test_paragraphs() -> None:
    old = ["One stays.", "Two is edited by somebody.", "Three goes away.", "Four stays."]
    new = ["One stays.", "A new one.", "Two is edited by nobody.", "Four stays.", "Five comes."]
    assert shown(paragraphs_changed(old, new)) == [
        ("same", "One stays."),
        ("inserted", "{+A new one.+}"),
        ("changed", "Two is edited by [-somebody-] {+nobody+}."),
        ("deleted", "[-Three goes away.-]"),
        ("same", "Four stays."),
        ("inserted", "{+Five comes.+}"),
    ]
    assert paragraphs_changed([], []) == []


texts = st.lists(st.sampled_from(["a b c", "a b d", "e f g h", "e f g i", "j"]), max_size=6)


@given(texts, texts)
def test_both_lists_of_paragraphs_can_be_read_back(old: list[str], new: list[str]) -> None:
    found = paragraphs_changed(old, new)

    def without(kind: str) -> list[str]:
        read = [" ".join(part.text for part in p.parts if part.kind != kind) for p in found if p.kind != kind]
        return [" ".join(words_of(text)) for text in read]

    assert without("inserted") == old
    assert without("deleted") == new


def test_hostile_texts_take_no_time() -> None:
    started = time.monotonic()
    words_changed("a b " * 50_000, "b a c " * 50_000)
    words_changed("z " + "a " * 900, "a b " * 450 + "y")
    paragraphs_changed([f"a {n}" for n in range(500)], [f"{n} b" for n in range(500)])
    assert time.monotonic() - started < 5
