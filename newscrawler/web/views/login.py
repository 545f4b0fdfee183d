"""Coming in with the token, and leaving."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from newscrawler.web.access import SESSION_HOLDS, Attempts
from newscrawler.web.context import web_of
from newscrawler.web.forms import read_form
from newscrawler.web.guard import SESSION_COOKIE
from newscrawler.web.rendering import render
from newscrawler.web.texts import local_link


async def login(request: Request) -> Response:
    """Ask for the token; give a session for the right one."""
    web = web_of(request)
    wanted = local_link(request.query_params.get("next", "/"))
    if not web.access.demanded:
        return RedirectResponse(wanted, 303)
    if request.method != "POST":
        return render(request, "login.html", problem="")
    given = dict(await read_form(request)).get("token", "").strip()
    attempts: Attempts = request.state.attempts
    client, now = request.client.host if request.client else "", web.clock()
    if wait := attempts.wait_seconds(client, now):
        said = f"Too many attempts. Try again in {wait} seconds."
        return render(request, "login.html", status=429, headers={"Retry-After": str(wait)}, problem=said)
    if not web.access.is_token(given):
        attempts.failed(client, now)
        return render(request, "login.html", status=401, problem="That is not the token.")
    answer = RedirectResponse(wanted, 303)
    answer.set_cookie(
        SESSION_COOKIE,
        web.access.new_session(now),
        max_age=int(SESSION_HOLDS.total_seconds()),
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return answer


async def logout(request: Request) -> Response:
    """Forget the session."""
    await read_form(request)
    answer = RedirectResponse("/login", 303)
    answer.delete_cookie(SESSION_COOKIE, httponly=True, samesite="strict")
    return answer
