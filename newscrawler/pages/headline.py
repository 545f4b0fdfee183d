"""The headline of an article page.

No single place is right: `<title>` carries the site's name, an h1 may be the site's name or a section's,
old pages have no h1 at all. A printed line that equals one of the page's own statements is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from newscrawler.normalize.text import loose
from newscrawler.normalize.urls import split
from newscrawler.pages import elements as el
from newscrawler.pages import words
from newscrawler.pages.document import Document
from newscrawler.pages.metadata import Metadata
from newscrawler.pages.page_titles import without_name
from newscrawler.pages.parts import Line
from newscrawler.pages.story import is_box_title
from newscrawler.pages.tokens import MARKER, NOISE, OTHER, STORY, Token

MAX_LANGUAGE: Final = 3
"""The name of a language in an address has at most so many letters."""


@dataclass(slots=True)
class Headline:
    """A headline, where it is printed, and where it came from."""

    text: str
    source: str
    token: Token | None = None
    copies: list[Token] = field(default_factory=list)
    """Other prints of it: breadcrumbs, a sticky bar."""


def find_headline(
    document: Document, tokens: list[Token], metadata: Metadata, body_start: int | None, own_id: str | None
) -> Headline | None:
    """The headline; None where nothing can be one. `body_start` is the line that opens the text."""
    names = [n for n in (*document.profile.names, metadata.site_name) if n]
    folded = {n.casefold() for n in names}
    titles = [
        (text, loose(text), source, text.endswith(("…", "...")))
        for text, source in metadata.titles
        if len(text) > 3 and text.casefold() not in folded and not _is_box(text)
    ]
    printed = [t for t in tokens if _may_be(t, own_id)]
    matches: list[tuple[Token, str]] = []
    for token in printed:
        length = len(token.text)
        for text, folded_text, source, clipped in titles:
            if clipped or -6 <= length - len(text) <= 6:
                mine = loose(token.text)
                if mine == folded_text or (
                    clipped and len(text) > 25 and mine.startswith(folded_text.rstrip(".… "))
                ):
                    matches.append((token, source))
                    break
    if matches:
        token, source = max(matches, key=lambda m: _rank(m[0], body_start))
        where = "h1" if token.level == 1 else f"h{token.level}" if token.level else "line"
        return Headline(
            token.text, f"{where}, as in {source}", token, [t for t, _ in matches if t is not token]
        )
    above = [
        t
        for t in printed
        if t.line is not None and (body_start is None or t.line.index < body_start) and len(t.text) >= 8
    ]

    def own(token: Token) -> bool:
        folded_text = token.text.casefold()
        return (
            not is_box_title(token)
            and not _is_caption(document, token)
            and not words.credits_in(token.text)
            and not words.AUTHOR.fullmatch(token.text)
            and not document.profile.asks(token.text)
            and without_name(token.text, names).casefold() not in folded
            and not (token.element.flags & el.HEADER and any(folded_text.startswith(f"{n} ") for n in folded))
        )

    for level in (1, 2, 3):
        found = [t for t in above if t.level == level and t.kind == OTHER and own(t)]
        if len(found) == 1 or (found and level == 1):
            return Headline(found[-1].text, f"h{level}", found[-1])
    elsewhere = _is_of_another_page(metadata, own_id)
    if titles and (body_start is None or not (elsewhere or titles[0][2] == "title")):
        text, _, source, _ = titles[0]
        return Headline(text, source)
    before = [t for t in above if own(t)] if body_start is not None else []
    if before:
        # Old pages: the last line before the text, big or bold.
        near = _nearest(before, tokens, document.lines[body_start] if body_start is not None else None)
        token = next((t for t in reversed(near) if t.element.flags & el.BOLD), near[-1])
        if token.kind == OTHER and len(token.text) <= 250:
            return Headline(token.text, "line before the text", token)
    if titles:
        text, _, source, _ = titles[0]
        return Headline(text, source)
    return None


def _is_of_another_page(metadata: Metadata, own_id: str | None) -> bool:
    """Whether a story's page states the address of the front page: its titles are that page's, too.

    Page builders fill them in for all pages.
    """
    return own_id is not None and bool(metadata.canonical) and all(map(_is_front, metadata.canonical))


def _is_front(url: str) -> bool:
    """Whether an address is that of a site or of one of its languages: `https://pozirk.online/be/`."""
    parts = split(url)
    return parts is not None and not parts.query and len(parts.path.strip("/")) <= MAX_LANGUAGE


def _nearest(before: list[Token], tokens: list[Token], opening: Line | None) -> list[Token]:
    """The lines that stand as close to the text as the last one: neither above a menu nor in an outer block.

    Cards above the article have bold titles as well.
    """
    menu = max(
        (t.start for t in tokens if t.kind == NOISE and t.start < before[-1].start and _is_menu(t)), default=0
    )
    around = {id(e): e.depth for e in opening.element.ancestors()} if opening is not None else {}

    def depth(token: Token) -> int:
        return next((around[id(e)] for e in token.element.ancestors() if id(e) in around), 0)

    deepest = depth(before[-1])
    cards = _marked_cards(before, tokens)
    return [t for t in before if t.start > menu and depth(t) >= deepest and id(t) not in cards] or before


def _marked_cards(lines: list[Token], tokens: list[Token]) -> set[int]:
    """Lines in like elements side by side, each with a premium mark: an article has one."""
    marks = [t.start for t in tokens if t.kind == MARKER]
    rows: dict[tuple[int, str], dict[int, list[Token]]] = {}
    for token in lines if len(marks) > 1 else ():
        row = next((e for e in token.element.ancestors() if any(e.start <= m < e.end for m in marks)), None)
        if row is not None and row.parent is not None and row.tag not in el.INLINE:
            rows.setdefault((id(row.parent), row.tag), {}).setdefault(id(row), []).append(token)
    return {id(t) for alike in rows.values() if len(alike) > 1 for row in alike.values() for t in row}


def _is_caption(document: Document, token: Token) -> bool:
    """Whether a credit follows in the same element: `<td>A bus stop<br>(Photo: Name)</td>`."""
    line = token.line
    if line is None or line.index + 1 >= len(document.lines):
        return False
    following = document.lines[line.index + 1]
    return following.element is line.element and words.CREDIT_LINE.fullmatch(following.text) is not None


def _is_menu(token: Token) -> bool:
    return token.labels is not None and bool(token.labels.sections)


def _is_box(text: str) -> bool:
    return len(text) <= 50 and words.box_kind(text) != ""


def _may_be(token: Token, own_id: str | None) -> bool:
    if token.kind not in (OTHER, STORY) or not 3 < len(token.text) <= 300 or token.excerpt:
        return False
    if token.element.flags & (el.FOOTER | el.DIALOG | el.HIDDEN | el.CONTROL) and not token.level:
        return False
    return (
        token.kind == OTHER
        or own_id is None
        or (token.address is not None and token.address.external_id == own_id)
    )


def _rank(token: Token, body_start: int | None) -> tuple[bool, bool, bool, bool, int]:
    line = token.line.index if token.line else 0
    before = body_start is None or line < body_start
    nav = bool(token.element.flags & (el.NAV | el.ASIDE))
    # Of equal prints the last before the text: breadcrumbs stand above the headline.
    return (
        before,
        not nav,
        token.level == 1,
        token.level > 0,
        line if before and body_start is not None else -line,
    )
