"""Words that a reader sees as drawings: `<i>lock</i>`, for which an icon font has a padlock."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from newscrawler.normalize.text import clean
from newscrawler.pages.anywhere import paywords
from newscrawler.pages.document import Document
from newscrawler.pages.elements import INLINE
from newscrawler.pages.labels import LabelScanner
from newscrawler.pages.parts import Line, Piece

_NAME: Final = re.compile(r"\s*[a-z][a-z0-9_]{2,40}\s*")
MIN_REPEATS: Final = 3
"""No three lines of a page begin or end with the same small word in an element of its own."""


def drop_drawn_words(document: Document, scanner: LabelScanner) -> None:
    """Take the names of icons off the ends of lines, and lines that hold nothing else."""
    found: dict[int, list[tuple[Piece, str]]] = {}
    count: Counter[str] = Counter()
    sure: set[int] = set()
    for line in document.lines:
        ends = line.pieces[:1] + line.pieces[1:][-1:]
        for piece in ends:
            if not _may_be_name(piece):
                continue
            name = piece.raw.strip()
            if scanner.scan(name) is not None or paywords.LABEL.fullmatch(name):
                continue
            found.setdefault(line.index, []).append((piece, name))
            count[name] += 1
            if _glued(line, piece) or (len(ends) == 1 and "_" in name):
                sure.add(id(piece))
    drawn = {
        n: {id(p) for p, name in ends if count[name] >= MIN_REPEATS or id(p) in sure}
        for n, ends in found.items()
    }
    if any(drawn.values()):
        document.set_lines([kept for k in document.lines if (kept := _without(k, drawn.get(k.index)))])


def _without(line: Line, drawn: set[int] | None) -> Line | None:
    if not drawn:
        return line
    left = [p for p in line.pieces if id(p) not in drawn]
    if not left:
        return None
    short = Line(line.index, clean("".join([p.raw for p in left])), left, line.element)
    short.opening, short.signed = line.opening, line.signed
    return short


def _may_be_name(piece: Piece) -> bool:
    """Whether a text is one small word, all of an element within a line."""
    element = piece.element
    return (
        element.tag in INLINE
        and element.tag not in ("a", "time")
        and element.end - element.start == 1
        and _NAME.fullmatch(piece.raw) is not None
    )


def _glued(line: Line, piece: Piece) -> bool:
    """Whether a headline begins right after it, without a space: `<i>lock</i>Court…`."""
    after = line.pieces[1].raw if len(line.pieces) > 1 and piece is line.pieces[0] else ""
    return not piece.raw[-1:].isspace() and after[:1].isupper()
