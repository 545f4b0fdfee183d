"""Events marked as seen from a page: the only thing that a reader changes."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from newscrawler.exceptions import UsageError
from newscrawler.storage.event_marks import mark_events
from newscrawler.web.asking import LARGEST_PAGE
from newscrawler.web.context import web_of
from newscrawler.web.forms import read_form
from newscrawler.web.texts import local_link


async def mark_seen(request: Request) -> Response:
    """Mark the events of a form, or take their marks away, and go back to where it stood."""
    fields = await read_form(request)
    ids = [read_event_id(value) for name, value in fields if name == "event"]
    if not 1 <= len(ids) <= LARGEST_PAGE:
        raise UsageError(f"{len(ids)} events are named, expected 1 to {LARGEST_PAGE}")
    others = dict(fields)
    web = web_of(request)
    await run_in_threadpool(
        mark_events, web.database, ids, seen=others.get("seen") != "false", at=web.clock()
    )
    return RedirectResponse(local_link(others.get("back", "/")), 303)


def read_event_id(text: str) -> int:
    """The number of an event. Raises UsageError."""
    if not text.isascii() or not text.isdecimal() or len(text) > 18:
        raise UsageError(f"{text[:60]!r} is no event's number")
    return int(text)
