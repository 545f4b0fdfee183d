"""What every route works with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from starlette.requests import Request
from starlette.types import Scope

from newscrawler.storage.database import Database
from newscrawler.web.access import Access


@dataclass(frozen=True, slots=True)
class Web:
    """One program that serves one database."""

    database: Database
    access: Access
    log_folder: Path
    """The only place whose files are shown."""
    clock: Callable[[], datetime]
    """The time, aware and UTC."""


_KEY = "newscrawler.web"


def put_web(scope: Scope, web: Web) -> None:
    """Have a request know what it is answered with."""
    scope[_KEY] = web


def web_of(request: Request) -> Web:
    """What a request is answered with."""
    web: Web = request.scope[_KEY]
    return web
