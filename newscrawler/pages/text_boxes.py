"""Boxes among the paragraphs of a text, told by what they hold: a title, a label, a button, a link."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from newscrawler.pages import elements as el
from newscrawler.pages.parts import Element, Line

MAX_BOX: Final = 900
MAX_BOX_LINES: Final = 12
MAX_CALL: Final = 60
MAX_TITLE: Final = 80
MAX_UNTITLED: Final = 3
MAX_TEXTS: Final = 1
"""Of a box where the text itself has parts with titles."""
_STRUCTURE: Final = frozenset(("blockquote", "dl", "figure", "ol", "table", "ul", "p"))
"""Parts of a text that are no boxes, however many lines they have."""


@dataclass(frozen=True, slots=True)
class Boxes:
    """Finds the boxes in a block."""

    around: Element
    titled: bool
    """Whether a title makes a box: not where the text itself has parts with titles."""
    kind: Callable[[Line], str]
    """`text`, `title`, `skip`, … as for a line by itself."""
    asks: Callable[[str], bool]
    """Whether a line asks the reader for something."""
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
            listed = n > 0 and lines[n - 1].text.endswith(":") and not is_title(lines[n])
            if block is not None and not listed and self._is_box(block, inside):
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
        if len(first.text) <= MAX_TITLE and self.kind(first) == "skip":
            return self.kind(rest[0]) == "text"  # `Advertising`
        if self.titled and any(self.asks(line.text) for line in rest):
            return True
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
    leads = link is not None and link.story is None
    return leads and len(line.text) <= MAX_CALL
