"""Text from a page, made harmless to show: nothing invisible steers a terminal or turns a line around."""

from __future__ import annotations

import re

# Line ends, what a terminal takes for commands (C0, C1), what turns the direction of the text that follows
# it, and halves of characters, which cannot be written at all.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def printable(text: str) -> str:
    """Text from a page, as it can be shown: it is as long as before, and sends the terminal no commands."""
    return _UNPRINTABLE.sub(_picture, text)


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    if match[0] in "\t\n\r":
        return " "
    return chr(0x2400 + code) if code < 0x20 else "\ufffd"
