"""What kind of page a response is, and who reads it. Content decides: headers and addresses may be wrong."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import islice

from newscrawler.exceptions import ParseError
from newscrawler.items import ParsedPage
from newscrawler.normalize.dates import zone
from newscrawler.pages.anywhere.page import read_story
from newscrawler.pages.decode import decode
from newscrawler.pages.document import Document
from newscrawler.pages.html import read_html
from newscrawler.pages.listing import Clock
from newscrawler.pages.profile import Profile
from newscrawler.pages.source import Source
from newscrawler.pages.textdump import looks_like_dump, read_dump
from newscrawler.pages.wordpress import read_rest

_MAGIC = {
    b"%PDF": "a PDF", b"\x89PNG": "a PNG image", b"\xff\xd8\xff": "a JPEG image", b"GIF8": "a GIF image",
    b"PK\x03\x04": "a ZIP archive", b"\x1f\x8b": "compressed data", b"RIFF": "a media file",
    b"\x00\x00\x00\x18ftyp": "a video", b"\x7fELF": "a program", b"wOF": "a font", b"ID3": "an audio file",
}  # fmt: skip
_TAG = re.compile(
    r"<(?:!doctype|html|head|body|title|meta|div|p|table|article|main|section|ul|li|a|span|h[1-6]|br|font|center)\b",
    re.I,
)
_CONTROL = bytes(c for c in (*range(32), 127) if c not in b"\t\n\v\f\r\x1b")


def read(
    raw: bytes, *, url: str, headers: Mapping[str, str], fetched_at: datetime, profile: Profile
) -> ParsedPage:
    """Read a response. Raises ParseError where nothing can be read."""
    if not raw or raw.isspace():
        raise ParseError(url, "it is empty")
    for magic, name in _MAGIC.items():
        if raw.startswith(magic):
            raise ParseError(url, f"it is {name}, not a page")
    content_type = next((v for k, v in headers.items() if k.lower() == "content-type"), "")
    text = decode(raw, content_type).lstrip("\ufeff")
    sample = text[:20_000]
    if _noise(sample) > 0.1 * len(sample):
        raise ParseError(url, "it is binary data, not a page")
    if "\x00" in text:
        text = text.replace("\x00", "")
    tz = zone(profile.timezone)
    moment = fetched_at if fetched_at.tzinfo else fetched_at.replace(tzinfo=UTC)
    clock = Clock(moment.astimezone(tz), tz, profile)
    opening = text.lstrip()[:1]
    if opening in ("{", "["):
        head = text.lstrip()[:400]
        if re.match(r"[\[{]\s*(?:[\"{\]}\[]|$)", head):
            return read_rest(text, url, headers, clock)
    tags = sum(1 for _ in islice(_TAG.finditer(sample), 3))
    here = profile.identify(url) if url else None
    if (
        tags < 3
        and looks_like_dump(text, profile)
        and not re.search(r"<(?:html|body|div|p|table)\b", sample, re.I)
    ):
        return read_dump(text, url, clock, here)
    if tags == 0:
        raise ParseError(url, "it is neither a page nor a text of one")
    if dumped := _wrapped_dump(text):
        return read_dump(dumped, url, clock, here)
    if profile.worded:
        # Its stories are told by their datelines and marks, and the lists beside them are read as well.
        return read_html(Document(text, url, profile), clock, headers)
    story = read_story(Source(text, url, profile), clock)
    if story is not None:
        return story
    page = read_html(Document(text, url, profile), clock, headers)
    if here is None and page.article is not None and not page.article.partial:
        return ParsedPage("unknown", page.language, page.url, None, page.entries)
    return page


def _noise(text: str) -> int:
    """How many characters are none that a text has: control characters, and what could not be decoded."""
    encoded = text.encode("utf-8", "replace")
    return len(encoded) - len(encoded.translate(None, _CONTROL)) + text.count("\ufffd")


def _wrapped_dump(text: str) -> str | None:
    """The text of a dump that a browser showed: one `<pre>` and nothing else."""
    if "<pre" not in text[:6000].lower():
        return None
    match = re.fullmatch(
        r"\s*(?:<!doctype[^>]*>)?\s*<html[^>]*>\s*(?:<head>.{0,2000}?</head>)?\s*<body[^>]*>\s*<pre[^>]*>([^<]*)</pre>\s*(?:</body>)?\s*(?:</html>)?\s*",
        text[:500_000],
        re.I | re.S,
    )
    if match is None:
        return None
    return html.unescape(match[1])
