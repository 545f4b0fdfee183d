"""The known sites."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from newscrawler.exceptions import UsageError
from newscrawler.items import ParsedPage
from newscrawler.normalize.urls import absolute, host
from newscrawler.pages.decode import decode
from newscrawler.sites.base import Address, Site
from newscrawler.sites.pozirk import POZIRK

__all__ = ["SITES", "Address", "Site", "find_site", "get_site", "parse"]

SITES: Mapping[str, Site] = MappingProxyType({site.name: site for site in (POZIRK,)})

GENERIC = Site(name="generic", base_url="", languages=(), timezone="UTC")
"""Reads a page of a publisher nobody has described."""

_OWN_ADDRESS = re.compile(
    r"""(?:rel=["']?canonical["']?[^>]{0,200}href|property=["']?og:url["']?[^>]{0,200}content)\s*=\s*["']?([^"'\s>]+)""",
    re.I,
)

_SITE_NAME = re.compile(
    r"""property=["']?og:site_name["']?[^>]{0,50}content=["']?([^"'>]+)|<title[^>]*>([^<]{0,300})""", re.I
)


def get_site(name: str) -> Site:
    """The site of this name. Raises UsageError naming the known ones."""
    try:
        return SITES[name]
    except KeyError:
        raise UsageError(f"no site named {name!r}; known: {', '.join(SITES)}") from None


def find_site(raw: bytes, url: str, headers: Mapping[str, str]) -> Site:
    """The site of a response: by its address, else by what is in it, else the generic one."""
    for site in SITES.values():
        if url and site.owns(url):
            return site
    if host(url) and b"\0" not in raw[:100] and not _mentions(raw[:200_000]):
        return GENERIC
    content_type = next((v for k, v in headers.items() if k.lower() == "content-type"), "")
    text = decode(raw[:200_000], content_type)
    own = [u for address in _OWN_ADDRESS.findall(text[:60_000]) if (u := absolute(url, address))]
    for address in own:
        for site in SITES.values():
            if site.owns(address):
                return site
    if host(url) or any(host(address) for address in own):
        return GENERIC  # another publisher's page, whatever it quotes
    for site in SITES.values():
        profile = site.profile
        if profile.marker.search(text) or profile.dateline.search(text):
            return site
        if any(f"//{known}/" in text for known in site.hosts) or _named(text, profile.names):
            return site
    return GENERIC


def _mentions(raw: bytes) -> bool:
    """Whether any known site's host is on a page: without it, the page cannot call itself one of theirs."""
    return any(known.encode() in raw for site in SITES.values() for known in site.hosts)


def _named(text: str, names: tuple[str, ...]) -> bool:
    """Whether the page's title or `og:site_name` gives one of a site's names."""
    stated = " ".join(m[1] or m[2] or "" for m in _SITE_NAME.finditer(text[:60_000])).casefold()
    return any(name.casefold() in stated for name in names)


def parse(
    raw: bytes,
    *,
    url: str,
    headers: Mapping[str, str],
    fetched_at: datetime,
    site: str | None = None,
) -> ParsedPage:
    """Read one saved or fetched page.

    Raises ParseError where nothing can be read, UsageError for a site of an unknown name.
    """
    found = get_site(site) if site else find_site(raw, url, headers)
    return found.parse(raw, url=url, headers=headers, fetched_at=fetched_at)
