"""What differs between sites. One site is one small file that declares a `Site`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, Self

from newscrawler.items import ParsedPage

AddressKind = Literal["article", "longread", "listing", "wp_rest"]


@dataclass(frozen=True, slots=True)
class Address:
    """What an address of a site points at."""

    kind: AddressKind
    language: str | None
    external_id: str | None
    url: str
    """The canonical form."""


@dataclass(frozen=True)
class Site:
    """A publisher being watched."""

    name: str
    base_url: str
    """Scheme and host of canonical addresses, no trailing slash: `https://pozirk.online`."""
    languages: tuple[str, ...]
    timezone: str
    """IANA name; days without a zone are days there."""
    mirrors: tuple[str, ...] = ()
    """Hosts (with port, where they have one) that serve the same paths; folded into `base_url`."""

    def with_mirror(self, base_url: str) -> Self:
        """The same site that also knows `base_url` (`http://127.0.0.1:8000`) as one of its mirrors."""
        return replace(self, mirrors=(*self.mirrors, base_url.split("://", 1)[-1].rstrip("/")))

    def listing_urls(self, language: str) -> list[str]:
        """Canonical addresses of the first listing pages in a language, news first."""
        raise NotImplementedError

    def canonical_url(self, url: str) -> str:
        """The one address of a page: https, canonical host, no tracking parameters, one form of slash."""
        raise NotImplementedError

    def identify(self, url: str) -> Address | None:
        """What an address points at; None for an address of another site or of no known kind."""
        raise NotImplementedError

    def parse(
        self, raw: bytes, *, url: str, headers: Mapping[str, str], fetched_at: datetime
    ) -> ParsedPage:
        """Read a response. Raises ParseError where nothing can be read."""
        raise NotImplementedError
