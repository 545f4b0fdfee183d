"""What a crawl is asked to do: the `-a` arguments of `scrapy crawl`, checked."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self
from urllib.parse import urlsplit

from newscrawler.exceptions import UsageError
from newscrawler.queries import parse_day
from newscrawler.sites.base import Site

_TRUE = {"true", "yes", "1", "on"}
_FALSE = {"false", "no", "0", "off", ""}


@dataclass(frozen=True, slots=True)
class CrawlPlan:
    """One crawl of one site."""

    site: Site
    languages: tuple[str, ...]
    base_url: str | None = None
    """Scheme and host of a mirror or local copy to crawl instead; stored addresses stay canonical."""
    max_pages: int | None = None
    """How many pages of each listing are read at most."""
    since: date | None = None
    """Entries of earlier days are left out, and listings are not followed past them."""
    budget: int | None = None
    """How many pages the run may ask for: listings first, then new stories, then those due for a look. None
    where the user's settings say it."""
    backfill: bool = False
    """Follow each listing to its end, also past pages on which everything is known."""

    @classmethod
    def from_arguments(cls, site: Site, arguments: Mapping[str, Any]) -> Self:
        """Check the arguments (texts, as Scrapy hands them over). Raises UsageError naming the bad one."""
        known = ("languages", "base_url", "max_pages", "since", "budget", "backfill")
        if unknown := sorted(set(arguments) - set(known)):
            raise UsageError(f"unknown argument {unknown[0]!r}: {site.name} takes {', '.join(known)}")
        given = {name: str(value).strip() for name, value in arguments.items() if value is not None}
        base_url = _base_url(given["base_url"]) if "base_url" in given else None
        return cls(
            site=site.with_mirror(base_url) if base_url else site,
            languages=_languages(given["languages"], site) if "languages" in given else site.languages,
            base_url=base_url,
            max_pages=_positive("max_pages", given["max_pages"]) if "max_pages" in given else None,
            since=_since(given["since"]) if "since" in given else None,
            budget=_positive("budget", given["budget"]) if "budget" in given else None,
            backfill=_flag("backfill", given.get("backfill", "false")),
        )

    def is_original(self, url: str) -> bool:
        """Whether `base_url` stands in for an address: of the site, or of a feed it has elsewhere."""
        host = urlsplit(url).netloc.lower()
        if host == urlsplit(self.base_url or "").netloc.lower():
            return False
        return self.site.owns(url) or any(
            host == urlsplit(way.url).netloc.lower() for way in self.site.ways(self.languages)
        )

    @property
    def is_local(self) -> bool:
        """Whether what is crawled is on this machine, where there is nobody to be polite to."""
        host = urlsplit(self.base_url or self.site.base_url).hostname or ""
        try:
            return ipaddress.ip_address(host).is_loopback
        except ValueError:
            return host == "localhost"


def _languages(text: str, site: Site) -> tuple[str, ...]:
    chosen = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    if not chosen:
        raise UsageError(f"languages is empty: {site.name} has {', '.join(site.languages)}")
    for language in chosen:
        if language not in site.languages:
            has = ", ".join(site.languages)
            raise UsageError(f"languages={text!r}: unknown language {language!r}: {site.name} has {has}")
    return chosen


def _base_url(text: str) -> str:
    try:
        parts = urlsplit(text)
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        usable = None
    if not usable or parts.path.strip("/") or parts.query or parts.fragment:
        raise UsageError(f"base_url={text!r}: expected a scheme and a host, such as http://127.0.0.1:8000")
    return f"{parts.scheme}://{parts.netloc}"


def _positive(name: str, text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise UsageError(f"{name}={text!r}: expected a whole number from 1 on")
    return int(text)


def _since(text: str) -> date:
    try:
        return parse_day(text)
    except UsageError as exc:
        raise UsageError(f"since={exc}") from None


def _flag(name: str, text: str) -> bool:
    if text.lower() in _TRUE:
        return True
    if text.lower() in _FALSE:
        return False
    raise UsageError(f"{name}={text!r}: expected true or false")
