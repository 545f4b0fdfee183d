"""A site out of a table: `[sites.NAME]` in newscrawler.toml, or in `bundled.toml` beside this file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from urllib.parse import urlsplit

from newscrawler.items import Article, Entry, ParsedPage
from newscrawler.normalize import urls
from newscrawler.normalize.story_addresses import can_be_story, looks_like_story
from newscrawler.pages.declared_rules import DeclaredRules, apply_rules
from newscrawler.pages.premium import NO_MARK
from newscrawler.pages.profile import Address, Profile
from newscrawler.pages.read import read, read_list
from newscrawler.site_description import Addresses, SiteDescription
from newscrawler.sites.base import Site
from newscrawler.sites.ways import Way, WayKind

_REST_ROOT = re.compile(r"/wp-json/?$")
_PAGE_PART = re.compile(r"(?:/page)?/\d{1,5}/?$|/$")


@dataclass(frozen=True)
class DeclaredSite(Site):
    """A site that is described by settings alone."""

    declared_ways: tuple[Way, ...] = ()
    story_pattern: re.Pattern[str] | None = None
    rules: DeclaredRules = field(default_factory=DeclaredRules)

    @cached_property
    def _hosts_below(self) -> str:
        return "." + urls.host(self.base_url).removeprefix("www.")

    @cached_property
    def _listings(self) -> frozenset[str]:
        return frozenset(
            _PAGE_PART.sub("", self.canonical_url(way.url))
            for way in self.declared_ways
            if way.kind == "listing"
        )

    @property
    def addresses_vary(self) -> bool:
        """As on most sites: sections, campaigns and editors give one story several addresses."""
        return True

    def owns(self, url: str) -> bool:
        """Whether an address is one of this site, or of a host below its own."""
        host = urls.host(urls.plain(url))
        return host in self.hosts or host.endswith(self._hosts_below)

    def ways(self, languages: Sequence[str]) -> list[Way]:
        """The declared ways that lead to any of these languages."""
        return [way for way in self.declared_ways if set(way.languages) & set(languages)]

    def story_url(self, url: str, told: bool) -> str | None:
        """The canonical address of a story; see `newscrawler.normalize.story_addresses`."""
        canonical = self.canonical_url(url)
        if not self.owns(canonical) or not can_be_story(canonical) or self._is_listing(canonical):
            return None
        if self.story_pattern is not None:
            return canonical if self.story_pattern.search(canonical) else None
        return canonical if told or looks_like_story(canonical) else None

    def identify(self, url: str) -> Address | None:
        """A listing that is declared, REST, or a page that can be a story's."""
        canonical = self.canonical_url(url)
        if not self.owns(canonical):
            return None
        language = self.language_of(canonical)
        if self._is_listing(canonical):
            return Address("listing", language, None, canonical)
        if "/wp-json/" in canonical:
            return Address("wp_rest", language, None, canonical)
        return Address("article", language, None, canonical) if can_be_story(canonical) else None

    def language_of(self, url: str) -> str | None:
        """The language that an address names, as a part of its path or host; None where it names none."""
        return language_named(url, self.languages) if len(self.languages) > 1 else None

    def _is_listing(self, canonical: str) -> bool:
        return _PAGE_PART.sub("", canonical) in self._listings

    @cached_property
    def profile(self) -> Profile:
        """What the readers of pages need to know."""
        return replace(
            super().profile,
            identify=self._story_address,
            numbered=self._numbers_are_unique,
            sections=self.rules.sections,
        )

    def _story_address(self, url: str) -> Address | None:
        """For the readers of pages, which tell stories apart by their ids: here the address is the id."""
        story = self.story_url(url, False)
        return Address("article", self.language_of(story), _key(story), story) if story else None

    def _numbers_are_unique(self, url: str) -> bool:
        """Posts of the WordPress at the host's root have numbers of their own; below it may be others."""
        parts = urlsplit(url)
        return parts.netloc.lower() in self.hosts and (
            parts.path in ("", "/") or parts.path.startswith("/wp-json/")
        )

    def parse(self, raw: bytes, *, url: str, headers: Mapping[str, str], fetched_at: datetime) -> ParsedPage:
        """Read a response. Raises ParseError where nothing can be read."""
        canonical = self.canonical_url(url) if url else ""
        if url and self._is_listing(canonical):
            return self.parse_list(raw, url=url, headers=headers, fetched_at=fetched_at)
        profile = self.profile
        if url and self.owns(canonical) and can_be_story(canonical):
            own = Address("article", self.language_of(canonical), _key(canonical), canonical)

            def identify(other: str) -> Address | None:
                return own if self.canonical_url(other) == canonical else self._story_address(other)

            profile = replace(profile, identify=identify)
        page = read(raw, url=url, headers=headers, fetched_at=fetched_at, profile=profile)
        return self._finished(page, raw, url, headers)

    def parse_list(
        self, raw: bytes, *, url: str, headers: Mapping[str, str], fetched_at: datetime
    ) -> ParsedPage:
        """Read a response that is known to list stories. Raises ParseError where nothing can be read."""
        page = read_list(raw, url=url, headers=headers, fetched_at=fetched_at, profile=self.profile)
        return self._finished(page, raw, url, headers)

    def _finished(self, page: ParsedPage, raw: bytes, url: str, headers: Mapping[str, str]) -> ParsedPage:
        """The page in this site's terms: with what its table declares, and stories of this site only."""
        apply_rules(page, raw, headers, self.rules, self.profile)
        kept = []
        for entry in page.entries:
            if page.kind == "wp_rest" and entry.url is not None:
                entry.url = self.story_url(entry.url, True)
                if entry.url is None:
                    continue
            kept.append(entry)
        page.entries = kept
        page.language = self._known_language(page.language)
        numbered = page.kind != "wp_rest" or self._numbers_are_unique(url)
        stories: list[Article | Entry] = [*page.entries]
        if page.article is not None:
            stories.append(page.article)
        for seen in stories:
            if not numbered or (seen.external_id and not seen.external_id.isdigit()):
                seen.external_id = None
            seen.language = self._known_language(seen.language)
            if not self.rules.premium and seen.premium_evidence and seen.premium_evidence.signal == NO_MARK:
                seen.premium = seen.premium_evidence = None  # nobody knows what a mark would look like here
        if page.article is not None:
            page.article.url = self._own_url(page.article.url, raw, url)
        return page

    def _known_language(self, language: str | None) -> str | None:
        """A stated language, if it is watched. Where one alone is watched, it needs no stating."""
        if len(self.languages) == 1:
            return self.languages[0]
        return language if language in self.languages else None

    def _own_url(self, read_url: str | None, raw: bytes, url: str) -> str | None:
        """The address that a story's page gives as its own (rel=canonical), else where it was fetched."""
        stated = _CANONICAL.search(raw[:300_000])
        href = _HREF.search(stated[0]) if stated else None
        if href is not None and (
            own := urls.absolute(url, href[1].decode("utf-8", "replace").replace("&amp;", "&"))
        ):
            story = self.story_url(own, False)
            if story is not None:
                return story
        return self.canonical_url(url) if url else read_url


