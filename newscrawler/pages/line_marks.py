"""Premium marks within a line of other text: which are of the line's story, and what is left without them."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from newscrawler.normalize.text import clean
from newscrawler.pages.labels import LabelScanner
from newscrawler.pages.parts import Line, Piece, story_of
from newscrawler.pages.profile import Profile

_JOINED_BEFORE: Final = re.compile(r"^\s*(?:(?:\(\s*\)|\[\s*\]|[|·•/:.—–-]+)\s+)+")
_JOINED_AFTER: Final = re.compile(r"(?:\s*(?:\(\s*\)|\[\s*\]|[|·•/:,(\[])|\s+[—–-]+)+\s*$")
_JOINTS: Final = (*"|·•/:,([—–-", "()", "( )", "[]", "[ ]", ". ")
IN_FRONT: Final = re.compile(r"(?:[\[(]([^\[\]()]{3,60})[\])]\s*|([^|·•/]{3,60}?) [|·•/] )(?=\S)")
"""Where section names stand before a headline in one text with it: `[Economy] Headline`."""
SIGNS: Final = " \t\r\n\xa0+＋★☆*✱⭐🔒🔐🔓🗝●◆\ufe0f"
"""Signs that stand beside a premium headline in an element of their own."""
JOINERS: Final = " \t\n\xa0,.:;|/·•-—–()[]"
_AROUND: Final = JOINERS + SIGNS
_QUOTES: Final = tuple("“«\"'„‘")
MIN_SAID: Final = 30
"""A text that quotes a mark has at least so many characters beside it."""
_ENDS: Final = '!»”"'
_UNSEEN: Final = {0xAD: None, 0x200B: None}
MAX_PLAIN: Final = 300
MAX_LEGEND: Final = 40


class LineMark(NamedTuple):
    """A mark that was cut out of a line."""

    piece: Piece
    text: str
    badge: bool = False
    """Only the name of the subscription: `POZIRK+`."""


class MarkCutter:
    """Takes marks out of the lines of one page."""

    def __init__(self, profile: Profile, scanner: LabelScanner) -> None:
        self.profile = profile
        self.scanner = scanner

    def may_hold(self, line: Line) -> bool:
        """Whether a line can hold a mark, or the beginning of its wording: told at once of nearly all."""
        if line.signed:
            return True
        if len(line.text) >= MAX_PLAIN:
            return False
        begins = self.profile.marker_parts.match
        for piece in line.pieces:  # noqa: SIM110 - a generator takes twice as long, for each line of a page
            if begins(piece.raw.lstrip()):
                return True
        return False

    def cut(self, line: Line) -> tuple[list[LineMark], list[Piece]]:
        """The marks of a line, and the pieces that are left; its own pieces where it has no mark."""
        if len(line.pieces) == 1 and self.profile.marker.fullmatch(line.text):
            return [LineMark(line.pieces[0], line.text)], []  # nearly all marks
        texts = [p.raw for p in line.pieces]
        joined = "".join(texts)
        if not joined.isascii():
            joined = joined.translate(_UNSEEN)
        spans = [m.span() for m in self.profile.marker.finditer(joined)]
        if not spans:
            return self._parts(line)
        bounds = [0]
        for raw in texts:
            bounds.append(bounds[-1] + len(raw if raw.isascii() else raw.translate(_UNSEEN)))
        spans = [span for span in spans if self._is_of_line(line, joined, bounds, *span)]
        if not spans:
            return [], line.pieces
        marks, left = _without(line, joined, bounds, spans)
        # `<i>POZIRK+</i> <mark>`: the subscription's name beside the mark says no more.
        return marks, [piece for piece in left if not self._is_name(clean(piece.raw))]

    def _is_of_line(self, line: Line, joined: str, bounds: list[int], start: int, end: int) -> bool:
        """Whether a mark stands apart from the words of its line, which may speak of the mark themselves."""
        before = clean(joined[:start]).rstrip(SIGNS)
        after = clean(joined[end:]).lstrip(' .!»"”)]').rstrip(SIGNS)
        in_pieces = any(
            joined[b:start].strip(_AROUND) == "" and b <= start
            for b in bounds[:-1]
            if b <= start and start - b < 6
        )
        out_pieces = any(
            joined[end:b].strip(_AROUND + _ENDS) == "" for b in bounds[1:] if b >= end and b - end < 6
        )
        quoted = before[-1:] in _QUOTES
        alone = in_pieces and out_pieces
        # A sentence that goes on speaks of the mark: `…is available only to POZIRK+ again, why?`
        goes_on = not before and (after[:1].islower() or joined[end : end + 1] in (",", "?"))
        # Labels may stand between it and the edge: `[Economy] <mark> — Headline`.
        head = "" if before and self._is_label(before) else before
        tail = "" if after and self._is_label(after) else after
        labelled = head != before or tail != after
        linked = any(story_of(p) for p in line.pieces)
        at_edge = (
            not quoted
            and not goes_on
            and not (head and tail)
            and (15 <= len(head or tail) <= 300 or (labelled and not head and not tail))
        )
        # A legend: `Marked: The material is available only to POZIRK+`
        is_legend = before.endswith(":") and len(before) < MAX_LEGEND
        if is_legend and not (labelled or linked or self._is_headed(before)):
            return False
        is_within = before and after and not (labelled or linked)
        if is_within and not (alone and not quoted and self._labels_before(line, bounds, start)):
            return False
        return (alone and not quoted) or at_edge or (not before and not after)

    def _parts(self, line: Line) -> tuple[list[LineMark], list[Piece]]:
        """Take out the wording without the subscription's name, and the name on its own."""
        marks, left = [], []
        for piece in line.pieces:
            text = clean(piece.raw)
            if self.profile.marker_parts.fullmatch(text):
                marks.append(LineMark(piece, text))
            elif self._is_name(text) and not (line.level and text == line.text):
                marks.append(LineMark(piece, text, badge=True))
            else:
                left.append(piece)
        return marks, left

    def _is_name(self, text: str) -> bool:
        """Whether a text is the subscription's name and nothing else."""
        return self.profile.plus.fullmatch(text.strip(JOINERS)) is not None

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
        match = IN_FRONT.match(clean(text))
        return match is not None and bool(self.scanner.scan(match[1] or match[2]))


