"""The known sites: those bundled, those of plugins, and those declared in newscrawler.toml."""

from __future__ import annotations

import importlib
import os
import pkgutil
import re
import tomllib
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from importlib.metadata import entry_points
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from newscrawler.exceptions import UsageError
from newscrawler.items import ParsedPage
from newscrawler.normalize.urls import absolute, host
from newscrawler.pages.decode import decode
from newscrawler.site_description import NAME, SiteDescription
from newscrawler.sites.base import Address, Site
from newscrawler.sites.declared import declare

__all__ = [
    "GENERIC",
    "SITES",
    "Address",
    "Site",
    "find_site",
    "get_site",
    "known_sites",
    "origin_of",
    "parse",
]

PLUGINS = "newscrawler.sites"
"""The group of entry points under which a package offers a `Site`."""
Origin = Literal["bundled", "plugin", "declared"]


def _bundled() -> dict[str, Site]:
    """The sites of this package: each module's `Site` objects, then the tables of `bundled.toml`."""
    modules = [importlib.import_module(f"{__name__}.{m.name}") for m in pkgutil.iter_modules(__path__)]
    found = [value for m in modules for value in vars(m).values() if isinstance(value, Site)]
    tables = tomllib.loads(Path(__file__).with_name("bundled.toml").read_text(encoding="utf-8"))["sites"]
    found += [declare(name, SiteDescription.model_validate(table)) for name, table in tables.items()]
    return {site.name: site for site in found}


SITES: Mapping[str, Site] = MappingProxyType(_bundled())
"""The bundled sites."""

GENERIC = Site(name="generic", base_url="", languages=(), timezone="UTC")
"""Reads a page of a publisher nobody has described."""

_OWN_ADDRESS = re.compile(
    r"""(?:rel=["']?canonical["']?[^>]{0,200}href|property=["']?og:url["']?[^>]{0,200}content)\s*=\s*["']?([^"'\s>]+)""",
    re.I,
)

_SITE_NAME = re.compile(
    r"""property=["']?og:site_name["']?[^>]{0,50}content=["']?([^"'>]+)|<title[^>]*>([^<]{0,300})""", re.I
)


def known_sites() -> Mapping[str, Site]:
    """Every site by name, the bundled ones first.

    Raises UsageError for settings that cannot be used, and for a plugin that cannot be loaded.
    """
    from newscrawler.config import CONFIG_FILE, ENV_PREFIX  # the settings are read when a site is asked for

    try:
        stat = CONFIG_FILE.stat()
        written: tuple[int, int] | None = stat.st_mtime_ns, stat.st_size
    except OSError:
        written = None
    # Kept until the file changes: `parse` asks for each of many pages.
    return _known(Path.cwd(), written, os.environ.get(f"{ENV_PREFIX}SITES"))


@lru_cache(maxsize=4)
def _known(folder: Path, written: tuple[int, int] | None, environment: str | None) -> Mapping[str, Site]:
    from newscrawler.config import CONFIG_FILE, load_config

    sites = dict(SITES)
    for point in entry_points(group=PLUGINS):
        try:
            site = point.load()
        except Exception as exc:  # any mistake of somebody else's package
            raise UsageError(f"site {point.name!r} of the plugin {point.value}: {exc}") from exc
        if not isinstance(site, Site):
            raise UsageError(
                f"site {point.name!r} of the plugin {point.value}: expected a Site, found {site!r}"
            )
        sites[site.name] = site
    for name, settings in load_config().sites.items():
        key = f"{CONFIG_FILE}: sites.{name}"
        if not NAME.fullmatch(name):
            raise UsageError(f"{key}: expected a name of lower-case letters, digits, - and _")
        if name in sites:
            if settings.description:
                raise UsageError(
                    f"{key}.{settings.description[0]}: {name} is known already, and its table says only "
                    "how it is watched; to describe a site of your own, give it another name"
                )
            continue
        if settings.url is None:
            raise UsageError(
                f"{key}: no site of this name is bundled ({', '.join(SITES)}), and to declare one it needs "
                "url, its start address"
            )
        if not settings.languages:
            raise UsageError(f'{key}.languages: expected the languages of the site, such as ["en"]')
        sites[name] = declare(name, settings)
    return MappingProxyType(sites)


def origin_of(name: str) -> Origin:
    """Where a known site comes from."""
    if name in SITES:
        return "bundled"
    return "plugin" if any(point.load().name == name for point in entry_points(group=PLUGINS)) else "declared"


def get_site(name: str) -> Site:
    """The site of this name. Raises UsageError naming the known ones."""
    try:
        return SITES.get(name) or known_sites()[name]
    except KeyError:
        raise UsageError(f"no site named {name!r}; known: {', '.join(known_sites())}") from None


def find_site(raw: bytes, url: str, headers: Mapping[str, str]) -> Site:
    """The site of a response: by its address, else by what is in it, else the generic one."""
    for sites in (SITES.values, lambda: known_sites().values()):
        for site in sites():
            if url and site.owns(url):
                return site
    if host(url) and b"\0" not in raw[:100] and not _mentions(raw[:200_000]):
        return GENERIC
    content_type = next((v for k, v in headers.items() if k.lower() == "content-type"), "")
    text = decode(raw[:200_000], content_type).text
    own = [u for address in _OWN_ADDRESS.findall(text[:60_000]) if (u := absolute(url, address))]
    for address in own:
        for site in known_sites().values():
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
    return any(known.encode() in raw for site in known_sites().values() for known in site.hosts)


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
