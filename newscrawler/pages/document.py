"""One parse of one response: a flat list of lines, in the order a reader meets them.

All rules of this package run on this list instead of the tree. A theme may write a headline as h1,
as `<font size=5><b>` or as a custom element in twelve wrappers: it is one line with the same text.
What the tree still says (what lies closer together, which part of the page) is kept in `Element`.
"""

from __future__ import annotations

import re
from typing import Final

from selectolax.lexbor import LexborNode

from newscrawler.normalize.text import clean
from newscrawler.normalize.urls import absolute
from newscrawler.pages import attributes as attrs
from newscrawler.pages import elements as el
from newscrawler.pages.parts import IMAGE, MARK, TEXT, Element, Line, Link, Piece
from newscrawler.pages.profile import Address, Profile
from newscrawler.pages.source import Source

# Deeper elements count as part of the last one: rules that climb stay bounded (pages nested 10,000 deep).
MAX_DEPTH: Final = 120
MAX_ELEMENTS: Final = 80_000
MAX_PIECES: Final = 30_000
MAX_HIDDEN: Final = 1500
MAX_HEADING: Final = 250
_SILENT: Final = attrs.DULL - {"href"}, attrs.DULL
"""Attributes that say nothing beside what is read of all elements; an address does, but of a link."""
_TYPED: Final = frozenset(("text", "password", "email", "tel", "number", "url"))
_RARE: Final = el.CONTROL | el.HIDDEN
_NO_CARDS: Final = frozenset(("a", "link", "base", "use", "image"))


_END_TAGS: Final = re.compile(r"(?:</[\w-]+>\s*)+$")


