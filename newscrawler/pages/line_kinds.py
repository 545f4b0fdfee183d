"""What a line among the paragraphs of a text is: text, a title, or something else."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from typing import Final
from urllib.parse import urlsplit

from newscrawler.pages import elements as el
from newscrawler.pages import words
from newscrawler.pages.appeals import ends_in_call
from newscrawler.pages.document import Document
from newscrawler.pages.labels import LabelScanner
from newscrawler.pages.line_marks import is_quoted
from newscrawler.pages.parts import Line
from newscrawler.pages.running_text import OUT_OF_TEXT, SENTENCE_ENDS, STOP
from newscrawler.pages.to_the_reader import speaks_to_reader

_SOCIAL: Final = re.compile(
    r"//(?:[\w-]+\.)?(?:t\.me|telegram\.\w+|facebook\.com|fb\.com|twitter\.com|x\.com|instagram\.com|youtube\.com|youtu\.be"
    r"|vk\.com|ok\.ru|tiktok\.com|threads\.\w+|viber\.\w+|linkedin\.com|whatsapp\.com|bsky\.app|patreon\.com)(?:/|$|\?)",
    re.I,
)
_DIGIT: Final = re.compile(r"\d")
_SENTENCE: Final = re.compile(r"[A-ZА-ЯЁІЎ]\w+ \w+\.")
"""`No comment.` may be all that somebody said."""
_WORD: Final = re.compile(r"\w")
MIN_LINKS: Final = 2
_SPEECH: Final = re.compile(r"[—–-]\s")
"""A line of a dialogue, however it is set: `— Do you remember your first night?`"""


class LineKinds:
    """Tells the lines of one article."""

    def __init__(
        self,
        document: Document,
        scanner: LabelScanner,
        *,
        captions: Container[int],
        dateline_line: int | None,
        form: int,
        text: Sequence[Line],
    ) -> None:
        """`captions`: lines under pictures. `form`: the flag of what stands in forms, 0 where the text does.

        `text`: the lines in which the article stands.
        """
        self.document = document
        self.scanner = scanner
        self.profile = document.profile
        self.captions = captions
        self.dateline_line = dateline_line
        self.form = form
        self.boxes: set[int] = set()
        """Lines of appeals, polls, tables of contents and other boxes, as far as they are known."""
        self.interview = sum(map(_is_question, text)) > 1
        self._path = urlsplit(document.url).path.rstrip("/")
        """Printed, it is the page's own address: `Printed from https://…`"""

    def of(self, line: Line, text: str | None = None, listing: bool = False) -> str:
        """What a line is: `text`, `title`, `related`, `excerpt` or `skip`; `text`: what is left of it."""
        text = line.text if text is None else text
        flags = line.flags
        if flags & (OUT_OF_TEXT | el.CONTROL | self.form):
            return "skip"
        if flags & el.ASIDE and not words.RELATED_LINE.match(text):
            return "skip"
        if line.index in self.boxes:
            return "skip"
        if line.index in self.captions or (flags & (el.CAPTION | el.FIGURE) and not flags & el.QUOTE):
            return "skip"
        if words.RELATED_LINE.match(text) and (line.links() or len(text) < 200):
            return "related"
        if line.index != self.dateline_line and line.opening:
            return "excerpt"
        plus = line.signed
        quoted = plus and is_quoted(text, self.profile.marker)
        if plus and not quoted and self.profile.marker.search(text):
            return "skip"
        if self.scanner.scan(text) is not None:
            return "skip"
        if len(text) < 220:
            if (
                plus
                and not quoted
                and self.profile.plus.search(text)
                and words.is_invitation(text)
                and not _DIGIT.search(text)
            ):
                return "skip"
            if words.LOGIN_LINE.fullmatch(text):
                return "skip"
            if len(text) < 70 and words.is_buttons(text) and not STOP.search(text):
                return "skip"
            if words.is_labelled(text) and not STOP.search(text):
                return "skip"
            if (words.is_noise(text) and not _SENTENCE.fullmatch(text)) or words.CREDIT_LINE.fullmatch(text):
                return "skip"
        if len(text) < 250 and line.index != self.dateline_line and words.credits_in(text):
            return "skip"
        told = listing and text[:1].islower()  # `subscribe to nothing, follow no one;`
        if not told and (self.profile.asks(text) or speaks_to_reader(text) or ends_in_call(line)):
            return "skip"
        if self._path and self._path in text:
            return "skip"
        if len(text) < (300 if flags & el.QUOTE else 90) and any(
            link.url and _SOCIAL.search(link.url) for link in line.links()
        ):
            return "skip"
        if self._embedded(line) or _is_links(line):
            return "skip"
        link = line.link
        if link is not None and len(text) < 150:
            return "title"
        if flags & el.LIST or line.element.tag in ("li", "dd") or (listing and not line.level):
            return "text"
        sentence = text.endswith(SENTENCE_ENDS)
        if sentence and (_SPEECH.match(text) or (self.interview and _is_question(line))):
            return "text"
        if line.level or (len(text) < 80 and (line.bold or not sentence)):
            return "title"
        if line.bold and len(text) < 150 and not STOP.search(text):
            return "title"
        return "text"

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


def _is_links(line: Line) -> bool:
    """Whether a line is nothing but links side by side: `#Elections #Sanctions #Fuel`."""
    if len(line.links()) < MIN_LINKS or STOP.search(line.text):
        return False
    return not any(piece.element.link is None and _WORD.search(piece.raw) for piece in line.pieces)


def _is_question(line: Line) -> bool:
    """Whether a line is a question in bold, as interviews set them; a heading is a subhead."""
    return line.text.endswith("?") and not line.level and line.bold
