"""Bytes to text, where header, meta, BOM and bytes may disagree."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress
from typing import Final, NamedTuple

# One page is tens of kilobytes. What lies beyond this is not read: time and memory stay bounded.
MAX_BYTES: Final = 4_000_000

_META_CHARSET: Final = re.compile(
    rb"""(?:<meta[^>]{0,200}?charset|<\?xml[^>]{0,80}?encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I
)
_HEADER_CHARSET: Final = re.compile(r"""charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I)
_HIGH: Final = re.compile(rb"[\x80-\xff]+")
_BOMS: Final = [
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
]  # fmt: skip
_GUESSES: Final = ("windows-1251", "koi8-r", "windows-1252", "iso-8859-5", "cp866")
# As browsers read them: https://encoding.spec.whatwg.org/#names-and-labels
_BROWSER_NAMES: Final = {
    "ascii": "windows-1252", "us-ascii": "windows-1252", "iso-8859-1": "windows-1252",
    "latin1": "windows-1252", "utf8": "utf-8", "cp1251": "windows-1251", "win-1251": "windows-1251",
}  # fmt: skip
_LETTERS: Final = re.compile(r"[а-яёўіґєї]")
_CAPITAL_INSIDE: Final = re.compile(r"[а-яёўі][А-ЯЁЎІ]")
_ODD: Final = re.compile("[\x80-\x9f\ufffd\u2500-\u259f¤¦¬±µ¶ЂЃѓЉЊЌЏђљњћџҐ]")
_LATIN: Final = re.compile(r"[À-ÿŠšŽž“”‘’–—…]")


class Decoded(NamedTuple):
    """The text of a response."""

    text: str
    utf8: bytes | None = None
    """The same in UTF-8, where the response came so; None where it would have to be encoded."""


def decode(raw: bytes, content_type: str = "") -> Decoded:
    """The text of a response.

    Bytes that are valid UTF-8 are UTF-8, whatever anything says: other encodings of Cyrillic are not
    valid UTF-8 by chance. Otherwise what is declared competes with what the text looks like.
    """
    raw = raw[:MAX_BYTES]
    for bom, name in _BOMS:
        if raw.startswith(bom):
            text = _try(raw[len(bom) :], name)
            if text is not None:
                return Decoded(text)
            raw = raw[len(bom) :]  # a BOM that lies
            break
    if wide := _wide(raw):
        return Decoded(raw.decode(wide, "replace"))
    with suppress(UnicodeDecodeError):
        return Decoded(raw.decode(), raw)
    text = _try(raw, "utf-8")
    if text is not None:
        return Decoded(text)
    declared = [n for n in (_header_charset(content_type), _meta_charset(raw)) if n]
    # The words that tell encodings apart; markup and English say nothing.
    words = b" ".join(_HIGH.findall(raw[:400_000])[:2000])
    best, best_score = "utf-8", _score_utf8(words)
    for name in dict.fromkeys([*declared, *_GUESSES]):
        if name == "utf-8":
            continue
        try:
            score = _score(words.decode(name, "replace")) + (0.02 if name in declared else 0)
        except (LookupError, ValueError):
            continue
        if score > best_score:
            best, best_score = name, score
    return Decoded(raw.decode(best, "replace"))


def _try(raw: bytes, name: str) -> str | None:
    """Strictly decoded text; a character cut off at the end is left out."""
    decoder = codecs.getincrementaldecoder(name)("strict")
    try:
        return decoder.decode(raw, False)
    except UnicodeDecodeError:
        return None


def _wide(raw: bytes) -> str | None:
    """UTF-16 without a BOM: every other byte of markup is zero."""
    head = raw[:400]
    even, odd = head[::2].count(0), head[1::2].count(0)
    # ASCII has one zero in each pair, Cyrillic none; binary data has them anywhere.
    if max(even, odd) < max(4, len(head) // 20) or min(even, odd) * 4 > max(even, odd):
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def _browser_name(name: str) -> str | None:
    name = name.lower()
    name = _BROWSER_NAMES.get(name, name)
    try:
        codecs.lookup(name)
        "".encode(name)
    except (LookupError, ValueError, AttributeError, TypeError):
        return None
    # A page that could be searched for its charset as bytes is not UTF-16.
    return None if name.startswith(("utf-16", "utf-32", "utf_16", "utf_32", "idna", "punycode")) else name


def _header_charset(content_type: str) -> str | None:
    match = _HEADER_CHARSET.search(content_type)
    return _browser_name(match[1]) if match else None


def _meta_charset(raw: bytes) -> str | None:
    match = _META_CHARSET.search(raw[:4096])
    return _browser_name(match[1].decode("ascii", "replace")) if match else None


def _score_utf8(raw: bytes) -> float:
    """How much of the non-ASCII text is UTF-8: near 1 where a few bytes were lost, 0 in another encoding."""
    text = raw.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = len(text) - text.count(" ") - bad
    return (good - 3 * bad) / (good + bad) if good + bad else 0.0


def _score(text: str) -> float:
    """How much a text looks like Russian, Belarusian or Western European, at most about 1."""
    foreign = len(text) - text.count(" ")
    if not foreign:
        return 0.5
    good = len(_LETTERS.findall(text)) + 0.9 * len(_LATIN.findall(text))
    bad = 3 * len(_ODD.findall(text)) + 4 * len(_CAPITAL_INSIDE.findall(text))
    return (good - bad) / foreign
