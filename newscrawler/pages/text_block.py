"""The block that the paragraphs of a text stand in side by side.

Most templates put all paragraphs into one element. Where the paragraph that opens the text has such an
element around it, the text ends with it, whatever follows elsewhere on the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from newscrawler.pages.parts import Element, Line

MIN_PARAGRAPHS: Final = 3
"""Fewer may be a part of the text: an opening, one of several blocks of a page builder."""
MAX_REST: Final = 0.35
"""How much text, by that in the block, may follow it at once without being its continuation."""
MOST: Final = 0.75
MOST_OF_ONE: Final = 0.9
"""The share of the running text that is nearly all of it; where it is a single paragraph, more."""


def trunk(lines: Sequence[Line], strong: Sequence[Line], opening: Line) -> Element | None:
    """The element whose own paragraphs the text is made of; None where it is spread over several.

    `strong`: the lines that are surely running text, from `opening` on.
    """
    block = home(opening)
    own = [line for line in strong if home(line) is block]
    if len(own) < MIN_PARAGRAPHS or block.tag in ("body", "html"):
        return None
    size = sum(len(line.text) for line in own)
    outside = [line for line in strong if not block.start <= line.start < block.end]
    beside: dict[int, list[Line]] = {}
    for line in outside:
        place = home(line)
        if _depth(place) == _depth(block):
            beside.setdefault(id(place), []).append(line)
    if any(len(found) > 1 for found in beside.values()):
        return None
    numbers = {line.index for line in outside}
    rest, following = (
        0,
        next((n for n in range(opening.index, len(lines)) if lines[n].start >= block.end), None),
    )
    while following is not None and following in numbers:
        rest += len(lines[following].text)
        following += 1
    return None if rest > MAX_REST * size else block


def holding(lines: Sequence[Line], strong: Sequence[Line], opening: Line) -> Element | None:
    """The smallest element that holds nearly all of the running text."""
    total = sum(len(line.text) for line in strong)
    for element in opening.element.ancestors():
        inside = [line for line in strong if element.start <= line.start < element.end]
        share = sum(len(line.text) for line in inside) / (total or 1)
        if share < (MOST_OF_ONE if len(inside) < 2 else MOST):
            continue
        near = lines[opening.index : opening.index + 3]
        alone = element is opening.element and sum(element.start <= k.start < element.end for k in near) == 1
        if (alone or element.tag in ("p", "li")) and element.parent is not None:
            # A paragraph by itself has list items and quotes beside it, past wrappers of it alone.
            return (_widest(element).parent or element.parent) if alone else element.parent
        # `<font><p>…<p>…</font>`: the parser puts the last paragraph behind the element.
        return element.block()
    return None


def home(line: Line) -> Element:
    """The element in which a line stands beside others."""
    element = _widest(line.element)
    if element.start >= line.start and element.end <= line.end and element.parent is not None:
        element = _widest(element.parent)
    return element.block()


def _widest(element: Element) -> Element:
    """The outermost of the elements that hold just what this one holds."""
    while (
        element.parent is not None
        and element.parent.start == element.start
        and element.parent.end == element.end
    ):
        element = element.parent
    return element


def _depth(element: Element) -> int:
    """How many elements around it hold more than what they wrap."""
    depth = 0
    for around in element.ancestors():
        parent = around.parent
        depth += parent is not None and (parent.start, parent.end) != (around.start, around.end)
    return depth
