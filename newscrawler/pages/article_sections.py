"""The sections of an article: printed at its headline, stated, or in the path above it."""

from __future__ import annotations

import re
from typing import Final

from newscrawler.items import Article
from newscrawler.pages import elements as el
from newscrawler.pages import words
from newscrawler.pages.found import Found
from newscrawler.pages.parts import Line
from newscrawler.pages.tokens import LABEL, NOISE, OTHER, Token

_FILED: Final = re.compile(r"(?:this entry was )?(?:posted|filed) (?:in|under)\b", re.IGNORECASE)
"""WordPress under a text: it speaks of the text, whatever list stands between them."""
MIN_MENU: Final = 4
MAX_MENU_ITEM: Final = 30
"""So many links one under another, so short, are a menu: a story has three sections at most."""


def set_sections(found: Found, article: Article) -> None:
    """Set the sections of an article, with where they came from."""
    sources = article.sources
    if found.own is not None:
        named = [t for t in found.own.tokens if t.kind == LABEL and t.labels and not _in_menu(found, t)]
        for token in [t for t in named if not _in_site_header(t)] or named:
            sections = token.labels.sections if token.labels else []
            article.sections += [s for s in sections if s not in article.sections]
        if article.sections:
            sources["sections"] = "printed at the headline"
            return
    printed = _printed_sections(found)
    stated = found.metadata.get("sections")
    stated = stated if isinstance(stated, list) else [stated] if stated else []
    known = {s.casefold() for s in found.document.profile.sections}
    stated = [s for s in stated if not known or s.casefold() in known]
    if printed:
        article.sections, sources["sections"] = printed, "printed at the headline"
    elif stated:
        article.sections = list(dict.fromkeys(stated))
        sources["sections"] = found.metadata.values["sections"][1]
    else:
        article.sections = _breadcrumbs(found)
        if article.sections:
            sources["sections"] = "breadcrumbs"


def _in_menu(found: Found, token: Token) -> bool:
    """Whether a label is part of the site's menus: by its element, or in a row of so many links."""
    flags = token.element.flags
    if flags & (el.NAV | el.DIALOG | el.ASIDE) or (flags & el.FOOTER and not flags & el.ARTICLE):
        return True
    headline = found.headline_line
    if token.line is None or token.line.link is None or headline is None:
        return False
    lines, n = found.document.lines, token.line.index
    # What stands beside the headline is none of a menu that ends above it.
    around = token.line.element
    for element in around.ancestors():
        if element.start <= lines[headline].start < element.end:
            break
        around = element
    first, end = n, n + 1
    while first > 0 and lines[first - 1].start >= around.start and _is_menu_item(lines[first - 1]):
        first -= 1
    while end < len(lines) and lines[end].start < around.end and _is_menu_item(lines[end]):
        end += 1
    return end - first >= MIN_MENU


def _is_menu_item(line: Line) -> bool:
    return line.link is not None and len(line.text) < MAX_MENU_ITEM


def _in_site_header(token: Token) -> bool:
    """Whether a label stands at the top of the page, and not in the header of its article."""
    return bool(token.element.flags & el.HEADER) and not token.element.flags & el.ARTICLE


def _printed_sections(found: Found) -> list[str]:
    """Section names between the top of the article's block and its text, or right under the text."""
    headline = found.headline_line
    first = found.body.first if found.body.first is not None else headline
    if first is None:
        return []
    low = max(0, (headline if headline is not None and headline < first else first) - 5)
    last = found.body.last or first
    taken = {id(t) for s in found.stories if not s.own for t in s.tokens}
    for span in (range(low, first), range(last + 1, last + 7)):
        sections: list[str] = []
        for token in found.tokens:
            if token.kind != LABEL or not token.labels or token.line is None:
                continue
            if id(token) in taken and not _FILED.match(token.text):
                continue
            if token.line.index in span and not _in_site_header(token) and not _in_menu(found, token):
                sections += [s for s in token.labels.sections if s not in sections]
        if 0 < len(sections) <= 3:
            return sections
    return []


def _breadcrumbs(found: Found) -> list[str]:
    """The section in `Home > News > Economy > Headline`, or `News » Economy` in one line."""
    headline = found.headline_line
    if headline is None:
        return []
    flat: list[str] = []
    for token in found.tokens:
        if token.line is None or not headline - 6 <= token.line.index < headline:
            continue
        if token.kind == LABEL and token.labels:
            flat += token.labels.sections
        elif token.kind in (OTHER, NOISE) and len(token.text) < 120:
            flat += _sections_on_path(found, token.text)
    return flat if 0 < len(flat) <= 2 else []


_STEP: Final = re.compile(r"\s*[»›>→/⟩❯]+\s*")


def _sections_on_path(found: Found, text: str) -> list[str]:
    """The section names among the steps of `Home » News » Economy`; none where it leads elsewhere."""
    steps = [step for step in _STEP.split(text) if step]
    known = {s.casefold(): s for s in found.document.profile.sections}
    names = [step for step in steps if step.casefold() in known]
    headline = found.headline.text.casefold() if found.headline else ""
    own = {headline, *(name.casefold() for name in found.document.profile.names)}
    places = [step for step in steps if words.box_kind(step) == "news" or words.HOME.fullmatch(step)]
    passed = [step for step in steps if step.casefold() in own]
    complete = len(names) + len(places) + len(passed) == len(steps)
    return names if complete and len(steps) > 1 else []
