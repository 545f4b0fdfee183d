"""Takes a page's validators off the request that follows a redirect: they say nothing of another page."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scrapy import Request

VALIDATORS = ("If-None-Match", "If-Modified-Since")


class ValidatorsMiddleware:
    """Asks for the page to which a redirect leads as for one that was never read.

    Scrapy sends the headers of the first request along. A front page that is older than a story answers the
    story's `If-Modified-Since` with 304, and the story would count as unchanged.
    """

    def process_request(self, request: Request) -> None:
        """Drop the validators after a redirect, and with them the leave to be answered 304."""
        if not request.meta.get("redirect_times"):
            return
        for name in VALIDATORS:
            request.headers.pop(name, None)
        request.meta.pop("handle_httpstatus_list", None)
