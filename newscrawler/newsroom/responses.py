"""What the server answers, before it goes onto the wire."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class Response:
    """A response, and how it is to be delivered; faults replace parts of it."""

    status: int
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    """Without Content-Length, Date and Server."""
    delay_seconds: float = 0.0
    ending: Literal["whole", "cut", "cut_chunked", "reset", "hang"] = "whole"
    """How the delivery ends: `cut` sends half of what Content-Length promises, `cut_chunked` stops within
    a chunked body, `reset` sends nothing and resets the connection, `hang` sends nothing and waits."""
    is_list: bool = False
    """A listing page; only these carry validators in the mode `lists`."""
    bare: bool = False
    """Sent as it is: no validators, no compression added."""
    changed_at: datetime | None = None
    """The Last-Modified, where it has one."""
    compressed: Callable[[], bytes] | None = field(default=None, compare=False)
    """The gzip form of the body, worked out once for all who ask."""
    etag: str | None = None

    def header(self, name: str) -> str | None:
        """The first value of a header; None where there is none."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    def with_header(self, name: str, value: str | None) -> Response:
        """The same with one header set, or left out where the value is None."""
        kept = tuple((key, old) for key, old in self.headers if key.lower() != name.lower())
        return replace(self, headers=kept if value is None else (*kept, (name, value)))


@dataclass(frozen=True, slots=True)
class LoggedRequest:
    """One line of the server's log."""

    at: datetime
    """The newsroom's time."""
    clock: float
    """`time.monotonic()` when the answer was about to be sent."""
    seconds: float
    """How long it had taken until then."""
    method: str
    path: str
    """With the query, as asked for."""
    status: int
    """0 where nothing was sent."""
    sent_bytes: int
    """Of the body, as it was to travel."""
    fault: str | None
    """The kind of the fault that was applied."""
    user_agent: str | None
    if_none_match: str | None
    if_modified_since: str | None
