"""Serves a newsroom over HTTP, on this machine only.

with serve(newsroom) as site:
    urllib.request.urlopen(f"{site.base_url}/en/news/")
"""

from __future__ import annotations

import contextlib
import errno
import ipaddress
import socket
import struct
import sys
import threading
import time
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from newscrawler.exceptions import UsageError
from newscrawler.newsroom.faults import Fault, Faults
from newscrawler.newsroom.fixtures import fixtures_dir, path_of, response_of
from newscrawler.newsroom.newsroom import Newsroom
from newscrawler.newsroom.rendering import LinkStyle
from newscrawler.newsroom.responses import LoggedRequest, Response
from newscrawler.newsroom.routes import Pages, Robots
from newscrawler.saved_pages import load

Validators = Literal["both", "etag", "last_modified", "lists", "none"]

_SAFE_HOSTS = ("127.0.0.1", "::1", "localhost")


def serve(
    newsroom: Newsroom,
    *,
    port: int = 0,
    host: str = "127.0.0.1",
    rest: bool = False,
    gzip: bool = True,
    validators: Validators = "both",
    robots: Robots | str = "allow",
    crawl_delay_seconds: float | None = None,
    links: LinkStyle | None = None,
    charset: str = "utf-8",
    live_clock: bool = False,
    faults: Faults | Iterable[Fault] = (),
) -> ServedSite:
    """Start serving; the result is a context manager, and has `base_url`, `requests` and `stop()`.

    Port 0 takes a free one. With `live_clock` the clock on every page changes each minute, and with it
    the validators, though nothing else does. Raises UsageError for a port in use or a host that is not
    this machine.
    """
    pages = Pages(
        newsroom,
        rest=rest,
        robots=robots,
        crawl_delay_seconds=crawl_delay_seconds,
        links=links,
        charset=charset,
        live_clock=live_clock,
    )
    return ServedSite(newsroom, pages, host=host, port=port, gzip=gzip, validators=validators, faults=faults)


class ServedSite:
    """A newsroom being served. Made by `serve`."""

    def __init__(
        self,
        newsroom: Newsroom,
        pages: Pages,
        *,
        host: str,
        port: int,
        gzip: bool,
        validators: Validators,
        faults: Faults | Iterable[Fault],
    ) -> None:
        if not _is_loopback(host):
            raise UsageError(f"the newsroom serves this machine only, and {host} is not a loopback address")
        self.newsroom = newsroom
        self.pages = pages
        self.faults = faults if isinstance(faults, Faults) else Faults(faults)
        """May be given new rules at any time: `site.faults.add(Fault("status", status=503))`."""
        self.gzip = gzip
        self.validators: Validators = validators
        self.requests: list[LoggedRequest] = []
        self.stopping = threading.Event()
        try:
            self._server = _Server((host, port), self)
        except OSError as exc:
            if exc.errno == errno.EADDRINUSE:
                raise UsageError(f"port {port} on {host} is in use by another program") from exc
            raise UsageError(f"cannot serve on {host}:{port}: {exc.strerror or exc}") from exc
        self.host, self.port = host, int(self._server.server_address[1])
        self.base_url = f"http://{f'[{host}]' if ':' in host else host}:{self.port}"
        """Scheme, host and port, no trailing slash."""
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, name="newsroom", daemon=True
        )
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """Close the port and every connection, and wait until all threads have ended."""
        if self.stopping.is_set():
            return
        self.stopping.set()
        self._server.shutdown()
        self._server.close_connections()
        self._server.server_close()
        self._thread.join()

    def requested(self, prefix: str = "/") -> list[LoggedRequest]:
        """The requests so far whose path begins so; robots.txt only if asked for."""
        return [
            request
            for request in list(self.requests)
            if request.path.startswith(prefix) and (request.path != "/robots.txt" or prefix == "/robots.txt")
        ]

    def add_page(
        self, path: str, raw: bytes, headers: dict[str, str] | None = None, *, status: int = 200
    ) -> None:
        """Answer a path byte for byte with `raw`."""
        pairs = tuple((headers or {"Content-Type": "text/html; charset=UTF-8"}).items())
        self.pages.add(path, Response(status, raw, pairs, bare=True))

    def add_fixture(self, case: str | Path, path: str | None = None) -> str:
        """Serve a saved page byte for byte, at the path of its own address or the given one.

        Returns the path; a page of unknown address is served at `/fixtures/<name>`. Raises UsageError
        where `case` is not one saved page.
        """
        pages = load(case)
        if len(pages) != 1:
            raise UsageError(f"{case} holds {len(pages)} saved pages, expected one")
        where = path or path_of(pages[0])
        self.pages.add(where, response_of(pages[0]))
        return where

    def add_fixtures(self, directory: str | Path | None = None) -> dict[str, str]:
        """Serve every case below a folder, the bundled ones by default; name of the case → its path.

        Of cases with the same address the first is served there, the others at `/fixtures/<name>`.
        """
        served: dict[str, str] = {}
        for page in load(directory or fixtures_dir()):
            name, path = page.path.parent.name, path_of(page)
            if path in served.values():
                path = f"/fixtures/{name}"
            self.pages.add(path, response_of(page))
            served[name] = path
        return served


