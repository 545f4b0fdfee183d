"""Text in the one form the project stores: NFC, single spaces, nothing invisible."""

from __future__ import annotations

import html
import re
import unicodedata
from typing import Final

# Soft hyphens, zero-width characters and direction marks, which a reader does not see and a search stumbles
# over; and what no page means to show and no database takes: control characters, halves of surrogate pairs
# (REST answers can hold both as JSON escapes).
_INVISIBLE: Final = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});", re.I)
_TAG: Final = re.compile(r"<[^<>]{0,2000}>")
# Typography that differs between a page's own copies of a headline (title, OpenGraph, h1).
_LOOSE: Final = {
    **dict.fromkeys("“”„«»‟″‹›", '"'),
    **dict.fromkeys("‘’‚‛`´ʼ′", "'"),
    **dict.fromkeys("–—−‐‑‒―", "-"),
    "…": "...",
    "ё": "е",
    "Ё": "е",
}
_LOOSENED: Final = re.compile(f"[{''.join(_LOOSE)}]")
"""Looked for first: str.translate looks every letter up that is not ASCII."""


def clean(text: str) -> str:
    """NFC, single spaces, without soft hyphens and zero-width characters."""
    text = text.strip()
    # Soft hyphens, zero-width and control characters are not printable, nor is any white space but the space:
    # most texts are clean, which is told in a third of the time that it takes to split and join them.
    if "  " in text or not text.isprintable():
        text = " ".join(text.split())
        if not text.isprintable():
            text = " ".join(_INVISIBLE.sub("", text).split())
    if not text.isascii() and not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return text


def unescape(text: str) -> str:
    """Clean text out of a value that may hold entities and tags (JSON-LD, REST, twice-escaped meta)."""
    # Twice at most: WordPress plugins escape titles that were escaped already.
    for _ in range(2):
        if "&" not in text or not _ENTITY.search(text):
            break
        text = html.unescape(text)
    if "<" in text:
        text = _TAG.sub("", text)
    return clean(text)


def loose(text: str) -> str:
    """A form in which two prints of the same headline are equal: case, quotes, dashes, final dot."""
    text = clean(text)
    if not text.isascii() or "`" in text:
        text = _LOOSENED.sub(lambda match: _LOOSE[match[0]], text)
    return text.casefold().replace(" - ", "-").strip(" .-")
