"""The block that the paragraphs of a text stand in side by side, and the boxes among them.

Most templates put all paragraphs into one element. Where the paragraph that opens the text has such an
element around it, the text ends with it, whatever follows elsewhere on the page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from newscrawler.pages import elements as el
from newscrawler.pages.parts import Element, Line

MIN_PARAGRAPHS = 3
"""Fewer may be a part of the text: an opening, one of several blocks of a page builder."""
MAX_REST = 0.35
"""How much text, by that in the block, may follow it at once without being its continuation."""
MAX_BOX, MAX_BOX_LINES = 900, 12
MAX_CALL, MAX_TITLE = 60, 80
MAX_UNTITLED = 3
MAX_TEXTS = 2
"""Of a box where the text itself has parts with titles."""
_STRUCTURE = frozenset(("blockquote", "dl", "figure", "ol", "table", "ul", "p"))
"""Parts of a text that are no boxes, however many lines they have."""


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


def home(line: Line) -> Element:
    """The element in which a line stands beside others."""
    element = _widest(line.element)
    if element.start >= line.start and element.end <= line.end and element.parent is not None:
        element = _widest(element.parent)
    # `<font><p>…<p>…</font>`: the parser puts the last paragraph behind the element.
    return next((e for e in element.ancestors() if e.tag not in el.INLINE), element)


@dataclass(frozen=True, slots=True)
class Boxes:
    """Finds the boxes in a block."""

    around: Element
    titled: bool
    """Whether a title makes a box: not where the text itself has parts with titles."""
    kind: Callable[[Line], str]
    """`text`, `title`, `skip`, … as for a line by itself."""
    is_own: Callable[[Line], bool]
    """Whether a line is surely of the text or of its pictures, so that what holds it is no box."""

    def lines(self, lines: Sequence[Line]) -> set[int]:
        """Indexes of the lines of boxes: a title or a label, some text, a button or a link to follow."""
        found: set[int] = set()
        n = 0
        while n < len(lines):
            start = lines[n].start
            block = self._child(lines[n].element)
            inside = [k for k in lines[n : n + MAX_BOX_LINES + 1] if block and start <= k.start < block.end]
            if block is not None and self._is_box(block, inside):
                found.update(k.index for k in inside)
            n += max(len(inside), 1)
        return found

    def _child(self, inner: Element) -> Element | None:
        """The part of the block that an element stands in; not what wraps the whole."""
        around = self.around
        child = around.child_around(inner)
        while child is not None and (child.start, child.end) == (around.start, around.end):
            around, child = child, child.child_around(inner)
        return child

    def _is_box(self, block: Element, lines: Sequence[Line]) -> bool:
        if not 1 < len(lines) <= MAX_BOX_LINES or block.tag in _STRUCTURE or any(map(self.is_own, lines)):
            return False
        if sum(len(line.text) for line in lines) > MAX_BOX:
            return False
        first, *rest = lines
        if block.tag == "details":
            return True
        calls = any(map(_is_call, rest))
        if is_title(first):
            kinds = [self.kind(line) for line in rest]
            return self.titled or (kinds.count("text") <= MAX_TEXTS and (calls or "skip" in kinds))
        if self.kind(first) == "skip":
            return self.kind(rest[0]) == "text"  # `Advertising`
        if self.kind(first) == "title" and first.link is None and len(lines) <= MAX_UNTITLED:
            return self.kind(lines[-1]) == "skip"  # the length of a video
        return calls and _is_call(lines[-1]) and len(lines) <= MAX_UNTITLED


def is_title(line: Line) -> bool:
    """Whether a line is set as a title."""
    return line.level > 0 or (line.bold and len(line.text) <= MAX_TITLE)


def _is_call(line: Line) -> bool:
    """Whether a line is a button, or a link by itself that leads to no story."""
    if line.flags & el.CONTROL:
        return True
    link = line.link
    leads = link is not None and (link.address is None or link.address.kind not in ("article", "longread"))
    return leads and len(line.text) <= MAX_CALL


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
