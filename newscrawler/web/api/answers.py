"""How the API asks and answers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from newscrawler.parameters import Parameter, Q, Query, parameters
from newscrawler.web.addresses import Address
from newscrawler.web.api.models import problem_response
from newscrawler.web.asking import LARGEST_PAGE, PAGE_SIZE, ask
from newscrawler.web.conditional import answer
from newscrawler.web.context import web_of

_EXAMPLES = {
    "site": "pozirk", "language": "en", "section": "Society", "author": "Jane Doe", "kind": "new_premium",
    "published_since": "2d", "published_until": "2026-11-23", "seen_since": "36h", "seen_until": "yesterday",
    "text": "minsk (metro OR bus)", "run": 3, "limit": 50,
}  # fmt: skip
NOT_FOUND: dict[int | str, dict[str, Any]] = {404: problem_response("There is none of this number.")}


def asked(request: Request, query: type[Q], pairs: Iterable[tuple[str, str]] | None = None) -> Q:
    """The query of the address. Days without a zone are UTC. Raises UsageError."""
    given = request.query_params.multi_items() if pairs is None else pairs
    return ask(query, given, now=web_of(request).clock())


def page(request: Request, items: list[dict[str, Any]], cursor: str | None) -> Response:
    """A page of an answer, with the address of the next one."""
    following = str(Address.of(request).going_on(cursor)) if cursor else None
    headers = {"Link": f'<{following}>; rel="next"'} if following else {}
    return as_json(request, {"items": items, "next": following}, headers=headers)


def as_json(request: Request, value: Any, *, headers: Mapping[str, str] | None = None) -> Response:
    """A value as JSON, sent only if it differs from what the reader has."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    return answer(request, body, "application/json", headers=headers)


def described(query: type[Query], *, required: tuple[str, ...] = ()) -> dict[str, Any]:
    """The vocabulary of a query for OpenAPI."""
    return {"parameters": [_described(parameter, required) for parameter in parameters(query)]}


def _described(parameter: Parameter, required: tuple[str, ...]) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string"}
    if parameter.choices:
        schema["enum"] = [*parameter.choices, ""]  # what is empty restricts nothing: forms send it
    elif parameter.name in ("limit", "run"):
        schema = {"type": "integer", "minimum": 1}
        if parameter.name == "limit":
            schema |= {"maximum": LARGEST_PAGE, "default": PAGE_SIZE}
    if parameter.multiple:
        schema = {"type": "array", "items": schema}
    found: dict[str, Any] = {
        "name": parameter.name,
        "in": "query",
        "required": parameter.name in required,
        "description": parameter.help,
        "schema": schema,
    }
    if parameter.multiple:
        found |= {"style": "form", "explode": True}
    if parameter.name in _EXAMPLES:
        example = _EXAMPLES[parameter.name]
        found["example"] = [example] if parameter.multiple else example
    return found
