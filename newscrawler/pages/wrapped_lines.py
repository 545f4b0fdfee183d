"""Text that was wrapped at a width, as `lynx -dump` and mail do: its lines are no paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

MAX_WIDTH: Final = 100
"""Nobody wraps at more; where a line is longer, lines are paragraphs."""
MIN_BREAKS: Final = 3
"""So many lines at least begin with a small letter where the line before is full: fewer may by chance."""
_ITEM: Final = re.compile(r"\s*(?:[-–—*•·●▪◦‣+]|\d{1,3}[.)])\s")


def unwrapped(lines: list[str]) -> list[str]:
    """The lines, those joined that were one: a line goes on where the next word did not fit in it."""
    width = max(map(len, lines), default=0)
    if width > MAX_WIDTH:
        return lines
    joints = set(_joints(lines, width))
    if sum(lines[n].lstrip()[0].islower() for n in joints) < MIN_BREAKS:
        return lines
    joined: list[str] = []
    for n, line in enumerate(lines):
        if n in joints:
            joined[-1] = f"{joined[-1]} {line.strip()}"
        else:
            joined.append(line)
    return joined


def _joints(lines: list[str], width: int) -> Iterator[int]:
    """The numbers of lines that go on with the line before."""
    for n in range(1, len(lines)):
        before, words = lines[n - 1], lines[n].split(maxsplit=1)
        if before.strip() and words and len(before) + 1 + len(words[0]) > width and not _ITEM.match(lines[n]):
            yield n
