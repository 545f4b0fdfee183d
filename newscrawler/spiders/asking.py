"""Which pages a run asks for: each once, and no more than its budget."""

from __future__ import annotations

from datetime import datetime

from newscrawler.balance import Balance
from newscrawler.changes import ArticleState, compare
from newscrawler.config import Config
from newscrawler.items import Observation
from newscrawler.looks import LookSchedule
from newscrawler.spiders.places import Place
from newscrawler.spiders.plan import CrawlPlan
from newscrawler.spiders.sweeps import Sweeps

BUDGET = "budget"


class Asking:
    """The pages of one run that have been asked for, counted in its balance."""

    def __init__(
        self, plan: CrawlPlan, config: Config, balance: Balance, sweeps: Sweeps, looks: LookSchedule
    ) -> None:
        self.plan = plan
        self.balance = balance
        self.looks = looks
        self.asked: set[str] = set()
        first_run = any(not sweeps.has_swept(language) for language in plan.languages)
        self.budget = plan.budget or (None if first_run or plan.backfill else config.budget)
        """How many pages may be asked for; None: as many as it takes, where everything is unknown yet."""
        self._put_off: set[str] = set()

    def ask(self, place: Place) -> Place:
        """Count a page as asked for."""
        self.asked.add(place.url)
        self.balance.pages_asked += 1
        return place

    def left(self) -> float:
        """How many more pages may be asked for."""
        if self.budget is None:
            return float("inf")
        return self.budget - (self.balance.pages_asked - self.balance.pages_skipped.total())

    def story(self, seen: Observation, known: ArticleState | None, now: datetime) -> Place | None:
        """The page of a story that a list shows, if it is wanted, and asked for with that; else None."""
        url = seen.url
        if url is None or url in self.asked or url in self._put_off:
            return None
        if not compare(known, seen, self.looks).state.wants_page(now):
            return None
        if known is not None and known.fetched_at is not None and known.wants_page(now):
            return None  # due without the list's saying anything new: another look asks more cheaply
        if self.left() <= 0:
            self._put_off.add(url)
            self.balance.pages_asked += 1
            self.balance.pages_skipped[BUDGET] += 1
            return None
        told = seen if self.waits_for_its_page(seen, known) else None
        return self.ask(
            Place(url, seen.language, external_id=seen.external_id, known=known is not None, told=told)
        )

    def waits_for_its_page(self, seen: Observation, known: ArticleState | None) -> bool:
        """Whether the page of a new address, asked for next, has to say first which story it is.

        It knows its address, where a story may be listed under several; its headline, where it is listed
        without one; and its day, without which it may be any story known without address: of the same
        headline ("Weekly digest"), or with its headline edited since.
        """
        if seen.url is None or (known is not None and known.url is not None):
            return False
        undated = seen.published_date is None and seen.published_at is None
        return (
            self.plan.site.addresses_vary or seen.headline is None or (seen.source == "side_list" and undated)
        )
