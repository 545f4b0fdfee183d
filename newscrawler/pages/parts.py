"""The parts of a parsed page: elements, links, pieces of text, lines."""

from __future__ import annotations

import re
from typing import Final

from selectolax.lexbor import LexborNode

from newscrawler.pages import elements as el
from newscrawler.pages.profile import Address

TEXT: Final = 0
MARK: Final = 1
IMAGE: Final = 2


class Element:
    """An element, with the range of pieces in it."""

    __slots__ = ("depth", "end", "flags", "link", "node", "parent", "start", "tag")

    def __init__(self, parent: Element | None, tag: str, node: LexborNode, flags: int, start: int) -> None:
        self.parent = parent
        self.tag = tag
        self.node = node
        self.flags = flags
        self.depth: int = parent.depth + 1 if parent else 0
        self.start = start
        self.end = start
        self.link: Link | None = parent.link if parent else None

    def ancestors(self) -> list[Element]:
        """The element itself and everything around it. A list: a generator left early takes twice as long."""
        found = [self]
        element = self.parent
        while element is not None:
            found.append(element)
            element = element.parent
        return found

    def block(self) -> Element:
        """The element itself or, of one within a line, the block that it stands in."""
        element = self
        while element.tag in el.INLINE:
            if element.parent is None:
                return self
            element = element.parent
        return element

    def child_around(self, inner: Element) -> Element | None:
        """The child of this element that an inner one stands in; None where it stands elsewhere."""
        if inner.depth <= self.depth:
            return None
        while inner.depth > self.depth + 1:
            inner = inner.parent  # type: ignore[assignment]  # only body has none, and is not below
        return inner if inner.parent is self else None


class Link:
    """A link and what it points at."""

    __slots__ = ("address", "element", "href", "story", "url")
    __deletable__ = ("element",)  # asked for by mypyc: a closed document's links have none

    def __init__(self, href: str, url: str | None, address: Address | None, element: Element) -> None:
        self.href = href
        self.url = url
        self.address = address
        self.story = address if address is not None and address.is_story else None
        """The address, where it is that of a story."""
        self.element = element


class Piece:
    """A run of text inside one element; or a premium mark or an image without text."""

    __slots__ = ("element", "index", "kind", "line", "raw")

    def __init__(self, kind: int, raw: str, element: Element, index: int) -> None:
        self.kind = kind
        self.raw = raw
        self.element = element
        self.index = index
        self.line = -1


class Line:
    """What a reader sees as one line or paragraph: text between two breaks."""

    __slots__ = ("element", "end", "flags", "index", "level", "opening", "pieces", "signed", "start", "text")

    def __init__(self, index: int, text: str, pieces: list[Piece], element: Element) -> None:
        self.index = index
        self.text = text
        self.pieces = pieces
        self.element = element
        """The block the line stands in."""
        self.start = pieces[0].index
        self.end = pieces[-1].index + 1
        self.flags = element.flags
        self.level = 0
        """1 to 6 for a heading, else 0."""
        self.opening: re.Match[str] | None = None
        """The dateline it begins with."""
        self.signed = False
        """Whether it can hold a premium mark (`Profile.signed`)."""
        if self.flags & el.HEADING:
            self.level = _level(element)

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        for piece in self.pieces:  # a generator takes twice as long, and each line of a text is asked
            if not piece.element.flags & (el.BOLD | el.HEADING) and piece.raw.strip(" .\xa0"):
                return False
        return True

    @property
    def link(self) -> Link | None:
        """The link that holds the whole line."""
        link = self.pieces[0].element.link
        if link is None or len(self.pieces) == 1:
            return link
        return link if all(p.element.link is link for p in self.pieces) else None

    def links(self) -> list[Link]:
        """All links in the line, each once."""
        found = {id(p.element.link): p.element.link for p in self.pieces if p.element.link}
        return [link for link in found.values() if link]


def _level(element: Element) -> int:
    """Of which level the heading is that an element stands in; one by its role alone counts as the second."""
    for around in element.ancestors():
        if around.tag in el.HEADINGS:
            return el.HEADINGS[around.tag]
    return 2


def story_of(piece: Piece) -> Address | None:
    """The story that a text links to."""
    link = piece.element.link
    return link.story if link is not None else None
