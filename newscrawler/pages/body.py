"""The text of an article page: its paragraphs, and what stands among them without being text."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from newscrawler.pages import elements as el
from newscrawler.pages import words
from newscrawler.pages.document import IMAGE, Document, Element, Line
from newscrawler.pages.labels import LabelScanner
from newscrawler.pages.stories import Story

STRONG = 70
"""A line of so many characters that ends as a sentence does is surely text."""
_SENTENCE = re.compile(r"[.!?…:;»”\"“)\]’']\s*$")
_STOP = re.compile(r"[.!?…]\W*$")
_SOCIAL = re.compile(
    r"//(?:[\w-]+\.)?(?:t\.me|telegram\.\w+|facebook\.com|fb\.com|twitter\.com|x\.com|instagram\.com|youtube\.com|youtu\.be"
    r"|vk\.com|ok\.ru|tiktok\.com|threads\.\w+|viber\.\w+|linkedin\.com|whatsapp\.com|bsky\.app|patreon\.com)(?:/|$|\?)",
    re.I,
)
_NAME = re.compile(r"(?:[A-ZА-ЯЁІЎŁŠČŽĆŃŚŹ][\w’'ʼ.\-]*,?\s*){1,6}(?:/\s*[\w .]+)?")
_PERSON = re.compile(r"(?:[A-ZА-ЯЁІЎŁŠČŽĆŃŚŹ][\w’'ʼ.\-]*\s+){1,2}[A-ZА-ЯЁІЎŁŠČŽĆŃŚŹ][\w’'ʼ\-]*")
_DIGIT = re.compile(r"\d")
_OUTSIDE = el.NAV | el.FOOTER | el.DIALOG | el.HIDDEN


@dataclass(slots=True)
class Body:
    """What the article's own block holds."""

    paragraphs: list[str] = field(default_factory=list)
    lead: str | None = None
    dateline: str | None = None
    dateline_line: int | None = None
    credits: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    related: list[tuple[str | None, str]] = field(default_factory=list)
    """Address and title of stories recommended in the text."""
    notice: tuple[str, str] | None = None
    """Words and path of a paywall in the block."""
    first: int | None = None
    last: int | None = None
    container: Element | None = None


def is_strong(line: Line) -> bool:
    """Whether a line is surely running text."""
    return (
        len(line.text) >= STRONG
        and not line.flags & (_OUTSIDE | el.CONTROL | el.CAPTION)
        and line.level == 0
        and bool(_SENTENCE.search(line.text))
        and line.link is None
    )


