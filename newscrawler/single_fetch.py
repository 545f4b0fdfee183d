"""Pages fetched for a person who looks at them: `newscrawler parse URL`, `capture URL`, `refresh`,
`sites add URL`.

A crawl goes through Scrapy. Here few requests are made, one at a time, with an honest name, where robots.txt
allows.
"""

from __future__ import annotations

import ipaddress
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from protego import Protego

from newscrawler.exceptions import NewscrawlerError, UsageError
from newscrawler.saved_pages import SavedPage

TIMEOUT_SECONDS = 20.0
MAX_BYTES = 10_000_000
MAX_REQUESTS = 30
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
    """Fetch one page. Raises FetchError for a refusal or failure, UsageError for no address."""
    return Session(user_agent).get(url)


class Session:
    """Some requests in a row: each host's robots.txt is read once, and its pages are asked for at a pace."""

    def __init__(
        self,
        user_agent: str,
        delay_seconds: float = 0.0,
        sleep: Callable[[float], None] | None = None,
        max_requests: int | None = MAX_REQUESTS,
    ) -> None:
        self.user_agent = user_agent
        self.delay_seconds = delay_seconds
        self.requests = 0
        """Made so far, robots.txt included. After `max_requests` every further one is refused."""
        self._max_requests = max_requests
        self._sleep = sleep or time.sleep
        self._robots: dict[str, Protego] = {}
        self._asked_at: dict[str, float] = {}
        self._opener = urllib.request.build_opener(_Redirects(self))

    def get(self, url: str) -> SavedPage:
        """Fetch one page. Raises FetchError for a refusal or failure, UsageError for no address."""
        self.check(url)
        raw, final_url, headers = self._get(url)
        kept = {name: value for name in _KEPT_HEADERS if (value := headers.get(name))}
        now = datetime.now(UTC).replace(microsecond=0)
        return SavedPage(raw, final_url, kept, now, Path("page.html"))

    def check(self, url: str) -> None:
        """Raise FetchError for an address that robots.txt forbids, or whose robots.txt cannot be read."""
        if not self.robots(url).can_fetch(url, self.user_agent):
            raise FetchError(f"robots.txt of {urlsplit(url).netloc} forbids {url}")

    def robots(self, url: str) -> Protego:
        """What robots.txt of an address's host says. Raises FetchError, UsageError for no address."""
        parts = urlsplit(url)
        if not parts.netloc:
            raise UsageError(f"not an address: {url}")
        host = f"{parts.scheme}://{parts.netloc}"
        if host not in self._robots:
            try:
                text = self._get(f"{host}/robots.txt")[0].decode("utf-8", "replace")
            except FetchError as exc:
                # As RFC 9309 has it: no robots.txt allows all; a server in trouble allows nothing.
                if exc.status is None or not 400 <= exc.status < 500:
                    raise
                text = ""
            self._robots[host] = Protego.parse(text)
        return self._robots[host]

    def _get(self, url: str) -> tuple[bytes, str, dict[str, str]]:
        self._wait(url)
        request = urllib.request.Request(url, headers={"User-Agent": self.user_agent, "Accept": "*/*"})
        try:
            with self._opener.open(request, timeout=TIMEOUT_SECONDS) as response:
                raw = response.read(MAX_BYTES + 1)
                final_url = response.url
                headers = {name.lower(): value for name, value in response.headers.items()}
        except urllib.error.HTTPError as exc:
            exc.close()
            raise FetchError(f"cannot fetch {url}: HTTP {exc.code} {exc.reason}", exc.code) from exc
        except (OSError, HTTPException, ValueError) as exc:
            reason = getattr(exc, "reason", None) or exc
            raise FetchError(f"cannot fetch {url}: {reason}") from exc
        if len(raw) > MAX_BYTES:
            raise FetchError(f"cannot fetch {url}: it is larger than {MAX_BYTES // 1_000_000} MB")
        return raw, final_url, headers

    def _wait(self, url: str) -> None:
        """Keep the time between two requests to a host."""
        self.requests += 1
        if self._max_requests is not None and self.requests > self._max_requests:
            raise FetchError(f"{url} is not asked for: {self._max_requests} requests have been made")
        parts = urlsplit(url)
        robots = self._robots.get(f"{parts.scheme}://{parts.netloc}")
        asked = robots.crawl_delay(self.user_agent) if robots else None
        delay = max(0.0 if _is_local(parts.hostname or "") else self.delay_seconds, asked or 0.0)
        if parts.netloc in self._asked_at:
            self._sleep(max(0.0, self._asked_at[parts.netloc] + delay - time.monotonic()))
        self._asked_at[parts.netloc] = time.monotonic()


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows a redirect where robots.txt of its target allows."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        if not newurl.endswith("/robots.txt"):
            self.session.check(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _is_local(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
