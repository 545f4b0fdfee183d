"""Premium marks of no story: in a window, a login form, a box that offers the subscription."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from newscrawler.pages import elements as el
from newscrawler.pages import words
from newscrawler.pages.parts import Element
from newscrawler.pages.story import OWN, is_headline
from newscrawler.pages.tokens import MARKER, NOISE, OTHER, STORY

if TYPE_CHECKING:
    from newscrawler.pages.stories import StoryFinder

MIN_ALIKE: Final = 3
"""So many buttons of one wording are of the entries of a list."""


class OrphanMarks:
    """Sets them aside; works on the state of a StoryFinder that has found all linked rows."""

    def __init__(self, finder: StoryFinder) -> None:
        self.finder = finder

    def run(self) -> None:
        """Set aside marks that head a window, a form or a box of their own: they are of no story."""
        for i, token in enumerate(self.finder.tokens):
            if token.kind != MARKER or i in self.finder.covered:
                continue
            block: Element | None = None
            for element in token.element.ancestors():
                if self._asks_to_log_in(element):
                    self.finder.covered.add(i)
                    break
                if element.tag in ("body", "main") or any(
                    self.finder.tokens[n].kind in (STORY, OWN) or is_headline(self.finder.tokens[n])
                    for n in self.finder.range_of(element)
                ):
                    whole = element.tag in ("body", "main") or self.finder.speaks_of_several(
                        element, self.finder.range_of(element)
                    )
                    if block is not None and whole and self._speaks(block):
                        self.finder.covered.add(i)
                    break
                block = element

    def _asks_to_log_in(self, element: Element) -> bool:
        """Whether an element is a login box with its one mark: no entry of a list asks for a password."""
        if element.tag in ("body", "main") or not any(
            element.start <= form.start and form.end <= element.end and form.depth >= element.depth
            for form in self.finder.document.forms
        ):
            return False
        kinds = [self.finder.tokens[n].kind for n in self.finder.range_of(element)]
        return STORY not in kinds and OWN not in kinds and kinds.count(MARKER) == 1

    def _speaks(self, block: Element) -> bool:
        """Whether a block without a headline says more than a mark: asks to pay, to go on."""
        return any(
            t.kind == OTHER or (t.kind == NOISE and t.element.flags & el.CONTROL)
            for t in (self.finder.tokens[n] for n in self.finder.range_of(block))
        )


def offers(finder: StoryFinder, row: Element) -> bool:
    """Whether a row on an article's page is a box of offers: its button to subscribe is of no list."""
    if finder.opening is None:
        return False
    buttons = {
        t.text
        for t in (finder.tokens[i] for i in finder.range_of(row))
        if t.element.flags & el.CONTROL and words.names_subscription(t.text)
    }
    return any(sum(t.text == button for t in finder.tokens) < MIN_ALIKE for button in buttons)
