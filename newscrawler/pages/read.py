"""What kind of page a response is, and who reads it. Content decides: headers and addresses may be wrong."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from itertools import islice
from typing import Final

from newscrawler.exceptions import ParseError
from newscrawler.items import ParsedPage
from newscrawler.normalize.dates import zone
from newscrawler.pages.anywhere.page import read_story
from newscrawler.pages.clock import Clock
from newscrawler.pages.decode import decode
from newscrawler.pages.document import Document
from newscrawler.pages.feeds import read_feed
from newscrawler.pages.html import read_html
from newscrawler.pages.link_list import read_link_list
from newscrawler.pages.profile import Profile
from newscrawler.pages.sitemaps import read_sitemap
from newscrawler.pages.source import Source
from newscrawler.pages.textdump import looks_like_dump, read_dump
from newscrawler.pages.wordpress import read_rest
from newscrawler.pages.xml import root_of, unpacked

_MAGIC: Final = {
    b"%PDF": "a PDF", b"\x89PNG": "a PNG image", b"\xff\xd8\xff": "a JPEG image", b"GIF8": "a GIF image",
    b"PK\x03\x04": "a ZIP archive", b"RIFF": "a media file",
    b"\x00\x00\x00\x18ftyp": "a video", b"\x7fELF": "a program", b"wOF": "a font", b"ID3": "an audio file",
}  # fmt: skip
_TAG: Final = re.compile(
    r"<(?:!doctype|html|head|body|title|meta|div|p|table|article|main|section|ul|li|a|span|h[1-6]|br|font|center)\b",
    re.I,
)
MAX_SAMPLE: Final = 20_000
_CONTROL: Final = bytes(c for c in (*range(32), 127) if c not in b"\t\n\v\f\r\x1b")


def read(
    raw: bytes, *, url: str, headers: Mapping[str, str], fetched_at: datetime, profile: Profile
) -> ParsedPage:
    """Read a response. Raises ParseError where nothing can be read."""
    text, utf8, clock = _opened(raw, url, headers, fetched_at, profile)
    page = _read_data(text, url, headers, clock)
    if page is not None:
        return page
    sample = text[:MAX_SAMPLE]
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
        with closing(Document(text, url, profile, utf8)) as document:
            return read_html(document, clock, headers)
    story = read_story(Source(text, url, profile, utf8), clock)
    if story is not None:
        return story
    with closing(Document(text, url, profile, utf8)) as document:
        page = read_html(document, clock, headers)
        if here is None and page.article is not None and not page.article.partial:
            return ParsedPage("unknown", page.language, page.url, None, page.entries)
        if page.kind == "listing" and not page.entries and not profile.base_url:
            return read_link_list(document, clock, headers)  # of a publisher nobody has described
        return page


def read_list(
    raw: bytes, *, url: str, headers: Mapping[str, str], fetched_at: datetime, profile: Profile
) -> ParsedPage:
    """Read a feed, a sitemap, REST, or any HTML page as a list of stories. Raises ParseError."""
    text, utf8, clock = _opened(raw, url, headers, fetched_at, profile)
    page = _read_data(text, url, headers, clock)
    if page is not None:
        return page
    with closing(Document(text, url, profile, utf8)) as document:
        return read_link_list(document, clock, headers)


def _opened(
    raw: bytes, url: str, headers: Mapping[str, str], fetched_at: datetime, profile: Profile
) -> tuple[str, bytes | None, Clock]:
    """The text of a response, the same in UTF-8 where it came so, and what its dates are read against.

    Raises ParseError for what is no text.
    """
    if not raw or raw.isspace():
        raise ParseError(url, "it is empty")
    raw = unpacked(raw, url)
    for magic, name in _MAGIC.items():
        if raw.startswith(magic):
            raise ParseError(url, f"it is {name}, not a page")
    content_type = next((v for k, v in headers.items() if k.lower() == "content-type"), "")
    text, utf8 = decode(raw, content_type)
    if text[:1] == "\ufeff":
        text, utf8 = text.lstrip("\ufeff"), None
    head, sample = raw[:MAX_SAMPLE], text[:MAX_SAMPLE]
    suspect = "\ufffd" in sample or any(code in head for code in _CONTROL)
    if suspect and _noise(sample) > 0.1 * len(sample):
        raise ParseError(url, "it is binary data, not a page")
    if suspect or b"\x00" in raw:
        text, utf8 = text.replace("\x00", ""), None
    tz = zone(profile.timezone)
    moment = fetched_at if fetched_at.tzinfo else fetched_at.replace(tzinfo=UTC)
    clock = Clock(moment.astimezone(tz), tz, profile)
    return text, utf8, clock


def _read_data(text: str, url: str, headers: Mapping[str, str], clock: Clock) -> ParsedPage | None:
    """A sitemap, a feed or REST; None for a page meant for people."""
    root = root_of(text)
    if root in ("urlset", "sitemapindex"):
        return read_sitemap(text, url, clock)
    if root is not None:
        return read_feed(text, url, clock)
    if re.match(r"\s*[\[{]\s*(?:[\"{\]}\[]|$)", text[:400]):
        return read_rest(text, url, headers, clock)
    return None


def _noise(text: str) -> int:
    """How many characters are none that a text has: control characters, and what could not be decoded."""
    encoded = text.encode("utf-8", "replace")
    return len(encoded) - len(encoded.translate(None, _CONTROL)) + text.count("\ufffd")


def _wrapped_dump(text: str) -> str | None:
    """The text of a dump that a browser showed: one `<pre>` and nothing else."""
    if text.find("<pre", 0, 6000) < 0 and text.find("<PRE", 0, 6000) < 0:
        return None
    match = re.fullmatch(
        r"\s*(?:<!doctype[^>]*>)?\s*<html[^>]*>\s*(?:<head>.{0,2000}?</head>)?\s*<body[^>]*>\s*<pre[^>]*>([^<]*)</pre>\s*(?:</body>)?\s*(?:</html>)?\s*",
        text[:500_000],
        re.I | re.S,
    )
    if match is None:
        return None
    return html.unescape(match[1])
