from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from newscrawler.cli import main
from newscrawler.config import load_config
from newscrawler.storage.database import Database
from tests.alerts.receiver import Receiver, receiving
from tests.alerts.telling import record
from tests.observing import observation

SETTINGS = """
[alerts]
timezone = "Europe/Vilnius"

[alerts.channels.desk]
type = "webhook"
url_env = "DESK_URL"
timeout_seconds = 2

[alerts.channels.file]
type = "log"
file = "alerts.log"

[[alerts.rules]]
name = "premium"
channels = ["desk", "file"]
max_per_hour = 30

[[alerts.rules]]
name = "edits"
kinds = ["headline_changed"]
digest_minutes = 60
channels = ["file"]
"""


@pytest.fixture
def receiver(monkeypatch: pytest.MonkeyPatch) -> Any:
    Path("newscrawler.toml").write_text(SETTINGS, encoding="utf-8")
    with receiving() as receiver:
        monkeypatch.setenv("DESK_URL", receiver.url)
        yield receiver


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["alerts", *arguments], catch_exceptions=False)


def happen(*headlines: str) -> None:
    config = load_config()
    database = Database.open(config.database_url)
    now = datetime.now(UTC)
    seen = [observation(headline, premium=True) for headline in headlines]
    for each in seen:
        each.seen_at = now
    record(database, config.alerts, *seen)
    database.close()


def objects(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_rules_are_shown_with_what_they_ask(receiver: Receiver) -> None:
    shown = run("rules").stdout
    assert "premium" in shown
    assert "new_premium became_premium" in shown
    assert "one by one, at most 30 an hour" in shown
    assert "every 60 min" in shown
    assert [rule["name"] for rule in objects(run("rules", "--json"))] == ["premium", "edits"]
    assert "geheim" not in shown + run("rules", "--json").stdout


def test_what_is_queued_is_sent_and_listed(receiver: Receiver) -> None:
    happen("Butter exports double", "Milk follows")
    assert {alert["status"] for alert in objects(run("list", "--json"))} == {"pending"}
    sent = run("send")
    assert sent.exit_code == 0
    assert sent.stdout == "4 messages delivered, 0 attempts failed; 0 alerts wait, 0 were given up\n"
    assert len(receiver.received) == 2
    assert len(Path("alerts.log").read_text(encoding="utf-8").splitlines()) == 2
    assert run("list", "--status", "pending").stdout == ""
    assert "Butter exports double" in run("list", "--channel", "desk").stdout


def test_what_fails_is_told_and_can_be_retried_or_dropped(receiver: Receiver) -> None:
    happen("Butter exports double")
    receiver.behaviours.append("500")
    sent = run("send")
    assert sent.exit_code == 1
    assert "1 messages delivered, 1 attempts failed; 1 alerts wait" in sent.stdout
    (waiting,) = objects(run("list", "--status", "pending", "--json"))
    assert (waiting["channel"], waiting["error"], waiting["attempts"]) == ("desk", "answered 500", 1)
    assert "answered 500; due " in run("list", "--status", "pending").stdout
    assert run("retry", str(waiting["id"])).stdout == "1 alerts are due again\n"
    receiver.behaviours.append("500")
    assert run("send").exit_code == 1
    assert run("drop", "--channel", "desk").stdout == "1 alerts dropped\n"
    assert run("send").exit_code == 0
    assert {received.key for received in receiver.received} == {waiting["message"]}


def test_a_try_shows_and_sends_nothing(receiver: Receiver) -> None:
    happen("Butter exports double", "Milk follows")
    shown = run("try", "premium", "--since", "1d")
    assert "New premium: Butter exports double" in shown.stdout
    assert shown.stderr == "2 messages about 2 events; nothing was sent\n"
    assert [message["form"] for message in objects(run("try", "premium", "--json"))] == ["single"] * 2
    assert run("try", "edits").stderr == "0 messages about 0 events; nothing was sent\n"
    assert receiver.received == []


def test_a_channel_is_tested(receiver: Receiver) -> None:
    assert run("test", "desk").stdout == "desk: delivered\n"
    assert receiver.messages()[0]["form"] == "test"
    receiver.behaviours.append("403")
    failed = run("test", "desk")
    assert (failed.exit_code, failed.stderr) == (1, "error: desk: answered 403\n")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["try", "nosuch"], "no rule 'nosuch': expected one of [[alerts.rules]]: premium, edits"),
        (["test", "fax"], "no channel 'fax': expected one of [alerts.channels]: desk, file"),
        (["retry"], "say which: their numbers"),
        (["drop"], "say which: their numbers"),
        (["try", "premium", "--since", "ever"], "'ever' is no moment"),
    ],
)
def test_wrong_usage_is_told(receiver: Receiver, arguments: list[str], words: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert words in result.stderr


def test_an_address_that_is_missing_is_told(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DESK_URL")
    missing = run("send")
    assert missing.exit_code == 2
    assert (
        "alerts.channels.desk: url_env = 'DESK_URL': this environment variable is not set" in missing.stderr
    )


def test_sending_goes_on_until_stopped_and_shows_no_address(receiver: Receiver) -> None:
    """As a user runs it: what is on standard output, standard error, the database and the process list."""
    receiver.behaviours.extend(["500", "302:http://127.0.0.1:9/geheim"])
    following = subprocess.Popen(
        [sys.executable, "-m", "newscrawler", "alerts", "send", "--follow"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    happen("Butter exports double")
    deadline = time.monotonic() + 60
    while len(receiver.received) < 3 and time.monotonic() < deadline:
        time.sleep(0.05)
    ps = ["ps", "-ww", "-o", "args", "-p", str(following.pid)]
    listed = subprocess.run(ps, capture_output=True, text=True, check=False).stdout
    os.kill(following.pid, signal.SIGTERM)
    out, err = following.communicate(timeout=30)
    assert following.returncode == 0
    assert [received.event_ids for received in receiver.received] == [[1]] * 3
    assert len({received.key for received in receiver.received}) == 1
    assert "desk: message" in err
    assert "answered 500; next attempt" in err
    database = b"".join(path.read_bytes() for path in Path().glob("newscrawler.db*"))
    for said in (out, err, listed, database.decode("latin-1")):
        assert "geheim" not in said
