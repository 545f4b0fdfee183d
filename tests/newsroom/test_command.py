from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from click.testing import CliRunner

from newscrawler.cli import main
from newscrawler.newsroom import Newsroom, fixtures_dir, serve

ROOT = Path(__file__).parents[2]


def start(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [
            sys.executable,
            "-W",
            "error::ResourceWarning",
            "-m",
            "newscrawler",
            "newsroom",
            "--port",
            "0",
            *arguments,
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
    )


def fetch(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=5) as response:
        body: bytes = response.read()
        return body


def test_it_serves_prints_what_happens_and_ends_at_ctrl_c() -> None:
    seed = fixtures_dir() / "pozirk" / "seed"
    with start("--stock", "30", "--tempo", "36000", "--rest", "--fixture", f"/odd={seed}") as process:
        assert process.stdout is not None
        base_url = process.stdout.readline().strip()
        assert base_url.startswith("http://127.0.0.1:")
        assert b"POZIRK+" in fetch(f"{base_url}/en/news/")
        assert fetch(f"{base_url}/en/wp-json/wp/v2/news?per_page=1").startswith(b"[{")
        assert fetch(f"{base_url}/odd") == (seed / "page.txt").read_bytes()
        time.sleep(1.2)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=10)
    assert process.returncode == 0
    assert f"newscrawler crawl pozirk --base-url {base_url}" in errors
    assert " published " in errors
    assert "Traceback" not in errors
    assert "3 requests were answered." in errors


def test_a_port_in_use_is_one_line() -> None:
    with serve(Newsroom()) as site:
        result = CliRunner().invoke(main, ["newsroom", "--port", str(site.port)])
    assert result.exit_code == 2
    assert result.stderr == f"error: port {site.port} on 127.0.0.1 is in use by another program\n"


def test_wrong_options_are_refused() -> None:
    for option, value, message in (
        ("--fault", "explosion", "unknown fault 'explosion'"),
        ("--fixture", "nowhere", "expected PATH=CASE_DIR"),
        ("--fixture", "/odd=/no/such/folder", "no such file or folder"),
    ):
        result = CliRunner().invoke(main, ["newsroom", "--port", "0", option, value])
        assert result.exit_code == 2
        assert message in result.stderr
        assert result.stderr.count("\n") == 1
