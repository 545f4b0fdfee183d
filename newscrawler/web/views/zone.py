"""In which zone times are shown. The page's script names the browser's own; here a reader names another."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from newscrawler.exceptions import UsageError
from newscrawler.web.forms import read_form
from newscrawler.web.rendering import render
from newscrawler.web.texts import local_link
from newscrawler.web.zones import ZONE_COOKIE, zone_names

_YEAR = 365 * 86400


async def zone(request: Request) -> Response:
    """Show the zones; keep the one that was chosen in a cookie."""
    back = local_link(request.query_params.get("back", "/"))
    if request.method != "POST":
        return render(request, "zone.html", zones=zone_names(), back=back)
    chosen = dict(await read_form(request)).get("zone", "")
    if chosen not in zone_names():
        raise UsageError(f"zone: {chosen[:60]!r} is none; expected one such as Europe/Minsk")
    answer = RedirectResponse(back, 303)
    answer.set_cookie(ZONE_COOKIE, chosen, max_age=_YEAR, samesite="strict")
    return answer
