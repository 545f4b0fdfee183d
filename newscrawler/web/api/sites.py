"""Sites and their health."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from newscrawler.storage.site_status import site_statuses
from newscrawler.web.api import models
from newscrawler.web.api.answers import as_json
from newscrawler.web.context import web_of

router = APIRouter(tags=["sites"])


@router.get("/sites", response_model=models.Sites)
def sites(request: Request) -> Response:
    """How each site is doing."""
    web = web_of(request)
    found = site_statuses(web.database, now=web.clock())
    return as_json(request, {"items": [status.to_json() for status in found]})
