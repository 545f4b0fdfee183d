"""Lines cut into what they mean: labels, premium marks, story links, other text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from newscrawler.normalize.text import clean
from newscrawler.pages import words
from newscrawler.pages.document import Document
from newscrawler.pages.elements import CONTROL, INLINE
from newscrawler.pages.labels import Labels, LabelScanner
from newscrawler.pages.parts import IMAGE, MARK, TEXT, Element, Line, Piece
from newscrawler.pages.profile import Address, Profile

LABEL, MARKER, BADGE, STORY, OTHER, NOISE = "label", "mark", "badge", "story", "text", "noise"
DAY = "day"
"""A day printed once above the entries of that day, which carry only their hour and minute."""

_CLOCK_FIRST = re.compile(r"((?:[01]\d|2[0-3]):[0-5]\d)[\s—–|\-]*\s(?=\S)")
_JOINED_BEFORE = re.compile(r"^\s*(?:(?:\(\s*\)|\[\s*\]|[|·•/:.—–-]+)\s+)+")
_JOINED_AFTER = re.compile(r"(?:\s*(?:\(\s*\)|\[\s*\]|[|·•/:,(\[])|\s+[—–-]+)+\s*$")
_JOINTS = (*"|·•/:,([—–-", "()", "( )", "[]", "[ ]", ". ")
_IN_FRONT = re.compile(r"(?:[\[(]([^\[\]()]{3,60})[\])]\s*|([^|·•/]{3,60}?) [|·•/] )(?=\S)")
_AT_END = re.compile(r"(?<=\S)(?:\s*[\[(]([^\[\]()]{3,60})[\])]| [|·•/] ([^|·•/]{3,60}))$")
"""Where section names stand in one text with a headline: `[Economy] Headline`, `Economy | Headline`."""
_OPENING, _CLOSING = ("[", "("), ("]", ")")
_ORDINAL = re.compile(r"\s*\d{1,3}\s*[.)]\s*")
MAX_CLIP = 20
"""A clipped text ends in so many characters: `[&hellip;] »`."""
_CLIPPED = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\]|\[&hellip;\])\W*$")
_SIGNS = " \t\r\n\xa0+＋★☆*✱⭐🔒🔐🔓🗝●◆\ufe0f"
"""Signs that stand beside a premium headline in an element of their own."""
_JOINERS = " \t\n\xa0,.:;|/·•-—–()[]"
_AROUND = _JOINERS + _SIGNS


@dataclass(slots=True, eq=False)
class Token:
    """A meaningful part of a line."""

    kind: str
    start: int
    """Index of its first piece."""
    element: Element
    text: str = ""
    line: Line | None = None
    labels: Labels | None = None
    address: Address | None = None
    """What a story link points at."""
    excerpt: bool = False
    """The opening of another story's text: begins with a dateline or ends in `…`."""
    level: int = 0
    within: int = -1
    """Index of the line in which a mark without text stands, where a line break ends it."""
    titled: bool | None = None
    """Whether it could be a headline; None while it has not been looked at."""


