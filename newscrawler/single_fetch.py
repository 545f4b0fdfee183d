"""One page fetched for a person who looks at it: `newscrawler parse URL`, `newscrawler capture URL`.

A crawl goes through Scrapy. Here one request is made, with an honest name, if robots.txt allows it.
"""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from datetime import UTC, datetime
from http.client import HTTPException
from pathlib import Path
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from newscrawler.exceptions import NewscrawlerError, UsageError
from newscrawler.saved_pages import SavedPage

TIMEOUT_SECONDS = 20.0
MAX_BYTES = 10_000_000
_KEPT_HEADERS = (
    "content-type",
    "link",
    "last-modified",
    "etag",
    "server",
    "x-wp-total",
    "x-wp-totalpages",
    "vary",
)


class FetchError(NewscrawlerError):
    """A page that could not be fetched; told on one line."""

    def __init__(self, message: str, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status
        """What the server answered, where it did."""


def is_url(text: str) -> bool:
    """Whether an argument is an address and not a path."""
    return text.startswith(("http://", "https://"))


def fetch(url: str, user_agent: str) -> SavedPage:
    """Fetch one page. Raises FetchError for a refusal or failure, UsageError for an address that is none."""
    return Fetcher(user_agent).fetch(url)


class Fetcher:
    """Fetches pages one after the other, as robots.txt allows."""

    def __init__(self, user_agent: str, delay_seconds: float = 0.0) -> None:
        self.user_agent = user_agent
        self.delay_seconds = delay_seconds
        """The least time between two requests; a Crawl-delay can make it longer."""
        self._robots: dict[str, RobotFileParser] = {}
        self._last: float | None = None

    def fetch(self, url: str) -> SavedPage:
        """Fetch a page. Raises as the function `fetch` does."""
        parts = urlsplit(url)
        if not parts.netloc:
            raise UsageError(f"not an address: {url}")
        host = f"{parts.scheme}://{parts.netloc}"
        if host not in self._robots:
            self._robots[host] = self._read_robots(host)
        robots = self._robots[host]
        if not robots.can_fetch(self.user_agent, url):
            raise FetchError(f"robots.txt of {parts.netloc} forbids {url}")
        raw, headers = self._get(url, float(robots.crawl_delay(self.user_agent) or 0))
        kept = {name: value for name in _KEPT_HEADERS if (value := headers.get(name))}
        return SavedPage(raw, url, kept, datetime.now(UTC).replace(microsecond=0), Path("page.html"))

    def _read_robots(self, host: str) -> RobotFileParser:
        robots = RobotFileParser()
        try:
            raw, _ = self._get(f"{host}/robots.txt")
            robots.parse(raw.decode("utf-8", "replace").splitlines())
        except FetchError as exc:
            # As RFC 9309 has it: no robots.txt allows all; a server in trouble allows nothing.
            if exc.status is None or not 400 <= exc.status < 500:
                raise
            robots.parse([])
        return robots

    def _get(self, url: str, crawl_delay_seconds: float = 0.0) -> tuple[bytes, dict[str, str]]:
        if self._last is not None:
            wait = max(self.delay_seconds, crawl_delay_seconds) - (time.monotonic() - self._last)
            time.sleep(max(wait, 0.0))
        try:
            return _get(url, self.user_agent)
        finally:
            self._last = time.monotonic()


def _get(url: str, user_agent: str) -> tuple[bytes, dict[str, str]]:
    request = urllib.request.Request(url, headers={"User-Agent": user_agent, "Accept": "*/*"})
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as response:
            raw = response.read(MAX_BYTES + 1)
            headers = {name.lower(): value for name, value in response.headers.items()}
    except urllib.error.HTTPError as exc:
        exc.close()
        raise FetchError(f"cannot fetch {url}: HTTP {exc.code} {exc.reason}", exc.code) from exc
    except (OSError, HTTPException, ValueError) as exc:
        reason = getattr(exc, "reason", None) or exc
        raise FetchError(f"cannot fetch {url}: {reason}") from exc
    if len(raw) > MAX_BYTES:
        raise FetchError(f"cannot fetch {url}: it is larger than {MAX_BYTES // 1_000_000} MB")
    return raw, headers
