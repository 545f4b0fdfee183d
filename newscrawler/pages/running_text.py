"""Which lines are surely running text, and where on a page none is."""

from __future__ import annotations

import re
from typing import Final

from newscrawler.pages import elements as el
from newscrawler.pages.parts import Line

OUT_OF_TEXT: Final = el.NAV | el.FOOTER | el.DIALOG | el.HIDDEN
STRONG: Final = 70
"""A line of so many characters that ends as a sentence does is surely text."""
SENTENCE_ENDS: Final = tuple(".!?…:;»”\"“)]’'")
"""How a sentence may end, quoted or not."""
STOP: Final = re.compile(r"[.!?…]\W*$")
"""How it ends where a title does not."""


def is_strong(line: Line) -> bool:
    """Whether a line is surely running text."""
    return (
        len(line.text) >= STRONG
        and not line.flags & (OUT_OF_TEXT | el.CONTROL | el.CAPTION)
        and line.level == 0
        and line.text.endswith(SENTENCE_ENDS)
        and line.link is None
    )
