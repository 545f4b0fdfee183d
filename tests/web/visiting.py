"""A visitor who sends exactly what a test says, and follows nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode, urlsplit


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    """By name in lower case."""
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    def json(self) -> Any:
        return json.loads(self.body)


def ask(url: str, method: str = "GET", *, body: str | bytes = b"", **headers: str) -> Answer:
    """Send a request; `content_type="…"` stands for the header of that name."""
    parts = urlsplit(url)
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=20)
    try:
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        said = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body if body or method == "POST" else None, said)
        answer = connection.getresponse()
        return Answer(
            answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        )
    finally:
        connection.close()


def send_form(url: str, fields: Mapping[str, str], **headers: str) -> Answer:
    """Send a form."""
    return ask(
        url, "POST", body=urlencode(fields), content_type="application/x-www-form-urlencoded", **headers
    )


def form_token(answer: Answer) -> str:
    """The token of the first form on a page."""
    return answer.text.partition('name="form_token" value="')[2].partition('"')[0]
