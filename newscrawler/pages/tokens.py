"""Lines cut into what they mean: labels, premium marks, story links, other text."""

from __future__ import annotations

import re
from operator import attrgetter
from typing import Final

from newscrawler.normalize.text import clean
from newscrawler.pages import words
from newscrawler.pages.document import Document
from newscrawler.pages.elements import CONTROL, INLINE
from newscrawler.pages.inline_links import links_stand_within
from newscrawler.pages.labels import Labels, LabelScanner
from newscrawler.pages.line_marks import IN_FRONT, JOINERS, SIGNS, MarkCutter
from newscrawler.pages.parts import IMAGE, MARK, TEXT, Element, Line, Piece, story_of
from newscrawler.pages.profile import Address, Profile

LABEL: Final = "label"
MARKER: Final = "mark"
BADGE: Final = "badge"
STORY: Final = "story"
OTHER: Final = "text"
NOISE: Final = "noise"
DAY: Final = "day"
"""A day printed once above the entries of that day, which carry only their hour and minute."""

_CLOCK_FIRST: Final = re.compile(r"((?:[01]\d|2[0-3]):[0-5]\d)[\s—–|\-]*\s(?=\S)")
_AT_END: Final = re.compile(r"(?<=\S)(?:\s*[\[(]([^\[\]()]{3,60})[\])]| [|·•/] ([^|·•/]{3,60}))$")
"""Where section names stand after a headline in one text with it: `Headline | Economy`."""
_OPENING: Final = ("[", "(")
_CLOSING: Final = ("]", ")")
_ORDINAL: Final = re.compile(r"\s*\d{1,3}\s*[.)]\s*")
MAX_CLIP: Final = 20
"""A clipped text ends in so many characters: `[&hellip;] »`."""
_CLIPPED: Final = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\]|\[&hellip;\])\W*$")


class Token:
    """A meaningful part of a line."""

    __slots__ = (
        "address", "element", "excerpt", "kind", "labels", "level", "line", "start", "text", "titled",
        "within",
    )  # fmt: skip

    def __init__(
        self,
        kind: str,
        start: int,
        element: Element,
        text: str = "",
        line: Line | None = None,
        labels: Labels | None = None,
        address: Address | None = None,
        within: int = -1,
    ) -> None:
        self.kind = kind
        self.start = start
        """Index of its first piece."""
        self.element = element
        self.text = text
        self.line = line
        self.labels = labels
        self.address = address
        """What a story link points at."""
        self.within = within
        """Index of the line in which a mark without text stands, where a line break ends it."""
        self.level = line.level if line is not None else 0
        self.excerpt = False
        """The opening of another story's text: begins with a dateline or ends in `…`."""
        self.titled: bool | None = None
        """Whether it could be a headline; None while it has not been looked at."""


def _may_title(text: str, profile: Profile) -> bool:
    """Whether the words of a button can be the headline of an entry that opens nothing but a login."""
    return (
        12 <= len(text) <= 250
        and text.count(" ") >= 2
        and not (words.is_buttons(text) or profile.asks(text) or words.NEXT_PAGE.fullmatch(text))
    )


