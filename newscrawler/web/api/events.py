"""Events, and marking them as seen."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from newscrawler.queries import EventQuery
from newscrawler.readings import to_json
from newscrawler.storage.event_context import find_contexts
from newscrawler.storage.event_marks import mark_events
from newscrawler.storage.reading import page_of_events
from newscrawler.web.api import models
from newscrawler.web.api.answers import as_json, asked, described, page
from newscrawler.web.context import web_of

router = APIRouter(tags=["events"])


@router.get("/events", response_model=models.Events, openapi_extra=described(EventQuery))
def events(request: Request) -> Response:
    """What happened, newest first."""
    web = web_of(request)
    found = page_of_events(web.database, asked(request, EventQuery))
    contexts = find_contexts(web.database, found.items)
    items = [event.to_json() | to_json(contexts[event.id]) for event in found.items]
    return page(request, items, found.cursor)


@router.post(
    "/events/seen",
    response_model=models.Changed,
    responses={
        400: models.problem_response("The body is no JSON."),
        413: models.problem_response("The body is too large."),
    },
)
def mark_seen(request: Request, wanted: models.SeenEvents) -> Response:
    """Mark events as seen, or take the mark away: for all who read this database.

    Nothing is changed where one of them does not exist.
    """
    web = web_of(request)
    changed = mark_events(web.database, wanted.ids, seen=wanted.seen, at=web.clock())
    return as_json(request, {"changed": changed})
