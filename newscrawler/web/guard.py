"""The door: a wrapper around the whole application. Nothing reaches a route that did not come through."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable
from urllib.parse import quote, urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from newscrawler.web.access import Attempts, is_loopback
from newscrawler.web.context import Web, put_web
from newscrawler.web.headers import with_headers
from newscrawler.web.problems import is_for_programs, problem

SESSION_COOKIE = "newscrawler_session"
LARGEST_BODY = 64 * 1024
_OPEN_PATHS = ("/login", "/static/")
_SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


class Guard:
    """Checks name, origin, size and token of every request, and sees to the headers of every answer."""

    def __init__(self, app: ASGIApp, web: Web, *, host: str, host_names: Iterable[str] = ()) -> None:
        self._app = app
        self._web = web
        self._attempts = Attempts()
        self._loopback = is_loopback(host)
        self._names = {name.lower() for name in host_names}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As ASGI has it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            keep = scope["path"].startswith("/static/") and scope["query_string"].startswith(b"v=")
            send = with_headers(send, secure=scope.get("scheme") == "https", keep=keep)
            put_web(scope, self._web)
            request = Request(scope)
            request.state.session = ""
            request.state.attempts = self._attempts
            refused = self._refusal(request)
            if refused is not None:
                await refused(scope, receive, send)
            else:
                await self._app(scope, _limited(receive), send)

    def _refusal(self, request: Request) -> Response | None:
        """The answer to a request that goes no further."""
        if not self._is_ours(request.headers.get("host", "")):
            return problem(request, 421, "This server does not answer to that name.")
        if request.method not in _SAFE_METHODS:
            # Browsers say where a request comes from; a page of another site has nothing to change here.
            if request.headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
                return problem(request, 403, "Another site has sent this request.")
            size = request.headers.get("content-length", "0")
            if not size.isdecimal() or len(size) > 9 or int(size) > LARGEST_BODY:
                return problem(request, 413, f"Expected at most {LARGEST_BODY} bytes.")
        return self._unknown_visitor(request) if self._web.access.demanded else None

    def _is_ours(self, host: str) -> bool:
        """Whether the request is for us. A page elsewhere can have its name lead to 127.0.0.1, and would then
        read what only this machine may: https://en.wikipedia.org/wiki/DNS_rebinding
        """
        if not self._loopback:
            return True
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        return is_loopback(name) or name in self._names

    def _unknown_visitor(self, request: Request) -> Response | None:
        now = self._web.clock()
        cookie = request.cookies.get(SESSION_COOKIE, "")
        if cookie and self._web.access.is_session(cookie, now):
            request.state.session = cookie
            return None
        path = request.url.path
        if path.startswith(_OPEN_PATHS):
            return None
        if given := _given_token(request):
            client = request.client.host if request.client else ""
            if wait := self._attempts.wait_seconds(client, now):
                return problem(
                    request,
                    429,
                    "Too many wrong tokens: try again later.",
                    headers={"Retry-After": str(wait)},
                )
            if self._web.access.is_token(given):
                return None
            self._attempts.failed(client, now)
        if is_for_programs(request) or request.method not in _SAFE_METHODS:
            # Feed readers know Basic; offered to the API as well, browsers would ask for it again and again.
            way = "Basic" if path.startswith("/feeds") else "Bearer"
            challenge = {"WWW-Authenticate": f'{way} realm="newscrawler"'}
            return problem(request, 401, "This needs the token.", headers=challenge)
        wanted = path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/login?next={quote(wanted, safe='')}", 303)


def _given_token(request: Request) -> str:
    """`Authorization: Bearer TOKEN`, or Basic with the token as the password."""
    way, _, given = request.headers.get("authorization", "").partition(" ")
    if way.lower() == "bearer":
        return given.strip()
    if way.lower() == "basic":
        try:
            return base64.b64decode(given.strip(), validate=True).decode().partition(":")[2]
        except (binascii.Error, UnicodeDecodeError):
            return "unreadable"
    return ""


def _limited(receive: Receive) -> Receive:
    """A body in pieces says no length beforehand: it ends where it grows too large."""
    read = 0

    async def limited() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > LARGEST_BODY:
            return {"type": "http.disconnect"}
        return message

    return limited
