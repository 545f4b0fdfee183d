"""Whether an element holds two cards side by side, of which only one is a link."""

from __future__ import annotations

from collections.abc import Iterable

from newscrawler.pages import elements as el
from newscrawler.pages.parts import Element
from newscrawler.pages.story import OWN, is_headline
from newscrawler.pages.tokens import MARKER, OTHER, STORY, Token


def are_two_cards(element: Element, tokens: Iterable[Token]) -> bool:
    """Whether a linked headline and a marked one without a link stand in like children of an element.

    `tokens` are those in it.
    """
    story = mark = None
    others: list[Token] = []
    for token in tokens:
        if token.kind in (STORY, OWN) and token.text and story is None:
            story = token
        elif token.kind == MARKER and mark is None:
            mark = token
        elif token.kind == OTHER and is_headline(token):
            others.append(token)
    if story is None or mark is None or not others:
        return False
    first, second = element.child_around(story.element), element.child_around(mark.element)
    if first is None or second is None or first is second:
        return False
    if first.tag != second.tag or first.tag in el.INLINE:
        return False
    for other in others:
        if second.start <= other.start < second.end and other.level == story.level:
            like = _blocks(first, story.element) == _blocks(second, other.element)
            if other.level or (like and not other.text.endswith((".", "!", "?"))):
                return True
    return False


def _blocks(outer: Element, inner: Element) -> list[str]:
    """Tags of the blocks between two elements: what stands in the place of a link around words may differ.

    A `<div>` that holds what the element around it holds is none: `<div><div><a>Headline</a></div></div>`.
    """
    tags = []
    for element in inner.ancestors():
        if element is outer:
            break
        around = element.parent
        wraps = around is not None and (element.start, element.end) == (around.start, around.end)
        if element.tag not in el.INLINE and not (wraps and element.tag in ("div", "section")):
            tags.append(element.tag)
    return tags
