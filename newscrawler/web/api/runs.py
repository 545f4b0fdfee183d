"""Runs."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from newscrawler.exceptions import StorageError
from newscrawler.queries import RunQuery
from newscrawler.storage.reading import find_run, page_of_runs
from newscrawler.storage.records import Run
from newscrawler.web.api import models
from newscrawler.web.api.answers import NOT_FOUND, as_json, asked, described, page
from newscrawler.web.api.articles import MAX_ID
from newscrawler.web.context import web_of

router = APIRouter(tags=["runs"])


@router.get("/runs", response_model=models.Runs, openapi_extra=described(RunQuery))
def runs(request: Request) -> Response:
    """Runs with their accounts, newest first."""
    found = page_of_runs(web_of(request).database, asked(request, RunQuery))
    return page(request, [_run(run) for run in found.items], found.cursor)


@router.get("/runs/{id}", response_model=models.Run, responses=NOT_FOUND)
def run(request: Request, id: Annotated[int, Path(ge=1, le=MAX_ID, examples=[3])]) -> Response:
    """One run."""
    try:
        found = find_run(web_of(request).database, id)
    except StorageError as exc:
        if "no run" in str(exc):
            raise HTTPException(404, f"No run has the number {id}.") from None
        raise
    return as_json(request, _run(found))


def _run(run: Run) -> dict[str, Any]:
    """As the CLI prints it, but for the log: where it can be read here, rather than its file."""
    return run.to_json() | {"log": f"/runs/{run.id}/log" if run.log else None}
