"""The text of a story that the page's scripts put on it, where the page itself has none."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice

from selectolax.lexbor import LexborHTMLParser

from newscrawler.pages.anywhere.blocks import Blocks
from newscrawler.pages.anywhere.text import Text, TextFinder
from newscrawler.pages.source import Source

MIN_LENGTH, MAX_SCRIPT, MAX_TRIES = 400, 3_000_000, 40
_STRING = re.compile(r'"((?:[^"\\]|\\.){400,})"', re.S)
_MARKUP = re.compile(r"<(?:p|br|div)\b", re.I)


def scripted_text(source: Source) -> Text:
    """The longest text that a script of the page holds as HTML; empty where none does."""
    best = Text()
    for node in source.tree.css("script"):
        script = (node.text(deep=True) or "")[:MAX_SCRIPT]
        if len(script) < MIN_LENGTH:
            continue
        for markup in islice(_markup_in(script, depth=2), MAX_TRIES):
            text = TextFinder(Blocks(LexborHTMLParser(markup).body), None).find()
            if text.size > best.size:
                best = text
    return best


def _markup_in(script: str, depth: int) -> Iterator[str]:
    for match in _STRING.finditer(script):
        try:
            value = json.loads(f'"{match[1]}"', strict=False)
        except ValueError:
            continue
        if depth > 1 and '\\"' in match[1] and value[:1] in '{["0123456789':
            yield from _markup_in(value, depth - 1)
        elif _MARKUP.search(value):
            yield value
