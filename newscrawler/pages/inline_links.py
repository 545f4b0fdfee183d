"""Links within sentences: `… the court <a>said</a> on Friday.` names no entry and recommends nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from newscrawler.normalize.text import clean
from newscrawler.pages import words
from newscrawler.pages.labels import LabelScanner
from newscrawler.pages.parts import Piece, story_of
from newscrawler.pages.running_text import STOP

MIN_SENTENCE: Final = 60
MIN_BEFORE: Final = 20
MIN_AFTER: Final = 10
"""Of a sentence with a link within, and of what stands before and after it."""
MIN_REST: Final = 40
"""Of what is left of a sentence that a link begins or ends."""
_INTRODUCING: Final = (":", "—", "–", "-", "|", "·", "•", "…", "...", "!", "?")
"""What a headline follows, and not the rest of a sentence."""


def links_stand_within(pieces: Sequence[Piece], text: str, scanner: LabelScanner) -> bool:
    """Whether the first link to a story in a line of such pieces, `text`, is a part of its sentence."""
    first = next((n for n, piece in enumerate(pieces) if story_of(piece)), None)
    if first is None or len(text) < MIN_SENTENCE or not STOP.search(text) or words.RELATED_LINE.match(text):
        return False
    link, last = pieces[first].element.link, first + 1
    while last < len(pieces) and pieces[last].element.link is link:
        last += 1
    before, linked, after = (_joined(part) for part in (pieces[:first], pieces[first:last], pieces[last:]))
    if words.is_noise(linked):
        return False
    if not before:
        return len(after) >= MIN_REST and (after[0].islower() or after[0] in ",;")
    if before.endswith(_INTRODUCING) or scanner.scan(before) is not None:
        return False
    if linked[:1].islower() + (len(before) >= MIN_BEFORE) + (len(after) >= MIN_AFTER) > 1:
        return True
    return before[-1].isalnum() and len(before) >= max(
        MIN_REST, len(linked)
    )  # `… was signed by <a>Name</a>.`


def _joined(pieces: Sequence[Piece]) -> str:
    return clean("".join([piece.raw for piece in pieces]))
