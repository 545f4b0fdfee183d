"""Writes observations to the database in batches, off the event loop."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Self

from newscrawler.exceptions import StorageError

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from newscrawler.items import Observation, Visit
    from newscrawler.spiders.news import NewsSpider

BATCH_ROWS = 500
BATCH_SECONDS = 0.25
"""What a listing shows is told within two seconds; a commit every so often costs nothing beside that."""


class StorePipeline:
    """A batch is written when it is full or `BATCH_SECONDS` old, whichever comes first.

    A write that fails ends the run as failed; nothing of its batch is stored.
    """

    def __init__(self, spider: NewsSpider) -> None:
        self.spider = spider
        self._waiting: list[Observation | Visit] = []
        self._timer: asyncio.TimerHandle | None = None
        self._writing = asyncio.Lock()
        self._broken = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        spider: Any = crawler.spider
        return cls(spider)

    async def process_item(self, item: Any) -> Any:
        """Take an observation into the current batch."""
        self._waiting.append(item)
        if len(self._waiting) >= BATCH_ROWS:
            await self._write()
        elif self._timer is None:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(BATCH_SECONDS, lambda: loop.create_task(self._write()))
        return item

    async def close_spider(self) -> None:
        """Write what is left."""
        await self._write()

    async def _write(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        async with self._writing:
            batch, self._waiting = self._waiting, []
            if not batch or self._broken or self.spider.run is None:
                return
            try:
                record, shown = self.spider.ledger.record, self.spider.shown
                recorded = await asyncio.to_thread(record, self.spider.run.id, batch, shown)
            except StorageError as exc:
                self._broken = True
                self.spider.fail(str(exc))
                return
        for seen, result in zip(batch, recorded, strict=True):
            self.spider.balance.count_stored(seen, new=result.new, events=result.events)
