"""What one run sees many times (a story stands in the news list of every page) is stored once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from itemadapter import ItemAdapter
from scrapy.exceptions import DropItem

from newscrawler.identity import fingerprint
from newscrawler.items import Visit

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from newscrawler.balance import Balance


class DedupePipeline:
    """Drops an entry that says just what this run has heard already. Never an article's own page."""

    def __init__(self, balance: Balance) -> None:
        self.balance = balance
        self._heard: set[tuple[Any, ...]] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        spider: Any = crawler.spider
        return cls(spider.balance)

    def process_item(self, item: Any) -> Any:
        """The item, the first time. Raises DropItem."""
        if isinstance(item, Visit):
            return item
        seen = ItemAdapter(item)
        if seen["source"] == "article":
            return item
        says = (
            seen["language"],
            # Without address, the same headline on another day is another story ("Weekly digest").
            seen["external_id"] or seen["url"] or seen["published_date"],
            fingerprint(seen["headline"]),
            seen["premium"],
        )
        # A listing's word counts for more than a side list's, so it is passed on even if it comes second.
        heard_here = (*says, seen["source"])
        if heard_here in self._heard or (*says, "listing") in self._heard:
            self.balance.entries_duplicate += 1
            raise DropItem("seen in this run")
        self._heard.add(heard_here)
        return item
