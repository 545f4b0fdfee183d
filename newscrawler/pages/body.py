"""The text of an article page: its paragraphs, and what stands among them without being text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from newscrawler.pages import elements as el
from newscrawler.pages import words
from newscrawler.pages.appeals import appeal_lines, calls_between
from newscrawler.pages.boxes import contents_lines, is_about_author, poll_lines
from newscrawler.pages.comments import comments_begin
from newscrawler.pages.document import Document
from newscrawler.pages.labels import LabelScanner
from newscrawler.pages.line_kinds import LineKinds
from newscrawler.pages.parts import Element, Line
from newscrawler.pages.paywall import find_paywall
from newscrawler.pages.pictures import Pictures
from newscrawler.pages.recommendations import Recommendations
from newscrawler.pages.running_text import OUT_OF_TEXT, STOP, STRONG, is_strong
from newscrawler.pages.story import Story
from newscrawler.pages.text_block import holding, trunk
from newscrawler.pages.text_boxes import Boxes
from newscrawler.pages.to_the_reader import speaks_to_reader

_BULLET: Final = re.compile(r"^(?:[•▪●◦‣· ]+|[–-] +(?=[a-zа-яёіў]))")
"""A dash before a small letter is one of a list; direct speech begins with a capital."""
_PERSON: Final = re.compile(r"(?:[A-ZА-ЯЁІЎŁŠČŽĆŃŚŹ][\w’'ʼ.\-]*\s+){1,2}[A-ZА-ЯЁІЎŁŠČŽĆŃŚŹ][\w’'ʼ\-]*")


@dataclass(slots=True)
class Body:
    """What the article's own block holds."""

    paragraphs: list[str] = field(default_factory=list)
    lead: str | None = None
    dateline: str | None = None
    dateline_line: int | None = None
    credits: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    limit: int | None = None
    """The line before which it ends: of the lists after it, or of readers' comments."""
    related: list[tuple[str | None, str]] = field(default_factory=list)
    """Address and title of stories recommended in the text."""
    recommended: list[Story] = field(default_factory=list)
    """Those of them that were found as stories: no entries of the page's list."""
    notice: tuple[str, str] | None = None
    """Words and path of a paywall in the block."""
    first: int | None = None
    last: int | None = None
    container: Element | None = None


