"""A paywall in an article's own block: words about subscribers, or a login form after a teaser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from newscrawler.pages import elements as el
from newscrawler.pages import words
from newscrawler.pages.document import Document
from newscrawler.pages.parts import Element, Line, Piece
from newscrawler.pages.running_text import OUT_OF_TEXT
from newscrawler.pages.story import Story
from newscrawler.pages.tokens import MARKER, Token

if TYPE_CHECKING:
    from newscrawler.pages.body import Body

MAX_LINK: Final = 25
"""The name of a network; a headline is longer."""
MAX_TEASER: Final = 6
"""A teaser has at most so many paragraphs."""


def find_paywall(
    document: Document,
    own_lines: list[Line],
    limit: int,
    paragraphs: list[str],
    last: int | None,
    container: Element | None,
) -> tuple[str, str] | None:
    """Its words and its path.

    `own_lines` are the article's, without those of other stories; `last` is the last line of its text,
    `limit` the line where the page's lists begin.
    """
    profile = document.profile
    for line in own_lines if len(paragraphs) <= MAX_TEASER else ():
        if last is not None and line.index <= last:
            continue
        text = line.text
        header = line.flags & el.HEADER and not line.level
        if line.flags & (OUT_OF_TEXT | el.ASIDE) or header or len(text) > 200 or line.link:
            continue
        if (
            (profile.plus.search(text) or words.names_subscription(text))
            and words.PAYWALL.search(text)
            and (
                (_near(line.start, container) and not profile.marker.search(text))
                or (_follows(document, last, line.index) and not profile.marker.fullmatch(text))
            )
        ):
            return text, document.path(line.element) or ""
    if len(paragraphs) > 4 or sum(map(len, paragraphs)) > 1500:
        return None
    lines = document.lines
    first = lines[last].end if last is not None else 0
    stop = lines[limit].start if limit < len(lines) else len(document.pieces) + 1
    for form in document.forms:
        if form.flags & (OUT_OF_TEXT | el.ASIDE) or not first <= form.start < stop:
            continue
        around = form.parent or form
        text = " ".join(n.text for n in lines if around.start <= n.start < around.end and len(n.text) < 400)
        if len(text) < 1500 and (words.names_subscription(text) or profile.plus.search(text)):
            return "login form after the teaser", document.path(form) or ""
    return None


def closing_mark(
    document: Document, tokens: list[Token], stories: list[Story], body: Body
) -> tuple[str, str] | None:
    """The words and the path of a mark that stands where an article's text breaks off, in place of the rest.

    Between it and the text, after it in its block and next to that is nothing but what asks to log in or to
    pay: else it may be of a title that stands by itself.
    """
    if body.last is None or len(body.paragraphs) > MAX_TEASER:
        return None
    lines = document.lines
    follows = lines[body.last + 1 : body.limit]
    end = lines[body.last].end
    stop = lines[body.limit].start if body.limit is not None and body.limit < len(lines) else None
    mark = next((t for t in tokens if t.kind == MARKER and t.start >= end), None)
    if (
        mark is None
        or (stop is not None and mark.start >= stop)
        or mark.element.flags & (OUT_OF_TEXT | el.ASIDE)
        or any(t is mark for s in stories for t in s.tokens)
    ):
        return None
    if any(line.end <= mark.start for line in follows) and not _near(mark.start, body.container):
        return None
    block = next(e for e in mark.element.ancestors() if e.parent is None or e.parent.start < end)
    around = block.parent or block
    of_stories = {t.line.index for s in stories for t in s.tokens if t.line is not None}
    for line in follows:
        if line.start <= mark.start < line.end:
            continue
        below = line.start > mark.start
        if below and (line.level or line.index in of_stories or line.start >= around.end):
            break
        if not _invites(document, line):
            return None
        if below and line.start >= block.end:
            break  # a title of the mark would stand next to it
    return mark.text, document.path(mark.element) or ""


def _invites(document: Document, line: Line) -> bool:
    """Whether a line asks to log in or to pay, or is a button, or says nothing."""
    text = line.text
    return (
        bool(line.flags & OUT_OF_TEXT)
        or words.names_subscription(text)
        or document.profile.plus.search(text) is not None
        or document.profile.asks(text)
        or words.is_noise(text)
        or words.is_buttons(text)
        or words.is_labelled(text)
        or words.REST.search(text) is not None
        or words.LOGIN_LINE.fullmatch(text) is not None
        # A network to share the story in: `<a href="https://t.me/share/url?url=…">Telegram</a>`.
        or all(_leads_out(piece) for piece in line.pieces if piece.raw.strip())
    )


def _leads_out(piece: Piece) -> bool:
    """Whether a text is a short link that leads to no story; `<a href="#">` leads nowhere."""
    link = piece.element.link
    of_link = bool(piece.element.flags & el.LINK)
    return of_link and (link is None or link.story is None) and len(piece.raw) <= MAX_LINK


def _follows(document: Document, last: int | None, line: int) -> bool:
    """Whether nothing but what asks to log in or to pay stands between the text's last line and another."""
    return last is not None and all(_invites(document, k) for k in document.lines[last + 1 : line])


def _near(start: int, container: Element | None) -> bool:
    """Whether a piece stands in the block around the article's text."""
    if container is None:
        return True
    around = container.parent or container
    return around.start <= start < around.end
