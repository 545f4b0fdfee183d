"""The runs, each with its account and its log."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from newscrawler.balance import accounts
from newscrawler.exceptions import StorageError
from newscrawler.queries import EventQuery, RunQuery
from newscrawler.storage.reading import find_run, page_of_events, page_of_runs
from newscrawler.storage.records import Run
from newscrawler.web.addresses import Address
from newscrawler.web.asking import ask
from newscrawler.web.context import web_of
from newscrawler.web.filters import Tab, fields_of
from newscrawler.web.rendering import render
from newscrawler.web.run_log import Log, read_log
from newscrawler.web.views.events import lines_of
from newscrawler.web.zones import clock_of

_STATUSES = {
    "All": (),
    "Succeeded": ("ok",),
    "Failed": ("failed",),
    "Stopped": ("stopped",),
    "Under way": ("running",),
}


def runs(request: Request) -> Response:
    """The runs of a query, newest first."""
    web = web_of(request)
    clock = clock_of(request, web.clock())
    address = Address.of(request)
    query = ask(RunQuery, address.pairs, now=clock.now)
    page = page_of_runs(web.database, query)
    return render(
        request,
        "runs.html",
        address=address,
        runs=page.items,
        next=address.going_on(page.cursor) if page.cursor else None,
        tabs=[
            Tab(name, address.setting(status=values), query.statuses == values)
            for name, values in _STATUSES.items()
        ],
        fields=fields_of(address),
        nothing_stored=not page.items and not page_of_runs(web.database, RunQuery(limit=1)).items,
    )


def run(request: Request) -> Response:
    """One run: its account, what it saw happen, the end of its log."""
    web = web_of(request)
    found = _run(request)
    events = Address("/events", (("run", str(found.id)),))
    seen = page_of_events(web.database, EventQuery(run_id=found.id, limit=20))
    return render(
        request,
        "run.html",
        run=found,
        accounts=list(accounts(found.counts)),
        happened=sorted((found.counts or {}).get("events", {}).items()),
        lines=lines_of(web, seen.items),
        events=events if seen.cursor else None,
        log=read_log(web.log_folder, found),
    )


def log(request: Request) -> Response:
    """A run's log, as plain text."""
    found = read_log(web_of(request).log_folder, _run(request))
    if not isinstance(found, Log):
        raise HTTPException(404, found)
    return PlainTextResponse("\n".join(found.lines) + "\n")


def _run(request: Request) -> Run:
    number = request.path_params["id"]
    try:
        return find_run(web_of(request).database, number if number < 2**63 else 0)
    except StorageError as exc:
        if "no run" in str(exc):
            raise HTTPException(404, f"No run has the number {number}.") from None
        raise
