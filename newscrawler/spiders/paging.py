"""How far a list is followed."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlencode, urlsplit

from newscrawler.changes import ArticleState
from newscrawler.items import Observation, ParsedPage
from newscrawler.sites.ways import Way
from newscrawler.spiders.places import Place
from newscrawler.spiders.plan import CrawlPlan
from newscrawler.spiders.sweeps import Sweeps

logger = logging.getLogger(__name__)

MAX_PAGES = 500
"""Of one list in one run that is no backfill: a list that never ends is a trap."""
REST_PAGE = 50
"""Posts a page asked of REST. A page of a hundred takes some sites longer than they allow themselves."""
REST_OVERLAP = timedelta(hours=1)
"""How much of the time before the last sweep is asked for again: servers answer from caches."""


class Paging:
    """Follows a list until a page holds nothing that is unknown.

    Unknown is what was first seen after the last sweep of the way: what runs that failed half-way have stored
    does not count as known, for below it is a gap. Nor does what this run has stored a moment ago, when the
    list moved while it was read.
    """

    def __init__(self, plan: CrawlPlan, sweeps: Sweeps, first_run_max_pages: int) -> None:
        self.plan = plan
        self.sweeps = sweeps
        self.first_run_max_pages = first_run_max_pages
        self._shown: dict[Way, set[str]] = {}

    def first(self, way: Way) -> Place:
        """The first page of a way. Of REST: what was changed since the last sweep, or else the newest."""
        place = Place(way.url, way.languages[0], way=way, required=way.required)
        return replace(place, asked_as=self._rest_address(way)) if way.kind == "rest" else place

    def _rest_address(self, way: Way) -> str:
        query: dict[str, object] = {"per_page": REST_PAGE, "_embed": "wp:term"}
        since = self.sweeps.oldest(way)
        if since is not None and not self.plan.backfill:
            query["orderby"] = "modified"
            query["modified_after"] = f"{since - REST_OVERLAP:%Y-%m-%dT%H:%M:%SZ}"
        return f"{way.url}{'&' if urlsplit(way.url).query else '?'}{urlencode(query, safe=':')}"

    def limit(self, way: Way) -> int | None:
        """How many pages of a way this run reads; None where only the list's end ends it."""
        if self.plan.max_pages is not None or self.plan.backfill:
            return self.plan.max_pages
        return self.first_run_max_pages if self.sweeps.oldest(way) is None else MAX_PAGES

    def is_unknown(self, seen: Observation, known: ArticleState | None, way: Way) -> bool:
        """Whether a list has to be followed past this entry."""
        if seen.headline is None and seen.url is None:
            return False
        swept_at = self.sweeps.at(way, seen.language)
        if known is None or swept_at is None or known.first_seen_at > swept_at:
            return True
        # REST lists by the time of change: below a changed story there may be more.
        changed = seen.modified_at if way.kind == "rest" else None
        return changed is not None and changed > swept_at

    def following(
        self,
        page: ParsedPage,
        place: Place,
        seen: Sequence[Observation],
        unknown: Sequence[Observation],
        *,
        asked: set[str],
        may_ask: bool,
    ) -> Place | None:
        """The next page of a list, if the crawl goes on there."""
        way = place.way
        assert way is not None
        past_known = place.past_known or not unknown
        repeats = self._repeats(way, seen)
        if past_known and (repeats or not self.plan.backfill):
            return None
        url = page.next_page
        # A page that only repeats may be a trap, or the list has moved by a page while it was read.
        if repeats or url is None or url in asked:
            self._at_the_end(way, place, all_unknown=bool(seen) and len(unknown) == len(seen))
            return None
        first_run, limit = self.sweeps.oldest(way) is None, self.limit(way)
        if limit is not None and place.number >= limit and first_run and self.plan.max_pages is None:
            hint = "-a backfill=true goes on to the end"
            logger.info("%s: the first run stops after %d pages; %s", way.url, limit, hint)
        if (limit is not None and place.number >= limit) or not may_ask:
            if not first_run:
                self.sweeps.leave_gap(way, "max_pages" if may_ask else "budget")
            return None
        return Place(
            url,
            place.language,
            way=way,
            number=place.number + 1,
            # A later page that cannot be read leaves a gap, too, unless it is history nobody has waited for.
            required=place.required and not past_known,
            past_known=past_known,
        )

    def _at_the_end(self, way: Way, place: Place, *, all_unknown: bool) -> None:
        """Without anything known on the way, something may be missing between this run and the last."""
        if self.sweeps.oldest(way) is None or not all_unknown or place.past_known:
            return
        if way.kind == "listing":
            # So it looks, too, when a page was cut off in the middle. The next run must not take what this
            # one saw for known.
            self.sweeps.leave_gap(way, "a listing ended before anything known")
        elif way.kind == "feed":
            # A feed has no more to give, however often it is asked.
            logger.warning("%s: holds nothing known; stories may have passed through it unseen", way.url)

    def _repeats(self, way: Way, seen: Sequence[Observation]) -> bool:
        """Whether a page shows only what earlier pages of the list have shown: such a list never ends."""
        shown = self._shown.setdefault(way, set())
        here = {o.url or f"{o.language} {o.headline}" for o in seen}
        repeats = bool(here) and here <= shown
        shown |= here
        return repeats
