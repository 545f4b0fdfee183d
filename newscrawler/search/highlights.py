"""Which words of a text a search has found, for showing them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from newscrawler.search.expressions import AnyOf, Expression, Words
from newscrawler.search.words import Word, words_of


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A piece of a text with what was found in it."""

    text: str
    highlights: list[tuple[int, int]]
    """Start and end in `text`."""


def highlights(text: str, expression: Expression) -> list[tuple[int, int]]:
    """Start and end of every part of a text that the search looks for, in order, none overlapping another."""
    words = list(words_of(text))
    spans = sorted(span for wanted in _wanted(expression) for span in _places(words, wanted))
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def excerpt(paragraphs: Iterable[str], expression: Expression, *, length: int = 200) -> Excerpt | None:
    """About `length` characters around the first thing found; None where nothing was."""
    for paragraph in paragraphs:
        if spans := highlights(paragraph, expression):
            return _cut(paragraph, spans, length)
    return None


def _wanted(expression: Expression) -> Iterator[Words]:
    if isinstance(expression, Words):
        yield expression
    else:
        for part in expression.of if isinstance(expression, AnyOf) else expression.wanted:
            yield from _wanted(part)


def _places(words: Sequence[Word], wanted: Words) -> Iterator[tuple[int, int]]:
    *firsts, last = wanted.folded
    for n in range(len(words) - len(firsts)):
        here = words[n : n + len(wanted.folded)]
        end = here[-1].folded
        if (end.startswith(last) if wanted.prefix else end == last) and all(
            word.folded == first for word, first in zip(here, firsts, strict=False)
        ):
            yield here[0].start, here[-1].end


def _cut(text: str, spans: list[tuple[int, int]], length: int) -> Excerpt:
    if len(text) <= length:
        return Excerpt(text, spans)
    start = max(0, min(spans[0][0] - length // 3, len(text) - length))
    if start:
        start = text.rfind(" ", 0, start) + 1
    end = min(len(text), max(start + length, spans[0][1]))
    if end < len(text) and (space := text.rfind(" ", start, end)) >= spans[0][1]:
        end = space
    before = "… " if start else ""
    shift = len(before) - start
    kept = [(max(a, start) + shift, b + shift) for a, b in spans if a >= start and b <= end]
    return Excerpt(before + text[start:end] + (" …" if end < len(text) else ""), kept)
