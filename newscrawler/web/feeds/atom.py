"""Atom: https://www.rfc-editor.org/rfc/rfc4287"""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import urljoin
from xml.etree.ElementTree import Element, SubElement, tostring

from newscrawler.web.feeds.entries import Entry, Feed

MEDIA_TYPE = "application/atom+xml"
_NAMESPACE = "http://www.w3.org/2005/Atom"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def atom(feed: Feed) -> bytes:
    """The feed as a document."""
    root = Element("feed", xmlns=_NAMESPACE)
    _put(root, "id", feed.address)
    _put(root, "title", feed.title)
    _put(root, "updated", _moment(feed.updated))
    _put(_put(root, "author"), "name", "newscrawler")
    _put(root, "generator", "newscrawler")
    _put(root, "link", rel="self", href=feed.address, type=MEDIA_TYPE)
    _put(root, "link", rel="alternate", href=feed.home, type="text/html")
    if feed.next is not None:  # RFC 5005
        _put(root, "link", rel="next", href=feed.next, type=MEDIA_TYPE)
    for entry in feed.entries:
        _entry(root, entry, feed)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _entry(root: Element, entry: Entry, feed: Feed) -> None:
    node = _put(root, "entry")
    if entry.language:
        node.set(_LANGUAGE, entry.language)
    _put(node, "id", entry.id)
    _put(node, "title", entry.title, type="text")
    _put(node, "updated", _moment(entry.updated))
    _put(node, "published", _moment(entry.published))
    page = urljoin(feed.address, entry.page)
    _put(node, "link", rel="alternate", href=entry.url or page)
    if entry.url:
        _put(node, "link", rel="related", href=page, type="text/html")
    for author in entry.authors:
        _put(_put(node, "author"), "name", author)
    for category in entry.categories:
        _put(node, "category", term=category)
    _put(node, "summary", entry.summary, type="text")


def _put(parent: Element, tag: str, text: str | None = None, **attributes: str) -> Element:
    node = SubElement(parent, tag, attributes)
    node.text = text
    return node


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
