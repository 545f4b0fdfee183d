"""What the pages of a crawl have shown: a story that is still shown as it was has not been edited. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from newscrawler.changes import ArticleState
from newscrawler.identity import fingerprint
from newscrawler.items import Observation


class Shown:
    """The headlines of each page, and of all listings together.

    Whole pages are added before any of their observations is looked up: these are stored in batches, and a
    batch may end in the middle of a page.
    """

    def __init__(self, seen: Iterable[Observation] = ()) -> None:
        self._listed: set[tuple[str, str]] = set()
        self._on: dict[str | None, set[tuple[str, str]]] = {}
        self._oldest: dict[str | None, datetime] = {}
        self.add(seen)

    def add(self, seen: Iterable[Observation]) -> None:
        """Take in a page, or several."""
        for each in seen:
            headline = fingerprint(each.headline)
            if headline is None:
                continue
            self._on.setdefault(each.page_url, set()).add((each.language, headline))
            if each.source == "listing":
                self._listed.add((each.language, headline))
            if each.published_at is not None:
                oldest = self._oldest.get(each.page_url, each.published_at)
                self._oldest[each.page_url] = min(oldest, each.published_at)

    def still_has(self, known: ArticleState, seen: Observation) -> bool:
        """Whether a known story is shown as it was: on the page of `seen`, or in any listing.

        Lists beside stories come from caches, and show an old headline for a while after it was edited.
        """
        headline = known.language, fingerprint(known.headline) or ""
        return headline in self._listed or headline in self._on.get(seen.page_url, ())

    def may_be_below(self, known: ArticleState, seen: Observation) -> bool:
        """Whether a known story may stand on a later page than that of `seen`, which ends before its time."""
        oldest = self._oldest.get(seen.page_url)
        return known.published_at is not None and (oldest is None or known.published_at <= oldest)
