"""How a user names one article."""

from __future__ import annotations

import re

from newscrawler.exceptions import UsageError
from newscrawler.queries import ArticleName
from newscrawler.sites import known_sites

_NUMBER = re.compile(r"[0-9]+")
_SITE_AND_ID = re.compile(r"(?P<site>[\w-]+):(?P<id>[^/\s]\S*)")
_ADDRESS = re.compile(r"(?:https?:)?//\S+|[\w-]+(?:\.[\w-]+)+(?::[0-9]+)?/\S*", re.I)


def parse_name(text: str) -> ArticleName:
    """An article as a user names it. Raises UsageError."""
    text = text.strip()
    if _NUMBER.fullmatch(text):
        # No database counts so far, and Python refuses to read thousands of digits.
        return ArticleName(id=int(text) if len(text) < 20 else 0)
    if _ADDRESS.fullmatch(text):
        return _of_address(text)
    if match := _SITE_AND_ID.fullmatch(text):
        return ArticleName(site=match["site"], external_id=match["id"])
    raise UsageError(f"{text!r} names no article: expected its number, SITE:ID (pozirk:165639) or an address")


def _of_address(text: str) -> ArticleName:
    """By its one form where the site is known, so that shortlinks and mirrors will do; else as it stands."""
    url = text if text.lower().startswith("http") else f"https://{text.removeprefix('//')}"
    site = next((site for site in known_sites().values() if site.owns(url)), None)
    if site is None:
        return ArticleName(urls=(url,))
    address = site.identify(url)
    return ArticleName(
        site=site.name,
        external_id=address.external_id if address else None,
        urls=tuple(dict.fromkeys((site.canonical_url(url), url))),
    )
