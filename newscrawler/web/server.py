"""Runs the application on a socket, in this process or, for tests, in a thread of it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from newscrawler.exceptions import NewscrawlerError


def listen(host: str, port: int) -> socket.socket:
    """A socket at an address of this machine; port 0 for any free one. Raises NewscrawlerError."""
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        opened = socket.socket(family, socket.SOCK_STREAM)
        try:
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            opened.bind(address)
            opened.listen(128)
        except OSError:
            opened.close()
            raise
    except OSError as exc:
        raise NewscrawlerError(f"cannot listen at {host} port {port}: {exc.strerror or exc}") from None
    return opened


def address_of(opened: socket.socket) -> str:
    """Where a browser finds it."""
    host, port = opened.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def serve(app: ASGIApp, opened: socket.socket, *, log_requests: bool = False) -> None:
    """Serve until a signal ends it."""
    _server(app, log_requests=log_requests).run(sockets=[opened])


@contextmanager
def serving(app: ASGIApp) -> Iterator[str]:
    """Serve beside what runs in the block, at an address of loopback that it is given."""
    opened = listen("127.0.0.1", 0)
    server = _server(app, log_requests=False)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [opened]}, daemon=True)
    thread.start()
    try:
        yield address_of(opened)
    finally:
        server.should_exit = True
        thread.join(timeout=10)
        opened.close()


def _server(app: ASGIApp, *, log_requests: bool) -> uvicorn.Server:
    # Its log goes to standard error as everything that is no result; who reads what is not written down
    # unless the user wants it.
    logging = {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(message)s"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
        "loggers": {
            "uvicorn.error": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
            "uvicorn.access": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        },
    }
    return uvicorn.Server(
        uvicorn.Config(
            app,
            log_config=logging,
            access_log=log_requests,
            server_header=False,
            ws="none",
            timeout_graceful_shutdown=3,
        )
    )
