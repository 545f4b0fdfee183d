"""Boxes among and after an article's paragraphs that say what they are: polls, contents, authors."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from newscrawler.pages import elements as el
from newscrawler.pages import words
from newscrawler.pages.parts import Line

MAX_OPTION: Final = 70
MAX_QUESTION: Final = 200
MAX_TITLES: Final = 2
MIN_CHAPTERS: Final = 2
MAX_CHAPTER: Final = 120
MAX_TITLE: Final = 60
_SHARE: Final = re.compile(r"\d{1,3}(?:[.,]\d)?\s?%\W*$")
_SAID: Final = re.compile(r"^[—–-]\s|[.,;]$")
"""Of a refrain or a dialogue, which may return word for word, and no title."""
_VOTES: Final = re.compile(
    r"\W*(?:\d[\d\s]*\s)?(?:votes?|voted|vote now|results?"
    r"|проголосова\w+|голос(?:а|ов|овать)?|результаты"
    r"|прагаласава\w+|галас(?:ы|оў|аваць)?|вынікі)\b",
    re.IGNORECASE,
)
_CAPITAL: Final = "A-ZА-ЯЁІЎŁŠČŽĆŃŚŹ"
_PERSON: Final = rf"[{_CAPITAL}][\w’'ʼ-]+(?:\s[{_CAPITAL}][\w’'ʼ.-]+){{1,2}}"
_TRADE: Final = (
    r"(?:staff |special |senior |freelance |chief |news ?)*"
    r"(?:correspondent|reporter|journalist|editor|columnist|photographer|photojournalist)\b"
    r"|(?:[Сс]пец|[Фф]ото)?(?:[Кк]орреспондент|[Кк]ор\b)"
    r"|[Жж]урналист|[Оо]бозревател|[Рр]едактор|[Кк]олумнист|[Фф]отограф"
    r"|(?:[Сс]пец|[Фф]ота)?(?:[Кк]арэспандэнт|[Кк]ар\b)"
    r"|[Жж]урналіст|[Аа]глядал[ьн]|[Рр]эдактар|[Кк]алумніст|[Фф]атограф"
)
_WRITES: Final = (
    r"(?:covers|writes (?:about|on|for)|reports on|has (?:covered|written)"
    r"|пишет (?:о|об|обо|про|для)|піша (?:пра|аб|для))\b"
)
_ABOUT_AUTHOR: Final = re.compile(
    rf"{_PERSON}(?:\s[—–-]|,|\sis(?: an?| the)?)?\s(?:\w+\s){{0,2}}(?:{_TRADE}|{_WRITES})"
    rf"|(?:[A-Z]\w+ )?(?:{_TRADE})[^.]{{0,40}}\.\s"
)
"""`Ryhor Bahdan covers agriculture.`, `Special correspondent. Writes about borders.`"""


def poll_lines(lines: Sequence[Line]) -> set[int]:
    """Indexes of the lines of polls: a question, its answers with buttons or shares, the number of votes."""
    found: set[int] = set()
    for n in range(len(lines)):
        answers = n
        while answers < len(lines) and _is_answer(lines[answers]):
            answers += 1
        if answers - n < 2 or (n and _is_answer(lines[n - 1])):
            continue
        asks = n > 0 and lines[n - 1].text.endswith("?") and len(lines[n - 1].text) < MAX_QUESTION
        counts = answers < len(lines) and _VOTES.match(lines[answers].text) is not None
        if not asks and not counts:
            continue  # figures of the story
        first = n - asks
        if asks:
            first -= _titles_of_box(lines, first, lines[answers - 1])
        found.update(k.index for k in lines[first : answers + counts])
    return found


def _titles_of_box(lines: Sequence[Line], question: int, last: Line) -> int:
    """How many lines above a question are titles of its box, the smallest element with its answers."""
    box = next((e for e in lines[question].element.ancestors() if e.end > last.start), None)
    above = question
    while box is not None and above and lines[above - 1].start >= box.start:
        above -= 1
        if len(lines[above].text) > MAX_QUESTION or lines[above].text.endswith("."):
            return 0
    return question - above if question - above <= MAX_TITLES else 0


def _is_answer(line: Line) -> bool:
    if len(line.text) > MAX_OPTION or line.text.endswith("?"):
        return False
    return bool(line.flags & el.CONTROL) or ("%" in line.text and _SHARE.search(line.text) is not None)


def contents_lines(lines: Sequence[Line]) -> set[int]:
    """Indexes of the lines of a table of contents: its title, and lines that stand again below, in order."""
    last = {line.text.casefold(): n for n, line in enumerate(lines)}
    found: set[int] = set()
    if len(last) == len(lines):
        return found
    n = 0
    while n < len(lines):
        end, below = n, 0
        while end < len(lines) and (again := last[lines[end].text.casefold()]) > max(end, below):
            if len(lines[end].text) > MAX_CHAPTER or _SAID.search(lines[end].text):
                break
            below, end = again, end + 1
        if end - n >= MIN_CHAPTERS and last[lines[n].text.casefold()] >= end:
            titled = n > 0 and len(lines[n - 1].text) < MAX_TITLE and not lines[n - 1].text.endswith(".")
            found.update(line.index for line in lines[n - titled : end])
        n = max(end, n + 1)
    return found


def is_about_author(text: str) -> bool:
    """Whether a paragraph tells who wrote the text: `Ryhor Bahdan covers agriculture.`"""
    return _ABOUT_AUTHOR.match(text) is not None or words.ABOUT_AUTHOR.match(text) is not None
