"""Says that a crawl is alive, so that its place is not given to another one."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any, Self

from scrapy import signals

from newscrawler.exceptions import StorageError
from newscrawler.storage.claims import BEAT_SECONDS

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from newscrawler.spiders.news import NewsSpider

logger = logging.getLogger(__name__)


class Heartbeat:
    """Raises the run's beat. On the event loop, not in a thread: a crawl that hangs shall not seem alive."""

    def __init__(self, spider: NewsSpider) -> None:
        self.spider = spider
        self._task: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        spider: Any = crawler.spider
        extension = cls(spider)
        crawler.signals.connect(extension.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(extension.spider_closed, signal=signals.spider_closed)
        return extension

    def spider_opened(self) -> None:
        """Begin."""
        self._task = asyncio.get_running_loop().create_task(self._beat())

    def spider_closed(self) -> None:
        """End."""
        if self._task is not None:
            self._task.cancel()

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(BEAT_SECONDS)
            if self.spider.run is None:
                continue
            try:
                await asyncio.to_thread(self.spider.ledger.beat, self.spider.run.id)
            except StorageError as exc:
                # A run given up fails with its next write, too; a database out of reach may come back.
                logger.warning("%s", exc)