class _Server(ThreadingHTTPServer):
    # Threads are waited for in server_close, after close_connections has ended what they wait for.
    daemon_threads = False
    block_on_close = True
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], site: ServedSite) -> None:
        self.site = site
        self._connections: set[socket.socket] = set()
        self._connections_lock = threading.Lock()
        if ":" in address[0]:
            self.address_family = socket.AF_INET6
        super().__init__(address, _Handler)

    def server_bind(self) -> None:
        # HTTPServer looks the host's name up here, which may ask a name server.
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._connections_lock:
            self._connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._connections_lock:
            self._connections.discard(request)
        super().shutdown_request(request)

    def close_connections(self) -> None:
        """Wake every thread that waits for a client's next request."""
        with self._connections_lock:
            for connection in self._connections:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is no news; anything else is a mistake of the newsroom's own."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server
    # Headers and body leave in one packet.
    wbufsize = -1
    disable_nagle_algorithm = True
    timeout = 60

    def do_GET(self) -> None:
        site = self.server.site
        started = time.monotonic()
        fault = site.faults.choose(self.path, site.newsroom.now)
        response = site.pages.answer(self.path, f"http://{self.headers.get('Host') or site.base_url[7:]}")
        response = self._prepared(response)
        if fault:
            response = fault.spoil(response, self.path, site.pages)
        if response.delay_seconds:
            site.stopping.wait(response.delay_seconds)
        body = b"" if self.command == "HEAD" or response.status in (204, 304) else response.body
        if response.ending in ("cut", "cut_chunked"):
            body = body[: len(body) // 2]
        silent = response.ending in ("reset", "hang")
        # Written down before it is sent: who has the answer finds it in the log.
        site.requests.append(
            LoggedRequest(
                at=site.newsroom.now,
                clock=time.monotonic(),
                seconds=time.monotonic() - started,
                method=self.command,
                path=self.path,
                status=0 if silent else response.status,
                sent_bytes=0 if silent else len(body),
                fault=fault.kind if fault else None,
                user_agent=self.headers.get("User-Agent"),
                if_none_match=self.headers.get("If-None-Match"),
                if_modified_since=self.headers.get("If-Modified-Since"),
            )
        )
        self._deliver(response, body)

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_POST(self) -> None:
        """The login form leads nowhere."""
        length = int(self.headers.get("Content-Length") or 0)
        self.rfile.read(min(length, 1 << 16))
        self.close_connection = True
        self._deliver(Response(403, b"", (("Content-Type", "text/plain"),), bare=True), b"")

    def log_message(self, *_: object) -> None:
        """Requests are logged in `ServedSite.requests`, not on standard error."""

    def _prepared(self, response: Response) -> Response:
        """With validators, answered 304 where the client knows the page, compressed where it may be."""
        site = self.server.site
        if response.bare:
            return response
        mode = site.validators
        wanted = mode != "none" and (mode != "lists" or response.is_list)
        use_etag = wanted and mode != "last_modified" and response.etag
        use_date = wanted and mode != "etag" and response.changed_at
        compressed = response.compressed if site.gzip else None
        compress = compressed is not None and _accepts_gzip(self.headers.get("Accept-Encoding"))
        # A compressed body is not the same bytes, so its tag is a weak one, as nginx has it.
        etag = f'{"W/" if compress else ""}"{response.etag}"'
        if use_etag:
            response = response.with_header("ETag", etag)
        if use_date and response.changed_at:
            response = response.with_header("Last-Modified", _http_date(response.changed_at))
        if site.gzip:
            response = response.with_header("Vary", "Accept-Encoding")
        known_tags = self.headers.get("If-None-Match") if use_etag else None
        known_date = self.headers.get("If-Modified-Since") if use_date else None
        if known_tags is not None:
            unchanged = f'"{response.etag}"' in known_tags or known_tags.strip() == "*"
        else:
            unchanged = bool(
                known_date and response.changed_at and not _newer(response.changed_at, known_date)
            )
        if unchanged:
            return replace(response, status=304, body=b"").with_header("Content-Type", None)
        if compressed is not None and compress:
            return replace(response, body=compressed()).with_header("Content-Encoding", "gzip")
        return response

    def _deliver(self, response: Response, body: bytes) -> None:
        """Send the response the way it wants, with as much of its body as there is to be."""
        if response.ending == "hang":
            self.server.site.stopping.wait(self.timeout)
            self.close_connection = True
            return
        if response.ending == "reset":
            self._reset()
            return
        phrase = HTTPStatus(response.status).phrase if response.status in _STATUSES else ""
        self.send_response_only(response.status, phrase)
        if response.header("Server") is None:
            self.send_header("Server", "nginx")
        # The newsroom's own time, as everything else it says.
        self.send_header("Date", _http_date(self.server.site.newsroom.now))
        for name, value in response.headers:
            self.send_header(name, value)
        if response.ending == "cut_chunked":
            self.send_header("Transfer-Encoding", "chunked")
        elif response.status not in (204, 304) and response.header("Content-Length") is None:
            self.send_header("Content-Length", str(len(response.body)))
        self.end_headers()
        if response.ending == "cut_chunked":
            body = b"%x\r\n%b\r\n" % (len(body), body)
        if response.ending != "whole":
            self.close_connection = True
        self.wfile.write(body)

    def _reset(self) -> None:
        """Close so that the client gets a reset instead of an end."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        self.connection.close()


_STATUSES = {status.value for status in HTTPStatus}


def _is_loopback(host: str) -> bool:
    if host in _SAFE_HOSTS:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _accepts_gzip(header: str | None) -> bool:
    for part in (header or "").split(","):
        coding, _, weight = part.partition(";")
        if coding.strip().lower() in ("gzip", "*"):
            return weight.replace(" ", "") not in ("q=0", "q=0.0")
    return False


def _http_date(moment: datetime) -> str:
    return format_datetime(moment.astimezone(UTC), usegmt=True)


def _newer(changed_at: datetime, known: str) -> bool:
    try:
        return changed_at > parsedate_to_datetime(known)
    except (TypeError, ValueError):
        return True