class BodyReader:
    """Reads the body of one page."""

    def __init__(
        self, document: Document, scanner: LabelScanner, stories: list[Story], headline_line: int | None
    ) -> None:
        self.document = document
        self.lines = document.lines
        self.scanner = scanner
        self.profile = document.profile
        self.headline_line = -1 if headline_line is None else headline_line
        self.body = Body()
        self.stories = [s for s in stories if not s.own]
        self._story_of: dict[int, Story] = {}
        for story in self.stories:
            for token in story.tokens:
                if token.line is not None:
                    self._story_of[token.line.index] = story
        self._captions = self._image_lines()

    def read(self, limit: int, longread: bool) -> Body:
        """Read between the headline and `limit`, the line where the page's lists begin."""
        body = self.body
        start = self._find_start(limit, longread)
        if start is None:
            self._read_captions(self.headline_line + 1, limit)
            self._read_notice(self.headline_line + 1, limit)
            return body
        container = self._container(start, limit)
        body.container = container
        end = limit
        if container is not None:
            last_piece = container.end
            while end > start and self.lines[end - 1].start >= last_piece:
                end -= 1
        body.first = start
        self._read_captions(self.headline_line + 1, limit)
        if longread and body.dateline is None:
            start = self._read_lead(start, end)
        listing = expected = False
        subhead: str | None = None
        subheads: dict[int, str] = {}
        pending_title: str | None = None
        for line in self.lines[start:end]:
            text = line.text
            if line.index == body.dateline_line and body.dateline:
                text = text[len(self._match_dateline(text)) :].strip(" —–-")
                if not text:
                    continue
            story = self._story_of.get(line.index)
            if story is not None:
                self._add_related(story)
                pending_title = None
                listing = False
                continue
            kind = self._kind(line, text, listing)
            if expected and kind in ("title", "text") and len(text) < 200 and not _STOP.search(text):
                body.related.append((None, text))
                expected = False
                continue
            expected = False
            if kind == "related":
                expected = not self._add_also_read(line)
            elif kind == "excerpt":
                # A related card without a link: the short line above it is its title.
                if pending_title:
                    body.related.append((None, pending_title))
                pending_title = None
            elif kind == "title":
                pending_title = subhead = text
                listing = False
                continue
            elif kind == "text":
                text = self._without_credit(text)
                if text:
                    if subhead:
                        subheads[len(body.paragraphs)] = subhead
                    body.paragraphs.append(text)
                    body.last = line.index
                    subhead = None
                    listing = text.endswith(":") or (listing and len(text) < 150)
            pending_title = None
        self._drop_author_box(subheads)
        self._after(end, limit)
        self._read_notice(start, limit)
        return body

    def skipped(self) -> set[int]:
        """Lines that are captions or belong to other stories."""
        return self._captions.keys() | self._story_of.keys()

    # --- where the text begins and ends ---

    def _match_dateline(self, text: str) -> str:
        match = self.profile.opening(text)
        return match[0] if match else ""

    def _find_start(self, limit: int, longread: bool) -> int | None:
        body = self.body
        for line in self.lines[self.headline_line + 1 : limit]:
            if line.index in self._story_of or line.flags & _OUTSIDE or line.index in self._captions:
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
            line.index not in self._story_of
            and line.index not in self._captions
            and not line.flags & (el.FIGURE | el.CAPTION | el.ASIDE | el.FORM)
            and (is_strong(line) or (len(line.text) >= STRONG and line.bold and not line.flags & _OUTSIDE))
            and not words.is_promo(line.text)
            and not words.credits_in(line.text)
            and not _clipped(line.text)
        )

    def _container(self, start: int, limit: int) -> Element | None:
        """The smallest element that holds nearly all of the running text."""
        strong = [
            line
            for line in self.lines[start:limit]
            if line.index not in self._story_of
            and line.index not in self._captions
            and (is_strong(line) or line.index == start)
            and not line.flags & (el.ASIDE | el.FIGURE)
            and not words.is_promo(line.text)
            and not _clipped(line.text)
        ]
        total = sum(len(line.text) for line in strong)
        share = 0.0
        for element in self.lines[start].element.ancestors():
            inside = [line for line in strong if element.start <= line.start < element.end]
            share = sum(len(line.text) for line in inside) / (total or 1)
            if share >= (0.9 if len(inside) < 2 else 0.75):
                # A paragraph by itself has list items and quotes beside it.
                alone = (
                    element is self.lines[start].element
                    and sum(
                        element.start <= line.start < element.end for line in self.lines[start : start + 3]
                    )
                    == 1
                )
                if (alone or element.tag in ("p", "li")) and element.parent is not None:
                    return element.parent
                return element
        return None

    # --- lines ---

    def _kind(self, line: Line, text: str, listing: bool) -> str:
        flags = line.flags
        if flags & (_OUTSIDE | el.CONTROL | el.ASIDE):
            return "skip"
        if line.index in self._captions or flags & (el.CAPTION | el.FIGURE) and not flags & el.QUOTE:
            return "skip"
        if words.RELATED_LINE.match(text) and (line.links() or len(text) < 200):
            return "related"
        if line.index != self.body.dateline_line and line.opening:
            return "excerpt"
        if ("+" in text and self.profile.marker.search(text)) or self.scanner.scan(text) is not None:
            return "skip"
        if len(text) < 220:
            if (
                len(text) < 160
                and "+" in text
                and self.profile.plus.search(text)
                and words.INVITATION.search(text)
                and not _DIGIT.search(text)
            ):
                return "skip"
            if words.LOGIN_LINE.fullmatch(text):
                return "skip"
            if words.SHARE.fullmatch(text) and len(text) < 70 and not _STOP.search(text):
                return "skip"
            if words.LABELLED.fullmatch(text) and not _STOP.search(text):
                return "skip"
            if words.NOISE.fullmatch(text) or words.CREDIT_LINE.fullmatch(text):
                return "skip"
        if len(text) < 250 and line.index != self.body.dateline_line and words.credits_in(text):
            return "skip"
        if words.is_promo(text):
            return "skip"
        if (
            len(text) < 300
            and any(link.url and _SOCIAL.search(link.url) for link in line.links())
            and (len(text) < 90 or flags & el.QUOTE)
        ):
            return "skip"
        if self._embedded(line):
            return "skip"
        link = line.link
        if link is not None and len(text) < 150:
            return "title"
        if flags & el.LIST or line.element.tag in ("li", "dd") or listing:
            return "text"
        if line.level or (len(text) < 80 and (line.bold or not _SENTENCE.search(text))):
            return "title"
        if line.bold and len(text) < 150 and not _STOP.search(text):
            return "title"
        return "text"

    def _drop_author_box(self, subheads: dict[int, str]) -> None:
        """The last lines under a person's name are of the author and not of the story."""
        paragraphs = self.body.paragraphs
        for n in range(max(2, len(paragraphs) - 3), len(paragraphs)):
            title = subheads.get(n, "")
            if words.ABOUT_AUTHOR.match(title) or (
                _PERSON.fullmatch(title) and sum(map(len, paragraphs[n:])) < 450
            ):
                del paragraphs[n:]
                return

    def _embedded(self, line: Line) -> bool:
        """Whether a line belongs to a quoted post of a social network."""
        if not line.flags & el.QUOTE:
            return False
        quote = next((e for e in line.element.ancestors() if e.tag == "blockquote"), None)
        return quote is not None and any(
            link.url and _SOCIAL.search(link.url)
            for link in self.document.links
            if quote.start <= link.element.start < quote.end
        )

    def _read_lead(self, start: int, end: int) -> int:
        """The bold opening of a longread, which has no dateline."""
        line = self.lines[start]
        following = next(
            (n for n in self.lines[start + 1 : end] if is_strong(n) and n.index not in self._captions), None
        )
        description = None
        apart = (
            following is not None and not _siblings(line.element, following.element) and not following.bold
        )
        if line.bold or line.level or apart or line.text == description:
            self.body.lead = line.text
            return start + 1
        return start

    # --- beside the text ---

    def _add_related(self, story: Story) -> None:
        headline = story.headline()
        title = headline.text if headline else ""
        if match := words.RELATED_LINE.match(title):
            title = title[match.end() :]
        url = story.address.url if story.address else None
        if (title or url) and all(url != u or (url is None and title != t) for u, t in self.body.related):
            self.body.related.append((url, title))

    def _add_also_read(self, line: Line) -> bool:
        """Take `Also read: Title`; False where the title follows on a line of its own."""
        match = words.RELATED_LINE.match(line.text)
        title = line.text[match.end() :].strip() if match else ""
        if len(title) <= 8:
            return False
        link = next((k for k in line.links() if k.url), None)
        self.body.related.append((self.profile.canonical(link.url) if link and link.url else None, title))
        return True

    def _after(self, end: int, limit: int) -> None:
        """Cards and links recommended after the text, before the lists."""
        pending: str | None = None
        for line in self.lines[end:limit]:
            story = self._story_of.get(line.index)
            if story is not None:
                if self._recommends(story):
                    self._add_related(story)
            elif line.opening and pending:
                self.body.related.append((None, pending))
            elif words.RELATED_LINE.match(line.text) and not line.flags & _OUTSIDE:
                self._add_also_read(line)
            pending = (
                line.text
                if len(line.text) < 250 and not _STOP.search(line.text) and not line.flags & _OUTSIDE
                else None
            )

    def _recommends(self, story: Story) -> bool:
        """Whether a story after the text belongs to the article: a card, or links under `Related`."""
        if story.box is not None and words.box_kind(story.box.text) == "related":
            return True
        container = self.body.container
        around = container.parent if container is not None and container.parent is not None else container
        near = around is not None and around.start <= story.start < around.end and around.tag != "body"
        return near or any(t.excerpt for t in story.tokens)

    def _read_notice(self, start: int, limit: int) -> None:
        """A paywall in the article's own block: words about subscribers, or a login form right after a teaser."""
        body = self.body
        for line in self.lines[start:limit]:
            if (
                line.index in self._story_of
                or line.flags & (_OUTSIDE | el.ASIDE | el.HEADER * (not line.level))
                or len(line.text) > 200
            ):
                continue
            if (
                (self.profile.plus.search(line.text) or words.SUBSCRIBE.search(line.text))
                and words.PAYWALL.search(line.text)
                and not ("+" in line.text and self.profile.marker.search(line.text))
                and not line.link
                and (body.last is None or line.index > body.last)
                and len(body.paragraphs) <= 6
                and self._in_block(line)
            ):
                body.notice = (line.text, self.document.path(line.element) or "")
                return
        if len(body.paragraphs) > 4 or sum(map(len, body.paragraphs)) > 1500:
            return
        last = self.lines[body.last].end if body.last is not None else 0
        for form in self.document.forms:
            if (
                form.flags & (_OUTSIDE | el.ASIDE)
                or form.start < last
                or not self._form_in_block(form, limit)
            ):
                continue
            around = form.parent or form
            text = " ".join(
                n.text for n in self.lines if around.start <= n.start < around.end and len(n.text) < 400
            )
            if len(text) < 1500 and (words.SUBSCRIBE.search(text) or self.profile.plus.search(text)):
                body.notice = ("login form after the teaser", self.document.path(form) or "")
                return

    def _in_block(self, line: Line) -> bool:
        container = self.body.container
        if container is None:
            return True
        around = container.parent or container
        return around.start <= line.start < around.end

    def _form_in_block(self, form: Element, limit: int) -> bool:
        stop = self.lines[limit].start if limit < len(self.lines) else len(self.document.pieces) + 1
        return form.start < stop

    # --- pictures ---

    def _image_lines(self) -> dict[int, Element]:
        """Short lines that share a small element with an image: captions and credits."""
        found: dict[int, Element] = {}
        starts = [line.start for line in self.lines]
        for piece in self.document.pieces:
            if piece.kind != IMAGE:
                continue
            best: Element | None = None
            inside: list[Line] = []
            for element in piece.element.ancestors():
                if element.tag in ("body", "main", "article", "section") or element.flags & _OUTSIDE:
                    break
                first = max(0, bisect_right(starts, element.start - 1))
                lines = [n for n in self.lines[first : first + 5] if n.start < element.end]
                size = sum(len(n.text) for n in lines)
                if (
                    len(lines) > 4
                    or size > 400
                    or any(
                        n.index == self.headline_line
                        or n.index in self._story_of
                        or self._match_dateline(n.text)
                        or (len(n.text) > 200 and element.tag != "figure")
                        for n in lines
                    )
                ):
                    break
                best, inside = element, lines
                if element.tag in ("figure", "td", "table") and lines:
                    break
            if best is not None:
                found.update((n.index, best) for n in inside)
        return found

    def _caption_name(self, line: Line) -> str | None:
        """A name in an element of its own at the end of a caption: `The terminal <cite>Name</cite>`."""
        last = next((p for p in reversed(line.pieces) if not p.raw.isspace()), None)
        if (
            last is None
            or last.element is line.element
            or last is line.pieces[0]
            or not line.flags & (el.CAPTION | el.FIGURE)
        ):
            return None
        name = " ".join(last.raw.split()).strip("()[] ©.,")
        return (
            name
            if last.element.tag in ("cite", "small", "span", "em", "i")
            and _NAME.fullmatch(name)
            and " " in name
            else None
        )

    def _read_captions(self, start: int, limit: int) -> None:
        """Names of photographers."""
        stop = limit
        for line in self.lines[max(0, start - 6) : stop]:
            if line.index in self._story_of or line.flags & _OUTSIDE:
                continue
            in_picture = line.index in self._captions or line.flags & (el.FIGURE | el.CAPTION)
            matches = words.credits_in(line.text)
            if matches and (in_picture or len(line.text) < 300 or line.text.endswith(")")):
                for match in matches:
                    self._add_credit(match["name"])
            elif in_picture and line.index >= start and self._is_author_node(line):
                self._add_credit(line.text)
            elif in_picture and (name := self._caption_name(line)):
                self._add_credit(name)
            elif line.index >= start - 3 and (match := words.AUTHOR.fullmatch(line.text)) and not in_picture:
                self.body.authors.append(match["name"].strip())

    def _is_author_node(self, line: Line) -> bool:
        """A name on a line of its own under a picture, beside its caption."""
        if line.flags & el.CAPTION or not _NAME.fullmatch(line.text.strip("()[] ©")) or len(line.text) > 80:
            return False
        if line.flags & el.FIGURE:
            return True
        picture = self._captions.get(line.index)
        others = [n for n, e in self._captions.items() if e is picture and n < line.index]
        return bool(others) or any(name in line.text for name in self.profile.names)

    def _add_credit(self, name: str) -> None:
        name = name.strip(" .,;:()[]©")
        if name and name not in self.body.credits:
            self.body.credits.append(name)

    def _without_credit(self, text: str) -> str:
        match = next(iter(words.credits_in(text)), None) if text.endswith((")", "]")) else None
        return text[: match.start()].rstrip(" ([") if match and text.endswith((")", "]")) else text


def _clipped(text: str) -> bool:
    return text.rstrip(' »”"').endswith(("…", "...", "[…]", "[...]"))


def _siblings(a: Element, b: Element) -> bool:
    return a is b or a.parent is b.parent
