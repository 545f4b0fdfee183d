"""How much of what a page should say was read from the pages of a run: what tells that a layout changed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from newscrawler.items import Article, Entry, ParsedPage

ENTRY_FIELDS = ("headline", "date", "sections", "premium")
ARTICLE_FIELDS = ("headline", "date", "sections", "body", "premium", "premium mark")
"""`premium` is there when the page says whether it is premium, `premium mark` when it says that it is."""
UNREADABLE = frozenset(
    {"no entries", "no article", "no text of an article in it", "it is neither a page nor a text of one"}
)
"""Why a page that is no wall, error or refusal cannot be read: what a new layout looks like."""


@dataclass(slots=True)
class ListingCoverage:
    """What the first page of one listing said."""

    entries: int
    with_field: Counter[str] = field(default_factory=Counter)
    """Field → how many entries had it; `premium` counts the entries that are marked."""

    @classmethod
    def of(cls, page: ParsedPage) -> ListingCoverage:
        """Of a page that was read."""
        counts: Counter[str] = Counter()
        for entry in page.entries:
            counts.update(_said_by_entry(entry))
        return cls(len(page.entries), counts)


@dataclass(slots=True)
class Coverage:
    """What the pages of one run said."""

    listings: dict[str, ListingCoverage] = field(default_factory=dict)
    """By the listing's address: its first page, where it was read and had changed."""
    articles: int = 0
    """Pages of stories that were fetched and stood there as pages: those that could not be read, too."""
    with_field: Counter[str] = field(default_factory=Counter)
    """Field → how many of `articles` had it."""

    def count_listing(self, url: str, page: ParsedPage | None) -> None:
        """Count the first page of a listing; None for one from which no entry could be read."""
        self.listings[url] = ListingCoverage.of(page) if page is not None else ListingCoverage(0)

    def count_article(self, page: ParsedPage | None) -> list[str]:
        """Count a story's page, None for one that could not be read; the fields that it lacks."""
        article = page.article if page is not None else None
        said = _said_by_article(article) if article is not None else set()
        self.articles += 1
        self.with_field.update(said)
        return [name for name in ARTICLE_FIELDS if name not in said]

    def to_json(self) -> dict[str, Any]:
        """As it is stored with the run."""
        return {
            "listings": {
                url: {"entries": c.entries, "with": dict(c.with_field)} for url, c in self.listings.items()
            },
            "articles": self.articles,
            "with": dict(self.with_field),
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any] | None) -> Coverage:
        """From what `to_json` gave; empty for None, a run of before there was any."""
        if not stored:
            return cls()
        listings = {
            url: ListingCoverage(c["entries"], Counter(c["with"])) for url, c in stored["listings"].items()
        }
        return cls(listings, stored["articles"], Counter(stored["with"]))


def _said_by_entry(entry: Entry) -> set[str]:
    said = {
        "headline": entry.headline,
        "date": entry.published_date or entry.published_at,
        "sections": entry.sections,
        "premium": entry.premium,
    }
    return {name for name, value in said.items() if value}


def _said_by_article(article: Article) -> set[str]:
    said = {
        "headline": article.headline,
        "date": article.published_date or article.published_at,
        "sections": article.sections,
        "body": article.body,
        "premium": article.premium is not None,
        "premium mark": article.premium,
    }
    return {name for name, value in said.items() if value}
