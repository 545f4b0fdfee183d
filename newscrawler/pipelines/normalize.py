"""One form for addresses, text and times, whatever a page or a site's own code made of them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self

from itemadapter import ItemAdapter
from scrapy.exceptions import DropItem

from newscrawler.items import Visit
from newscrawler.normalize.text import clean

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from newscrawler.balance import Balance
    from newscrawler.sites.base import Site


class NormalizePipeline:
    """Drops what cannot be recognized again: neither a headline nor an address."""

    def __init__(self, site: Site, balance: Balance) -> None:
        self.site = site
        self.balance = balance

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        spider: Any = crawler.spider
        return cls(spider.plan.site, spider.balance)

    def process_item(self, item: Any) -> Any:
        """The item with canonical addresses, clean text and UTC times. Raises DropItem."""
        if isinstance(item, Visit):
            return item
        adapter = ItemAdapter(item)
        for name in ("url", "page_url"):
            if adapter[name] is not None:
                adapter[name] = self.site.canonical_url(adapter[name])
        for name in ("headline", "dateline", "description", "lead"):
            adapter[name] = clean(adapter[name]) or None if adapter[name] is not None else None
        for name in ("sections", "body", "authors", "keywords"):
            adapter[name] = [text for value in adapter[name] if (text := clean(value))]
        for name in ("seen_at", "published_at", "modified_at"):
            adapter[name] = _utc(adapter[name])
        if adapter["headline"] is None and adapter["url"] is None:
            if adapter["source"] != "article":
                self.balance.entries_skipped["neither headline nor address"] += 1
            raise DropItem("neither headline nor address")
        return item


def _utc(moment: datetime | None) -> datetime | None:
    """In UTC. A time without zone is not known well enough to be kept."""
    if moment is None or moment.tzinfo is None:
        return None
    return moment.astimezone(UTC)
