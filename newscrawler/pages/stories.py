"""Stories a page lists: which tokens belong to one entry.

A theme may give each entry an element of its own (li, tr, card) or write headlines, section names and
marks one after another. Rows are found first: the largest element around a headline that speaks of
one story only. What is left between rows is for `flat_lists`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from newscrawler.pages import elements as el
from newscrawler.pages import words
from newscrawler.pages.document import Document, Element
from newscrawler.pages.flat_lists import FlatLists
from newscrawler.pages.profile import Address
from newscrawler.pages.story import (
    MAX_TEXTS,
    OUTSIDE,
    OWN,
    Story,
    is_box_title,
    is_headline,
    running,
)
from newscrawler.pages.tokens import BADGE, DAY, LABEL, MARKER, NOISE, OTHER, STORY, Token

TEXT_OF_ARTICLE = "text"


class StoryFinder:
    """Finds the stories of one page."""

    def __init__(
        self, document: Document, tokens: list[Token], own_id: str | None = None, opening: int | None = None
    ) -> None:
        self.opening = opening
        """The line that opens the article's own text: no other story's row reaches over it."""
        self.document = document
        self.tokens = tokens
        self.starts = [t.start for t in tokens]
        self.own_id = own_id
        self.covered: set[int] = set()
        self.stories: list[Story] = []

    def run(self) -> list[Story]:
        """All stories in the page's order, the page's own article among them as `own`."""
        self._linked()
        self._own_marks()
        self._marked()
        FlatLists(self).run()
        self._labelled()
        self.stories.sort(key=lambda s: s.start)
        self._boxes()
        return self.stories

    # --- elements that hold one story ---

    def range_of(self, element: Element) -> range:
        """The tokens in an element."""
        return range(bisect_left(self.starts, element.start), bisect_left(self.starts, element.end))

    def _key(self, token: Token) -> object:
        if token.kind == OWN:
            return OWN
        address = token.address
        return address.external_id or address.url if address else None

    def _several(self, element: Element) -> bool:
        """Whether an element speaks of more than one story."""
        keys: set[object] = set()
        sections = whens = marks = texts = 0
        after_section = after_when = after_mark = False
        first = last = ""
        for i in self.range_of(element):
            token = self.tokens[i]
            kind = token.kind
            if kind in (NOISE, DAY):
                continue
            if kind == OTHER and not token.excerpt and running(token.text):
                texts += 1
                if texts > MAX_TEXTS:
                    keys.add(TEXT_OF_ARTICLE)
            if token.line is not None and token.line.index == self.opening:
                keys.add(OWN)
            if kind in (STORY, OWN):
                keys.add(self._key(token))
            if len(keys) > 1:
                return True
            if kind == LABEL and token.labels:
                if token.labels.sections:
                    sections += not after_section
                    after_section = True
                if token.labels.when and not token.labels.clock:
                    whens += not after_when
                    after_when = True
                if sections > 1 or whens > 1:
                    return True
                continue
            if kind == MARKER:
                marks += not after_mark
                after_mark = True
            elif kind == BADGE or token.excerpt or not token.text:
                continue
            else:
                after_section = after_when = after_mark = False
            first = first or kind
            last = kind
        if marks > 2 or (marks == 2 and not (first == last == MARKER)):
            return True
        return marks > 0 and len(keys) == 1 and element.tag not in el.ITEMS and self._two_cards(element)

    def _two_cards(self, element: Element) -> bool:
        """Whether a linked headline and a marked one without a link stand in like children of an element."""
        story = mark = None
        others: list[Token] = []
        for i in self.range_of(element):
            token = self.tokens[i]
            if token.kind in (STORY, OWN) and token.text and story is None:
                story = token
            elif token.kind == MARKER and mark is None:
                mark = token
            elif token.kind == OTHER and is_headline(token):
                others.append(token)
        if story is None or mark is None or not others:
            return False
        first, second = _child(element, story.element), _child(element, mark.element)
        if (
            first is None
            or second is None
            or first is second
            or first.tag != second.tag
            or first.tag in el.INLINE
        ):
            return False
        for other in others:
            if second.start <= other.start < second.end and other.level == story.level:
                like = _tags(first, story.element) == _tags(second, other.element)
                if other.level or (like and not other.text.endswith((".", "!", "?"))):
                    return True
        return False

    def _row(self, token: Token, need_headline: bool = False) -> Element | None:
        """The largest element around a token that speaks of one story only."""
        row: Element | None = None
        found = not need_headline
        for element in token.element.ancestors():
            if element.tag in ("body", "main") or self._several(element):
                break
            if token.kind == OWN and self._holds_text(element):
                break
            span = self.range_of(element)
            if need_headline and any(i in self.covered for i in span):
                break
            found = found or any(self.tokens[i].kind == OTHER and is_headline(self.tokens[i]) for i in span)
            if found:
                row = element
                if element.tag in el.ITEMS:
                    break
        return row

    def _holds_text(self, element: Element) -> bool:
        """Whether an element reaches over the article's text: its headline's row ends before."""
        for i in self.range_of(element):
            token = self.tokens[i]
            if token.line is not None and token.line.index == self.opening:
                return True
            if self.opening is None and token.kind == OTHER and len(token.text) >= 60 and running(token.text):
                return True
        return False

    def add(self, row: Element, address: Address | None, tokens: Iterable[int], own: bool = False) -> Story:
        """A story of the given tokens, except those another one has."""
        members = [i for i in tokens if i not in self.covered]
        self.covered.update(members)
        story = Story(
            self.starts[members[0]] if members else row.start, row, address, [self.tokens[i] for i in members]
        )
        story.own = own
        self.stories.append(story)
        return story

    def _linked(self) -> None:
        for i, token in enumerate(self.tokens):
            if i in self.covered or token.kind not in (STORY, OWN):
                continue
            row = self._row(token)
            if row is None:
                self.add(token.element, token.address, [i], own=token.kind == OWN)
            else:
                self.add(row, token.address, self.range_of(row), own=token.kind == OWN)

    def _own_marks(self) -> None:
        """Marks and labels next to the article's headline, up to a card above it and the text below."""
        story = next((s for s in self.stories if s.own), None)
        own = next((i for i, t in enumerate(self.tokens) if t.kind == OWN), None)
        if story is None or own is None:
            return
        for step in (-1, 1):
            i = own + step
            claimed: list[int] = []
            while 0 <= i < len(self.tokens):
                token = self.tokens[i]
                if i in self.covered and token not in story.tokens:
                    break
                if token.line is not None and token.line.index == self.opening:
                    break
                if (
                    token.kind == OTHER
                    and not token.element.flags & el.NAV
                    and not words.AUTHOR.fullmatch(token.text)
                ):
                    # A line under the headline that ends as a sentence does may be a summary.
                    if step < 0 or not (
                        token.text.endswith(".") and len(token.text) < 300 and self.opening is not None
                    ):
                        break
                elif i not in self.covered and not token.element.flags & OUTSIDE:
                    if token.kind == MARKER and (self._of_card(i, own) or self._ends_card(i, step, claimed)):
                        break
                    if token.kind in (MARKER, LABEL, BADGE):
                        claimed.append(i)
                i += step
            claimed = self._nearest(claimed)
            story.tokens += [self.tokens[n] for n in claimed]
            self.covered.update(claimed)
        story.tokens.sort(key=lambda t: t.start)

    def _ends_card(self, mark: int, step: int, claimed: list[int]) -> bool:
        """Whether a mark above the article's section names closes a card without an element of its own."""
        if step > 0 or not any(self._names(n) for n in claimed):
            return False
        before = next((n for n in range(mark - 1, -1, -1) if self.tokens[n].kind not in (NOISE, LABEL)), None)
        return before is not None and (before in self.covered or self.tokens[before].excerpt)

    def _nearest(self, claimed: list[int]) -> list[int]:
        """Without the menu of sections that may stand beyond the article's own section names."""
        named = [n for n in claimed if self._names(n)]
        if not named:
            return claimed
        home = self.tokens[named[0]].line
        parent = home.element.parent if home else None
        near = [
            n
            for n in named
            if (line := self.tokens[n].line) and (line is home or line.element.parent is parent)
        ]
        if sum(self._names(n) for n in near) > 3:
            near = [n for n in named if self.tokens[n].line is home]
        kept = set(near) if sum(self._names(n) for n in near) <= 3 else set()
        return [n for n in claimed if n in kept or not self._names(n)]

    def _names(self, n: int) -> int:
        """How many sections a token names."""
        labels = self.tokens[n].labels
        return len(labels.sections) if labels else 0

    def _of_card(self, mark: int, own: int) -> bool:
        """Whether a mark next to the article's headline stands closer to another text or row."""
        token, headline = self.tokens[mark], self.tokens[own]
        around = {id(e) for e in headline.element.ancestors()}
        for element in token.element.ancestors():
            if id(element) in around:
                return False
            for i in self.range_of(element):
                other = self.tokens[i]
                if other.kind == STORY or (
                    other.kind == OTHER and is_headline(other) and not words.AUTHOR.fullmatch(other.text)
                ):
                    return True
        return False

    def _marked(self) -> None:
        """Premium entries that are no links."""
        for i, token in enumerate(self.tokens):
            if token.kind != MARKER or i in self.covered or token.element.flags & OUTSIDE:
                continue
            row = self._row(token, need_headline=True)
            if row is not None:
                self.add(row, None, self.range_of(row))

    # --- lists without rows ---

    def _labelled(self) -> None:
        """Unmarked texts with a section name, in rows like those of other stories."""
        parents = {(id(s.row.parent), s.row.tag) for s in self.stories if not s.own}
        for i, token in enumerate(self.tokens):
            if i in self.covered or token.kind != LABEL or not token.labels or not token.labels.sections:
                continue
            if token.element.flags & (OUTSIDE | el.HEADER):
                continue
            row = self._row(token, need_headline=True)
            if row is not None and (id(row.parent), row.tag) in parents and row.tag not in el.INLINE:
                self.add(row, None, self.range_of(row))

    def _boxes(self) -> None:
        titles = [
            t
            for i, t in enumerate(self.tokens)
            if i not in self.covered
            and t.kind in (OTHER, NOISE)
            and not t.element.flags & (OUTSIDE | el.HEADER * (not t.level))
            and (t.level or not t.element.link)
            and (t.level or is_box_title(t))
            and len(t.text) < 60
            and t.text
        ]
        starts = [t.start for t in titles]
        for story in self.stories:
            n = bisect_left(starts, story.start)
            story.box = titles[n - 1] if n else None


def _child(element: Element, inner: Element) -> Element | None:
    """The child of an element that holds an inner one."""
    child: Element | None = None
    for e in inner.ancestors():
        if e is element:
            return child
        child = e
    return None


def _tags(outer: Element, inner: Element) -> list[str]:
    """Tags between two elements, links left out."""
    tags = []
    for e in inner.ancestors():
        if e is outer:
            break
        if e.tag != "a":
            tags.append(e.tag)
    return tags
