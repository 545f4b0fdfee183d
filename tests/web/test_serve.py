"""The command, as a user runs it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.crawling import command
from tests.web.conftest import TOKEN
from tests.web.visiting import ask


@contextmanager
def served(*arguments: str, cwd: Path, **environment: str) -> Iterator[str]:
    """`newscrawler serve` until the block ends; it has to end well."""
    process = subprocess.Popen(
        [sys.executable, "-m", "newscrawler", "serve", "--port", "0", *arguments],
        cwd=cwd, env=os.environ | environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    try:
        yield process.stdout.readline().strip()
    finally:
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=20)
    assert "Traceback" not in errors


def test_it_serves_the_database_of_the_settings(tmp_path: Path) -> None:
    with served(cwd=tmp_path) as address:
        assert address.startswith("http://127.0.0.1:")
        assert "Nothing has been crawled yet" in ask(f"{address}/events").text
    assert (tmp_path / "newscrawler.db").exists()


def test_with_a_token_it_listens_anywhere(tmp_path: Path) -> None:
    (tmp_path / "token").write_text(TOKEN, encoding="utf-8")
    with served("--host", "0.0.0.0", "--token-file", "token", cwd=tmp_path) as address:
        here = address.replace("0.0.0.0", "127.0.0.1")
        assert ask(f"{here}/api/v1/sites", Host="news.example.org").status == 401
        assert ask(f"{here}/api/v1/sites", authorization=f"Bearer {TOKEN}").status == 200


def test_without_one_it_does_not(tmp_path: Path) -> None:
    done = command("newscrawler", "serve", "--host", "0.0.0.0", cwd=tmp_path)
    assert done.code == 2
    assert done.stderr.startswith("error: web.host = 0.0.0.0: others can reach this, so it demands a token")
    assert not (tmp_path / "newscrawler.db").exists()


def test_a_port_in_use_is_told(tmp_path: Path) -> None:
    with served(cwd=tmp_path) as address:
        port = address.rpartition(":")[2]
        done = command("newscrawler", "serve", "--port", port, cwd=tmp_path)
    assert (done.code, done.stderr) == (
        1,
        f"error: cannot listen at 127.0.0.1 port {port}: Address already in use\n",
    )


def test_a_token_in_the_settings_is_never_printed(tmp_path: Path) -> None:
    done = command("newscrawler", "serve", cwd=tmp_path, NEWSCRAWLER_WEB__TOKEN="hush-hush")
    assert done.code == 2
    assert "hush" not in done.stderr
    assert "expected 16 or more" in done.stderr


def test_without_the_extra_it_says_what_to_install(tmp_path: Path) -> None:
    program = (
        "import sys; sys.modules['fastapi'] = None; sys.argv[1:] = ['serve'];"
        "from newscrawler.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, text=True, capture_output=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr == "error: newscrawler serve needs the extra [web]: pip install 'newscrawler[web]'\n"
