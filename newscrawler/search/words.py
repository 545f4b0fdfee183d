"""Words as a search compares them: the same for texts and for what is looked for, on every database."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST = 64
"""Letters of a word that count. Base64 and the like would fill an index with words nobody looks for."""

_CYRILLIC = "\u0400-\u04ff"
_APOSTROPHES = "'’ʼ`´"
# A sign inside Belarusian and Ukrainian words (з'езд), which texts print in many ways or leave out; between
# other letters it parts words (Lukashenko's).
_APOSTROPHE = re.compile(rf"(?<=[{_CYRILLIC}])[{_APOSTROPHES}](?=[{_CYRILLIC}])")
_WORD = re.compile(rf"[^\W_ʼ](?:[^\W_ʼ]|[\u0300-\u036f]|{_APOSTROPHE.pattern})*")
_IS_CYRILLIC = re.compile(f"[{_CYRILLIC}]")
_SPECIAL = {
    # Letters with a stroke, which Unicode does not take apart.
    "ł": "l", "đ": "d", "ø": "o", "ħ": "h", "ŧ": "t", "ı": "i",
    # Russian texts print ё as е; Belarusian ў and у are the same word after a vowel and after a consonant.
    "ё": "е", "ў": "у",
}  # fmt: skip


class _Folding(dict[int, str]):
    """Character → what stays of it without case and diacritics, filled as characters come.

    What is no letter or digit becomes a space.
    """

    def __missing__(self, code: int) -> str:
        if 0x300 <= code <= 0x36F:
            folded = ""
        elif chr(code).isalnum() and chr(code) not in _APOSTROPHES:
            folded = "".join(_folded(c) for c in chr(code).casefold())
        else:
            folded = " "
        self[code] = folded
        return folded


def _folded(character: str) -> str:
    if character in _SPECIAL:
        return _SPECIAL[character]
    if _IS_CYRILLIC.match(character):
        return character  # й and ї are letters of their own
    parts = unicodedata.normalize("NFD", character)
    return "".join(_SPECIAL.get(c, c) for c in parts if not unicodedata.combining(c))


_FOLDING = _Folding()


@dataclass(frozen=True, slots=True)
class Word:
    """A word and where it stands in its text."""

    start: int
    end: int
    folded: str


def folded_words(text: str) -> list[str]:
    """The words of a text as they are compared: `Łukašenka’s` → `lukasenka`, `s`."""
    joined = _APOSTROPHE.sub("", unicodedata.normalize("NFC", text))
    return [word[:LONGEST] for word in joined.translate(_FOLDING).split()]


def words_of(text: str) -> Iterator[Word]:
    """The same words of a text in NFC, with their places in it."""
    for match in _WORD.finditer(text):
        if folded := _APOSTROPHE.sub("", match[0]).translate(_FOLDING)[:LONGEST]:
            yield Word(match.start(), match.end(), folded)