def unjoined(text: str) -> str:
    """A headline without what joined it to a mark or a label: `Headline — <i>mark</i>`, `Headline (mark)`."""
    text = text.strip()
    if text.endswith(_JOINTS):
        text = _JOINED_AFTER.sub("", text)
    return _JOINED_BEFORE.sub("", text) if text.startswith(_JOINTS) else text


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
            if p.kind == IMAGE and p.raw and self.profile.plus.fullmatch(clean(p.raw).strip(_JOINERS))
        ]
        for line in self.document.lines:
            self._line(line)
        self.tokens += [Token(MARKER, p.index, p.element, clean(p.raw), within=p.line) for p in marks]
        self.tokens += [Token(BADGE, p.index, p.element, clean(p.raw)) for p in images]
        self._silent_links()
        self.tokens.sort(key=lambda t: t.start)
        return self.tokens

    def _silent_links(self) -> None:
        """Story links without text: an image, or an empty link laid over a card."""
        for link in self.document.links:
            element, address = link.element, link.address
            if address is None or address.kind not in ("article", "longread"):
                continue
            if not any(p.kind == TEXT for p in self.document.pieces[element.start : element.end]):
                self.tokens.append(Token(STORY, element.start, element, address=address))

    def _line(self, line: Line) -> None:
        pieces, text = line.pieces, line.text
        labels = self.scanner.scan(text)
        if labels is not None:
            kind = LABEL if labels else NOISE
            story = self._story(pieces[0])
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
        if pieces is line.pieces and (line.signed or (len(text) < 300 and self._is_part_of_mark(pieces))):
            pieces = self._marked(line)
            if not pieces:
                return
        if len(pieces) == 1 and pieces is line.pieces:  # nearly all lines
            self._text(pieces, line, text, self._story(pieces[0]))
            return
        group: list[Piece] = []
        link = None
        for piece in pieces:
            own = piece.element.link
            own = own if own and own.address and own.address.kind in ("article", "longread") else None
            if group and own is not link:
                self._group(group, line, link)
                group = []
            link = own
            group.append(piece)
        if group:
            self._group(group, line, link)

    def _story(self, piece: Piece) -> Address | None:
        link = piece.element.link
        address = link.address if link else None
        return address if address and address.kind in ("article", "longread") else None

    def _is_part_of_mark(self, pieces: list[Piece]) -> bool:
        begins = self.profile.marker_parts.match
        for piece in pieces:  # noqa: SIM110 - a generator takes twice as long, and each line of a page is asked
            if begins(piece.raw.lstrip()):
                return True
        return False

    def _marked(self, line: Line) -> list[Piece]:
        """Take marks out of a line; what is left over, as pieces."""
        texts = [p.raw for p in line.pieces]
        joined = "".join(texts)
        if not joined.isascii():
            joined = joined.translate({0xAD: None, 0x200B: None})
        spans = [m.span() for m in self.profile.marker.finditer(joined)]
        if not spans:
            return self._marked_parts(line)
        bounds = [0]
        for raw in texts:
            bounds.append(
                bounds[-1] + len(raw if raw.isascii() else raw.translate({0xAD: None, 0x200B: None}))
            )
        left: list[Piece] = []
        cut: list[tuple[int, int]] = []
        for start, end in spans:
            before, after = joined[:start].rstrip(_SIGNS), joined[end:].lstrip(' .!»"”)]').rstrip(_SIGNS)
            in_pieces = any(
                joined[b:start].strip(_AROUND) == "" and b <= start
                for b in bounds[:-1]
                if b <= start and start - b < 6
            )
            out_pieces = any(
                joined[end:b].strip(_AROUND + '!»”"') == "" for b in bounds[1:] if b >= end and b - end < 6
            )
            quoted = before[-1:] in "“«\"'„‘" and bool(before)
            alone = in_pieces and out_pieces
            # A sentence that goes on speaks of the mark: `…is available only to POZIRK+ again, why?`
            goes_on = not before and (after[:1].islower() or joined[end : end + 1] in (",", "?"))
            # Labels may stand between it and the edge: `[Economy] <mark> — Headline`.
            head = "" if before and self._is_label(before) else before
            tail = "" if after and self._is_label(after) else after
            labelled = head != before or tail != after
            at_edge = (
                not quoted
                and not goes_on
                and not (head and tail)
                and (15 <= len(head or tail) <= 300 or (labelled and not head and not tail))
            )
            if (
                before.endswith(":")
                and len(before) < 40
                and not (labelled or self._inside_story(line) or self._is_headed(before))
            ):
                continue  # a legend: `Marked: The material is available only to POZIRK+`
            if (
                before
                and after
                and not (alone and not quoted and self._labels_before(line, bounds, start))
                and not (labelled or self._inside_story(line))
            ):
                continue
            if (alone and not quoted) or at_edge or (not before and not after):
                cut.append((start, end))
        if not cut:
            return line.pieces
        for piece, begin, finish in zip(line.pieces, bounds, bounds[1:], strict=False):
            rest, position = [], begin
            for start, end in cut:
                if start < finish and end > begin:
                    if start >= begin:
                        self._add(MARKER, [piece], line, clean(joined[start:end]))
                    rest.append(joined[position : max(position, start)])
                    position = min(end, finish)
            rest.append(joined[position:finish])
            raw = "".join(rest)
            if len(raw) < finish - begin:
                raw = f" {unjoined(raw)} "
            if raw.strip(_AROUND + "!»”"):
                kept = Piece(piece.kind, raw, piece.element, piece.index)
                kept.line = piece.line
                left.append(kept)
        return left

    def _marked_parts(self, line: Line) -> list[Piece]:
        """Take out the wording without the subscription's name, and the name on its own."""
        left = []
        for piece in line.pieces:
            text = clean(piece.raw)
            if self.profile.marker_parts.fullmatch(text):
                self._add(MARKER, [piece], line, text)
            elif self.profile.plus.fullmatch(text.strip(_JOINERS)) and not (line.level and text == line.text):
                self._add(BADGE, [piece], line, text)
            else:
                left.append(piece)
        return left

    def _labels_before(self, line: Line, bounds: list[int], start: int) -> bool:
        """Whether all elements of a line before a place are labels, set without a space between."""
        before = [
            p.raw for p, end in zip(line.pieces, bounds[1:], strict=False) if end <= start and p.raw.strip()
        ]
        return bool(before) and all(self._is_label(raw) for raw in before)

    def _is_label(self, text: str) -> bool:
        return self.scanner.scan(clean(text)) is not None

    def _is_headed(self, text: str) -> bool:
        """Whether a text begins with sections set apart: `[Economy] Headline`."""
        match = _IN_FRONT.match(clean(text))
        return match is not None and bool(self.scanner.scan(match[1] or match[2]))

    def _inside_story(self, line: Line) -> bool:
        return any(self._story(p) for p in line.pieces)

    def _group(self, pieces: list[Piece], line: Line, link: object) -> None:
        address = self._story(pieces[0]) if link else None
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
        while last - first > 1 and not pieces[last - 1].raw.strip(_SIGNS):
            last -= 1
        while last - first > 1 and (
            not pieces[first].raw.strip(_SIGNS)
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
        apart = " | " in text or " · " in text or " • " in text or " / " in text
        if len(text) > 300 or not (apart or text[:1] in _OPENING or text[-1:] in _CLOSING):
            return text
        if match := _IN_FRONT.match(text):
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
        if len(pieces) > 1 and any(p.element is not element for p in pieces):
            element = line.element
        if kind == OTHER and element.flags & CONTROL and not _may_title(text, self.profile):
            kind = NOISE
        token = Token(kind, pieces[0].index, element, text, line, labels, address, level=line.level)
        if text and kind in (OTHER, STORY):
            token.excerpt = bool(
                (len(text) > 60 and _CLIPPED.search(text[-MAX_CLIP:]))
                or (len(text) > 30 and (line.opening if text == line.text else self.profile.opening(text)))
            )
            if kind == OTHER and len(text) < 120 and self.profile.appeal.match(text.lower()):
                token.titled = False
        self.tokens.append(token)
