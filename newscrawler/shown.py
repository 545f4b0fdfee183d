"""What the pages of a crawl have shown: a story that is still shown as it was has not been edited. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from newscrawler.changes import ArticleState
from newscrawler.identity import fingerprint
from newscrawler.items import Observation

Days = dict[tuple[str, str], set[date | None]]
"""By language and headline, the days that stand beside it; None where no day does."""


class Shown:
    """The headlines of each page, and of all listings together, with their days: a digest has one every day.

    Whole pages are added before any of their observations is looked up: these are stored in batches, and a
    batch may end in the middle of a page.
    """

    def __init__(self, seen: Iterable[Observation] = ()) -> None:
        self._listed: Days = {}
        self._minutes: dict[tuple[str, str], set[tuple[bool, datetime | None]]] = {}
        """Of listings: whether an entry has no address, and its minute."""
        self._on: dict[str | None, Days] = {}
        self._oldest: dict[str | None, datetime] = {}
        self.add(seen)

    def add(self, seen: Iterable[Observation]) -> None:
        """Take in a page, or several."""
        for each in seen:
            headline = fingerprint(each.headline)
            if headline is None:
                continue
            named = each.language, headline
            self._on.setdefault(each.page_url, {}).setdefault(named, set()).add(each.published_date)
            if each.source == "listing":
                self._listed.setdefault(named, set()).add(each.published_date)
                if each.published_at is not None:
                    self._minutes.setdefault(named, set()).add((each.url is None, _minute(each.published_at)))
            if each.published_at is not None:
                oldest = self._oldest.get(each.page_url, each.published_at)
                self._oldest[each.page_url] = min(oldest, each.published_at)

    def still_has(self, known: ArticleState, seen: Observation) -> bool | None:
        """Whether a known story is shown as it was: on the page of `seen`, or in any listing.

        None where what is shown has no day, and may be of another. Lists beside stories come from caches,
        and show an old headline for a while after it was edited.
        """
        named, day = (known.language, fingerprint(known.headline) or ""), known.published_date
        days = self._listed.get(named, set()) | self._on.get(seen.page_url, {}).get(named, set())
        if not days or day is None or day in days:
            return bool(days)
        return None if None in days else False

    def has_beside(self, known: ArticleState, seen: Observation) -> bool:
        """Whether listings show a known story with its own day, and `seen` is of another: there are two.

        Of one day there are two where one has no address and each stands there with its own minute: a digest
        that was published again under another id, beside the one of that day.
        """
        named, day = (known.language, fingerprint(known.headline) or ""), known.published_date
        if day is None or seen.published_date is None:
            return False
        if day != seen.published_date:
            return day in self._listed.get(named, ())
        minute, other = _minute(known.published_at), _minute(seen.published_at)
        if minute is None or other in (None, minute) or (known.url is None) == (seen.url is None):
            return False
        return (known.url is None, minute) in self._minutes.get(named, ())

    def may_be_below(self, known: ArticleState, seen: Observation) -> bool:
        """Whether a known story may stand on a later page than that of `seen`, which ends before its time."""
        oldest = self._oldest.get(seen.page_url)
        return known.published_at is not None and (oldest is None or known.published_at <= oldest)


def _minute(moment: datetime | None) -> datetime | None:
    """What a list prints of a time; a stamp in another place may have its seconds."""
    return moment.replace(second=0, microsecond=0) if moment is not None else None
