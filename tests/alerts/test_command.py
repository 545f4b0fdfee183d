from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import pytest

from newscrawler.alerts.channels.command import Command
from newscrawler.alerts.channels.log import Log
from newscrawler.alerts.message import Message
from newscrawler.exceptions import AlertError
from tests.observing import NOON

MESSAGE = Message("key-1", "single", "rule", NOON, "Łacinka; $(touch x)", "One\nTwo", ({"id": 7},))


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_a_program_reads_the_message_and_sees_no_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESK_URL", "https://geheim")
    monkeypatch.setenv("NEWSCRAWLER_ALERTS", '{"channels": {}}')
    monkeypatch.setenv("HARMLESS", "stays")
    seen = tmp_path / "seen"
    code = (
        "import json,os,sys; json.dump([sys.stdin.read(), sys.argv[1:], dict(os.environ)],"
        f" open({str(seen)!r}, 'w'))"
    )
    Command([*python(code), "; touch x"], without=["DESK_URL"]).send(MESSAGE)
    said, arguments, environment = json.loads(seen.read_text())
    assert json.loads(said) == MESSAGE.to_json()
    assert arguments == ["; touch x"], "no shell has read them"
    assert not Path("x").exists()
    assert environment["HARMLESS"] == "stays"
    assert not {"DESK_URL", "NEWSCRAWLER_ALERTS"} & set(environment)


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (python("import sys; sys.exit(3)"), "ended with exit code 3"),
        (python("import os; os.kill(os.getpid(), 9)"), "was ended by signal 9"),
        (["/nowhere/at/all"], "/nowhere/at/all cannot be started: No such file or directory"),
        (["a\0b"], "cannot be started: the name holds a zero character"),
    ],
)
def test_a_failure_is_told(command: list[str], reason: str) -> None:
    with pytest.raises(AlertError) as caught:
        Command(command).send(MESSAGE)
    assert str(caught.value).endswith(reason)


def test_a_program_that_does_not_read_is_fine() -> None:
    Command(python("pass")).send(Message("k", "single", "rule", NOON, "s", "x" * 1_000_000, ()))


def test_a_program_that_hangs_is_ended_with_all_that_it_started(tmp_path: Path) -> None:
    beat = tmp_path / "beat"
    child = f"import time\nwhile True: open({str(beat)!r}, 'a').write('.'); time.sleep(0.02)"
    parent = (
        f"import subprocess,sys,time; subprocess.Popen([sys.executable, '-c', {child!r}]); time.sleep(60)"
    )
    with pytest.raises(AlertError, match=r"did not end within 1\.5 s"):
        Command(python(parent), timeout_seconds=1.5).send(MESSAGE)
    size = beat.stat().st_size
    time.sleep(0.2)
    assert beat.stat().st_size == size > 0


def test_a_line_in_a_file(tmp_path: Path) -> None:
    log = Log(str(tmp_path / "alerts.log"))
    log.send(MESSAGE)
    log.send(MESSAGE)
    first, second = (tmp_path / "alerts.log").read_text(encoding="utf-8").splitlines()
    assert first == second
    assert first.endswith(" Łacinka; $(touch x) | One | Two")
    assert (tmp_path / "alerts.log").stat().st_mode & 0o077 == 0


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(AlertError, match="nowhere/x: No such file or directory"):
        Log(str(tmp_path / "nowhere" / "x")).send(MESSAGE)


def test_a_line_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    Log(None).send(MESSAGE)
    assert caplog.messages == ["Łacinka; $(touch x) | One | Two"]
