"""Answers that are sent only when they differ from what the reader has (RFC 9110, 13)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response


def answer(
    request: Request, body: bytes, media_type: str, *, headers: Mapping[str, str] | None = None
) -> Response:
    """The body with its ETag, or 304 where the reader has it already."""
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    said = {"ETag": etag, "Vary": "Authorization, Cookie"} | dict(headers or {})
    if _has(request.headers.get("if-none-match", ""), etag):
        return Response(status_code=304, headers=said)
    return Response(body, media_type=media_type, headers=said)


def _has(known: str, etag: str) -> bool:
    tags = {tag.strip().removeprefix("W/") for tag in known.split(",")}
    return etag in tags or "*" in tags
