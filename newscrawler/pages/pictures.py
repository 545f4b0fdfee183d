"""Pictures of an article: which short lines are their captions, and who took them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Container, Sequence
from typing import Final

from newscrawler.normalize.text import clean
from newscrawler.pages import elements as el
from newscrawler.pages import words
from newscrawler.pages.document import Document
from newscrawler.pages.parts import IMAGE, Element, Line
from newscrawler.pages.running_text import OUT_OF_TEXT

_NAME: Final = re.compile(r"(?:[A-ZА-ЯЁІЎŁŠČŽĆŃŚŹ][\w’'ʼ.\-]*,?\s*){1,6}(?:/\s*[\w .]+)?")
MAX_LINES: Final = 4
MAX_TEXT: Final = 400
MAX_CAPTION: Final = 200
"""What stands with an image in one element; a caption outside a `<figure>` is a short one."""
MAX_LABEL: Final = 40
MAX_BYLINE: Final = 120
MAX_NAMES: Final = 80
"""Longer than any label of a credit, than any byline, and than the names under a picture."""
_BRACKET: Final = re.compile(r"(?<=\s)[(\[]([^()\[\]\d:]{4,60})[)\]]\W*$")


class Pictures:
    """Captions, photographers and bylines around one article."""

    def __init__(self, document: Document, story_lines: Container[int], headline_line: int) -> None:
        self.document = document
        self.lines = document.lines
        self.profile = document.profile
        self.headline_line = headline_line
        self._story_lines = story_lines
        self.credits: list[str] = []
        """Names of photographers."""
        self.authors: list[str] = []
        """Names in bylines beside the headline."""
        self.captions = self._image_lines()
        """Lines under pictures, with the element that holds both."""

    def _image_lines(self) -> dict[int, Element]:
        """Short lines that share a small element with an image: captions and credits."""
        found: dict[int, Element] = {}
        starts = [line.start for line in self.lines]
        for piece in self.document.pieces:
            if piece.kind != IMAGE:
                continue
            best: Element | None = None
            inside: list[Line] = []
            for element in piece.element.ancestors():
                if element.tag in ("body", "main", "article") or element.flags & OUT_OF_TEXT:
                    break
                first = max(0, bisect_right(starts, element.start - 1))
                lines = [n for n in self.lines[first : first + MAX_LINES + 1] if n.start < element.end]
                if len(lines) > MAX_LINES or not self._may_be_of_picture(lines, element.tag == "figure"):
                    break
                best, inside = element, lines
                if element.tag in ("figure", "td", "table") and lines:
                    break
            if best is not None:
                found.update((n.index, best) for n in inside)
        return found

    def _may_be_of_picture(self, lines: list[Line], figure: bool) -> bool:
        """Whether all lines around an image can be its caption and credit."""
        size = 0
        for line in lines:
            size += len(line.text)
            if (
                line.index == self.headline_line
                or line.opening
                or (len(line.text) > MAX_CAPTION and not figure)
                or line.index in self._story_lines
            ):
                return False
        return size <= MAX_TEXT

    def _caption_name(self, line: Line) -> str | None:
        """Who took a picture, at the end of its caption: in an element of its own or in brackets.

        `The terminal <cite>Name</cite>`, `The lock (Name, Agency)`, `The boat <span>(Family archive)</span>`.
        """
        bracket = _BRACKET.search(line.text)
        if bracket and (_is_person(bracket[1]) or any(name in bracket[1] for name in self.profile.names)):
            return bracket[1]
        last = next((p for p in reversed(line.pieces) if not p.raw.isspace()), None)
        if (
            last is None
            or last.element is line.element
            or last is line.pieces[0]
            or last.element.tag not in ("cite", "small", "span", "em", "i")
            or not line.flags & (el.CAPTION | el.FIGURE)
        ):
            return None
        raw = clean(last.raw)
        name = raw.strip("()[] ©.,")
        whole = bracket is not None and raw.strip(" .") == bracket[0].strip(" .") and name[:1].isupper()
        return name if whole or (_NAME.fullmatch(name) and " " in name) else None

    def read(self, start: int, limit: int) -> None:
        """Names of photographers."""
        labelled = False
        for line in self.lines[max(0, start - 6) : limit]:
            if line.index in self._story_lines or line.flags & OUT_OF_TEXT:
                continue
            if (
                labelled
                and len(line.text) < 80
                and not line.level
                and not line.text.endswith((".", "!", "?", "…"))
            ):
                self._add_credit(line.text)
                self.captions.setdefault(line.index, line.element)
            labelled = len(line.text) < MAX_LABEL and bool(words.CREDIT_LABEL.fullmatch(line.text))
            if labelled:
                self.captions.setdefault(line.index, line.element)
                continue
            in_picture = line.index in self.captions or line.flags & (el.FIGURE | el.CAPTION)
            matches = words.credits_in(line.text) or self._in_pieces(line)
            if matches and (in_picture or len(line.text) < 300 or line.text.endswith(")")):
                for credit in matches:
                    self._add_credit(credit["name"])
            elif in_picture and line.index >= start and self._is_author_node(line):
                self._add_credit(line.text)
            elif in_picture and (name := self._caption_name(line)):
                self._add_credit(name)
            elif (
                not in_picture
                and line.index >= start - 3
                and len(line.text) < MAX_BYLINE
                and (match := words.AUTHOR.fullmatch(line.text))
            ):
                self.authors.append(match["name"].strip())

    def _in_pieces(self, line: Line) -> Sequence[re.Match[str]]:
        """A credit in an element of its own: `<span>The mill</span><span>Photo: Name</span>`."""
        if len(line.pieces) < 2 or not words.speaks_of_pictures(line.text):
            return []
        return [m for p in line.pieces for m in words.credits_in(clean(p.raw))]

    def _is_author_node(self, line: Line) -> bool:
        """A name on a line of its own under a picture, beside its caption."""
        if (
            line.flags & (el.CAPTION | el.TABLE)
            or line.level
            or len(line.text) > MAX_NAMES
            or not _NAME.fullmatch(line.text.strip("()[] ©"))
        ):
            return False
        if line.flags & el.FIGURE:
            return True
        picture = self.captions.get(line.index)
        others = [n for n, e in self.captions.items() if e is picture and n < line.index]
        return bool(others) or any(name in line.text for name in self.profile.names)

    def _add_credit(self, name: str) -> None:
        name = name.strip(" .,;:()[]©")
        # `Photos by other agencies may not be reprinted` names nobody.
        names = any(c.isupper() or c == "." for c in name)  # a person, an agency, a site
        if names and name not in self.credits:
            self.credits.append(name)


def _is_person(text: str) -> bool:
    """Whether a text in brackets is a name, or several; a place has one word, a remark small ones."""
    parts = [part.strip() for part in re.split(r"[,/]", text)]
    return _NAME.fullmatch(text) is not None and all(1 < len(p.split()) <= 3 for p in parts[:1])
