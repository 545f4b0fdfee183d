"""Where readers' comments begin: told by their titles, or by names and times that head one text each."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from typing import Final

from newscrawler.pages import words
from newscrawler.pages.labels import LabelScanner
from newscrawler.pages.parts import Line
from newscrawler.pages.running_text import STOP

MAX_TITLE: Final = 100
MAX_HEAD: Final = 70
MAX_NAME: Final = 40
MAX_RULES: Final = 3
"""Lines between the title of comments and the first of them: the rules, a form, how they are sorted."""
MAX_THREAD: Final = 8
"""Lines from the head of one comment to that of the next."""
_TIMED: Final = re.compile(
    r"\w.*\W(?:\d{1,2}[:.]\d{2}(?:\s?[ap]\.?m\.?)?|ago|назад|таму|just now|только что|толькі што)\W*$",
    re.IGNORECASE,
)
"""`Hanna S. 12 min ago`, `2. Stary 20.11 / 15:40`: who wrote, and when."""


def comments_begin(
    lines: Sequence[Line], start: int, limit: int, scanner: LabelScanner, stories: Container[int]
) -> int:
    """The index of the line with which comments begin below `start`; `limit` where there are none.

    `stories`: lines of other stories, whose titles and times look the same.
    """
    heads: list[int] = []
    replies, titled = 0, limit
    for line in lines[start + 1 : limit]:
        text = line.text
        if len(text) < MAX_TITLE and words.COMMENTS.fullmatch(text) and not line.link:
            titled = line.index  # over the comments or, where one leaves one's own, below them
            break
        if line.index in stories or len(text) > MAX_HEAD:
            continue
        if heads and words.REPLY.fullmatch(text):
            replies += 1
        elif (head := _head(lines, line, scanner, stories)) is not None and head > start:
            if heads and head - heads[-1] > MAX_THREAD and not replies:
                heads.clear()  # times of something else
            heads.append(head)
    if len(heads) + replies < 2 or not heads:
        return titled
    return _title(lines, start, heads[0])


def _head(lines: Sequence[Line], line: Line, scanner: LabelScanner, stories: Container[int]) -> int | None:
    """The line in which the head of a comment begins: a name and a time, in one line or in two."""
    after = lines[line.index + 1] if line.index + 1 < len(lines) else None
    if line.level or STOP.search(line.text) or after is None or after.index in stories:
        return None
    labels = scanner.scan(line.text)
    if labels is None:
        return line.index if _TIMED.match(line.text) else None
    when = labels.when
    if when is None or labels.clock or labels.sections or not (when.clock or when.moment or when.relative):
        return None
    name = lines[line.index - 1]
    is_name = (
        len(name.text) <= MAX_NAME
        and len(name.text.split()) <= 4
        and not name.level
        and not STOP.search(name.text)
        and name.index not in stories
        and scanner.scan(name.text) is None
    )
    return name.index if is_name else None


def _title(lines: Sequence[Line], start: int, first: int) -> int:
    """The title over the first comment; its head where there is none."""
    for line in reversed(lines[max(start + 1, first - MAX_RULES) : first]):
        if line.level or (len(line.text) < MAX_TITLE and not STOP.search(line.text) and line.link is None):
            return line.index
    return first
