"""One page fetched for a person who looks at it: `newscrawler parse URL`, `newscrawler capture URL`.

A crawl goes through Scrapy. Here one request is made, with an honest name, if robots.txt allows it.
"""

from __future__ import annotations

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


def is_url(text: str) -> bool:
    """Whether an argument is an address and not a path."""
    return text.startswith(("http://", "https://"))


def fetch(url: str, user_agent: str) -> SavedPage:
    """Fetch one page. Raises FetchError for a refusal or failure, UsageError for an address that is none."""
    parts = urlsplit(url)
    if not parts.netloc:
        raise UsageError(f"not an address: {url}")
    if not _allowed(url, user_agent):
        raise FetchError(f"robots.txt of {parts.netloc} forbids {url}")
    raw, headers = _get(url, user_agent)
    kept = {name: value for name in _KEPT_HEADERS if (value := headers.get(name))}
    return SavedPage(raw, url, kept, datetime.now(UTC).replace(microsecond=0), Path("page.html"))


def _allowed(url: str, user_agent: str) -> bool:
    parts = urlsplit(url)
    robots = RobotFileParser()
    try:
        raw, _ = _get(f"{parts.scheme}://{parts.netloc}/robots.txt", user_agent)
    except FetchError as exc:
        # As RFC 9309 has it: no robots.txt allows all; a server in trouble allows nothing.
        code = exc.__cause__.code if isinstance(exc.__cause__, urllib.error.HTTPError) else None
        if code is not None and 400 <= code < 500:
            return True
        raise
    robots.parse(raw.decode("utf-8", "replace").splitlines())
    return robots.can_fetch(user_agent, url)


def _get(url: str, user_agent: str) -> tuple[bytes, dict[str, str]]:
    request = urllib.request.Request(url, headers={"User-Agent": user_agent, "Accept": "*/*"})
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as response:
            raw = response.read(MAX_BYTES + 1)
            headers = {name.lower(): value for name, value in response.headers.items()}
    except urllib.error.HTTPError as exc:
        exc.close()
        raise FetchError(f"cannot fetch {url}: HTTP {exc.code} {exc.reason}") from exc
    except (OSError, HTTPException, ValueError) as exc:
        reason = getattr(exc, "reason", None) or exc
        raise FetchError(f"cannot fetch {url}: {reason}") from exc
    if len(raw) > MAX_BYTES:
        raise FetchError(f"cannot fetch {url}: it is larger than {MAX_BYTES // 1_000_000} MB")
    return raw, headers