class Tokenizer:
    """Cuts the lines of one page."""

    def __init__(self, document: Document, scanner: LabelScanner) -> None:
        self.document = document
        self.profile = document.profile
        self.scanner = scanner
        self.marks = MarkCutter(self.profile, scanner)
        self.tokens: list[Token] = []
        self.marked: set[int] = set()
        """Elements that carry the mark in an attribute."""

    def run(self) -> list[Token]:
        """All tokens of the page, in its order; tokens of a line stand together."""
        marks = [p for p in self.document.pieces if p.kind == MARK]
        self.marked = {
            id(p.element)
            for p in marks
            if (p.element.tag in INLINE or p.element.tag == "button") and p.element.end - p.element.start <= 2
        }
        images = [
            p
            for p in self.document.pieces
            if p.kind == IMAGE and p.raw and self.profile.plus.fullmatch(clean(p.raw).strip(JOINERS))
        ]
        for line in self.document.lines:
            self._line(line)
        self.tokens += [Token(MARKER, p.index, p.element, clean(p.raw), within=p.line) for p in marks]
        self.tokens += [Token(BADGE, p.index, p.element, clean(p.raw)) for p in images]
        self._silent_links()
        self.tokens.sort(key=attrgetter("start"))
        return self.tokens

    def _silent_links(self) -> None:
        """Story links without text: an image, or an empty link laid over a card."""
        for link in self.document.links:
            element = link.element
            if link.story is not None and all(
                p.kind != TEXT for p in self.document.pieces[element.start : element.end]
            ):
                self.tokens.append(Token(STORY, element.start, element, address=link.story))

    def _line(self, line: Line) -> None:
        pieces, text = line.pieces, line.text
        labels = self.scanner.scan(text)
        if labels is not None:
            kind = LABEL if labels else NOISE
            story = story_of(pieces[0])
            if story is not None and not labels.sections:
                self._add(STORY, pieces[:1], line, "", address=story)
            self._add(kind, pieces, line, text, labels=labels)
            return
        if self.marked and len(pieces) > 1:
            # The sign a tooltip hangs on: `Headline <span title="…only to POZIRK+">+</span>`.
            kept = [p for p in pieces if id(p.element) not in self.marked or len(p.raw.strip()) > 10]
            if kept and len(kept) < len(pieces):
                pieces = kept
                text = clean("".join([p.raw for p in pieces]))
                labels = self.scanner.scan(text)
                if labels is not None:
                    self._add(LABEL if labels else NOISE, pieces, line, text, labels=labels)
                    return
        if pieces is line.pieces and self.marks.may_hold(line):
            marks, pieces = self.marks.cut(line)
            for mark in marks:
                self._add(BADGE if mark.badge else MARKER, [mark.piece], line, mark.text)
            if not pieces:
                return
        if len(pieces) == 1 and pieces is line.pieces:  # nearly all lines
            self._text(pieces, line, text, story_of(pieces[0]))
            return
        if not line.level and links_stand_within(pieces, text, self.scanner):
            self._text(pieces, line, text, None)
            return
        group: list[Piece] = []
        link = None
        for piece in pieces:
            own = piece.element.link
            own = own if own is not None and own.story is not None else None
            if group and own is not link:
                self._group(group, line, link)
                group = []
            link = own
            group.append(piece)
        if group:
            self._group(group, line, link)

    def _group(self, pieces: list[Piece], line: Line, link: object) -> None:
        address = story_of(pieces[0]) if link else None
        if len(pieces) == len(line.pieces) and pieces[0] is line.pieces[0]:
            text = line.text  # of which `_line` knows that it is no label
        else:
            text = clean("".join([p.raw for p in pieces]))
            if not text:
                return
            labels = self.scanner.scan(text)
            if labels is not None:
                self._add(LABEL if labels else NOISE, pieces, line, text, labels=labels)
                return
        if len(pieces) > 1 and len(text) < 90 and (merged := self._glued(pieces)) is not None:
            self._add(LABEL if merged else NOISE, pieces, line, text, labels=merged)
            return
        first, last = 0, len(pieces)
        while last - first > 1 and not pieces[last - 1].raw.strip(SIGNS):
            last -= 1
        while last - first > 1 and (
            not pieces[first].raw.strip(SIGNS)
            # `1. <b>Headline</b>`: the place in a list.
            or (
                _ORDINAL.fullmatch(pieces[first].raw)
                and pieces[first + 1].element is not pieces[first].element
            )
        ):
            first += 1
        if first or last < len(pieces):
            pieces = pieces[first:last]
            first, last = 0, len(pieces)
            text = clean("".join([p.raw for p in pieces]))
        while (
            last - first > 1
            and (labels := self._end_label(pieces[first], pieces[first + 1 : last], address)) is not None
        ):
            self._add(
                LABEL if labels else NOISE,
                pieces[first : first + 1],
                line,
                clean(pieces[first].raw),
                labels=labels,
            )
            first += 1
        tail: list[tuple[Piece, Labels]] = []
        while last - first > 1 and (labels := self.scanner.scan_raw(pieces[last - 1].raw)) is not None:
            tail.append((pieces[last - 1], labels))
            last -= 1
        inside = self._inside(pieces[first:last]) if last - first > 2 else []
        if first or tail:
            pieces = pieces[first:last]
            text = clean("".join([p.raw for p in pieces])).strip("|·•/ ")
        for piece, found in inside:
            self._add(LABEL, [piece], line, clean(piece.raw), labels=found)
        self._text(pieces, line, text, address)
        for piece, found in reversed(tail):
            self._add(LABEL if found else NOISE, [piece], line, clean(piece.raw), labels=found)

    def _text(self, pieces: list[Piece], line: Line, text: str, address: Address | None) -> None:
        """A text that is no label as a whole, with the labels at its ends."""
        if text[:1].isdigit() and (match := _CLOCK_FIRST.match(text)):
            clock = self.scanner.scan(match[1])
            self._add(LABEL, pieces[:1], line, match[1], labels=clock)
            text = text[match.end() :]
        text = self._without_sections(text, pieces, line)
        if words.is_noise(text) and not line.level:
            self._add(STORY if address else NOISE, pieces, line, "" if address else text, address=address)
        else:
            self._add(STORY if address else OTHER, pieces, line, text, address=address)

    def _without_sections(self, text: str, pieces: list[Piece], line: Line) -> str:
        """Take the names of sections off a headline they share a text with."""
        if len(text) > 300:
            return text
        apart = " | " in text or " · " in text or " • " in text or " / " in text
        if not (apart or text[:1] in _OPENING or text[-1:] in _CLOSING):
            return text
        if match := IN_FRONT.match(text):
            labels = self.scanner.scan(match[1] or match[2])
            if labels:
                self._add(LABEL, pieces[:1], line, match[0], labels=labels)
                text = text[match.end() :]
        if match := _AT_END.search(text):
            labels = self.scanner.scan(match[1] or match[2])
            if labels and labels.sections:
                self._add(LABEL, pieces[:1], line, match[0], labels=labels)
                text = text[: match.start()]
        return text

    def _glued(self, pieces: list[Piece]) -> Labels | None:
        """Labels that stand in elements of their own without a space: `<a>Economy</a><a>Society</a>`."""
        merged = Labels()
        for piece in pieces:
            labels = self.scanner.scan_raw(piece.raw)
            if labels is None:
                return None
            merged.sections += [s for s in labels.sections if s not in merged.sections]
            if labels.when:
                merged.when = merged.when | labels.when if merged.when else labels.when
            merged.updated = merged.updated or labels.updated
            merged.clock = merged.clock or labels.clock
        return merged

    def _inside(self, pieces: list[Piece]) -> list[tuple[Piece, Labels]]:
        """Dates in elements of their own: `<i>By Pozirk</i><i>Oct 24, 12:23</i><i>5 views</i>`."""
        found = []
        for piece in pieces:
            raw = piece.raw.strip()
            if piece.element is pieces[0].element or len(raw) > 40:
                continue
            labels = self.scanner.scan(clean(raw))
            if labels and labels.when and (labels.when.clock or labels.when.day) and not labels.sections:
                found.append((piece, labels))
        return found

    def _end_label(self, piece: Piece, rest: list[Piece], address: Address | None) -> Labels | None:
        """Labels before a headline; None where the headline goes on: `<em>Economy</em> shrinks`."""
        labels = self.scanner.scan_raw(piece.raw)
        if labels is None:
            return None
        following = clean("".join([p.raw for p in rest]))
        if labels.sections and following[:1].islower() and (address or piece.raw[-1:].isspace()):
            return None
        return labels

    def _add(
        self,
        kind: str,
        pieces: list[Piece],
        line: Line,
        text: str,
        labels: Labels | None = None,
        address: Address | None = None,
    ) -> None:
        element = pieces[0].element
        for piece in pieces[1:]:
            if piece.element is not element:
                element = line.element
                break
        if kind == OTHER and element.flags & CONTROL and not _may_title(text, self.profile):
            kind = NOISE
        token = Token(kind, pieces[0].index, element, text, line, labels, address)
        if text and kind in (OTHER, STORY):
            token.excerpt = bool(
                (len(text) > 60 and _CLIPPED.search(text[-MAX_CLIP:]))
                or (len(text) > 30 and (line.opening if text == line.text else self.profile.opening(text)))
            )
            if kind == OTHER and len(text) < 120 and self.profile.appeal.match(text.lower()):
                token.titled = False
        self.tokens.append(token)
