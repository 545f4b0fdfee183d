"""Marks and labels around the headline of the page's own article, told from those of the cards beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from newscrawler.pages import elements as el
from newscrawler.pages import words
from newscrawler.pages.story import OUTSIDE, OWN, is_headline
from newscrawler.pages.tokens import BADGE, LABEL, MARKER, NOISE, OTHER, STORY, Token

if TYPE_CHECKING:
    from newscrawler.pages.stories import StoryFinder

MAX_SUMMARY: Final = 300
MAX_LEAD: Final = 700
"""The bold opening of a longread."""


class OwnMarks:
    """Gives them to the own story; works on the state of a StoryFinder that has found all linked rows."""

    def __init__(self, finder: StoryFinder) -> None:
        self.finder = finder

    def run(self) -> None:
        """Marks and labels next to the article's headline, up to a card above it and the text below."""
        story = next((s for s in self.finder.stories if s.own), None)
        own = next((i for i, t in enumerate(self.finder.tokens) if t.kind == OWN), None)
        if story is None or own is None:
            return
        # Where the headline's own row names sections, names further off are a menu's.
        settled = any(t.labels is not None and t.labels.sections for t in story.tokens)
        for step in (-1, 1):
            i = own + step
            claimed: list[int] = []
            while 0 <= i < len(self.finder.tokens):
                token = self.finder.tokens[i]
                if i in self.finder.covered and token not in story.tokens:
                    break
                if token.line is not None and token.line.index == self.finder.opening:
                    break
                if (
                    token.kind == OTHER
                    and any(map(str.isalnum, token.text))  # a dash between date and sections says nothing
                    and not token.element.flags & el.NAV
                    and not words.AUTHOR.fullmatch(token.text)
                    and not words.is_labelled(token.text)
                ):
                    if step < 0 or not self._is_summary(token):
                        break
                elif i not in self.finder.covered and not token.element.flags & OUTSIDE:
                    if token.kind == MARKER and (self._of_card(i, own) or self._ends_card(i, step, claimed)):
                        break
                    if token.kind in (MARKER, LABEL, BADGE):
                        claimed.append(i)
                i += step
            claimed = self._nearest([n for n in claimed if not (settled and self._names(n))])
            story.tokens += [self.finder.tokens[n] for n in claimed]
            self.finder.covered.update(claimed)
        story.tokens.sort(key=lambda t: t.start)

    def _is_summary(self, token: Token) -> bool:
        """Whether a line under the headline is a summary: a sentence; bold, where no dateline follows."""
        if not token.text.endswith("."):
            return False
        if self.finder.opening is not None:
            return len(token.text) < MAX_SUMMARY
        return len(token.text) < MAX_LEAD and token.line is not None and token.line.bold

    def _ends_card(self, mark: int, step: int, claimed: list[int]) -> bool:
        """Whether a mark above the article's section names closes a card without an element of its own."""
        if step > 0 or not any(self._names(n) for n in claimed):
            return False
        before = next(
            (n for n in range(mark - 1, -1, -1) if self.finder.tokens[n].kind not in (NOISE, LABEL)), None
        )
        return before is not None and (before in self.finder.covered or self.finder.tokens[before].excerpt)

    def _nearest(self, claimed: list[int]) -> list[int]:
        """Without the menu of sections that may stand beyond the article's own section names."""
        named = [n for n in claimed if self._names(n)]
        if not named:
            return claimed
        home = self.finder.tokens[named[0]].line
        parent = home.element.parent if home else None
        near = [
            n
            for n in named
            if (line := self.finder.tokens[n].line)
            and (line is home or line.element.parent is parent or self._one_list(named[0], n))
        ]
        if sum(self._names(n) for n in near) > 3:
            near = [n for n in named if self.finder.tokens[n].line is home]
        kept = set(near) if sum(self._names(n) for n in near) <= 3 else set()
        return [n for n in claimed if n in kept or not self._names(n)]

    def _one_list(self, one: int, other: int) -> bool:
        """Whether the smallest element around two labels holds nothing but labels: in rows, in wrappers."""
        tokens = self.finder.tokens
        around = {id(e) for e in tokens[one].element.ancestors()}
        shared = next((e for e in tokens[other].element.ancestors() if id(e) in around), None)
        return shared is not None and all(
            tokens[i].kind in (LABEL, NOISE) for i in self.finder.range_of(shared)
        )

    def _names(self, n: int) -> int:
        """How many sections a token names."""
        labels = self.finder.tokens[n].labels
        return len(labels.sections) if labels else 0

    def _of_card(self, mark: int, own: int) -> bool:
        """Whether a mark next to the article's headline stands closer to another text or row."""
        token, headline = self.finder.tokens[mark], self.finder.tokens[own]
        around = {id(e) for e in headline.element.ancestors()}
        for element in token.element.ancestors():
            if id(element) in around:
                return False
            for i in self.finder.range_of(element):
                other = self.finder.tokens[i]
                if other.kind == STORY or (
                    other.kind == OTHER and is_headline(other) and not words.AUTHOR.fullmatch(other.text)
                ):
                    return True
        return False
