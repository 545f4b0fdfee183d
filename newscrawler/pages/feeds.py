"""Feeds: RSS (0.9x, 1.0, 2.0), Atom and JSON Feed (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final

from lxml import etree
from selectolax.lexbor import LexborHTMLParser

from newscrawler.items import Entry, ParsedPage
from newscrawler.normalize.dates import read_stamp, to_utc
from newscrawler.normalize.text import clean, unescape
from newscrawler.normalize.urls import absolute
from newscrawler.pages.clock import Clock
from newscrawler.pages.xml import all_text, children, name_of, namespace_of, parse_xml, text_of

MAX_ENTRIES: Final = 2000
_POST: Final = re.compile(r"https?://[^/]+/\?(?:.*&)?p=(\d{1,12})$")
_WEEKDAY: Final = re.compile(r"^[^\d]{2,12}?\.?,?\s+(?=\d)")


def is_json_feed(value: Any) -> bool:
    """Whether a JSON value is a feed."""
    return (
        isinstance(value, dict)
        and "jsonfeed.org/version" in str(value.get("version", ""))
        and isinstance(value.get("items"), list)
    )


def read_feed(text: str, url: str, clock: Clock) -> ParsedPage:
    """Read RSS or Atom. Raises ParseError for what is no XML."""
    root = parse_xml(text, url)
    channel = next(children(root, "channel"), root)
    # In RSS 1.0 the items stand beside the channel.
    items = [e for e in root.iter() if name_of(e) in ("item", "entry") and isinstance(e.tag, str)]
    base = _base(channel, url) or text_of(channel, "link") or url
    language = text_of(channel, "language") or _xml_lang(channel) or _xml_lang(root)
    following = next((link for link in _links(channel) if link[0] == "next"), None)
    return _page(
        url,
        clock,
        (_xml_entry(item, base, clock) for item in items[:MAX_ENTRIES]),
        language,
        absolute(base, following[1]) if following else None,
    )


def read_json_feed(value: dict[str, Any], url: str, clock: Clock) -> ParsedPage:
    """Read a JSON Feed."""
    base = value.get("home_page_url") if isinstance(value.get("home_page_url"), str) else url
    items = [item for item in value["items"][:MAX_ENTRIES] if isinstance(item, dict)]
    following = value.get("next_url")
    return _page(
        url,
        clock,
        (_json_entry(item, base or url, clock) for item in items),
        value.get("language") if isinstance(value.get("language"), str) else None,
        absolute(url, following) if isinstance(following, str) else None,
    )


def _page(
    url: str, clock: Clock, entries: Iterator[Entry | None], language: str | None, following: str | None
) -> ParsedPage:
    kept: dict[str, Entry] = {}
    for entry in entries:
        if entry is not None and entry.url is not None:
            kept.setdefault(entry.url, entry)
    return ParsedPage(
        kind="feed",
        language=language[:2].lower() if language else None,
        url=clock.profile.canonical(url) if url else None,
        entries=list(kept.values()),
        next_page=following,
    )


def _xml_entry(item: etree._Element, base: str, clock: Clock) -> Entry | None:
    address = _address(item, _base(item, base) or base)
    story = clock.profile.story(address, True) if address else None
    if story is None:
        return None  # of another site, a file, or nothing that could be asked for
    guid = text_of(item, "guid", "id") or ""
    entry = Entry(url=story, external_id=_post_number(guid, clock))
    entry.headline = _plain(text_of(item, "title"))
    entry.description = _plain(text_of(item, "description", "summary"))
    entry.language = _xml_lang(item)
    entry.sections = _sections(item, clock)
    entry.published_at, entry.published_date = read_time(
        text_of(item, "pubdate", "published", "issued", "created") or _dublin(item, "date"), clock
    )
    entry.modified_at, _ = read_time(text_of(item, "updated", "modified"), clock)
    if entry.published_date is None and entry.modified_at is not None:
        entry.published_at, entry.published_date = read_time(text_of(item, "updated", "modified"), clock)
    return entry


def _json_entry(item: dict[str, Any], base: str, clock: Clock) -> Entry | None:
    address = item.get("url") if isinstance(item.get("url"), str) else item.get("id")
    url = absolute(base, address) if isinstance(address, str) else None
    story = clock.profile.story(url, True) if url else None
    if story is None:
        return None

    def said(name: str) -> str | None:
        value = item.get(name)
        return value if isinstance(value, str) else None

    entry = Entry(url=story, external_id=_post_number(said("id") or "", clock))
    entry.headline = _plain(said("title"))
    entry.description = _plain(said("summary"))
    entry.language = (said("language") or "")[:2].lower() or None
    entry.published_at, entry.published_date = read_time(said("date_published"), clock)
    entry.modified_at, _ = read_time(said("date_modified"), clock)
    return entry


def _address(item: etree._Element, base: str) -> str | None:
    """The address of an item: what a feed service replaced, else its link, else a guid that is one."""
    for child in item:
        if name_of(child) == "origlink" and child.text:
            return absolute(base, child.text)
    links = _links(item)
    for wanted in ("alternate", ""):
        for rel, href in links:
            if rel == wanted and (url := absolute(base, href)):
                return url
    guid = next(children(item, "guid"), None)
    if guid is not None and guid.text and (guid.get("isPermaLink") or "true").lower() == "true":
        return absolute(base, guid.text) if "/" in guid.text else None
    identity = text_of(item, "id")
    return identity if identity and identity.startswith(("http://", "https://")) else None


def _links(element: etree._Element) -> list[tuple[str, str]]:
    """Relation and address of each link: Atom's attributes, or RSS's text."""
    found = []
    for link in children(element, "link"):
        if href := link.get("href"):
            kind = (link.get("type") or "text/html").lower()
            rel = (link.get("rel") or "alternate").lower()
            if rel != "alternate" or "html" in kind:
                found.append((rel, href))
        elif link.text and link.text.strip():
            found.append(("", link.text.strip()))
    return found


def _sections(item: etree._Element, clock: Clock) -> list[str]:
    """Categories that are sections of the site: feeds mix them with tags."""
    known = {s.casefold(): s for s in clock.profile.sections}
    said = (clean(c.get("term") or all_text(c)) for c in children(item, "category"))
    return list(dict.fromkeys(known[s.casefold()] for s in said if s.casefold() in known))


def read_time(text: str | None, clock: Clock) -> tuple[datetime | None, date | None]:
    """A time as feeds write it, RFC 822 or ISO: moment in UTC and day in the site's zone, or None."""
    if not text or len(text) > 60:
        return None, None
    moment, day = read_stamp(text, clock.tz)
    if day is not None:
        return moment, day
    for form in (text, _WEEKDAY.sub("", text)):  # the weekday may be in any language
        try:
            parsed = parsedate_to_datetime(form)
            moment = to_utc(parsed, clock.tz)
            return moment, moment.astimezone(clock.tz).date()
        except (ValueError, OverflowError, IndexError, TypeError):
            continue
    return None, None


def _dublin(item: etree._Element, name: str) -> str | None:
    return next(
        (all_text(e) for e in children(item, name) if "purl.org/dc" in namespace_of(e)),
        None,
    )


def _base(element: etree._Element, base: str) -> str | None:
    stated = element.get("{http://www.w3.org/XML/1998/namespace}base")
    return absolute(base, stated) if stated else None


def _xml_lang(element: etree._Element) -> str | None:
    stated = element.get("{http://www.w3.org/XML/1998/namespace}lang")
    return stated[:2].lower() if stated else None


def _post_number(guid: str, clock: Clock) -> str | None:
    """The number of a WordPress post in its guid (`https://a.example/?p=123`), which outlives its address."""
    match = _POST.fullmatch(guid.strip())
    return match[1] if match and clock.profile.numbered(guid.strip()) else None


def _plain(text: str | None) -> str | None:
    """The text of a field that may be HTML, escaped or not."""
    if not text:
        return None
    if "<" in text or "&lt;" in text:
        tree = LexborHTMLParser(unescape(text) if "<" not in text else text)
        text = tree.body.text(deep=True, separator=" ") if tree.body is not None else ""
    return unescape(text) or None
