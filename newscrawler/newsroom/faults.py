"""How the newsroom misbehaves when told to: rules that spoil a response before it is sent."""

from __future__ import annotations

import random
import re
import threading
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import datetime
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Literal, get_args

from newscrawler.exceptions import UsageError
from newscrawler.newsroom.responses import Response

if TYPE_CHECKING:
    from newscrawler.newsroom.routes import Pages

FaultKind = Literal[
    "status",
    "delay",
    "hang",
    "reset",
    "truncated",
    "truncated_chunked",
    "wrong_type",
    "wrong_charset",
    "false_gzip",
    "challenge",
    "consent",
    "login",
    "redirect",
    "redirect_loop",
    "empty_listing",
    "half_listing",
    "changed_markup",
    "empty_body",
    "no_text",
]

_HTML = ("Content-Type", "text/html; charset=UTF-8")
_LISTING_PATH = re.compile(r"/\w\w/(news|longreads)/(page/\d+/)?(\?|$)")
_BODY = re.compile(rb"<body\b.*</body>", re.IGNORECASE | re.DOTALL)
_LISTING_KINDS = ("empty_listing", "half_listing", "changed_markup")


@dataclass(frozen=True, slots=True)
class Fault:
    """One rule: what goes wrong, where, when and how often."""

    kind: FaultKind
    path: str = "*"
    """A pattern of paths, `*` and `?` as in a shell, or with a bar between several: `/en/*|/ru/*`.

    `/robots.txt` fits only where it is named, so that a site gone wrong may still be asked.
    """
    probability: float = 1.0
    count: int | None = None
    """How many times at most; None: no limit."""
    skip: int = 0
    """How many requests that fit are left alone first."""
    since: datetime | None = None
    """The newsroom's time from which on it holds."""
    until: datetime | None = None
    """The newsroom's time until which it holds."""
    status: int | None = None
    """For `status` (503 by default) and the pages of `challenge` (403), `consent` and `login` (200)."""
    retry_after: str | None = None
    """Retry-After, seconds or a date."""
    seconds: float = 1.0
    """For `delay`."""
    location: str = "/en/login/"
    """For `redirect`."""
    entries: int = 5
    """For `half_listing`: how many entries there are."""
    charset: str = "windows-1252"
    """For `wrong_charset`: what is declared."""
    media_type: str = "application/octet-stream"
    """For `wrong_type`: what is declared."""

    @classmethod
    def parse(cls, text: str) -> Fault:
        """A rule as it is written in a command: `status,status=503,path=/en/*,probability=0.1`.

        Raises UsageError naming what is wrong.
        """
        kind, *settings = text.split(",")
        if kind not in get_args(FaultKind):
            raise UsageError(f"unknown fault {kind!r}: one of {', '.join(get_args(FaultKind))}")
        values: dict[str, object] = {}
        types = {field.name: str(field.type) for field in fields(cls)}
        for setting in settings:
            name, _, value = setting.partition("=")
            if name == "kind" or name not in types:
                raise UsageError(f"fault {text!r}: unknown setting {name!r}")
            try:
                if "datetime" in types[name]:
                    values[name] = datetime.fromisoformat(value)
                elif types[name].startswith("int"):
                    values[name] = int(value)
                elif types[name].startswith("float"):
                    values[name] = float(value)
                else:
                    values[name] = value
            except ValueError as exc:
                raise UsageError(f"fault {text!r}: {name} is {value!r}, expected a {types[name]}") from exc
        return cls(kind, **values)  # type: ignore[arg-type]  # each value was made by its field's type

    def fits(self, path: str, now: datetime) -> bool:
        """Whether the rule speaks of this path at this time."""
        if (self.since and now < self.since) or (self.until and now > self.until):
            return False
        if self.kind in _LISTING_KINDS and not _LISTING_PATH.match(path):
            return False
        patterns = self.path.split("|")
        if path == "/robots.txt":
            return path in patterns
        return any(fnmatchcase(path, pattern) for pattern in patterns)

    def spoil(self, response: Response, path: str, pages: Pages) -> Response:
        """The response as this fault leaves it; untouched where the fault does not apply to it."""
        match self.kind:
            case "status":
                status = self.status or 503
                body = f"<html><body><h1>{status}</h1></body></html>".encode()
                return self._retrying(Response(status, body, (_HTML,)))
            case "delay":
                return replace(response, delay_seconds=self.seconds)
            case "hang" | "reset":
                return replace(response, ending=self.kind)
            case "truncated":
                return replace(response, ending="cut")
            case "truncated_chunked":
                return replace(response, ending="cut_chunked")
            case "wrong_type":
                return response.with_header("Content-Type", self.media_type)
            case "wrong_charset":
                return response.with_header("Content-Type", f"text/html; charset={self.charset}")
            case "false_gzip":
                whole = pages.answer(path, "http://localhost")
                return whole.with_header("Content-Encoding", "gzip")
            case "challenge" | "consent" | "login":
                default = 403 if self.kind == "challenge" else 200
                return self._retrying(pages.message(self.kind, path, self.status or default))
            case "redirect":
                return Response(302, b"", (("Location", self.location),))
            case "redirect_loop":
                bare, _, turn = path.partition("?turn=")
                return Response(302, b"", (("Location", f"{bare}?turn={int(turn or 0) + 1}"),))
            case "empty_listing":
                return self._listing(response, path, pages, entries=0)
            case "half_listing":
                return self._listing(response, path, pages, entries=self.entries)
            case "changed_markup":
                return self._listing(response, path, pages, entries=20, template="messages/hydrated.html")
            case "empty_body":
                return Response(200, b"", (_HTML,))
            case "no_text":  # a page that a script would fill: nothing but its head
                whole = pages.answer(path, "http://localhost")
                return replace(whole, body=_BODY.sub(b'<body><div id="app"></div></body>', whole.body))

    def _retrying(self, response: Response) -> Response:
        return response.with_header("Retry-After", self.retry_after)

    def _listing(
        self, response: Response, path: str, pages: Pages, *, entries: int, template: str = "listing.html"
    ) -> Response:
        text = pages.listing_with(path, entries, template, cut=self.kind == "half_listing")
        if text is None:
            return response
        body = text.encode(pages.renderer.charset, errors="xmlcharrefreplace")
        return Response(200, body, (("Content-Type", f"text/html; charset={pages.renderer.charset}"),))


class Faults:
    """The rules in force, tried in order; the first that fits spoils the response."""

    def __init__(self, rules: Iterable[Fault] = (), seed: int = 1) -> None:
        self._rules: list[Fault] = list(rules)
        self._met: dict[int, int] = {}
        self._applied: dict[int, int] = {}
        self._choices = random.Random(seed)
        self._lock = threading.Lock()

    def add(self, *rules: Fault) -> None:
        """Add rules after those in force."""
        with self._lock:
            self._rules.extend(rules)

    def clear(self) -> None:
        """Behave well from now on."""
        with self._lock:
            self._rules.clear()
            self._met.clear()
            self._applied.clear()

    def choose(self, path: str, now: datetime) -> Fault | None:
        """The fault of this request, if it is to have one."""
        with self._lock:
            for number, rule in enumerate(self._rules):
                if not rule.fits(path, now):
                    continue
                if rule.count is not None and self._applied.get(number, 0) >= rule.count:
                    continue
                if rule.probability < 1 and self._choices.random() >= rule.probability:
                    continue
                self._met[number] = self._met.get(number, 0) + 1
                if self._met[number] <= rule.skip:
                    continue
                self._applied[number] = self._applied.get(number, 0) + 1
                return rule
        return None
