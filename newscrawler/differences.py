"""What differs between two texts, word by word, as a person would mark it. Pure.

difflib looks for the longest common stretch first. An edit distance (rapidfuzz) is faster, and finds the
shortest script instead, which in prose ties single commas and articles together across a rewritten sentence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal, TypeVar

PartKind = Literal["same", "deleted", "inserted"]
ParagraphKind = Literal["same", "changed", "deleted", "inserted"]

_TOKEN = re.compile(r"(\w+(?:['’ʼ.,-]\w+)*|[^\w\s])(\s*)")
_MAX_MATCHES = 30_000
"""Pairs of equal words, which is what difflib spends its time on: a paragraph of 600 words
has some 5,000. Beyond it all between the first and the last difference counts as replaced."""
_ALIKE = 0.5
"""The share of words that two paragraphs have in common, from which on one is an edit of the other."""
_ISLAND_LETTERS = 4
"""Less than that between two changes is an accident ("of", "the", a comma) and belongs to both."""
T = TypeVar("T", bound=str)


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of words of which all are in both texts, or all in one."""

    kind: PartKind
    text: str
    """With single spaces inside, none around."""
    space: bool = True
    """Whether a space follows."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of one text or both."""

    kind: ParagraphKind
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    space: bool


@dataclass(frozen=True, slots=True)
class _Stretch:
    """What takes the place of what; equal where both say the same."""

    equal: bool
    old: Sequence[_Word]
    new: Sequence[_Word]


def words_changed(old: str, new: str) -> list[Part]:
    """The two texts as one, with what was deleted and what was inserted in place.

    Texts with too little in common are one deletion and one insertion: a patchwork of accidents helps nobody.
    """
    before, after = _words(old), _words(new)
    stretches = _stretches(before, after)
    kept = sum(len(s.old) for s in stretches if s.equal)
    if 2 * kept < _ALIKE * (len(before) + len(after)) / 2:
        stretches = [_Stretch(False, before, after)]
    return _parts(_without_islands(stretches))


def shortened(parts: Sequence[Part], kept_words: int) -> tuple[Part, ...]:
    """Parts with long unchanged stretches cut down to so many words next to a change."""
    found: list[Part] = []
    for n, part in enumerate(parts):
        words = part.text.split(" ")
        head = kept_words if n > 0 else 0
        tail = kept_words if n < len(parts) - 1 else 0
        if part.kind == "same" and len(words) > head + tail + kept_words:
            kept = [*words[:head], "…", *words[len(words) - tail :]]
            part = Part("same", " ".join(kept), part.space)
        found.append(part)
    return tuple(found)


def paragraphs_changed(old: Sequence[str], new: Sequence[str]) -> list[Paragraph]:
    """The two texts as one: paragraphs that stayed, that were edited, that came or went."""
    found: list[Paragraph] = []
    for equal, i1, i2, j1, j2 in _blocks(old, new):
        if equal:
            found += [Paragraph("same", (Part("same", text, False),)) for text in old[i1:i2]]
        else:
            found += _edited(old[i1:i2], new[j1:j2])
    return found


def _edited(old: Sequence[str], new: Sequence[str]) -> list[Paragraph]:
    """Paragraphs of a block without one that stayed: each edited one beside its earlier self."""
    pairs = _pairs(old, new)
    found: list[Paragraph] = []
    i = j = 0
    for at_old, at_new in [*pairs, (len(old), len(new))]:
        found += [Paragraph("deleted", (Part("deleted", text, False),)) for text in old[i:at_old]]
        found += [Paragraph("inserted", (Part("inserted", text, False),)) for text in new[j:at_new]]
        if at_old < len(old):
            found.append(Paragraph("changed", tuple(words_changed(old[at_old], new[at_new]))))
        i, j = at_old + 1, at_new + 1
    return found


