"""One story as a page lists it, and which texts can be headlines."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from newscrawler.pages import elements as el
from newscrawler.pages import words
from newscrawler.pages.parts import Element
from newscrawler.pages.profile import Address
from newscrawler.pages.tokens import BADGE, MARKER, OTHER, STORY, Token

OWN: Final = "own"
"""Kind of a token that is the headline of the page's own article."""
LONG: Final = 110
MAX_TEXTS: Final = 2
"""An entry has at most two sentences beside its headline; what has more is an article's text."""
MAX_HEADLINE: Final = 250
MIN_SENTENCE: Final = 40
MIN_WORD: Final = 4
"""An abbreviation at a headline's end has fewer letters: `in the U.S.`, `5 млн руб.`"""
MIN_HEADLINE: Final = 8
OUTSIDE: Final = el.NAV | el.FOOTER | el.DIALOG
"""Parts of a page that hold no stories of its list."""


@dataclass(slots=True, eq=False)
class Story:
    """One story as a page lists it."""

    start: int
    row: Element
    address: Address | None
    tokens: list[Token] = field(default_factory=list)
    box: Token | None = None
    """The nearest title of a list or box above it."""
    above: Token | None = None
    """The title of the page's own list, where `box` is another one below it."""
    own: bool = False

    @property
    def marks(self) -> list[Token]:
        """Premium marks that belong to it."""
        return [t for t in self.tokens if t.kind == MARKER] or [t for t in self.tokens if t.kind == BADGE]

    def headline(self) -> Token | None:
        """The token that is its headline."""
        linked: list[Token] = []
        other: list[Token] = []
        for token in self.tokens:
            if token.kind == OTHER:
                if is_headline(token):
                    other.append(token)
            elif token.text and not token.excerpt and token.kind in (STORY, OWN):
                linked.append(token)
        if len(linked) > 1:  # a card that is a link as a whole: its caption, its section, its headline
            linked = [t for t in linked if not t.element.flags & el.CAPTION] or linked
            linked = [t for t in linked if " " in t.text and not running(t.text)] or linked
        if self.address is None:
            linked = []
        for group in (linked, other):
            headings = [t for t in group if t.level]
            if headings:
                return headings[0]
            if group is linked and linked and not any(t.level for t in other):
                break
        candidates = linked or [t for t in other if t.level] or [t for t in other if _bold(t)] or other
        if candidates:
            return candidates[0]
        clipped = [t for t in self.tokens if t.kind in (STORY, OTHER) and t.text]
        return clipped[0] if clipped and self.address else None


def running(text: str) -> bool:
    """Whether a line is running text and no headline."""
    return len(text) >= LONG or (
        len(text) >= MIN_SENTENCE and text.rstrip('”"»').endswith((".", "!", "?", ";", ":"))
    )


def is_sentence(text: str) -> bool:
    """Whether a text ends as a sentence does and no headline: in a full stop that is of no abbreviation."""
    if not text.endswith("."):
        return False
    last = text[text.rfind(" ") + 1 : -1]
    return "." not in last and not (last.isalpha() and len(last) < MIN_WORD)


def is_headline(token: Token) -> bool:
    """Whether a text could be a headline."""
    if token.kind not in (OTHER, STORY) or token.excerpt:
        return False
    if token.titled is None:
        text = token.text
        token.titled = (
            MIN_HEADLINE <= len(text) <= MAX_HEADLINE
            and not is_box_title(token)
            and not (len(text) < 90 and words.is_buttons(text))
            and not words.is_labelled(text)
            and not words.is_promo(text)
        )
    return token.titled


def is_box_title(token: Token) -> bool:
    """Whether a text is the title of a list or box."""
    return bool(token.text) and len(token.text) <= 50 and words.box_kind(token.text) != ""


def _bold(token: Token) -> bool:
    return bool(token.element.flags & el.BOLD)