_CANONICAL = re.compile(rb"<link\b[^>]{0,300}\brel\s*=\s*[\"']?canonical\b[^>]{0,1000}>", re.I)
_HREF = re.compile(rb"\bhref\s*=\s*[\"']?([^\"'\s>]+)", re.I)


def declare(name: str, settings: SiteDescription) -> DeclaredSite:
    """The site that a table describes. The table has `url` and `languages`."""
    assert settings.url is not None
    parts = urlsplit(settings.url)
    host = parts.netloc.lower()
    twin = host.removeprefix("www.") if host.startswith("www.") else f"www.{host}"
    base_url = f"{parts.scheme}://{host}"
    return DeclaredSite(
        name=name,
        base_url=base_url,
        languages=tuple(settings.languages),
        timezone=settings.timezone,
        mirrors=(twin, *(m.lower() for m in settings.mirrors)),
        declared_ways=_ways(settings, base_url),
        story_pattern=re.compile(settings.stories) if settings.stories else None,
        note=settings.note,
        rules=DeclaredRules(
            sections=settings.sections,
            wordings=settings.premium_wordings,
            premium_selectors=settings.premium_selectors,
            selectors={str(field): css for field, css in settings.selectors.items()},
        ),
    )


def _ways(settings: SiteDescription, base_url: str) -> tuple[Way, ...]:
    """The ways in the order in which they tell most: REST, feeds, listings, sitemaps."""
    assert settings.url is not None
    given: list[tuple[WayKind, Addresses]] = [
        ("rest", settings.rest),
        ("feed", settings.feeds),
        ("listing", settings.listings),
        ("sitemap", settings.sitemaps),
    ]
    if not any(addresses for _, addresses in given):
        given = [("listing", (settings.url,))]
    ways: list[Way] = []
    led: set[str] = set()
    for kind, addresses in given:
        found = [
            Way(kind, url, languages, leads=kind != "sitemap" and not set(languages) & led)
            for url, languages in _addresses(addresses, tuple(settings.languages), base_url, kind)
        ]
        ways += found
        led.update(language for way in found if way.leads for language in way.languages)
    return tuple(ways)


def _addresses(
    given: Addresses, languages: tuple[str, ...], base_url: str, kind: WayKind
) -> Iterator[tuple[str, tuple[str, ...]]]:
    by_language = given.items() if isinstance(given, dict) else [("", given)]
    for language, paths in by_language:
        for path in paths:
            url = f"{base_url}{path}" if path.startswith("/") else path
            if kind == "rest" and _REST_ROOT.search(url):
                url = _REST_ROOT.sub("/wp-json/wp/v2/posts", url)
            named = language or language_named(url, languages)
            yield url, (named,) if named else languages


def language_named(url: str, languages: Sequence[str]) -> str | None:
    """The language that an address names: `/en/news/`, `en.a.example`; None where it names none of these."""
    parts = urls.split(url)
    if parts is None:
        return None
    told = {*parts.path.lower().split("/")[1:4], parts.netloc.lower().split(".")[0]}
    named = [language for language in languages if language in told]
    return named[0] if len(named) == 1 else None


def _key(url: str) -> str:
    """An address as the id of its story; it never looks like a number of the site's."""
    parts = urlsplit(url)
    return f"{parts.netloc}{parts.path}?{parts.query}"