class BodyReader:
    """Reads the body of one page."""

    def __init__(
        self,
        document: Document,
        scanner: LabelScanner,
        stories: list[Story],
        headline_line: int | None,
        *,
        paid: bool,
    ) -> None:
        """`paid`: whether the article is said to be premium, so that only its beginning is here."""
        self.document = document
        self.lines = document.lines
        self.scanner = scanner
        self.profile = document.profile
        self.headline_line = -1 if headline_line is None else headline_line
        self.body = Body()
        self.stories = [s for s in stories if not s.own]
        self._stories_of: dict[int, list[Story]] = {}
        """By line: links that stand beside one another are one."""
        for story in self.stories:
            for token in story.tokens:
                if token.line is not None:
                    on_line = self._stories_of.setdefault(token.line.index, [])
                    if story not in on_line:
                        on_line.append(story)
        self.pictures = Pictures(document, self._stories_of, self.headline_line)
        self._captions = self.pictures.captions
        self.recommendations = Recommendations(document, scanner, self._stories_of, self._captions)
        self.body.related = self.recommendations.related
        self.body.recommended = self.recommendations.stories
        self.paid = paid
        # Some servers put the whole page into one form: then it says nothing.
        framed = headline_line is not None and self.lines[headline_line].flags & el.FORM
        self._form = 0 if framed else el.FORM

    def read(self, limit: int, longread: bool) -> Body:
        """Read between the headline and `limit`, the line where the page's lists begin."""
        body = self.body
        start = self._find_start(limit, longread)
        if start is None:
            self._read_pictures(limit)
            self._read_notice(self.headline_line + 1, limit)
            return body
        lists = limit
        body.limit = limit = comments_begin(self.lines, start, limit, self.scanner, self._stories_of)
        strong = self._strong(start, limit)
        block = trunk(self.lines[:limit], strong, self.lines[start])
        container = block or holding(self.lines, strong, self.lines[start])
        body.container = self.recommendations.container = container
        end = limit
        if container is not None:
            last_piece = container.end
            while end > start and self.lines[end - 1].start >= last_piece:
                end -= 1
        body.first = start
        self._read_pictures(limit)
        kinds = self._kinds(start, end)
        kinds.boxes = self._boxes(kinds, start, end, limit, spread=block is None)
        if longread and body.dateline is None:
            start = self._read_lead(start, end)
        listing = expected = False
        subhead: str | None = None
        subheads: dict[int, str] = {}
        pending_title: str | None = None
        boxed: set[int] = set()
        closed = False
        teaser = self.paid and block is None
        for line in self.lines[start:end]:
            text = line.text
            if line.index in boxed:
                continue
            if line.index == body.dateline_line and body.dateline:
                text = text[len(self._match_dateline(text)) :].strip(" —–-")
                if not text:
                    continue
            if line.index in self._stories_of:
                for story in self._stories_of[line.index]:
                    self.recommendations.add(story)
                pending_title = None
                listing = expected = False
                continue
            kind = kinds.of(line, text, listing)
            if kind == "title" and self._is_cut(line):
                kind = "text"
            if self.paid and body.paragraphs and not closed:
                closed = words.is_notice(text) or (teaser and kind == ("skip" if line.level else "title"))
                closed = closed or (line.level > 0 and words.names_subscription(text))
            if expected and kind in ("title", "text") and len(text) < 200 and not STOP.search(text):
                body.related.append((None, text))
                expected = False
                continue
            expected = False
            if kind == "related":
                box = self.recommendations.take_box(line)
                expected = not self.recommendations.add_titled(line) and not box
                boxed.update(box)
            elif kind in ("title", "skip") and self.recommendations.names(line):
                body.related.append((self.recommendations.target(line), text))
            elif kind == "excerpt":
                # A related card without a link: the short line above it is its title.
                if pending_title:
                    body.related.append((None, pending_title))
                pending_title = None
            elif kind == "title":
                pending_title = subhead = text
                listing = False
                continue
            elif kind == "text" and not closed:
                text = _BULLET.sub("", self._without_credit(text))
                if text:
                    if subhead:
                        subheads[len(body.paragraphs)] = subhead
                    body.paragraphs.append(text)
                    body.last = line.index
                    subhead = None
                    listing = text.endswith(":") or (listing and len(text) < 150)
            pending_title = None
        self._drop_author_box(subheads)
        self._drop_notice()
        self.recommendations.read_after(end, limit, lists)
        self._read_notice(start, limit)
        return body

    def _read_pictures(self, limit: int) -> None:
        self.pictures.read(self.headline_line + 1, limit)
        self.body.credits, self.body.authors = self.pictures.credits, self.pictures.authors

    def skipped(self) -> set[int]:
        """Lines that are captions or belong to other stories."""
        return self._captions.keys() | self._stories_of.keys()

    # --- where the text begins and ends ---

    def _match_dateline(self, text: str) -> str:
        match = self.profile.opening(text)
        return match[0] if match else ""

    def _find_start(self, limit: int, longread: bool) -> int | None:
        body = self.body
        for line in self.lines[self.headline_line + 1 : limit]:
            if line.index in self._stories_of or line.flags & OUT_OF_TEXT or line.index in self._captions:
                continue
            match = line.opening
            if match and not _clipped(line.text):
                body.dateline = match[0].strip(" —–-")
                body.dateline_line = line.index
                return line.index
        for line in self.lines[self.headline_line + 1 : limit]:
            if self._is_opening(line):
                return line.index
        return None

    def _is_opening(self, line: Line) -> bool:
        return (
            line.index not in self._stories_of
            and line.index not in self._captions
            and not line.flags & (el.FIGURE | el.CAPTION | el.ASIDE | self._form)
            and (is_strong(line) or (len(line.text) >= STRONG and line.bold and not line.flags & OUT_OF_TEXT))
            and not self._asks(line.text)
            and not words.credits_in(line.text)
            and not _clipped(line.text)
        )

    def _asks(self, text: str) -> bool:
        return self.profile.asks(text) or speaks_to_reader(text)

    def _strong(self, start: int, limit: int) -> list[Line]:
        """The lines that are surely running text of the article."""
        return [
            line
            for line in self.lines[start:limit]
            if line.index not in self._stories_of
            and line.index not in self._captions
            and (is_strong(line) or line.index == start)
            and not line.flags & (el.ASIDE | el.FIGURE)
            and not self._asks(line.text)
            and not _clipped(line.text)
        ]

    # --- lines ---

    def _kinds(self, start: int, end: int) -> LineKinds:
        return LineKinds(
            self.document,
            self.scanner,
            captions=self._captions,
            dateline_line=self.body.dateline_line,
            form=0 if self.lines[start].flags & el.FORM else self._form,
            text=self.lines[start:end],
        )

    def _boxes(self, kinds: LineKinds, start: int, end: int, limit: int, *, spread: bool) -> set[int]:
        """The lines of boxes among the text; `spread`: whether it stands in several blocks."""
        text, container = self.lines[start:end], self.body.container
        found = appeal_lines(self.document, self.stories, start, limit)
        found |= poll_lines(text) | contents_lines(text)
        if container is not None:
            kinds.boxes = found
            boxes = Boxes(container, not spread, kinds.of, self._asks, self._is_own)
            found |= boxes.lines(text) | calls_between(text[1:], self._is_own)
        return found

    def _is_own(self, line: Line) -> bool:
        """Whether a line opens a text, is a caption, or is of a story recommended in the text."""
        if (
            line.opening
            or line.index == self.body.first
            or line.index in self._captions
            or line.index in self._stories_of
        ):
            return True
        return words.RELATED_LINE.match(line.text) is not None

    def _is_cut(self, line: Line) -> bool:
        """Whether a line goes on in the element of a teaser's last paragraph, and ends in mid-sentence."""
        last = self.lines[self.body.last] if self.body.last is not None else None
        follows = last is not None and last.index + 1 == line.index and last.element is line.element
        return self.paid and follows and not line.bold and not line.link and not _PERSON.fullmatch(line.text)

    def _drop_notice(self) -> None:
        """`The rest of the story is open to subscribers.` after a teaser is no text of the story."""
        paragraphs = self.body.paragraphs
        for n in range(max(len(paragraphs) - 2, 1 - bool(self.body.lead)), len(paragraphs)):
            text = paragraphs[n]
            if len(text) < 200 and words.is_notice(text):
                line = next((k for k in self.lines if k.text == text), None)
                if len(paragraphs) <= 6:
                    self.body.notice = (text, self.document.path(line.element if line else None) or "")
                del paragraphs[n:]
                return

    def _drop_author_box(self, subheads: dict[int, str]) -> None:
        """The last lines under the name of a person or of the publisher are about the author."""
        paragraphs = self.body.paragraphs
        for n in range(max(2, len(paragraphs) - 3), len(paragraphs)):
            title = subheads.get(n, "")
            if (
                words.ABOUT_AUTHOR.match(title)
                or is_about_author(paragraphs[n])
                or (
                    (_PERSON.fullmatch(title) or self._names_publisher(title))
                    and sum(map(len, paragraphs[n:])) < 450
                )
            ):
                del paragraphs[n - bool(_PERSON.fullmatch(paragraphs[n - 1])) :]
                return

    def _names_publisher(self, title: str) -> bool:
        """Whether a short title is the publisher's name: `Pozirk newsroom`."""
        return len(title.split()) <= 3 and any(name in title for name in self.profile.names)

    def _read_lead(self, start: int, end: int) -> int:
        """The bold opening of a longread, which has no dateline."""
        line = self.lines[start]
        following = next(
            (n for n in self.lines[start + 1 : end] if is_strong(n) and n.index not in self._captions), None
        )
        apart = (
            following is not None and not _siblings(line.element, following.element) and not following.bold
        )
        if line.bold or line.level or apart:
            self.body.lead = line.text
            return start + 1
        return start

    def _read_notice(self, start: int, limit: int) -> None:
        own = [line for line in self.lines[start:limit] if line.index not in self._stories_of]
        body = self.body
        body.notice = body.notice or find_paywall(
            self.document, own, limit, body.paragraphs, body.last, body.container
        )

    @staticmethod
    def _without_credit(text: str) -> str:
        match = next(iter(words.credits_in(text)), None) if text.endswith((")", "]")) else None
        return text[: match.start()].rstrip(" ([") if match and text.endswith((")", "]")) else text


def _clipped(text: str) -> bool:
    return text.rstrip(' »”"').endswith(("…", "...", "[…]", "[...]"))


def _siblings(a: Element, b: Element) -> bool:
    return a is b or a.parent is b.parent
