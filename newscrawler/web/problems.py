"""Errors as answers: problem details (RFC 9457) for programs, a page for people."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from newscrawler.exceptions import NewscrawlerError, UsageError
from newscrawler.printable import printable
from newscrawler.web.rendering import render

PROBLEM_JSON = "application/problem+json"


def is_for_programs(request: Request) -> bool:
    """Whether a program asks, rather than a person."""
    return request.url.path.startswith(("/api/", "/feeds/"))


def problem(
    request: Request, status: int, detail: str, *, headers: Mapping[str, str] | None = None
) -> Response:
    """The answer to a request that cannot be answered."""
    title = HTTPStatus(status).phrase
    detail = printable(detail)
    if is_for_programs(request):
        content = {"type": "about:blank", "title": title, "status": status, "detail": detail}
        return JSONResponse(content, status, media_type=PROBLEM_JSON, headers=headers)
    return render(request, "error.html", status=status, headers=headers, title=title, detail=detail)


def add_handlers(app: FastAPI) -> None:
    """Have every error of a route answered so."""
    app.add_exception_handler(HTTPException, _of_http)
    app.add_exception_handler(RequestValidationError, _of_validation)
    app.add_exception_handler(NewscrawlerError, _of_ours)
    app.add_exception_handler(Exception, _of_nobody)


def _of_http(request: Request, exc: Exception) -> Response:
    assert isinstance(exc, HTTPException)
    said = exc.detail if exc.detail != HTTPStatus(exc.status_code).phrase else ""
    detail = said or {
        404: "There is nothing at this address.",
        405: f"{request.method} is not possible here.",
        400: "The request cannot be read.",
    }.get(exc.status_code, HTTPStatus(exc.status_code).description)
    return problem(request, exc.status_code, detail, headers=exc.headers)


def _of_validation(request: Request, exc: Exception) -> Response:
    assert isinstance(exc, RequestValidationError)
    return problem(request, 422, "; ".join(_told(error) for error in exc.errors()))


def _told(error: dict[str, Any]) -> str:
    where = ".".join(str(part) for part in error["loc"][1:])
    return f"{where}: {error['msg']}" if where else str(error["msg"])


def _of_ours(request: Request, exc: Exception) -> Response:
    if isinstance(exc, UsageError):
        return problem(request, 422, str(exc))
    return problem(request, 503, str(exc), headers={"Retry-After": "10"})


def _of_nobody(request: Request, exc: Exception) -> Response:
    return problem(request, 500, "Something went wrong here; the server's log says what.")
