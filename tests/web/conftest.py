"""Real servers on loopback over real databases, at a fixed time, and a real browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from newscrawler.storage.database import Database
from newscrawler.web.access import Access
from newscrawler.web.app import create_app
from newscrawler.web.context import Web
from newscrawler.web.server import serving
from tests.web.content import NOW, fill

TOKEN = "correct-horse-battery-staple"


def web(database: Database, folder: Path, token: str | None = None) -> Web:
    return Web(database, Access(token), folder / "logs", lambda: NOW)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("web")


@pytest.fixture(scope="module")
def stored(folder: Path) -> Iterator[Database]:
    """A filled SQLite database for the tests of one file."""
    (folder / "logs").mkdir()
    log = folder / "logs" / "pozirk.log"
    log.write_text("line one\n\x1b[31mred\x1b[0m <script>alert(1)</script>\n", encoding="utf-8")
    opened = Database.open(f"sqlite:///{folder / 'newscrawler.db'}")
    fill(opened, log=log)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def site(stored: Database, folder: Path) -> Iterator[str]:
    """The address of a server that asks nobody for a token."""
    with serving(create_app(web(stored, folder))) as address:
        yield address


@pytest.fixture(scope="module")
def locked(stored: Database, folder: Path) -> Iterator[str]:
    """The address of a server that asks for the token."""
    with serving(create_app(web(stored, folder, TOKEN))) as address:
        yield address


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[str]:
    """The address of a server whose database holds nothing."""
    opened = Database.open(f"sqlite:///{tmp_path / 'empty.db'}")
    with serving(create_app(web(opened, tmp_path))) as address:
        yield address
    opened.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium, without a window."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    with sync_playwright() as playwright:
        # As root, which containers often are, Chromium runs only without its sandbox.
        opened = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield opened
        opened.close()
