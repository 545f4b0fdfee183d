"""Captures all of a site's test cases anew.

A new case holds what is read from its page now. A person reviews that before it is worth anything, so no
case is ever replaced here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from newscrawler.captures import save_case
from newscrawler.exceptions import ParseError
from newscrawler.items import ParsedPage
from newscrawler.saved_pages import load
from newscrawler.single_fetch import FetchError, Session
from newscrawler.sites import Site

STOPPING = (403, 429, 503)
"""Answers after which a site is left alone."""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """One address that was asked for again."""

    url: str
    folder: Path | None = None
    """The new case; None where there is none."""
    reading: ParsedPage | None = None
    problem: str | None = None


def refresh(
    site: Site, fixtures: Path, session: Session, day: str, base_url: str | None = None
) -> Iterator[Refreshed]:
    """Capture a site anew, one page after the other, as cases named `live-<day>-…`.

    These are its listings, one free and one premium story of each, and what was captured before. With
    `base_url` a copy of the site is asked. Raises FetchError where the site refuses to be asked.
    """
    folder = fixtures / site.name
    if base_url:
        site = site.with_mirror(base_url)
    pending = [url for language in site.languages for url in site.listing_urls(language)]
    pending += _captured(folder)
    asked: set[str] = set()
    while pending:
        url = pending.pop(0)
        if url in asked:
            continue
        asked.add(url)
        case = folder / f"live-{day}-{_name(url)}"
        if case.exists():
            yield Refreshed(url, problem=f"{case} exists")
            continue
        try:
            page = session.get(url.replace(site.base_url, base_url, 1) if base_url else url)
            page = replace(page, url=url)
            reading = site.parse(page.raw, url=url, headers=page.headers, fetched_at=page.fetched_at)
        except FetchError as exc:
            if exc.status in STOPPING:
                raise
            yield Refreshed(url, problem=str(exc))
            continue
        except ParseError as exc:
            yield Refreshed(url, problem=str(exc))
            continue
        save_case(case, page, reading, captured=True)
        yield Refreshed(url, case, reading)
        if reading.kind == "listing":
            pending[:0] = _stories(reading)


def _captured(folder: Path) -> list[str]:
    """Addresses of the cases that were captured from the site itself, and are no reconstructions."""
    if not folder.is_dir():
        return []
    return [page.url for page in load(folder) if page.url and page.meta.get("captured") is True]


def _stories(listing: ParsedPage) -> list[str]:
    """The first premium and the first free story of a listing that have addresses."""
    found = {entry.premium: entry.url for entry in reversed(listing.entries) if entry.url}
    return [url for url in found.values() if url]


def _name(url: str) -> str:
    """A case's name out of an address: `en-news-161428`."""
    parts = urlsplit(url)
    return "-".join(filter(str.isalnum, f"{parts.path}/{parts.query}".replace("=", "/").split("/")))
