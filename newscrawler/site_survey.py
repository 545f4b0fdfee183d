"""Looks at a site that nobody has described: what it offers, and what would be read of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from newscrawler.exceptions import NewscrawlerError, ParseError, UsageError
from newscrawler.items import Article, ParsedPage
from newscrawler.normalize.urls import absolute, host
from newscrawler.pages.decode import decode
from newscrawler.saved_pages import SavedPage
from newscrawler.single_fetch import FetchError, Session
from newscrawler.site_description import SiteDescription
from newscrawler.sites.declared import declare

TRIED = 3
_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json")
_FEED_GUESSES = ("/feed/", "/rss.xml", "/atom.xml")
_SITEMAP_GUESSES = ("/news-sitemap.xml", "/sitemap.xml", "/sitemap_index.xml")
_FEWEST = 5
"""From so many links to stories on, a page is a listing."""
_OFFSET = re.compile(r"(?:datePublished|published_time)[\"'][^>]{0,60}?\d\d:\d\d:\d\d(?:\.\d+)?([+-]\d\d):00")
_LANGUAGE = re.compile(r"[a-z]{2,3}")


@dataclass(slots=True)
class Survey:
    """What was found."""

    url: str
    """The start address, after redirects."""
    name: str | None = None
    """How the site calls itself."""
    languages: list[str] = field(default_factory=list)
    timezone: str | None = None
    """None where nothing tells it."""
    rest: list[str] = field(default_factory=list)
    feeds: list[str] = field(default_factory=list)
    sitemaps: list[str] = field(default_factory=list)
    listings: list[str] = field(default_factory=list)
    stories: int = 0
    """How many stories the best way lists."""
    found_by: str | None = None
    """That way."""
    crawl_delay_seconds: float | None = None
    """As robots.txt asks."""
    articles: list[tuple[str, Article | str]] = field(default_factory=list)
    """The stories that were tried: address, and what was read or why nothing was."""
    remarks: list[str] = field(default_factory=list)
    requests: int = 0

    def settings(self) -> SiteDescription:
        """The table of the site. Raises UsageError where there is no way to its stories."""
        ways = {"rest": self.rest, "feeds": self.feeds, "sitemaps": self.sitemaps}
        if not any(ways.values()):
            ways = {"listings": self.listings}
        if not any(ways.values()):
            raise UsageError(
                f"{self.url}: no feed, no sitemap, no REST and no list of stories was found there"
            )
        if not self.languages:
            raise UsageError(f"{self.url}: no language is stated; say it with --language")
        timezone = {"timezone": self.timezone} if self.timezone else {}
        given = {name: tuple(_short(url, self.url) for url in urls) for name, urls in ways.items() if urls}
        return SiteDescription.model_validate(
            {"url": self.url, "languages": tuple(self.languages), **timezone, **given}
        )


def survey(url: str, session: Session, languages: tuple[str, ...] = ()) -> Survey:
    """Look at a site. Raises FetchError where its start page cannot be had, UsageError for no address."""
    home = session.get(url)
    found = Survey(url=home.url, languages=list(languages))
    found.crawl_delay_seconds = session.robots(home.url).crawl_delay(session.user_agent)
    tree = LexborHTMLParser(decode(home.raw, home.headers.get("content-type", "")).text)
    if not found.languages:
        found.languages = _languages(tree, home.url)
    if not found.languages:
        found.remarks.append("the start page states no language")
    probe = declare("survey", _probe_settings(found))
    looking = _Looking(session, probe, found)
    looking.rest(tree, home)
    looking.feeds(tree)
    looking.sitemaps()
    looking.listing(home)
    looking.articles()
    found.requests = session.requests
    return found


def _probe_settings(found: Survey) -> SiteDescription:
    return SiteDescription.model_validate({"url": found.url, "languages": tuple(found.languages or ["en"])})


class _Looking:
    """The steps of a survey."""

    def __init__(self, session: Session, probe: Any, found: Survey) -> None:
        self.session = session
        self.probe = probe
        self.found = found
        self._listed: list[str] = []

    def rest(self, tree: LexborHTMLParser, home: SavedPage) -> None:
        """WordPress says where its REST interface is."""
        link = tree.css_first('link[rel="https://api.w.org/"]')
        href = link.attributes.get("href") if link else None
        if href is None and (
            stated := re.search(r'<([^>]+)>;\s*rel="https://api\.w\.org/"', home.headers.get("link", ""))
        ):
            href = stated[1]
        if href is None and b"/wp-content/" in home.raw:
            href = "/wp-json/"
        root = absolute(self.found.url, href) if href else None
        if root is None or "rest_route" in root:
            return
        about = self._json(root)
        posts = f"{root.rstrip('/')}/wp/v2/posts"
        page = self._read(f"{posts}?per_page=10")
        if page is None or page.kind != "wp_rest" or not page.entries:
            self.found.remarks.append(f"{posts} gives no posts")
            return
        self.found.rest.append(posts)
        self.found.name = about.get("name") or None
        zone, offset = about.get("timezone_string"), about.get("gmt_offset")
        if isinstance(zone, str) and zone:
            self.found.timezone = zone
        elif isinstance(offset, (int, float, str)) and str(offset).lstrip("-").isdigit():
            self.found.timezone = _zone_of(int(offset))
        self._take(page, "rest")

    def feeds(self, tree: LexborHTMLParser) -> None:
        """Feeds that the start page names; where it names none, where feeds usually are."""
        named = [
            url
            for link in tree.css("link[rel~=alternate][href]")
            if (link.attributes.get("type") or "").lower() in _FEED_TYPES
            and (url := absolute(self.found.url, link.attributes.get("href") or ""))
            and "comments" not in url
        ]
        guessed = [url for path in _FEED_GUESSES if (url := absolute(self.found.url, path))]
        for url in list(dict.fromkeys(named))[:3] or guessed:
            page = self._read(url)
            if page is None or page.kind != "feed" or not page.entries:
                continue
            self.found.feeds.append(url)
            if not self.found.languages and page.language:
                self.found.languages.append(page.language)
            self._take(page, "feed")
            if not named:
                return

    def sitemaps(self) -> None:
        """Sitemaps that robots.txt names; where it names none, where sitemaps usually are."""
        named = list(dict.fromkeys(self.session.robots(self.found.url).sitemaps))
        # One for news holds the newest, and is the smallest.
        named.sort(key=lambda url: "news" not in url)
        guessed = [url for path in _SITEMAP_GUESSES if (url := absolute(self.found.url, path))]
        for url in named[:3] or guessed:
            page = self._read(url)
            if page is None or page.kind not in ("sitemap", "news_sitemap"):
                continue
            telling = page
            if page.sitemaps:
                telling = self._read(page.sitemaps[0].url) or page
            if not telling.entries:
                self.found.remarks.append(f"{url} names no address that looks like a story's")
                continue
            self.found.sitemaps.append(url)
            self._take(telling, telling.kind.replace("_", " "))
            if not named:
                return

    def listing(self, home: SavedPage) -> None:
        """Whether the start page itself lists stories."""
        try:
            page = self.probe.parse_list(
                home.raw, url=home.url, headers=home.headers, fetched_at=home.fetched_at
            )
        except ParseError as exc:
            self.found.remarks.append(f"the start page: {exc.reason}")
            return
        if len(page.entries) >= _FEWEST:
            self.found.listings.append(self.found.url)
            self._take(page, "listing")

    def articles(self) -> None:
        """Read some of the newest stories as a crawl would."""
        for url in self._listed[:TRIED]:
            try:
                saved = self.session.get(url)
                page = self.probe.parse(
                    saved.raw, url=saved.url, headers=saved.headers, fetched_at=saved.fetched_at
                )
            except ParseError as exc:
                self.found.articles.append((url, exc.reason))
                continue
            except NewscrawlerError as exc:
                self.found.articles.append((url, str(exc)))
                continue
            self.found.articles.append((url, page.article or "no article"))
            if self.found.timezone is None:
                self._offset(saved)
        if self.found.timezone is None:
            self.found.remarks.append("nothing tells the time zone: UTC is assumed")

    def _offset(self, saved: SavedPage) -> None:
        stated = _OFFSET.search(saved.raw[:500_000].decode("utf-8", "replace"))
        if stated and int(stated[1]):
            self.found.timezone = _zone_of(int(stated[1]))
            self.found.remarks.append(
                f"the time zone is the offset of today's pages, {stated[1]}:00; give the real one"
            )

    def _take(self, page: ParsedPage, way: str) -> None:
        """Keep the stories of the first way that lists any."""
        urls = [entry.url for entry in page.entries if entry.url]
        if urls and not self._listed:
            self._listed, self.found.stories, self.found.found_by = urls, len(urls), way

    def _read(self, url: str) -> ParsedPage | None:
        """A list; None where there is none, which is no failure of the survey."""
        try:
            saved = self.session.get(url)
            page: ParsedPage = self.probe.parse_list(
                saved.raw, url=url, headers=saved.headers, fetched_at=saved.fetched_at
            )
        except (FetchError, ParseError) as exc:
            if "robots.txt" in str(exc):
                self.found.remarks.append(str(exc))
            return None
        return page

    def _json(self, url: str) -> dict[str, Any]:
        try:
            value = json.loads(self.session.get(url).raw)
        except (FetchError, ValueError):
            return {}
        return value if isinstance(value, dict) else {}


def _languages(tree: LexborHTMLParser, url: str) -> list[str]:
    """The language of the page, then those of its translations on the same host."""
    stated: list[str] = []
    if tree.root is not None:
        stated.append(tree.root.attributes.get("lang") or "")
    for link in tree.css("link[rel~=alternate][hreflang][href]"):
        target = absolute(url, link.attributes.get("href") or "")
        if target and host(target) == host(url):
            stated.append(link.attributes.get("hreflang") or "")
    codes = (code.lower().replace("_", "-").partition("-")[0] for code in stated)
    return list(dict.fromkeys(code for code in codes if _LANGUAGE.fullmatch(code)))


def _zone_of(hours: int) -> str:
    """A zone without summer time, so many hours ahead of UTC; its name has the sign turned round."""
    return "UTC" if hours == 0 else f"Etc/GMT{-hours:+d}"


def _short(url: str, start: str) -> str:
    """An address as a table has it: a path, where it is on the site's own host."""
    parts = urlsplit(url)
    if host(url) != host(start):
        return url
    return f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"


def table_of(settings: SiteDescription) -> Iterator[tuple[str, Any]]:
    """The keys of a table and their values, as far as they were given, one in place of a list of one."""
    for name in SiteDescription.model_fields:
        if name not in settings.model_fields_set:
            continue
        value = getattr(settings, name)
        if isinstance(value, tuple):
            value = value[0] if len(value) == 1 and name != "languages" else list(value)
        yield name, value
