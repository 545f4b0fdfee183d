"""The application: routes behind the guard."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fastapi import FastAPI

from newscrawler import __version__
from newscrawler.web import api
from newscrawler.web.api.models import Problem
from newscrawler.web.context import Web
from newscrawler.web.feeds import ROUTES as FEEDS
from newscrawler.web.guard import Guard
from newscrawler.web.problems import add_handlers
from newscrawler.web.views import ROUTES as VIEWS

_DESCRIPTION = """\
The stored articles, events and runs of newscrawler. Every filter is a word of one vocabulary, the same as on
the command line and in the addresses of the pages. Reading only, but for marking events as seen.

Where the server has a token, send it as `Authorization: Bearer TOKEN`. Errors are problem details (RFC 9457).
Answers have an ETag; lists have the address of what follows in `next` and in the Link header.
"""


def create_app(web: Web, *, host: str = "127.0.0.1", host_names: Iterable[str] = ()) -> Guard:
    """What a server runs. `host` is the address that it listens at, which decides how it guards itself."""
    # The documentation pages that FastAPI offers load scripts from elsewhere.
    app = FastAPI(
        title="newscrawler",
        version=__version__,
        description=_DESCRIPTION,
        openapi_url=f"{api.PREFIX}/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.include_router(api.router)
    app.router.routes.extend([*FEEDS, *VIEWS])
    add_handlers(app)
    _describe(app, demanded=web.access.demanded)
    return Guard(app, web, host=host, host_names=host_names)


def _describe(app: FastAPI, *, demanded: bool) -> None:
    """Complete the description with what FastAPI cannot see: problems are answered by handlers."""
    described: dict[str, Any] = app.openapi()
    schemas = described["components"]["schemas"]
    schemas["Problem"] = Problem.model_json_schema()
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    if demanded:
        described["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
        described["security"] = [{"token": []}]
