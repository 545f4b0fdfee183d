"""From a template to an answer. What templates are given is text; they escape all of it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from newscrawler.storage.records import Article
from newscrawler.web.context import web_of
from newscrawler.web.texts import count, duration, local_link, outside_link, shown, words_of_kind
from newscrawler.web.zones import clock_of

STATIC = Path(__file__).with_name("static")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("newscrawler.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "shown": shown,
        "outside_link": outside_link,
        "words": words_of_kind,
        "duration": duration,
        "count": count,
    }
    environment.globals |= {"asset": asset, "local_link": local_link, "titled": titled}
    return environment


def render(
    request: Request,
    template: str,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    **values: Any,
) -> HTMLResponse:
    """A page in the reader's zone."""
    web = web_of(request)
    session: str = request.state.session
    common = {
        "clock": clock_of(request, web.clock()),
        "path": request.url.path,
        "logged_in": bool(session),
        "form_token": web.access.form_token(session),
    }
    html = _environment().get_template(template).render(common | values)
    return HTMLResponse(html, status, headers=dict(headers or {}))


@cache
def asset(name: str) -> str:
    """The address of a static file. It changes with what is in it, so that browsers may keep it."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={digest}"


def titled(article: Article) -> str:
    """What to call an article."""
    return article.headline or article.url or f"Article {article.id}"