class Document(Source):
    """A parsed page as lines."""

    def __init__(self, html: str, url: str, profile: Profile, encoded: bytes | None = None) -> None:
        super().__init__(html, url, profile, encoded)
        self._addresses: dict[str, tuple[str | None, Address | None]] = {}
        here = profile.identify(url) if url else None
        self.own_id = here.external_id if here else None
        self._styled = attrs.styled_marks(self.tree, profile)
        self._pointers: dict[str, None] = {}
        """Ids that elements name: of tooltips, drawings, windows."""
        self._shared: dict[str, str] = {}
        """By id, marks that elements hold for others."""
        self._begin()
        self._walk()
        if self._pointers and (shared := attrs.shared_marks(self.tree, self._pointers, profile)):
            self._shared = shared
            self._begin()
            self._walk()
        self._join_marks()

    def _begin(self) -> None:
        self.lines: list[Line] = []
        self.pieces: list[Piece] = []
        """Text, marks and images in order; `Element.start` and `.end` count these."""
        self.links: list[Link] = []
        self.forms: list[Element] = []
        """Forms that ask for a password."""
        self.fields: list[Element] = []
        """Fields to be filled in with words."""
        self.buttons: list[tuple[Element, dict[str, str | None]]] = []
        self.truncated = False
        self.stamps: list[tuple[Element, str]] = []
        """Elements with a machine-readable time, and that time."""
        self.changes: list[tuple[Element, str]] = []
        """The same, of the last change."""

    def close(self) -> None:
        """Part links and elements, which hold each other: a page would wait for the collector of cycles."""
        for link in self.links:
            del link.element

    @property
    def is_cut_off(self) -> bool:
        """Whether the markup begins and does not end, or may not: old pages leave their last tags out."""
        html = self.html
        begins = any(tag in html for tag in ("<html", "<body", "<HTML", "<BODY"))
        return begins and all(html.rfind(tag) < 0 for tag in ("</html", "</body", "</HTML", "</BODY"))

    def is_open(self, element: Element, last: Element) -> bool:
        """Whether the markup ends in an element that holds the last text (in `last`) and has no end tag."""
        node = self.tree.body
        while node is not None and node.mem_id != element.node.mem_id:
            node = node.last_child
        if node is None:
            return False  # something without text comes after it
        begun = sum(e.tag == element.tag and e.depth >= element.depth for e in last.ancestors())
        ended = _END_TAGS.search(self.html[-1000:])
        return ended is None or ended[0].lower().count(f"</{element.tag}>") < begun

    def _walk(self) -> None:
        root = self.tree.body
        if root is None:
            return
        pieces, pending = self.pieces, []  # type: list[Piece], list[Piece]
        add = pieces.append
        of_tag, of_line, images, telling = el.OF_TAG, el.OF_LINE, el.IMAGES, el.TELLING
        shared, styled = self._shared, self._styled
        current = Element(None, "body", root, 0, 0)
        block = current
        blocks: list[Element] = []
        stack: list[bool] = []  # of the elements around the node, body left out: whether they are blocks
        node: LexborNode | None = root.first_child
        seen = 0
        while True:
            if node is None:
                if not stack:
                    break
                current.end = len(pieces)
                if stack.pop():
                    if pending:
                        self._flush(pending, block)
                        pending = []
                    block = blocks.pop()
                node = current.node.next
                current = current.parent  # type: ignore[assignment]  # only body has none, and is not stacked
                continue
            tag = node.tag
            if tag == "-text":
                raw = node.text_content
                if raw and not raw.isspace():
                    piece = Piece(TEXT, raw, current, len(pieces))
                    add(piece)
                    pending.append(piece)
                elif pending:
                    pending[-1].raw += " "
                node = node.next
                continue
            seen += 1
            begin = len(pieces)
            if seen > MAX_ELEMENTS or begin > MAX_PIECES:
                self.truncated = True
                break
            if tag is None or (flags := of_tag.get(tag, 0)) < 0:
                if tag == "br":
                    if pending:
                        pending = self._break(pending, block, current)
                elif tag == "svg":
                    self._icon(node, current)
                node = node.next
                continue
            if len(stack) >= MAX_DEPTH:
                # Read as if its text stood in the last element allowed.
                raw = node.text(deep=True) or ""
                if raw.strip():
                    piece = Piece(TEXT, raw[:20_000], current, len(pieces))
                    add(piece)
                    pending.append(piece)
                self.truncated = True
                node = node.next
                continue
            attributes = node.attributes
            if attributes and not telling.isdisjoint(attributes):
                flags |= el.flags_told(attributes)
            if shared and attributes.get("id") in shared:
                node = node.next
                continue
            is_block = tag not in of_line
            if flags & _RARE:
                if flags & el.CONTROL and self._is_card(node):
                    flags &= ~el.CONTROL
                if flags & el.HIDDEN and self._unseen(node, current):
                    node = node.next
                    continue
                if tag == "button" and len((node.text(deep=True) or "").strip()) < 4:
                    is_block = False  # a drawing to click on, within a line
            element = Element(current, tag, node, current.flags | flags, begin)
            if is_block and pending:
                self._flush(pending, block)
                pending = []
            if attributes:
                if tag == "a":
                    self._link(element, attributes)
                elif tag == "input":
                    self._field(element, attributes)
                    node = node.next
                    continue
                if flags & el.CONTROL:
                    self.buttons.append((element, attributes))
                if tag == "time" or shared or not attributes.keys() <= _SILENT[tag == "a"]:
                    self._attributes(element, attributes)
            if styled and node.mem_id in styled:
                add(Piece(MARK, styled[node.mem_id], element, len(pieces)))
            if tag in images:
                add(Piece(IMAGE, (attributes.get("alt") or ""), element, len(pieces)))
            child = node.first_child
            if child is None:
                element.end = len(pieces)
                node = node.next
                continue
            stack.append(is_block)
            if is_block:
                blocks.append(block)
                block = element
            current = element
            node = child
        if pending:
            self._flush(pending, block)
        self.root = current
        for self.root in current.ancestors():
            self.root.end = len(pieces)

    def _break(self, pending: list[Piece], block: Element, current: Element) -> list[Piece]:
        """End a line at a `<br>`; what is to be put into the line that goes on."""
        if current.flags & el.HEADING and sum(len(p.raw) for p in pending) < MAX_HEADING:
            pending[-1].raw += " "  # a headline set in two lines is one
            return pending
        self._flush(pending, block)
        self._place_marks(len(self.lines) - 1)
        return []

    def _field(self, element: Element, attributes: attrs.Attributes) -> None:
        kind = (attributes.get("type") or "text").lower()
        if kind == "password":
            self._password(element)
        if kind in _TYPED:
            self.fields.append(element)

    def _attributes(self, element: Element, attributes: attrs.Attributes) -> None:
        """Take what attributes say: a mark, a time, the address of a card or of a button."""
        pieces, tag = self.pieces, element.tag
        if self._shared and (shared := attrs.pointed_at(attributes, self._shared)):
            pieces.append(Piece(MARK, shared, element, len(pieces)))
        addressed = "href" in attributes and tag not in _NO_CARDS
        dated = tag == "time"
        for name, value in attributes.items():
            if not value or name in attrs.DULL:
                continue
            if target := attrs.pointer(name, value):
                self._pointers[target] = None
            if len(value) < 7:
                continue
            if value[0] in "12" and 10 <= len(value) <= 32:
                dated = True
            elif len(value) > 19 and (mark := attrs.mark_in(value, self.profile)):
                pieces.append(Piece(MARK, mark, element, len(pieces)))
                break
            if not addressed and ("/" in value or "?" in value):
                addressed = True
                if not element.flags & el.CONTROL and name.startswith(("data-", "hx-", "on", "form")):
                    self.buttons.append((element, attributes))
        if addressed:
            self._stand_in(element, attributes)
        if dated and (stamp := attrs.stamp_of(tag, attributes)):
            (self.changes if stamp[1] else self.stamps).append((element, stamp[0]))

    def _stand_in(self, element: Element, attributes: attrs.Attributes) -> None:
        """Take an element that leads to a story for a link: `<span role="link" data-href="/en/news/5/">`."""
        link = element.link
        if (link is not None and (link.element is not element or link.url)) or element.tag in el.IMAGES:
            return
        for href in attrs.story_address(attributes):
            url = absolute(self.base, href)
            address = self.profile.identify(url) if url else None
            if (
                address is None
                or not address.is_story
                or address.external_id == self.own_id
                or element.node.css_first("a[href]") is not None
            ):
                continue
            element.link = Link(href, url, address, element)
            element.flags |= el.LINK
            self.links.append(element.link)
            return

    def _is_card(self, node: LexborNode) -> bool:
        """Whether a button is an entry of a list: it holds the premium mark among other words."""
        text = node.text(deep=True, separator=" ") or ""
        if not 60 < len(text) < 1000 or not self.profile.signed(text):
            return False
        match = self.profile.marker.search(clean(text))
        return match is not None and len(clean(text)) - len(match[0]) > 15

    def _join_marks(self) -> None:
        """Make one line of a mark that is broken over several."""
        lines: list[Line] = []
        for line in self.lines:
            if lines and len(line.text) < 150 and line.signed and not self.profile.marker.search(line.text):
                for n in (1, 2, 3):
                    before = lines[-n:]
                    if len(before) < n or sum(len(k.text) for k in before) > 400:
                        break
                    joined = " ".join([*(k.text for k in before), line.text])
                    match = self.profile.marker.search(joined)
                    if (
                        match
                        and match.start() < len(before[0].text)
                        and match.end() > len(joined) - len(line.text)
                    ):
                        del lines[-n:]
                        line = self._joined([*before, line])
                        break
            lines.append(line)
        if len(lines) < len(self.lines):
            self.set_lines(lines)

    def set_lines(self, lines: list[Line]) -> None:
        """Number the lines that are left of the page's, and say of every piece in which it stands."""
        self.lines = lines
        moved = {piece.line: index for index, line in enumerate(lines) for piece in line.pieces}
        for index, line in enumerate(lines):
            line.index = index
        for piece in self.pieces:
            piece.line = moved.get(piece.line, -1)

    def _joined(self, parts: list[Line]) -> Line:
        for part in parts[:-1]:
            part.pieces[-1].raw += " "
        pieces = [p for part in parts for p in part.pieces]
        around = {id(e) for e in parts[-1].element.ancestors()}
        element = next((e for e in parts[0].element.ancestors() if id(e) in around), parts[0].element)
        line = Line(0, clean("".join([p.raw for p in pieces])), pieces, element)
        line.opening, line.signed = parts[0].opening, True
        return line

    def _unseen(self, node: LexborNode, current: Element) -> bool:
        """Whether a hidden element can be passed over. A mark in it counts still, for a script may show it.

        A whole page hidden until its scripts have run is read.
        """
        text = clean(node.text(deep=True) or "")
        if len(text) > MAX_HIDDEN or (self.profile.signed(text) and self.profile.marker.search(text)):
            return False
        return not self.profile.dateline.search(text)

    def _icon(self, node: LexborNode, current: Element) -> None:
        """A drawing may carry the mark as its title or label."""
        text = " ".join([node.text(deep=True) or "", *(v for v in node.attributes.values() if v)])
        mark = attrs.mark_in(text, self.profile, MAX_HIDDEN)
        use = node.css_first("use")
        if mark is None and use is None:
            return
        if use is None and node.css_first("symbol, defs") is not None:
            return  # drawings that others use are not shown where they stand
        if mark is None and use is not None:
            for value in use.attributes.values():
                if value and value[0] == "#" and (name := attrs.named_id(value)):
                    self._pointers[name] = None
            mark = attrs.pointed_at(use.attributes, self._shared)
        if mark is not None:
            element = Element(current, "svg", node, current.flags, len(self.pieces))
            self.pieces.append(Piece(MARK, mark, element, len(self.pieces)))
            element.end = len(self.pieces)

    def _place_marks(self, line: int) -> None:
        """Say in which line marks without text stand that were met since the last one."""
        for n in range(len(self.pieces) - 1, -1, -1):
            piece = self.pieces[n]
            if piece.line not in (-1, line):
                break
            if piece.kind == MARK:
                piece.line = line

    def _flush(self, pending: list[Piece], block: Element) -> None:
        text = clean(pending[0].raw if len(pending) == 1 else "".join([p.raw for p in pending]))
        if not text:
            return
        line = Line(len(self.lines), text, pending, block)
        line.opening = self.profile.opening(text) if len(text) > 8 else None
        line.signed = self.profile.signed(text)
        self.lines.append(line)
        for piece in pending:
            piece.line = line.index

    def _link(self, element: Element, attributes: dict[str, str | None]) -> None:
        href = attributes.get("href")
        if not href or href[0] == "#":
            return
        known = self._addresses.get(href)
        if known is None:
            url = absolute(self.base, href)
            known = self._addresses[href] = (url, self.profile.identify(url) if url else None)
        element.link = Link(href, known[0], known[1], element)
        if element.node.first_child is None:
            # An empty link laid over a card: it must have a place in the order of things.
            self.pieces.append(Piece(IMAGE, "", element, len(self.pieces)))
        self.links.append(element.link)

    def _password(self, element: Element) -> None:
        form = next((e for e in element.ancestors() if e.tag == "form"), element.parent or element)
        if form not in self.forms:
            self.forms.append(form)

    def path(self, element: Element | None) -> str | None:
        """Where an element is, in a few words that no theme's class names enter: `main > article > h1`."""
        if element is None:
            return None
        tags: list[str] = []
        for e in element.ancestors():
            tag = e.tag
            if tag in ("div", "span", "font", "tbody") and tags and tags[-1] == tag:
                continue
            tags.append(tag)
            if tag in ("main", "aside", "body") or len(tags) == 5:
                break
        return " > ".join(reversed(tags))
