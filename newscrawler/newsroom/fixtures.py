"""The bundled sample pages, and where the newsroom serves a saved page."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from newscrawler.exceptions import UsageError
from newscrawler.newsroom.responses import Response
from newscrawler.saved_pages import SavedPage

_OF_ONE_TRANSFER = ("connection", "content-encoding", "content-length", "date", "transfer-encoding")
"""Headers that spoke of the bytes as they travelled then, not of those that were saved."""


def fixtures_dir() -> Path:
    """Where the bundled cases are, `<site>/<case>/`: in the installed package, or the checkout's own.

    Raises UsageError where there are none.
    """
    here = Path(__file__).resolve()
    for candidate in (here.parent / "fixtures", here.parents[2] / "fixtures"):
        if candidate.is_dir():
            return candidate
    raise UsageError("the bundled sample pages are missing: neither in the package nor in a checkout")


def path_of(page: SavedPage) -> str:
    """The path of its own address; for a page of unknown address `/fixtures/<name of its folder>`."""
    if not page.url:
        return f"/fixtures/{page.path.parent.name}"
    parts = urlsplit(page.url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def response_of(page: SavedPage) -> Response:
    """The page byte for byte, with the headers it had."""
    headers = {name: value for name, value in page.headers.items() if name not in _OF_ONE_TRANSFER}
    headers.setdefault("content-type", "text/html; charset=utf-8")
    return Response(200, page.raw, tuple(headers.items()), bare=True)
