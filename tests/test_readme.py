"""Every command that the README shows runs as written."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from newscrawler.newsroom import Newsroom, serve
from tests.crawling import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
ALERTS = tomllib.loads("\n".join(re.findall(r"```toml\n(.*?)```", README, re.S)))["alerts"]
BLOCKS = re.findall(r"```sh\n(.*?)```", README, re.S)
COMMANDS = [line.partition("#")[0].strip() for block in BLOCKS for line in block.splitlines() if line.strip()]
ELSEWHERE = {
    "make run": "played below by `newscrawler demo`, which is all that it runs once it has installed",
    "make test": "this is it",
    "newscrawler demo": "played below",
    ". .venv/bin/activate": "the shell's own",
    "newscrawler init": "writes into the repository; see tests/test_config.py",
    "newscrawler watch": "see tests/watch/test_service.py",
}
ANY_OTHER_SITE = [c for c in COMMANDS if " sites" in c or "example" in c or "--plays" in c]
ELSEWHERE |= dict.fromkeys(ANY_OTHER_SITE, "played below, one after the other")
LIVE = ("scrapy crawl pozirk", "newscrawler crawl pozirk")
SERVE_UNTIL_STOPPED = ("newsroom", "serve")


def test_the_readme_shows_commands() -> None:
    assert len(COMMANDS) > 12
    assert set(ELSEWHERE) <= set(COMMANDS)


@pytest.mark.parametrize("command", [c for c in COMMANDS if c not in ELSEWHERE])
def test_a_command_of_the_readme_runs(command: str, tmp_path: Path) -> None:
    """In the repository, on a database of its own; the newsroom stands in for the live site."""
    environment = os.environ | {
        "NEWSCRAWLER_DATABASE_URL": f"sqlite:///{tmp_path / 'news.db'}",
        "NEWSCRAWLER_ALERTS": json.dumps(ALERTS),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }
    # What a command says of its environment is not for tests, which have a database of their own.
    arguments = [word for word in shlex.split(command) if not word.startswith("NEWSCRAWLER_")]
    if arguments[1] in SERVE_UNTIL_STOPPED:
        started = subprocess.Popen(
            [*arguments[:-1], "0"],
            cwd=ROOT,
            env=environment,
            text=True,
            stderr=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert started.stdout is not None
        first = started.stdout.readline()
        started.terminate()
        rest, errors = started.communicate(timeout=10)
        assert "127.0.0.1" in first + rest + errors
        return
    newsroom = Newsroom(seed=2)
    newsroom.stock(9)
    with serve(newsroom) as site:
        if command in LIVE:
            option = (
                ["-a", f"base_url={site.base_url}"]
                if arguments[0] == "scrapy"
                else ["--base-url", site.base_url]
            )
            arguments += option
        arguments = [argument.replace("http://127.0.0.1:8000", site.base_url) for argument in arguments]
        if arguments[:2] == ["newscrawler", "export"]:
            arguments[3] = str(tmp_path / arguments[3])
        done = subprocess.run(
            arguments, cwd=ROOT, env=environment, text=True, capture_output=True, timeout=60, check=False
        )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_the_demo_that_make_run_plays(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "newscrawler", "demo"],
        cwd=tmp_path,
        text=True,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "4 new premium entries:" in done.stdout
    assert done.stdout.count("no address: the entry is not a link") == 2
    assert "became_free" in done.stdout
    assert "crawl pozirk" in done.stdout
    assert (tmp_path / "newscrawler-demo.db").exists()


def test_the_commands_for_any_other_site_in_their_order(tmp_path: Path) -> None:
    """In an empty folder; a terminal would be asked, so the test says yes."""
    serves, *others = ANY_OTHER_SITE
    environment = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    server = subprocess.Popen(
        [*shlex.split(serves)[:-1], "0", "--stock", "9"],
        cwd=tmp_path,
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        assert server.stdout is not None
        base_url = server.stdout.readline().strip()
        for command in others:
            arguments = shlex.split(command.replace("http://127.0.0.1:8001", base_url))
            arguments += ["--yes"] if "add" in arguments else []
            done = subprocess.run(
                arguments,
                cwd=tmp_path,
                env=environment,
                text=True,
                capture_output=True,
                timeout=120,
                check=False,
            )
            assert done.returncode == 0, done.stdout + done.stderr
            assert "example" in done.stdout + done.stderr
            assert "Traceback" not in done.stderr
    finally:
        server.terminate()
        server.communicate(timeout=10)
    shown = re.search(r"```toml\n(\[sites.*?)```", README, re.S)
    assert shown is not None
    written = (tmp_path / "newscrawler.toml").read_text(encoding="utf-8")
    assert written.strip() == shown[1].replace("http://127.0.0.1:8001", base_url).strip()
