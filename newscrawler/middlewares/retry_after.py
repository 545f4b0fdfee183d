"""Waits as long as a server asks for (Retry-After), which Scrapy's own retries do not."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Self

from scrapy.exceptions import IgnoreRequest

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

logger = logging.getLogger(__name__)

ASKS_TO_WAIT = (429, 503)
PATIENCE = timedelta(seconds=30)
"""A longer wait ends the run's requests instead of holding it up."""
TRIES = 3


class RetryAfterMiddleware:
    """A short wait is waited out by the whole crawl; after a long one is asked for, nothing more is."""

    def __init__(self, crawler: Crawler, clock: Callable[[], datetime]) -> None:
        self.crawler = crawler
        self.clock = clock
        self.wait_until: datetime | None = None
        """Until when the site wants to be left alone; None where it has not said so."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        spider: Any = crawler.spider
        middleware = cls(crawler, spider.now)
        spider.retry_after = middleware
        return middleware

    def process_request(self, request: Request) -> None:
        """Raise IgnoreRequest once the site has asked to be left alone."""
        if self.wait_until is not None:
            raise IgnoreRequest(f"asked to wait until {self.wait_until:%Y-%m-%d %H:%M:%S} UTC")

    async def process_response(self, request: Request, response: Response) -> Request | Response:
        """The same request again, after a short wait."""
        if response.status not in ASKS_TO_WAIT:
            return response
        wait = asked_wait(response.headers.get("Retry-After"), self.clock())
        if wait is None:
            return response
        tried = request.meta.get("retry_after_tries", 0) + 1
        if wait > PATIENCE or tried > TRIES:
            self.wait_until = self.clock() + wait
            return response
        logger.info("%s asks to wait %g s", response.url, wait.total_seconds())
        self.crawler.engine.pause()
        try:
            await asyncio.sleep(wait.total_seconds())
        finally:
            self.crawler.engine.unpause()
        return request.replace(meta={**request.meta, "retry_after_tries": tried})


def asked_wait(header: bytes | None, now: datetime) -> timedelta | None:
    """How long Retry-After asks to wait: seconds, or a date. None where it says nothing usable."""
    text = (header or b"").decode("ascii", "replace").strip()
    if text.isdecimal() and len(text) < 9:
        return timedelta(seconds=int(text))
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(moment - now, timedelta())
