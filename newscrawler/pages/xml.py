"""XML as sites serve it: feeds and sitemaps, well formed or not."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import Final

from lxml import etree

from newscrawler.exceptions import ParseError

MAX_UNPACKED: Final = 60_000_000
"""Bytes. The sitemap protocol allows 50 MB; more is an accident or an attack."""
_BEFORE_ROOT: Final = re.compile(
    r"\s*(?:<\?.*?\?>|<!--.*?-->|<!doctype[^>\[]*(?:\[.*?\])?[^>]*>|\s+)*", re.I | re.S
)
_ROOT: Final = re.compile(r"<(?:[\w.-]+:)?(rss|feed|rdf|urlset|sitemapindex)\b", re.I)
_DECLARATION: Final = re.compile(r"^\s*<\?xml.*?\?>", re.S)


def unpacked(raw: bytes, url: str) -> bytes:
    """The bytes of a gzip file (`sitemap.xml.gz`); others as they are.

    Raises ParseError where it is broken or would be too large.
    """
    if not raw.startswith(b"\x1f\x8b"):
        return raw
    unpacker = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
    try:
        text = unpacker.decompress(raw, MAX_UNPACKED)
    except zlib.error as exc:
        raise ParseError(url, f"compressed data that cannot be unpacked: {exc}") from exc
    if unpacker.unconsumed_tail:
        raise ParseError(url, f"it is larger than {MAX_UNPACKED // 1_000_000} MB unpacked")
    if not unpacker.eof:
        raise ParseError(url, "compressed data that is cut short")
    return text


def root_of(text: str) -> str | None:
    """`rss`, `feed`, `rdf`, `urlset` or `sitemapindex`; None for anything else, HTML among it."""
    start = _BEFORE_ROOT.match(text[:20_000])
    match = _ROOT.match(text, start.end() if start else 0)
    return match[1].lower() if match else None


def parse_xml(text: str, url: str) -> etree._Element:
    """The root element. Nothing outside the document is read, and no entity is expanded.

    What is not well formed is read as far as it goes. Raises ParseError where nothing can be.
    """
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
    )
    try:
        root = etree.fromstring(_DECLARATION.sub("", text, count=1).encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as exc:
        raise ParseError(url, f"XML that is not valid: {exc}") from exc
    if root is None:
        raise ParseError(url, "XML that is not valid")
    return root


def name_of(element: etree._Element) -> str:
    """The name of an element without its namespace, in lower case."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def namespace_of(element: etree._Element) -> str:
    """The namespace of an element; empty where it has none."""
    tag = element.tag
    return tag[1:].partition("}")[0] if isinstance(tag, str) and tag.startswith("{") else ""


def children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """The child elements of a name, whatever their namespace."""
    return (child for child in element if name_of(child) == name)


def text_of(element: etree._Element, *names: str) -> str | None:
    """The text of the first child that has one of these names and a text; None where none has."""
    for name in names:
        for child in children(element, name):
            if text := all_text(child):
                return text
    return None


def all_text(element: etree._Element) -> str:
    """The text of an element and of all in it."""
    return "".join(map(str, element.itertext())).strip()
