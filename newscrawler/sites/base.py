"""What differs between sites. One site is one small file that declares a `Site`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Self
from urllib.parse import urlsplit, urlunsplit

from newscrawler.items import ParsedPage
from newscrawler.normalize import urls
from newscrawler.normalize.story_addresses import can_be_story, looks_like_story
from newscrawler.pages.profile import Address, AddressKind, Profile
from newscrawler.pages.read import read
from newscrawler.sites.ways import Way

__all__ = ["Address", "AddressKind", "Site", "Way"]

SECONDARY_LISTING_EVERY = timedelta(hours=1)
"""How often a listing beside the main one (longreads) is asked for: it changes weekly, not hourly."""


@dataclass(frozen=True)
class Site:
    """A publisher being watched.

    As it stands it reads the pages of any publisher by what they have in common; a site's own class
    adds its addresses and wordings.
    """

    name: str
    base_url: str
    """Scheme and host of canonical addresses, no trailing slash: `https://pozirk.online`."""
    languages: tuple[str, ...]
    timezone: str
    """IANA name; days without a zone are days there."""
    mirrors: tuple[str, ...] = ()
    """Hosts (with port, where they have one) that serve the same paths; folded into `base_url`."""
    note: str | None = None
    """For people who read the list of sites."""

    def with_mirror(self, base_url: str) -> Self:
        """The same site that also knows `base_url` (`http://127.0.0.1:8000`) as one of its mirrors."""
        return replace(self, mirrors=(*self.mirrors, base_url.split("://", 1)[-1].split("/", 1)[0].lower()))

    @cached_property
    def hosts(self) -> frozenset[str]:
        """All hosts that serve the site."""
        return frozenset((urls.host(self.base_url), *(m.lower() for m in self.mirrors)))

    def owns(self, url: str) -> bool:
        """Whether an address is one of this site."""
        return urls.host(urls.plain(url)) in self.hosts

    def listing_urls(self, language: str) -> list[str]:
        """Canonical addresses of the first listing pages in a language, news first."""
        return []

    def ways(self, languages: Sequence[str]) -> list[Way]:
        """How the stories of these languages are found. Here: by their listing pages."""
        return [
            Way("listing", url, (language,), required=n == 0, every=SECONDARY_LISTING_EVERY if n else None)
            for language in languages
            for n, url in enumerate(self.listing_urls(language))
        ]

    @property
    def addresses_vary(self) -> bool:
        """Whether a story may be listed under several addresses; then its page says which is its own."""
        return False

    def story_url(self, url: str, told: bool) -> str | None:
        """The canonical address of a story of this site; None for any other address.

        `told`: the publisher lists it as a story (feed), and not among all that there is (sitemap).
        """
        if not self.base_url:
            return self.canonical_url(url) if (can_be_story if told else looks_like_story)(url) else None
        address = self.identify(url)
        return address.url if address and address.is_story else None

    def canonical_url(self, url: str) -> str:
        """The one address of a page: https, canonical host, no tracking parameters, one form of slash."""
        plain = urls.plain(url)
        parts = urls.split(plain)
        if parts is None:
            return url
        if not parts.netloc and plain.startswith("/") and self.base_url:
            return urls.plain(self.base_url + plain)
        if parts.netloc in self.hosts:
            home = urlsplit(self.base_url)
            return urlunsplit((home.scheme, home.netloc, parts.path, parts.query, ""))
        return plain

    def identify(self, url: str) -> Address | None:
        """What an address points at; None for an address of another site or of no known kind."""
        return None

    @cached_property
    def profile(self) -> Profile:
        """What the readers of pages need to know of this site."""
        return Profile(
            base_url=self.base_url,
            languages=self.languages,
            timezone=self.timezone,
            identify=self.identify,
            canonical=self.canonical_url,
            story=self.story_url,
        )

    def parse(self, raw: bytes, *, url: str, headers: Mapping[str, str], fetched_at: datetime) -> ParsedPage:
        """Read a response. Raises ParseError where nothing can be read."""
        return read(raw, url=url, headers=headers, fetched_at=fetched_at, profile=self.profile)

    def parse_list(
        self, raw: bytes, *, url: str, headers: Mapping[str, str], fetched_at: datetime
    ) -> ParsedPage:
        """Read a response that is known to list stories. Raises ParseError where nothing can be read."""
        return self.parse(raw, url=url, headers=headers, fetched_at=fetched_at)
