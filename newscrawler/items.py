"""What is read from pages, as plain dataclasses.

Field names follow schema.org in snake_case. What a page does not say is None (or an empty list),
never a guess. Text is NFC, with single spaces, without soft hyphens and zero-width characters.
`published_…` and `modified_…` are what the publisher says, `…_seen_at` and `fetched_at` what we observed.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from typing import Literal

PageKind = Literal[
    "article", "longread", "listing", "wp_rest", "text_dump", "feed", "sitemap", "news_sitemap", "unknown"
]


@dataclass(slots=True)
class Evidence:
    """Why `premium` has the value it has."""

    signal: str
    """Which rule spoke, in a few words: `marker`, `isAccessibleForFree`, `no marker`, …"""
    text: str | None = None
    """The words or the value that were found; None where the evidence is an absence."""
    path: str | None = None
    """Where on the page, as a short path: `main > article > div`; None where it has no place."""
    page_url: str | None = None
    """Canonical address of the page that said it; set when the observation is made."""


@dataclass(slots=True)
class Entry:
    """One line of a listing page, of the news list on an article page, or of a REST collection."""

    headline: str | None = None
    """None where the page shows an entry without its headline."""
    sections: list[str] = field(default_factory=list)
    premium: bool | None = None
    premium_evidence: Evidence | None = None
    url: str | None = None
    """Canonical address; None for an entry that is not a link (a premium entry may have none)."""
    external_id: str | None = None
    language: str | None = None
    """What the list says of this entry; None where it says nothing of single entries."""
    published_at: datetime | None = None
    """Aware, UTC; None where only the day is known."""
    published_date: date | None = None
    """Day in the site's time zone."""
    modified_at: datetime | None = None
    """Aware, UTC. Only REST, feeds and sitemaps say it of an entry."""
    dateline: str | None = None
    """Only REST has it for an entry, with `description` and `body`."""
    description: str | None = None
    body: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Article:
    """What an article page says of its own story."""

    url: str | None = None
    """Canonical address; None where the page does not say it and it was not fetched from one."""
    external_id: str | None = None
    language: str | None = None
    headline: str | None = None
    dateline: str | None = None
    """As printed: `October 24, Pozirk.`"""
    published_date: date | None = None
    """Day in the site's time zone."""
    published_at: datetime | None = None
    """Aware, UTC; None where only the day is known."""
    modified_at: datetime | None = None
    """Aware, UTC."""
    sections: list[str] = field(default_factory=list)
    premium: bool | None = None
    premium_evidence: Evidence | None = None
    lead: str | None = None
    """Bold opening of a longread."""
    body: list[str] = field(default_factory=list)
    """Paragraphs and list items, one string each; of a premium page the teaser.

    Of a site without wordings of its own, with the titles of the text's parts.
    """
    authors: list[str] = field(default_factory=list)
    description: str | None = None
    keywords: list[str] = field(default_factory=list)
    image: str | None = None
    photo_credits: list[str] = field(default_factory=list)
    """Names only."""
    related: list[str] = field(default_factory=list)
    """"Also read" and related cards: the address, or the title where there is no link."""
    related_titles: list[str] = field(default_factory=list)
    """Titles of `related`, in the same order."""
    translations: dict[str, str] = field(default_factory=dict)
    """The same story in other languages: language → canonical address (hreflang, alternate links)."""
    sources: dict[str, str] = field(default_factory=dict)
    """Where each field came from: field name → `json-ld`, `meta`, `dateline`, `structure`, …"""
    partial: bool = False
    """The page says that it is an article, but no text was found and no paywall explains that."""


@dataclass(frozen=True, slots=True)
class SitemapLink:
    """A sitemap, as an index of sitemaps names it."""

    url: str
    modified_at: datetime | None = None
    """Aware, UTC; None where only the day is known, or nothing."""
    modified_date: date | None = None


@dataclass(slots=True)
class ParsedPage:
    """Everything read from one response."""

    kind: PageKind
    language: str | None = None
    url: str | None = None
    """Canonical address of the page itself; None for a saved file of unknown address."""
    article: Article | None = None
    entries: list[Entry] = field(default_factory=list)
    """In the page's order, each story once, without side boxes. An article page's own story is among them
    where its news list prints it."""
    next_page: str | None = None
    """Absolute address of the next listing page, REST page or page of a feed."""
    sitemaps: list[SitemapLink] = field(default_factory=list)
    """Of an index of sitemaps: those that may hold stories, the newest first."""


VisitStatus = Literal["read", "unchanged", "gone", "failed", "passed"]


@dataclass(slots=True)
class Visit:
    """One page, asked for once: what became of it, and how to ask for it next time.

    Spiders yield it after the page's observations, so that a page counts as seen when what it said is stored.
    """

    site: str
    url: str
    """Canonical."""
    status: VisitStatus
    """`read` (200), `unchanged` (304, or the same bytes as before), `gone` (404, 410), `failed`; or `passed`:
    an address of a sitemap that was never asked for, since it is older than what the first run reads."""
    at: datetime
    """Aware, UTC."""
    etag: str | None = None
    """As the server sent it; None where it sent none, or the page was not read."""
    last_modified: str | None = None
    body_hash: str | None = None
    """Of the bytes: tells a page that did not change where a server has no validators."""
    http_status: int | None = None
    """What a page that is gone answered."""


Source = Literal["listing", "side_list", "article"]
"""Where a story was seen: as an entry of a listing page (or of REST, or of a text dump), as an entry of
the news list beside another article, or by its own page."""


FoundBy = Literal["listing", "feed", "sitemap", "news_sitemap", "rest", "side_list", "page"]
"""The way in which a story was found: a listing page, a feed, a sitemap, a news sitemap, WordPress REST, the
list beside another story, or its own page (taken in from a file)."""


@dataclass(slots=True)
class Observation:
    """One story, seen once on one page: the item that spiders yield and pipelines store."""

    site: str
    language: str
    source: Source
    seen_at: datetime
    """Aware, UTC."""
    page_url: str | None
    """Canonical address of the page on which it was seen; None for a saved file of unknown address."""
    baseline: bool = False
    """Seen for the first time because we look for the first time, not because it is news."""
    url: str | None = None
    external_id: str | None = None
    headline: str | None = None
    sections: list[str] = field(default_factory=list)
    premium: bool | None = None
    premium_evidence: Evidence | None = None
    published_date: date | None = None
    published_at: datetime | None = None
    modified_at: datetime | None = None
    dateline: str | None = None
    description: str | None = None
    lead: str | None = None
    body: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    keywords: list[str] = field(default_factory=list)
    image: str | None = None
    translations: dict[str, str] = field(default_factory=dict)
    partial: bool = False
    """Of an article: its text could not be found (see `Article.partial`)."""
    found_by: FoundBy | None = None

    @classmethod
    def of(
        cls,
        seen: Article | Entry,
        *,
        site: str,
        language: str,
        source: Source,
        seen_at: datetime,
        page_url: str | None,
        baseline: bool = False,
        found_by: FoundBy | None = None,
    ) -> Observation:
        """The observation of an article or entry, with every field that the two have in common."""
        shared = {f.name for f in fields(cls)} & {f.name for f in fields(seen)} - {"language"}
        values = {name: getattr(seen, name) for name in shared}
        if seen.premium_evidence is not None:
            values["premium_evidence"] = replace(seen.premium_evidence, page_url=page_url)
        return cls(
            site=site,
            language=language,
            source=source,
            seen_at=seen_at,
            page_url=page_url,
            baseline=baseline,
            found_by=found_by,
            **values,
        )
