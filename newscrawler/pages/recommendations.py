"""Stories that an article recommends: `Also read` in its text, boxes of titles, cards after the text."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from newscrawler.normalize.text import clean
from newscrawler.pages import elements as el
from newscrawler.pages import words
from newscrawler.pages.document import Document
from newscrawler.pages.labels import LabelScanner
from newscrawler.pages.parts import Element, Line
from newscrawler.pages.running_text import OUT_OF_TEXT, STOP, is_strong
from newscrawler.pages.story import Story
from newscrawler.pages.tokens import LABEL, OTHER

MAX_TURN: Final = 25
"""Longer than `previous story`."""
MAX_BOX: Final = 8
"""A box of recommendations has at most so many lines under its title."""
_LABELS: Final = frozenset(
    ("label", "aria-label", "title", "heading", "data-label", "data-title", "data-heading")
)
_NEIGHBOURS: Final = frozenset(("prev", "previous", "next"))

_DIGIT: Final = re.compile(r"\d")


class Recommendations:
    """Collects them while the text is read."""

    def __init__(
        self,
        document: Document,
        scanner: LabelScanner,
        stories_of: dict[int, list[Story]],
        captions: Collection[int],
    ) -> None:
        self.document = document
        self.lines = document.lines
        self.profile = document.profile
        self.scanner = scanner
        self.stories_of = stories_of
        """By line."""
        self.captions = captions
        """Lines that are captions."""
        here = self.profile.identify(document.url) if document.url else None
        self.language = here.language if here else None
        self.container: Element | None = None
        """What holds the article's text, once that is known."""
        self.related: list[tuple[str | None, str]] = []
        """Address and title of each."""
        self.stories: list[Story] = []
        """Those of them that were found as stories: no entries of the page's list."""

    def add(self, story: Story) -> None:
        self.stories.append(story)
        headline = story.headline()
        title = headline.text if headline else ""
        if match := words.RELATED_LINE.match(title):
            title = title[match.end() :]
        if headline and headline.line and len(headline.line.pieces) > 1:
            # `<a><span>Also read</span><span>Title</span></a>`: set apart by the theme's style alone.
            first = clean(headline.line.pieces[0].raw)
            title = title.removeprefix(first).strip() if words.box_kind(first) == "related" else title
        if _DIGIT.search(title, 10) and (match := self.profile.dateline.search(title, 10)):
            title = title[: match.start()].strip()  # the excerpt, in the same line of the same link
        url = story.address.url if story.address else None
        language = story.address.language if story.address else None
        if language is not None and self.language is not None and language != self.language:
            return  # the article in another language
        if url is None and words.is_notice(title):
            return  # `Go on with a subscription`, over a mark
        if len(title) < MAX_TURN and (words.NEXT_PAGE.fullmatch(title) or words.PREVIOUS_PAGE.match(title)):
            return
        if (title or url) and all(url != u or (url is None and title != t) for u, t in self.related):
            self.related.append((url, title))

    def add_titled(self, line: Line) -> bool:
        """Take `Also read: Title`; False where the title follows on a line of its own."""
        match = words.RELATED_LINE.match(line.text)
        title = line.text[match.end() :].strip() if match else ""
        if len(title) <= 8:
            return False
        self.related.append((self.target(line), title))
        return True

    def target(self, line: Line) -> str | None:
        """Where a line leads, if it does."""
        link = next((k for k in line.links() if k.url), None)
        return self.profile.canonical(link.url) if link and link.url else None

    def take_box(self, line: Line) -> set[int]:
        """Take the titles of the box that opens with `Also read`; its lines, none where it has no box."""
        box: Element | None = None
        for element in line.element.ancestors():
            if element.start < line.start or element is self.container or element.tag in ("body", "main"):
                break
            box = element
        found: list[Line] = []
        for following in self.lines[line.index + 1 :]:
            if box is None or following.start >= box.end:
                break
            found.append(following)
        if len(found) > MAX_BOX or any(is_strong(k) for k in found):
            return set()
        if any(words.sells(k.text) for k in found) and not any(k.index in self.stories_of for k in found):
            return {k.index for k in found}  # `Keep reading`: what the subscription gives
        for k in found:
            for story in self.stories_of.get(k.index, ()):
                self.add(story)
            if k.index not in self.stories_of and self._may_be_title(k):
                self.related.append((self.target(k), k.text))
        return {k.index for k in found}

    def _may_be_title(self, line: Line) -> bool:
        """Whether a line in a box of recommendations is the title of a story."""
        return (
            8 < len(line.text) < 200
            and line.index not in self.captions
            and not line.opening
            and not line.flags & el.CONTROL
            and not line.text.endswith((".", "…"))
            and not words.is_noise(line.text)
            and not words.sells(line.text)
            and not (line.signed and self.profile.marker.search(line.text))
            and self.scanner.scan(line.text) is None
        )

    def names(self, line: Line) -> bool:
        """Whether a line stands in an element that is labelled `Also read` in an attribute alone."""
        if line.flags & OUT_OF_TEXT or not self._may_be_title(line):
            return False
        for element in line.element.ancestors():
            if element is self.container or element.tag in ("body", "main", "article"):
                return False
            for name, value in element.node.attributes.items():
                if value and name in _LABELS and words.box_kind(clean(value)) == "related":
                    return True
        return False

    def read_after(self, end: int, limit: int, lists: int) -> None:
        """Cards and links recommended after the text; behind readers' comments (`limit`), cards alone.

        Below the page's lists (`lists`) only what stands under `Related stories`.
        """
        pending: str | None = None
        neighbours = self._neighbours(end, lists)
        for line in self.lines[end:limit]:
            if line.index in self.stories_of:
                for story in self.stories_of[line.index]:
                    if self._recommends(story) and story not in neighbours:
                        self.add(story)
            elif line.opening and pending:
                self.related.append((None, pending))
            elif words.RELATED_LINE.match(line.text) and not line.flags & OUT_OF_TEXT:
                self.add_titled(line)
                self.take_box(line)
            pending = (
                line.text
                if len(line.text) < 250 and not STOP.search(line.text) and not line.flags & OUT_OF_TEXT
                else None
            )
        for line in self.lines[limit:]:
            above = line.index < lists
            for story in self.stories_of.get(line.index, ()):
                title = story.box if self._is_titled(story) else None
                if above and any(t.excerpt for t in story.tokens):
                    self.add(story)
                elif title is None or story in neighbours or _leads_on(story):
                    continue
                # Below the list `Earlier` may be of the list's own stories.
                elif title.start >= self.lines[limit].start and (above or " " in title.text):
                    self.add(story)

    def _neighbours(self, first: int, end: int) -> list[Story]:
        """The links to the story before this one and to the one after it, which are no recommendations.

        Either they stand in a navigation, or they are a pair of which one is older and one newer.
        """
        below = list(dict.fromkeys(s for n in range(first, end) for s in self.stories_of.get(n, ())))
        told = [
            s
            for s in below
            if any(t.excerpt or (t.kind == OTHER and words.RELATED_LINE.match(t.text)) for t in s.tokens)
        ]
        found = [s for s in below if s.row.flags & el.NAV and s not in told and not self._is_titled(s)]
        bare = [s for s in below if s not in told and not any(t.kind == LABEL or t.level for t in s.tokens)]
        titled = [s for s in below if self._is_titled(s)]
        # Links under `Related` are a pair of neighbours only below cards of another make.
        bare = [s for s in bare if s not in titled or not all(other in bare for other in titled)]
        own = self.document.own_id or ""
        numbers = [s.address.external_id or "" if s.address else "" for s in bare]
        if len(bare) == 2 and all(map(str.isdigit, [own, *numbers])):
            low, high = sorted(map(int, numbers))
            found += bare if low < int(own) < high else []
        return found

    def _is_titled(self, story: Story) -> bool:
        """Whether a story stands under `Related`, and not in a navigation below that."""
        if story.box is None or words.box_kind(story.box.text) != "related":
            return False
        return not story.row.flags & el.NAV or bool(story.box.element.flags & el.NAV)

    def _recommends(self, story: Story) -> bool:
        """Whether a story after the text belongs to the article: a card, or links under `Related`."""
        if _leads_on(story):
            return False
        if self._is_titled(story):
            return True
        if any(t.kind == OTHER and words.RELATED_LINE.match(t.text) for t in story.tokens):
            return True
        if story.box is not None and story.box.level and words.box_kind(story.box.text) == "other":
            return False  # `Most read` beside the text
        container = self.container
        around = container.parent if container is not None and container.parent is not None else container
        near = around is not None and around.start <= story.start < around.end and around.tag != "body"
        return near or any(t.excerpt for t in story.tokens)


def _leads_on(story: Story) -> bool:
    """Whether a story is the one before or after this: its link says so, or what stands at its title.

    `rel="prev"`; `Next story`, `→`.
    """
    return any(
        (t.kind != LABEL and words.NEIGHBOUR.match(t.text))
        or ((link := t.element.link) is not None and _is_neighbour(link.element))
        for t in story.tokens
    )


def _is_neighbour(link: Element) -> bool:
    return not _NEIGHBOURS.isdisjoint((link.node.attributes.get("rel") or "").lower().split())
