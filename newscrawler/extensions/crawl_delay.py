"""Applies the Crawl-delay of robots.txt, which Scrapy reads and leaves to others."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Self

from scrapy import signals

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.robotstxt import RobotParser

logger = logging.getLogger(__name__)


class CrawlDelay:
    """Keeps the time that a host asks for between two requests, where it is longer than ours."""

    def __init__(self, crawler: Crawler, user_agent: str, delay_seconds: float) -> None:
        self.crawler = crawler
        self.user_agent = user_agent
        self.delay_seconds = delay_seconds

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        settings = crawler.settings
        extension = cls(crawler, settings["USER_AGENT"], settings.getfloat("DOWNLOAD_DELAY"))
        crawler.signals.connect(extension.robots_parsed, signal=signals.robots_parsed)
        return extension

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        """Slow down for the host whose robots.txt was just read."""
        asked = robotparser.crawl_delay(self.user_agent)
        if asked is None or asked <= self.delay_seconds:
            return
        downloader = self.crawler.engine.downloader
        host = downloader.get_slot_key(request)
        logger.info("%s asks for %g s between requests (robots.txt)", host, asked)
        downloader.per_slot_settings[host] = {"delay": asked, "jitter": 0, "concurrency": 1}
        if (slot := downloader.slots.get(host)) is not None:
            slot.delay, slot.jitter, slot.concurrency = asked, 0, 1