def _pairs(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Which paragraph became which, in order, so that as much as possible is in common."""
    if len(old) * len(new) > 10_000:
        return list(zip(range(len(old)), range(len(new)), strict=False))
    words_old, words_new = [set(text.split()) for text in old], [set(text.split()) for text in new]
    likeness = [[_likeness(a, b) for b in words_new] for a in words_old]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], likeness[i][j] + best[i + 1][j + 1])
    pairs: list[tuple[int, int]] = []
    i = j = 0
    while i < len(old) and j < len(new):
        if likeness[i][j] and best[i][j] == likeness[i][j] + best[i + 1][j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _likeness(a: set[str], b: set[str]) -> float:
    """From 0 to 1 by the words in common; 0 where the two are not alike."""
    if not a or not b:
        return 0.0
    share = 2 * len(a & b) / (len(a) + len(b))
    return share if share >= _ALIKE else 0.0


def _words(text: str) -> list[_Word]:
    return [_Word(match[1], bool(match[2])) for match in _TOKEN.finditer(text)]


def _stretches(old: Sequence[_Word], new: Sequence[_Word]) -> list[_Stretch]:
    blocks = _blocks([word.text for word in old], [word.text for word in new])
    return [_Stretch(equal, old[i1:i2], new[j1:j2]) for equal, i1, i2, j1, j2 in blocks]


def _blocks(old: Sequence[T], new: Sequence[T]) -> list[tuple[bool, int, int, int, int]]:
    """Whether equal, and from where to where, as `SequenceMatcher.get_opcodes` has it."""
    shorter = min(len(old), len(new))
    head = next((n for n in range(shorter) if old[n] != new[n]), shorter)
    tail = next((n for n in range(shorter - head) if old[-1 - n] != new[-1 - n]), shorter - head)
    middle_old, middle_new = old[head : len(old) - tail], new[head : len(new) - tail]
    blocks = [(True, 0, head, 0, head)]
    often = Counter(middle_new)
    if sum(often[item] for item in middle_old) > _MAX_MATCHES:
        blocks.append((False, head, len(old) - tail, head, len(new) - tail))
    else:
        matcher = SequenceMatcher(None, middle_old, middle_new, autojunk=False)
        for tag, i1, i2, j1, j2 in matcher.get_opcodes():
            blocks.append((tag == "equal", head + i1, head + i2, head + j1, head + j2))
    blocks.append((True, len(old) - tail, len(old), len(new) - tail, len(new)))
    return [block for block in blocks if block[1] < block[2] or block[3] < block[4]]


def _without_islands(stretches: Sequence[_Stretch]) -> list[_Stretch]:
    """Changes with next to nothing between them become one change."""
    merged: list[_Stretch] = []
    for n, stretch in enumerate(stretches):
        between = 0 < n < len(stretches) - 1
        letters = sum(len(word.text) for word in stretch.old if word.text[0].isalnum())
        island = stretch.equal and between and letters < _ISLAND_LETTERS
        change = island or not stretch.equal
        if change and merged and not merged[-1].equal:
            last = merged.pop()
            merged.append(_Stretch(False, [*last.old, *stretch.old], [*last.new, *stretch.new]))
        else:
            merged.append(_Stretch(not change, stretch.old, stretch.new))
    return merged


def _parts(stretches: Sequence[_Stretch]) -> list[Part]:
    parts: list[Part] = []
    for n, stretch in enumerate(stretches):
        if stretch.equal:
            # Before a deletion the old text knows whether a space follows: “quota[-,-] for”.
            deletion = n + 1 < len(stretches) and stretches[n + 1].old
            last = (stretch.old if deletion else stretch.new)[-1]
            parts.append(Part("same", _join(stretch.new), last.space))
            continue
        if stretch.old:
            # What replaces it stands apart: “[-one-] {+two+}”.
            parts.append(Part("deleted", _join(stretch.old), bool(stretch.new) or stretch.old[-1].space))
        if stretch.new:
            parts.append(Part("inserted", _join(stretch.new), stretch.new[-1].space))
    return parts


def _join(words: Sequence[_Word]) -> str:
    return "".join(word.text + " " * word.space for word in words).rstrip(" ")
