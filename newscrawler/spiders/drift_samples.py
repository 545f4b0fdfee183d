"""The pages of a run that show best what its site no longer says, kept until the run is judged."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from newscrawler.captures import save_case
from newscrawler.items import ParsedPage
from newscrawler.saved_pages import SavedPage
from newscrawler.sites.base import Site


class DriftSamples:
    """The first page of each listing, and the article page that lacks most."""

    def __init__(self) -> None:
        self._listings: dict[str, tuple[SavedPage, ParsedPage | None]] = {}
        self._article: tuple[SavedPage, ParsedPage | None] | None = None
        self._article_lacks = 0

    def add_listing(self, page: SavedPage, reading: ParsedPage | None) -> None:
        """Keep the first page of a listing; `reading` is None for one that could not be read."""
        self._listings[page.url] = page, reading

    def add_article(self, page: SavedPage, reading: ParsedPage | None, lacks: list[str]) -> None:
        """Keep a story's page if none before lacked as many fields."""
        if len(lacks) > self._article_lacks:
            self._article, self._article_lacks = (page, reading), len(lacks)

    def save(self, folder: Path, site: Site, lost: str, at: datetime) -> list[Path]:
        """Write the pages that `lost` speaks of as test cases to be reviewed, and name their folders.

        Raises UsageError where they cannot be written.
        """
        chosen = [(page, reading) for url, (page, reading) in self._listings.items() if url in lost]
        if self._article is not None and "articles" in lost:
            chosen.append(self._article)
        saved = []
        for number, (page, reading) in enumerate(chosen, start=1):
            case = folder / site.name / f"drift-{at:%Y%m%dT%H%M%SZ}-{number}"
            save_case(case, page, reading, note=f"lost: {lost}", captured=True)
            saved.append(case)
        return saved
