"""One parse of one response: a flat list of lines, in the order a reader meets them.

All rules of this package run on this list instead of the tree. A theme may write a headline as h1,
as `<font size=5><b>` or as a custom element in twelve wrappers: it is one line with the same text.
What the tree still says (what lies closer together, which part of the page) is kept in `Element`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from newscrawler.normalize.text import clean
from newscrawler.normalize.urls import absolute
from newscrawler.pages import elements as el
from newscrawler.pages.profile import Address, Profile

# Deeper elements count as part of the last one: rules that climb stay bounded (pages nested 10,000 deep).
MAX_DEPTH = 120
MAX_NODES = 120_000
MAX_PIECES = 30_000
MAX_HIDDEN = 1500
_SHADOW = re.compile(r"<template(?=[^>]*\bshadowroot)", re.I)
_CONTENT = re.compile(r"content\s*:\s*(?:\"([^\"]{10,120})\"|'([^']{10,120})')")
_PSEUDO = re.compile(r"::?(?:before|after)\b")

_DULL = frozenset(
    ("class", "id", "style", "href", "src", "srcset", "sizes", "d", "action", "rel", "type", "name")
)
"""Attributes that hold neither words for a reader nor the address of a button."""

TEXT, MARK, IMAGE = range(3)


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

    def ancestors(self) -> Iterator[Element]:
        """The element itself and everything around it."""
        element: Element | None = self
        while element is not None:
            yield element
            element = element.parent


class Link:
    """A link and what it points at."""

    __slots__ = ("address", "element", "href", "url")

    def __init__(self, href: str, url: str | None, address: Address | None, element: Element) -> None:
        self.href = href
        self.url = url
        self.address = address
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

    __slots__ = ("element", "end", "flags", "index", "level", "opening", "pieces", "start", "text")

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
        if self.flags & el.HEADING:
            self.level = next((el.HEADINGS[e.tag] for e in element.ancestors() if e.tag in el.HEADINGS), 2)

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(p.element.flags & (el.BOLD | el.HEADING) for p in self.pieces if p.raw.strip(" .\xa0"))

    @property
    def link(self) -> Link | None:
        """The link that holds the whole line."""
        link = self.pieces[0].element.link
        return link if link and all(p.element.link is link for p in self.pieces) else None

    def links(self) -> list[Link]:
        """All links in the line, each once."""
        found = {id(p.element.link): p.element.link for p in self.pieces if p.element.link}
        return [link for link in found.values() if link]


class Document:
    """A parsed page."""

    def __init__(self, html: str, url: str, profile: Profile) -> None:
        if "shadowroot" in html:
            # Declarative shadow DOM is shown to readers; other templates are not.
            html = _SHADOW.sub("<x-shadow", html)
        self.tree = LexborHTMLParser(html)
        self.url = url
        self.profile = profile
        self.lines: list[Line] = []
        self.pieces: list[Piece] = []
        """Text, marks and images in order; `Element.start` and `.end` count these."""
        self.links: list[Link] = []
        self.forms: list[Element] = []
        """Forms that ask for a password."""
        self.buttons: list[tuple[Element, dict[str, str | None]]] = []
        self.truncated = False
        self.stamps: list[tuple[Element, str]] = []
        """`<time datetime>` elements with their value."""
        self._addresses: dict[str, tuple[str | None, Address | None]] = {}
        base = self.tree.css_first("base[href]")
        self.base = (absolute(url, base.attributes.get("href") or "") if base else None) or url
        self._styled = self._marked_by_style()
        self._walk()

    def _walk(self) -> None:
        root = self.tree.body
        if root is None:
            return
        pieces, pending = self.pieces, []  # type: list[Piece], list[Piece]
        add = pieces.append
        inline, skipped, images = el.INLINE, el.SKIPPED, el.IMAGES
        current = Element(None, "body", root, 0, 0)
        block = current
        blocks: list[Element] = []
        stack: list[tuple[Element, bool]] = []  # elements to close, with whether they are blocks
        node: LexborNode | None = root.first_child
        seen = 0
        while True:
            if node is None:
                if not stack:
                    break
                closing, is_block = stack.pop()
                closing.end = len(pieces)
                if is_block:
                    if pending:
                        self._flush(pending, block)
                        pending = []
                    block = blocks.pop()
                current = closing.parent  # type: ignore[assignment]  # only body has none, and it is not stacked
                node = closing.node.next
                continue
            seen += 1
            if seen > MAX_NODES or len(pieces) > MAX_PIECES:
                self.truncated = True
                break
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
            if tag == "br":
                if pending:
                    self._flush(pending, block)
                    pending = []
                node = node.next
                continue
            if tag in skipped or tag is None or tag[0] == "-" or tag[0] == "!":
                if tag == "svg":
                    self._icon(node, current)
                node = node.next
                continue
            attributes = node.attributes
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
            flags = el.flags_of(tag, attributes)
            if flags & el.HIDDEN and self._unseen(node, current):
                node = node.next
                continue
            element = Element(current, tag, node, current.flags | flags, len(pieces))
            is_block = tag not in inline and tag not in images
            if is_block and pending:
                self._flush(pending, block)
                pending = []
            if attributes:
                if tag == "a":
                    self._link(element, attributes)
                elif tag == "time":
                    stamp = attributes.get("datetime")
                    if stamp:
                        self.stamps.append((element, stamp))
                elif tag == "input":
                    if (attributes.get("type") or "").lower() == "password":
                        self._password(element)
                    node = node.next
                    continue
                if flags & el.CONTROL:
                    self.buttons.append((element, attributes))
                for name, value in attributes.items():
                    if not value or len(value) < 7 or name in _DULL:
                        continue
                    if (
                        "+" in value
                        and len(value) < 400
                        and (match := self.profile.marker.search(clean(value)))
                    ):
                        add(Piece(MARK, match[0], element, len(pieces)))
                        break
                    if (
                        not flags & el.CONTROL
                        and ("/" in value or "?" in value)
                        and name.startswith(("data-", "hx-", "on", "form"))
                    ):
                        self.buttons.append((element, attributes))
                        break
            if self._styled and node.mem_id in self._styled:
                add(Piece(MARK, self._styled[node.mem_id], element, len(pieces)))
            if tag in images:
                add(Piece(IMAGE, (attributes.get("alt") or ""), element, len(pieces)))
            child = node.first_child
            if child is None:
                element.end = len(pieces)
                node = node.next
                continue
            stack.append((element, is_block))
            if is_block:
                blocks.append(block)
                block = element
            current = element
            node = child
        if pending:
            self._flush(pending, block)
        for open_element, _ in stack:
            open_element.end = len(pieces)
        self.root = current
        for self.root in current.ancestors():
            pass
        self.root.end = len(pieces)

    def _unseen(self, node: LexborNode, current: Element) -> bool:
        """Whether a hidden element can be passed over. A mark in it counts still, for a script may show it.

        A whole page hidden until its scripts have run is read.
        """
        text = clean(node.text(deep=True) or "")
        if len(text) > MAX_HIDDEN or self.profile.dateline.search(text):
            return False
        return not ("+" in text and self.profile.marker.search(text))

    def _icon(self, node: LexborNode, current: Element) -> None:
        """A drawing may carry the mark as its title or label."""
        text = " ".join(
            [node.text(deep=True) or "", *(v for v in node.attributes.values() if v and "+" in v)]
        )
        if "+" in text and len(text) < 2000 and (match := self.profile.marker.search(clean(text))):
            element = Element(current, "svg", node, current.flags, len(self.pieces))
            self.pieces.append(Piece(MARK, match[0], element, len(self.pieces)))
            element.end = len(self.pieces)

    def _flush(self, pending: list[Piece], block: Element) -> None:
        text = clean("".join([p.raw for p in pending]))
        if not text:
            return
        line = Line(len(self.lines), text, pending, block)
        line.opening = self.profile.opening(text) if len(text) > 8 else None
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

    def _marked_by_style(self) -> dict[int, str]:
        """Elements to which a style sheet adds the premium mark: `.x::after { content: "…" }`."""
        found: dict[int, str] = {}
        for style in self.tree.css("style"):
            text = style.text(deep=True) or ""
            if "content" not in text:
                continue
            for rule in _CONTENT.finditer(text):
                match = self.profile.marker.search(rule[1] or rule[2])
                if not match:
                    continue
                brace = text.rfind("{", 0, rule.start())
                selector = text[max(text.rfind("}", 0, brace), text.rfind("{", 0, brace), 0) : brace].lstrip(
                    "{}"
                )
                if not _PSEUDO.search(selector):
                    continue
                try:
                    nodes = self.tree.css(_PSEUDO.sub("", selector.strip()))
                except Exception:
                    continue
                found.update((node.mem_id, match[0]) for node in nodes)
        return found

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
