"""The blocks of text of a page, in one lean walk over its tree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from selectolax.lexbor import LexborNode

from newscrawler.normalize.text import clean
from newscrawler.pages import elements as el

MAX_NODES = 120_000
MAX_DEPTH = 150
"""Deeper elements count as part of the last one."""
INLINE = el.INLINE - {"a", "link", "meta"}
SKIPPED = el.SKIPPED | {"input", "source", "hr", "link", "meta"}
IMAGES = el.IMAGES | {"video", "audio", "iframe", "amp-video", "amp-iframe"}
_BREAK = "\x1e"
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_LETTERS = re.compile(r"[a-z]+")


Make = tuple[str, frozenset[str], int]
"""Tag, words of its classes, depth: the paragraphs of one text are mostly alike in them."""


class Part:
    """An element that sets its text apart from what is around it."""

    __slots__ = (
        "depth",
        "end",
        "flags",
        "level",
        "node",
        "parent",
        "pictures",
        "prose",
        "start",
        "tag",
        "words",
    )

    def __init__(
        self, parent: Part | None, tag: str, node: LexborNode, flags: int, start: int, words: frozenset[str]
    ) -> None:
        self.parent = parent
        self.tag = tag
        self.node = node
        self.flags = flags
        self.level: int = parent.level if parent else 0
        """1 to 6 in a heading."""
        self.depth: int = parent.depth + 1 if parent else 0
        self.start = start
        """The first block in it; `end` is the one after its last."""
        self.end = start
        self.words = words
        """The words its class and id are made of, in lower case."""
        self.pictures = 0
        """Images, videos and the like in it."""
        self.prose = 0.0
        """How much running text it holds."""

    def ancestors(self) -> Iterator[Part]:
        """The element itself and everything around it."""
        part: Part | None = self
        while part is not None:
            yield part
            part = part.parent


class Block:
    """One paragraph, heading, caption or other line."""

    __slots__ = ("bold", "index", "linked", "links", "part", "text")

    def __init__(self, index: int, text: str, part: Part, linked: int, bold: int, links: list[str]) -> None:
        self.index = index
        self.text = text
        self.part = part
        self.linked = linked
        """How many characters of it are links."""
        self.bold = bold
        """How many are bold."""
        self.links = links
        """Addresses as written."""

    @property
    def make(self) -> Make:
        """Of what make a paragraph is."""
        return self.part.tag, self.part.words, self.part.depth

    def __repr__(self) -> str:
        return f"<{self.index} {self.part.tag} {self.text[:60]!r}>"


@lru_cache(maxsize=8192)
def words_of(names: str) -> frozenset[str]:
    """The words of a class or id: `articleBody-related_links` has article, body, related, links."""
    return frozenset(_LETTERS.findall(_CAMEL.sub("-", names).lower()))


_NONE: frozenset[str] = frozenset()
_MENU_FLAGS = el.NAV | el.FOOTER | el.DIALOG
_MENU_WORDS = frozenset(("nav", "navbar", "navigation", "menu", "megamenu", "footer", "dropdown"))
MAX_MENU = 3000


def _is_menu(node: LexborNode) -> bool:
    """Whether what calls itself a menu or footer is one: half of a page's elements are in such."""
    return len(node.text(deep=True) or "") < MAX_MENU and node.css_first("h1, p + p + p") is None


class Blocks:
    """The blocks of a page's body."""

    def __init__(self, body: LexborNode | None) -> None:
        self.all: list[Block] = []
        self.parts: list[Part] = []
        self._text: list[str] = []
        self._linked = self._bold = 0
        self._links: list[str] = []
        if body is not None:
            self._walk(body)

    def _walk(self, body: LexborNode) -> None:
        part = Part(None, "body", body, 0, 0, _NONE)
        self.parts.append(part)
        stack: list[tuple[LexborNode, Part | None, int]] = []
        text, seen, link, bold = self._text, 0, 0, 0
        node: LexborNode | None = body.first_child
        while True:
            if node is None:
                if not stack:
                    break
                node, closing, kind = stack.pop()
                if closing is not None:
                    if text:
                        self._flush(part)
                    closing.end = len(self.all)
                    if closing.pictures:
                        closing.parent.pictures += closing.pictures  # type: ignore[union-attr]
                    part = closing.parent  # type: ignore[assignment]  # body is not stacked
                elif kind == 1:
                    link -= 1
                elif kind == 2:
                    bold -= 1
                node = node.next
                continue
            seen += 1
            if seen > MAX_NODES:
                break
            tag = node.tag
            if tag == "-text":
                raw = node.text_content
                if raw and (text or not raw.isspace()):
                    text.append(raw)
                    if link or bold:
                        length = len(raw.strip())
                        if link:
                            self._linked += length
                        if bold:
                            self._bold += length
                node = node.next
                continue
            if tag == "br":
                text.append(_BREAK)
                node = node.next
                continue
            if tag in IMAGES:
                part.pictures += 1
                node = node.next
                continue
            if tag is None or tag in SKIPPED or not tag[0].isalpha():
                node = node.next
                continue
            child = node.first_child
            if child is None or len(stack) >= MAX_DEPTH:
                if child is not None:
                    text.append(node.text(deep=True) or "")
                node = node.next
                continue
            if tag in INLINE:
                strong = tag == "b" or tag == "strong"
                bold += strong
                stack.append((node, None, 2 if strong else 0))
                node = child
                continue
            attributes = node.attributes
            if tag == "a":
                link += 1
                if href := attributes.get("href"):
                    self._links.append(href)
                stack.append((node, None, 1))
                node = child
                continue
            flags = el.flags_of(tag, attributes)
            if "aria-hidden" in attributes and attributes["aria-hidden"] == "true":
                flags |= el.HIDDEN
            if text:
                self._flush(part)
            words = _NONE
            if attributes:
                names = attributes.get("class") or ""
                if identity := attributes.get("id"):
                    names = f"{names} {identity}"
                if names:
                    words = words_of(names)
            if (flags & _MENU_FLAGS or words & _MENU_WORDS) and _is_menu(node):
                node = node.next
                continue
            part = Part(part, tag, node, part.flags | flags, len(self.all), words)
            if tag in el.HEADINGS:
                part.level = el.HEADINGS[tag]
            self.parts.append(part)
            stack.append((node, part, 3))
            node = child
        if text:
            self._flush(part)
        for _, open_part, _ in stack:
            if open_part is not None:
                open_part.end = len(self.all)
        self.parts[0].end = len(self.all)

    def _flush(self, part: Part) -> None:
        """Make a block of the text since the last one; an empty line within it starts another."""
        raw = "".join(self._text)
        self._text.clear()
        linked, bold, links = self._linked, self._bold, self._links
        self._linked = self._bold = 0
        self._links = []
        if raw.isspace():
            return
        if _BREAK in raw:
            lines = re.split(rf"{_BREAK}\s*{_BREAK}[\s{_BREAK}]*", raw)
            lines = [c for line in lines if (c := clean(line.replace(_BREAK, " ")))]
        else:
            lines = [c] if (c := clean(raw)) else []
        total = sum(map(len, lines))
        for line in lines:
            share = len(line) / total
            self.all.append(
                Block(
                    len(self.all),
                    line,
                    part,
                    min(len(line), round(linked * share)),
                    round(bold * share),
                    links,
                )
            )
