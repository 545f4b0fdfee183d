"""Appeals among an article's paragraphs: subscribe, donate, follow us. Their words are not the story's."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import Final

from newscrawler.normalize.text import clean
from newscrawler.pages import elements as el
from newscrawler.pages import words
from newscrawler.pages.document import Document
from newscrawler.pages.parts import Element, Line
from newscrawler.pages.running_text import STOP, is_strong
from newscrawler.pages.story import Story
from newscrawler.pages.to_the_reader import QUOTED

MAX_TEXT: Final = 700
MAX_LINES: Final = 6
"""Of one block; the fields and buttons of its form are not counted."""
MAX_LABEL: Final = 40
"""Of the link that an appeal ends in."""
_CALL: Final = re.compile(
    r"/(?:(?:donat\w*|support(?:-?us)?|subscri\w*|(?:\w+-)?plus|premium|member(?:ship|s)?|join(?:-us)?|patron\w*|newsletters?"
    r"|pod(?:derzh|pis)\w*|pad(?:trym|pis)\w*|log-?in|sign-?(?:in|up)|register)(?:\.\w+)?(?:[/?#]|$)"
    r"|/(?:www\.)?(?:patreon|boosty|paypal|buymeacoffee|ko-fi|donorbox|t)\.\w+/)"
)
_TO_READER: Final = re.compile(
    r"\b(?:we|us|our|you|your|support|subscri\w+|donat\w+|join|follow)\b"
    r"|(?<!\w)(?:мы|нас|нам|наш\w*|вы|вас|вам|ваш\w*|поддерж\w+|подпис\w+|читайте|падтрым\w+|падпіс\w+|далуч\w+|присоедин\w+"
    r"|ваш\w*|вамі|намі|чытайце)(?!\w)",
    re.IGNORECASE,
)


def appeal_lines(document: Document, stories: list[Story], first: int, limit: int) -> set[int]:
    """Lines of small blocks that hold a button to subscribe, pay or follow, or a field to fill in."""
    found: set[int] = set()
    lines = document.lines
    if not 0 <= first < limit:
        return found
    starts = [line.start for line in lines]
    begin = lines[first].start
    end = lines[min(limit, len(lines)) - 1].end
    calls = [
        k.element
        for k in document.links
        if begin <= k.element.start < end and k.url and _CALL.search(k.url.lower())
    ]
    for call in calls:
        n = bisect_left(starts, call.start + 1) - 1
        line = lines[n] if 0 <= n < len(lines) else None
        if line is None or line.element.flags & (el.NAV | el.FOOTER) or _running(line, call):
            continue
        found |= _block(line.element, starts, lines, stories, begin)
    for field in document.fields:
        if field.parent is not None and begin <= field.start < end:
            found |= _block(field.parent, starts, lines, stories, begin)
    return found


def _running(line: Line, call: Element) -> bool:
    """Whether a link stands within running text."""
    linked = sum(len(p.raw) for p in line.pieces if call.start <= p.index < call.end)
    return len(line.text) > linked + 30


def ends_in_call(line: Line) -> bool:
    """Whether a paragraph speaks to the reader and a link follows its last sentence: `… Get the letter`."""
    pieces = line.pieces
    if pieces[-1].raw.strip() == "." and len(pieces) > 1:
        pieces = pieces[:-1]
    link = pieces[-1].element.link
    if link is None or line.link is not None or link.story:
        return False
    label = clean(" ".join(piece.raw for piece in pieces if piece.element.link is link))
    text = line.text.removesuffix(".")
    said = text.removesuffix(label)
    return (
        0 < len(label) < MAX_LABEL
        and said != text
        and STOP.search(said) is not None
        and STOP.search(label) is None
        and _TO_READER.search(QUOTED.sub("", said)) is not None
    )


def calls_between(lines: Sequence[Line], is_own: Callable[[Line], bool]) -> set[int]:
    """Indexes of appeals without an element of their own: a bold title, a text, a link by itself."""
    found: set[int] = set()
    for title, text, call, after in zip(lines, lines[1:], lines[2:], lines[3:], strict=False):
        bold = title.bold and not title.level and len(title.text) < 60 and not STOP.search(title.text)
        link = call.link
        leads = link is not None and link.address is None and len(call.text) < MAX_LABEL
        if (
            bold
            and leads
            and is_strong(text)
            and after.link is None
            and not any(map(is_own, (title, text, call)))
        ):
            found.update((title.index, text.index, call.index))
    return found


def _inside(element: Element, starts: list[int], lines: list[Line]) -> list[Line]:
    return lines[bisect_left(starts, element.start) : bisect_left(starts, element.end)]


def _block(
    inner: Element, starts: list[int], lines: list[Line], stories: list[Story], begin: int
) -> set[int]:
    """Lines of the block an appeal stands in; none where the call is a line among the story's own."""
    block: list[Line] = []
    for element in inner.ancestors():
        if element.tag in ("body", "main", "article") or element.start <= begin:
            break
        inside = _inside(element, starts, lines)
        if (
            sum(not k.flags & (el.FORM | el.CONTROL) for k in inside) > MAX_LINES
            or sum(len(k.text) for k in inside) > MAX_TEXT
            or any(k.opening or k.level == 1 for k in inside)
            or any(element.start <= s.start < element.end for s in stories)
            or not all(_speaks(k) for k in inside)
        ):
            break
        block = inside
    return {k.index for k in block}


def _speaks(line: Line) -> bool:
    """Whether a line may belong to an appeal: a short one, or one that speaks to the reader."""
    return len(line.text) < 60 or words.is_promo(line.text) or bool(_TO_READER.search(line.text))
