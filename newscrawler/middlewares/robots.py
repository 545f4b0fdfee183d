"""robots.txt, obeyed also where it cannot be read."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.robotstxt import RobotParser

from newscrawler.spiders.failures import reason_of_error

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response


class RobotsMiddleware(RobotsTxtMiddleware):
    """Asks nothing of a host whose robots.txt answers 5xx or does not answer (RFC 9309, 2.3.1.4).

    Scrapy's own takes both for a permission, and logs a traceback.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        logging.getLogger(RobotsTxtMiddleware.__module__).addFilter(_without_traceback)

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        """Raise IgnoreRequest where the page must not be fetched."""
        if isinstance(rp, _Unreadable):
            raise IgnoreRequest(f"robots.txt unreadable: {rp.reason}")
        super().process_request_2(rp, request)

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if response.status >= 500:
            raise IgnoreRequest(f"http {response.status}")
        await super()._parse_robots(response, netloc, request)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        waiting: Any = self._parsers[netloc]
        reason = str(exc) if isinstance(exc, IgnoreRequest) else reason_of_error(exc)
        self._parsers[netloc] = unreadable = _Unreadable(reason)
        waiting.callback(unreadable)


class _Unreadable(RobotParser):
    """Stands for a robots.txt that nobody could read."""

    def __init__(self, reason: str) -> None:
        self.reason = reason

    @classmethod
    def from_crawler(cls, crawler: Crawler, robotstxt_body: bytes) -> _Unreadable:
        return cls("")

    def allowed(self, url: str | bytes, user_agent: str | bytes) -> bool:
        return False


def _without_traceback(record: logging.LogRecord) -> bool:
    record.exc_info = None
    return True
