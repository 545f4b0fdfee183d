"""Sends requests for a site's own hosts to the mirror or local copy that the user named (`base_url`)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from scrapy.exceptions import NotConfigured

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler


class MirrorMiddleware:
    """Rewrites addresses, redirects included, so that a crawl of a copy never reaches the original."""

    def __init__(self, is_original: Callable[[str], bool], base_url: str) -> None:
        self.is_original = is_original
        self.base_url = base_url

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        plan = getattr(crawler.spider, "plan", None)
        if plan is None or plan.base_url is None:
            raise NotConfigured
        return cls(plan.is_original, plan.base_url)

    def process_request(self, request: Request) -> Request | None:
        """A request for the copy, in place of one for the original."""
        parts = urlsplit(request.url)
        if not self.is_original(request.url):
            return None
        query = f"?{parts.query}" if parts.query else ""
        return request.replace(url=f"{self.base_url}{parts.path}{query}")
