"""Sitemaps and sitemap indexes (https://www.sitemaps.org/protocol.html), with Google's extension for news."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from typing import Final

from lxml import etree

from newscrawler.items import Entry, Evidence, ParsedPage, SitemapLink
from newscrawler.normalize.text import unescape
from newscrawler.normalize.urls import absolute
from newscrawler.pages.clock import Clock
from newscrawler.pages.feeds import read_time
from newscrawler.pages.xml import children, name_of, parse_xml, text_of

MAX_ADDRESSES: Final = 50_000
"""As many as the protocol allows in one file."""
_NO_STORIES: Final = re.compile(
    r"(?:^|[-_./])(?:images?|videos?|authors?|users?|tags?|categor(?:y|ies)|taxonom(?:y|ies)|pages?|topics?|products?"
    r"|post_tag|web-stories|galler(?:y|ies))(?:[-_]?sitemap|[-_./\d]|$)",
    re.I,
)
_NUMBER: Final = re.compile(r"\d+")
_STAMPED_TOGETHER: Final = 5
"""From so many addresses on, one time for all of them is that of the file."""


def read_sitemap(text: str, url: str, clock: Clock) -> ParsedPage:
    """Read a sitemap or an index of sitemaps. Raises ParseError for what is no XML.

    Entries are the addresses that look like stories of the site, newest first. An entry has a headline where
    the news extension gives one. `modified_at` is the entry's `lastmod`, unless all addresses share one.
    """
    root = parse_xml(text, url)
    page_url = clock.profile.canonical(url) if url else None
    if name_of(root) == "sitemapindex":
        return ParsedPage(kind="sitemap", url=page_url, sitemaps=_children_of(root, url, clock))
    found: dict[str, tuple[Entry, datetime | None]] = {}
    is_news = False
    for element in list(children(root, "url"))[:MAX_ADDRESSES]:
        loc = text_of(element, "loc")
        address = absolute(url, loc) if loc else None
        news = next(children(element, "news"), None)
        story = clock.profile.story(address, news is not None) if address else None
        if story is None or story in found:
            continue
        is_news = is_news or news is not None
        entry = Entry(url=story)
        entry.modified_at, modified_day = read_time(text_of(element, "lastmod"), clock)
        if news is not None:
            _read_news(entry, news, clock)
        known = entry.published_at or entry.modified_at
        day = entry.published_date or modified_day
        found[story] = entry, known or (datetime.combine(day, time(), UTC) if day else None)
    entries = [entry for entry, _ in found.values()]
    _drop_common_stamp(entries)
    moments = {id(entry): moment for entry, moment in found.values()}
    return ParsedPage(
        kind="news_sitemap" if is_news else "sitemap",
        url=page_url,
        entries=_newest_first(entries, moments),
    )


def changed_after(link: SitemapLink, moment: datetime) -> bool | None:
    """Whether a sitemap of an index has changed since a moment; None where the index does not say.

    A bare day may be any time of it, in any zone.
    """
    if link.modified_at is not None:
        return link.modified_at >= moment
    if link.modified_date is not None:
        end = datetime.combine(link.modified_date, time(), UTC) + timedelta(days=1, hours=12)
        return end >= moment
    return None


def _read_news(entry: Entry, news: etree._Element, clock: Clock) -> None:
    entry.headline = unescape(text_of(news, "title") or "") or None
    entry.published_at, entry.published_date = read_time(text_of(news, "publication_date"), clock)
    publication = next(children(news, "publication"), None)
    language = text_of(publication, "language") if publication is not None else None
    entry.language = language[:2].lower() if language else None
    access = (text_of(news, "access") or "").lower()
    if access in ("subscription", "registration"):
        entry.premium = access == "subscription"
        entry.premium_evidence = Evidence("news:access", access, "urlset > url > news:news")


def _children_of(root: etree._Element, url: str, clock: Clock) -> list[SitemapLink]:
    """The sitemaps of an index that may hold stories, in the order in which they are worth reading.

    That is the newest first and, where names differ in more than numbers (`politics-3.xml`, `sport-1.xml`),
    the newest of each kind before the second newest of any.
    """
    links: dict[str, SitemapLink] = {}
    for element in list(children(root, "sitemap"))[:MAX_ADDRESSES]:
        loc = text_of(element, "loc")
        address = absolute(url, loc) if loc else None
        if address is None:
            continue
        moment, day = read_time(text_of(element, "lastmod"), clock)
        links.setdefault(address, SitemapLink(address, moment, day if moment is None else None))
    telling = [link for link in links.values() if not _NO_STORIES.search(link.url.partition("://")[2])]
    kinds: dict[str, list[SitemapLink]] = defaultdict(list)
    for link in sorted(telling or links.values(), key=_age_key, reverse=True):
        kinds[_NUMBER.sub("#", link.url)].append(link)
    ranked = [
        (rank, n, link) for n, of_kind in enumerate(kinds.values()) for rank, link in enumerate(of_kind)
    ]
    return [link for _, _, link in sorted(ranked, key=lambda entry: entry[:2])]


def _age_key(link: SitemapLink) -> tuple[datetime, list[int]]:
    """Sorts by time stated, then by the numbers in the name: `2025-11`, `post-sitemap12`."""
    stated = link.modified_at
    if stated is None and link.modified_date is not None:
        stated = datetime.combine(link.modified_date, time(), UTC)
    return stated or datetime.min.replace(tzinfo=UTC), [int(n[:18]) for n in _NUMBER.findall(link.url)]


def _drop_common_stamp(entries: list[Entry]) -> None:
    """Forget times of change that are the file's own: they would say that everything changed, always."""
    stamps = Counter(
        entry.modified_at.replace(second=0, microsecond=0)
        for entry in entries
        if entry.modified_at is not None
    )
    if len(entries) < _STAMPED_TOGETHER or not stamps:
        return
    common, times = stamps.most_common(1)[0]
    if times > 0.8 * len(entries):
        for entry in entries:
            if entry.modified_at is not None and entry.modified_at.replace(second=0, microsecond=0) == common:
                entry.modified_at = None


def _newest_first(entries: list[Entry], moments: dict[int, datetime | None]) -> list[Entry]:
    """By time; where none is stated, in the file's order, turned where its numbers or dates rise."""
    if any(moments.values()):
        oldest = datetime.min.replace(tzinfo=UTC)
        return sorted(entries, key=lambda entry: moments[id(entry)] or oldest, reverse=True)
    numbers = [_numbers(entry.url or "") for entry in entries]
    rises = sum(a < b for a, b in pairwise(numbers))
    falls = sum(a > b for a, b in pairwise(numbers))
    return entries[::-1] if rises > falls else entries


def _numbers(url: str) -> list[int]:
    return [int(n[:18]) for n in _NUMBER.findall(url)]
