"""Stories a page lists: which tokens belong to one entry.

A theme may give each entry an element of its own (li, tr, card) or write headlines, section names and
marks one after another. Rows are found first: the largest element around a headline that speaks of
one story only. What is left between rows is for `flat_lists`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from typing import Final

from newscrawler.pages import elements as el
from newscrawler.pages import words
from newscrawler.pages.cards import are_two_cards
from newscrawler.pages.document import Document
from newscrawler.pages.flat_lists import FlatLists, holds
from newscrawler.pages.orphan_marks import OrphanMarks, offers
from newscrawler.pages.own_marks import OwnMarks
from newscrawler.pages.parts import Element
from newscrawler.pages.profile import Address
from newscrawler.pages.sibling_rows import SiblingRows
from newscrawler.pages.story import (
    MAX_TEXTS,
    OUTSIDE,
    OWN,
    Story,
    is_box_title,
    is_headline,
    is_sentence,
    running,
)
from newscrawler.pages.tokens import BADGE, DAY, LABEL, MARKER, NOISE, OTHER, STORY, Token

TEXT_OF_ARTICLE: Final = "text"
_SILENT: Final = (NOISE, DAY)
_WORDS: Final = re.compile(r"[^\W\d_]{2}.*?[^\w].*?[^\W\d_]{2}")
_PARTS: Final = {"tr": "table", "dd": "dl"}
"""Where a story may have a table to itself, of which one row is its headline."""


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
        self._short: Counter[str] | None = None

    def run(self) -> list[Story]:
        """All stories in the page's order, the page's own article among them as `own`."""
        SiblingRows(self).run()
        self._linked()
        self._cut_off()
        OwnMarks(self).run()
        OrphanMarks(self).run()
        self._marked()
        self._lines()
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

    def speaks_of_several(self, element: Element, span: range) -> bool:
        """Whether an element, which holds the tokens of `span`, speaks of more than one story."""
        keys: set[object] = set()
        sections = whens = marks = texts = 0
        after_section = after_when = after_mark = False
        first = last = ""
        level = 0
        single = element.tag in el.ITEMS
        for token in self.tokens[span.start : span.stop]:
            kind = token.kind
            if kind in _SILENT:
                continue
            if kind == OTHER and not token.excerpt and running(token.text):
                texts += 1
                if texts > MAX_TEXTS:
                    keys.add(TEXT_OF_ARTICLE)
            if token.line is not None and token.line.index == self.opening:
                keys.add(OWN)
            if kind in (STORY, OWN):
                keys.add(self._key(token))
                level = level or token.level
            if len(keys) > 1:
                return True
            if kind == OTHER and not single and self._titles(token, level):
                return True
            if kind == LABEL and token.labels is not None:
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
        return (
            marks > 0
            and len(keys) == 1
            and not single
            and are_two_cards(element, self.tokens[span.start : span.stop])
        )

    def _prints(self) -> Counter[str]:
        """How often each short text is printed."""
        if self._short is None:
            self._short = Counter(t.text for t in self.tokens if t.kind == OTHER and len(t.text) <= 50)
        return self._short

    def _titles(self, token: Token, level: int) -> bool:
        """Whether a line is the title of a list or box and not a word over a headline: `Opinion`."""
        text = token.text
        if len(text) > 50 or token.element.flags & el.LINK:
            return False
        if self.document.profile.plus.fullmatch(text):
            return True
        kind = words.box_kind(text)
        if not token.level:
            # `News` over every headline is of the headlines.
            return kind in ("news", "other") and not words.GENRE.fullmatch(text) and self._prints()[text] <= 2
        return kind != "" and (kind != "other" or not level or token.level < level)

    def _row(self, token: Token, need_headline: bool = False) -> Element | None:
        """The largest element around a token that speaks of one story only."""
        row: Element | None = None
        found = not need_headline
        known = range(0)
        for element in token.element.ancestors():
            if element.tag in ("body", "main"):
                break
            span = self.range_of(element)
            if span == known and row is not None:
                row = element  # a wrapper speaks of what its only child speaks of
                if element.tag in el.ITEMS:
                    break
                continue
            known = span
            if self.speaks_of_several(element, span):
                break
            if token.kind == OWN and self._holds_text(span):
                break
            if need_headline and any(
                i in self.covered
                or ((line := self.tokens[i].line) is not None and line.index == self.opening)
                for i in span
            ):
                break
            found = found or any(
                self.tokens[i].kind == OTHER and self.may_title(self.tokens[i]) for i in span
            )
            if found:
                row = element
                if element.tag in el.ITEMS:
                    break
        return self._own_list(row) if row is not None and row.tag in _PARTS else row

    def _own_list(self, row: Element) -> Element:
        """The table or list of a row whose other parts are labels alone, of this story; else the row."""
        whole = next((e for e in row.ancestors() if e.tag == _PARTS[row.tag]), row)
        around, inside = self.range_of(whole), self.range_of(row)
        labels = all(self.tokens[i].kind in (LABEL, NOISE) for i in around if i not in inside)
        return row if not labels or self.speaks_of_several(whole, around) else whole

    def _holds_text(self, span: range) -> bool:
        """Whether tokens reach over the article's text: its headline's row ends before."""
        for i in span:
            token = self.tokens[i]
            if token.line is not None and token.line.index == self.opening:
                return True
            if self.opening is None and token.kind == OTHER and len(token.text) >= 60 and running(token.text):
                return True
        return False

    def may_title(self, token: Token) -> bool:
        """Whether a text can be the headline of an entry without a link: no sentence, nothing that sells.

        After the opening of the page's article a sentence is of its text, one that ends in a quotation, too.
        `Get a subscription` beside a mark is a button, `12 months €90` a price.
        """
        text = token.text
        if not is_headline(token) or is_sentence(text) or not _WORDS.search(text):
            return False
        if words.sells(text):
            return False
        own = self.opening is not None and token.line is not None and token.line.index > self.opening
        return not (own and running(text) and text.rstrip('”"»').endswith("."))

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
            if (
                token.kind == STORY
                and not token.text
                and token.address
                and token.address.external_id == self.own_id
            ):
                continue  # the article's own date is a link to itself in many WordPress themes
            row = self._row(token)
            if row is None:
                self.add(token.element, token.address, [i], own=token.kind == OWN)
            else:
                self.add(row, token.address, self.range_of(row), own=token.kind == OWN)

    def _cut_off(self) -> None:
        """Leave out the entry in which a listing was cut off: its mark may be in what is not there."""
        if not self.tokens or not self.document.is_cut_off or any(story.own for story in self.stories):
            return
        starts = sorted(story.start for story in self.stories)
        last: Element | None = None
        behind: Element | None = None
        around = self.tokens[-1].element
        for element in around.ancestors():
            stories = holds(element, starts)
            if stories > 1:
                break
            last = element
            behind = behind if stories else element
        else:
            # No list, or one of which a single story with a link has come.
            last = behind if starts else None
        if last is None or not self.document.is_open(last, around):
            return
        self.covered.update(self.range_of(last))
        self.stories = [
            s for s in self.stories if not any(last.start <= t.start < last.end for t in s.tokens)
        ]

    def _marked(self) -> None:
        """Premium entries that are no links."""
        for i, token in enumerate(self.tokens):
            if token.kind != MARKER or i in self.covered or token.element.flags & OUTSIDE:
                continue
            row = self._row(token, need_headline=True)
            if row is not None and not offers(self, row):
                self.add(row, None, self.range_of(row))

    def _lines(self) -> None:
        """Entries that are a line each, with their marks and labels: `Headline <i>mark</i><br>`."""
        lines: dict[int, list[int]] = {
            _line_of(t): []
            for i, t in enumerate(self.tokens)
            if t.kind in (MARKER, LABEL) and i not in self.covered
        }
        for i, token in enumerate(self.tokens):
            if (line := _line_of(token)) in lines and line >= 0 and not token.element.flags & OUTSIDE:
                lines[line].append(i)
        owner = {id(t): s for s in self.stories for t in s.tokens}
        for members in lines.values():
            free = [i for i in members if i not in self.covered]
            kinds = {self.tokens[i].kind for i in free}
            if not kinds & {MARKER, LABEL} or len(members) < 2:
                continue
            stories = {id(s): s for i in members if (s := owner.get(id(self.tokens[i]))) is not None}
            titles = [i for i in free if self.tokens[i].kind == OTHER and self.may_title(self.tokens[i])]
            if len(stories) == 1 and not titles:
                story = next(iter(stories.values()))
                if not story.own and any(t.kind == STORY and t.text for t in story.tokens):
                    story.tokens = sorted(
                        [*story.tokens, *(self.tokens[i] for i in free)], key=lambda t: t.start
                    )
                    self.covered.update(free)
            elif not stories and len(titles) == 1 and MARKER in kinds:
                self.add(self.tokens[titles[0]].element, None, free)

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
            and (t.level or not t.element.flags & el.LINK)
            and (t.level or is_box_title(t))
            and len(t.text) < 60
            and t.text
        ]
        starts = [t.start for t in titles]
        names = {name.casefold() for name in self.document.profile.names}
        main = next(
            (
                t
                for t in titles
                if (t.level == 1 and t.text.casefold() not in names)
                or words.box_kind(t.text) == "news"
                or words.LONGREADS.fullmatch(t.text)
            ),
            None,
        )
        for story in self.stories:
            n = bisect_left(starts, story.start)
            story.box = _own_title(story) or (titles[n - 1] if n else None)
            story.above = main if main is not None and n and main.start < titles[n - 1].start else None


def _own_title(story: Story) -> Token | None:
    """`Also read` at the head of a row, where a single story is recommended."""
    first = story.tokens[0] if story.tokens else None
    recommends = first is not None and first.kind == OTHER and words.box_kind(first.text) == "related"
    return first if recommends and not story.own else None


def _line_of(token: Token) -> int:
    """The line a token stands in; -1 for none."""
    return token.line.index if token.line is not None else token.within