def _without(
    line: Line, joined: str, bounds: list[int], spans: list[tuple[int, int]]
) -> tuple[list[LineMark], list[Piece]]:
    """The marks at `spans` of a line's joined text, and its pieces without them."""
    marks: list[LineMark] = []
    left: list[Piece] = []
    for piece, begin, finish in zip(line.pieces, bounds, bounds[1:], strict=False):
        rest, position = [], begin
        for start, end in spans:
            if start < finish and end > begin:
                if start >= begin:
                    marks.append(LineMark(piece, clean(joined[start:end])))
                rest.append(joined[position : max(position, start)])
                position = min(end, finish)
        rest.append(joined[position:finish])
        raw = "".join(rest)
        if len(raw) < finish - begin:
            raw = f" {unjoined(raw)} "
        if raw.strip(_AROUND + _ENDS):
            kept = Piece(piece.kind, raw, piece.element, piece.index)
            kept.line = piece.line
            left.append(kept)
    return marks, left


def mark_at_end(text: str, marker: re.Pattern[str]) -> re.Match[str] | None:
    """The mark with which a headline begins or ends; None for one it speaks of: `Note “<mark>” is no ad`."""
    for match in marker.finditer(text):
        before, after = text[: match.start()].rstrip(_AROUND), text[match.end() :].lstrip(_AROUND)
        if not (before and after) and before[-1:] not in _QUOTES:
            return match
    return None


def is_quoted(text: str, marker: re.Pattern[str]) -> bool:
    """Whether a sentence quotes the mark, and says more than that."""
    match = marker.search(text)
    return (
        match is not None
        and text[: match.start()].rstrip()[-1:] in _QUOTES
        and len(text) - len(match[0]) >= MIN_SAID
    )


def unjoined(text: str) -> str:
    """A headline without what joined it to a mark or a label: `Headline — <i>mark</i>`, `Headline (mark)`."""
    text = text.strip()
    if text.endswith(_JOINTS):
        text = _JOINED_AFTER.sub("", text)
    return _JOINED_BEFORE.sub("", text) if text.startswith(_JOINTS) else text
