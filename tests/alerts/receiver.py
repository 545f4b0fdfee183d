"""A webhook's receiver on loopback: it remembers what it got, and misbehaves on request."""

from __future__ import annotations

import json
import random
import socket
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Received:
    """One request."""

    path: str
    headers: dict[str, str]
    body: bytes
    at: float
    """`time.monotonic()`, the same in all processes, when it had been read."""
    answer: str
    """What it was answered: see `Receiver.behaviours`."""

    @property
    def message(self) -> dict[str, Any]:
        message: dict[str, Any] = json.loads(self.body)
        return message

    @property
    def key(self) -> str:
        return self.headers["idempotency-key"]

    @property
    def event_ids(self) -> list[int]:
        return [event["id"] for event in self.message["events"]]


@dataclass
class Receiver:
    """What came, and what to answer next; `behaviours` are used up, then all is well."""

    received: list[Received] = field(default_factory=list)
    behaviours: deque[str] = field(default_factory=deque)
    """`500`, `429:2` (Retry-After), `302:http://…`, `hang`, `drip`, `die` (before an answer), `refuse`."""
    always: str | None = None
    moods: dict[str, float] = field(default_factory=dict)
    """Instead: what to do, with how often each happens compared with the others."""
    chance: random.Random = field(default_factory=random.Random)
    told: Callable[[Received], None] = lambda received: None
    url: str = ""
    stopping: threading.Event = field(default_factory=threading.Event)

    def messages(self) -> list[dict[str, Any]]:
        return [received.message for received in self.received]

    def next_behaviour(self) -> str:
        if self.moods:
            return self.chance.choices(list(self.moods), list(self.moods.values()))[0]
        return self.behaviours.popleft() if self.behaviours else self.always or "200"


@contextmanager
def receiving(path: str = "/hook/geheim-token") -> Iterator[Receiver]:
    """Serve until the end of the block."""
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            body = self.rfile.read(length)
            if len(body) < length:  # the sender has died in the middle of it
                self._cut()
                return
            headers = {name.lower(): value for name, value in self.headers.items()}
            what, _, detail = receiver.next_behaviour().partition(":")
            if what == "refuse":  # as if nobody had been there
                self._cut()
                return
            receiver.received.append(Received(self.path, headers, body, time.monotonic(), what))
            receiver.told(receiver.received[-1])
            match what:
                case "hang":
                    receiver.stopping.wait(30)
                    self._cut()
                case "drip":
                    with suppress(OSError):
                        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
                        while not receiver.stopping.wait(0.1):
                            self.wfile.write(b"X")
                    self._cut()
                case "die":
                    self._cut()
                case "302":
                    self._answer(302, {"Location": detail})
                case "429":
                    self._answer(429, {"Retry-After": detail})
                case status:
                    self._answer(int(status), {})

        def _answer(self, status: int, headers: dict[str, str]) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

        def _cut(self) -> None:
            self.close_connection = True
            with suppress(OSError):
                self.connection.shutdown(socket.SHUT_RDWR)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 64

        def handle_error(self, request: Any, client_address: Any) -> None:
            pass  # clients are killed while we talk to them

    server = Server(("127.0.0.1", 0), Handler)
    receiver.url = f"http://127.0.0.1:{server.server_port}{path}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        receiver.stopping.set()
        server.shutdown()
        server.server_close()
        thread.join()


def main() -> None:
    """Receive in a process of its own: print the address and, when standard input ends, what came.

    With `--times` the moment of each request is printed as well.
    """
    with receiving() as receiver:
        if "--times" in sys.argv:
            receiver.told = lambda received: print(received.at, flush=True)
        print(receiver.url, flush=True)
        sys.stdin.read()
        print(len(receiver.received), len({received.key for received in receiver.received}), flush=True)


if __name__ == "__main__":
    main()
