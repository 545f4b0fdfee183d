"""A plain HTTP client for the newsroom's tests: one kept connection, nothing followed or decoded."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from email.message import Message

from newscrawler.newsroom import ServedSite


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Message
    body: bytes

    @property
    def text(self) -> str:
        """The body as UTF-8."""
        return self.body.decode()


class Browser:
    """Asks one server."""

    def __init__(self, connection: http.client.HTTPConnection) -> None:
        self._connection = connection

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """Ask for a path; header names with `_` for `-`."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self._connection.request(method, path, headers=named)
        response = self._connection.getresponse()
        return Answer(response.status, response.headers, response.read())


@contextmanager
def browse(site: ServedSite) -> Iterator[Browser]:
    """A browser on a served newsroom."""
    with closing(http.client.HTTPConnection(site.host, site.port, timeout=5)) as connection:
        yield Browser(connection)
