from __future__ import annotations

import hashlib
import hmac
import socket
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from io import StringIO

import pytest

from newscrawler.alerts.attempts import Attempts
from newscrawler.alerts.channels.webhook import Webhook
from newscrawler.alerts.message import Message
from newscrawler.exceptions import AlertError, UsageError
from tests.alerts.receiver import receiving
from tests.observing import NOON

MESSAGE = Message("key-1", "single", "rule", NOON, "Subject", "Text, Łacinka", ({"id": 7},))


def failure(url: str, message: Message = MESSAGE, timeout_seconds: float = 0.5) -> AlertError:
    webhook = Webhook(url, timeout_seconds=timeout_seconds)
    with pytest.raises(AlertError) as caught:
        webhook.send(message)
    webhook.close()
    assert "geheim" not in str(caught.value)
    assert caught.value.__cause__ is None
    return caught.value


def test_a_message_is_posted_signed_and_with_its_key() -> None:
    with receiving() as receiver:
        webhook = Webhook(receiver.url, secret=b"between us")
        webhook.send(MESSAGE)
        webhook.send(MESSAGE)
        webhook.close()
    first, second = receiver.received
    assert first.path == "/hook/geheim-token"
    assert first.message == {
        "id": "key-1",
        "form": "single",
        "rule": "rule",
        "composed_at": "2025-10-24T12:00:00Z",
        "subject": "Subject",
        "text": "Text, Łacinka",
        "events": [{"id": 7}],
    }
    assert first.key == second.key == "key-1"
    timestamp = first.headers["newscrawler-timestamp"]
    assert abs(int(timestamp) - time.time()) < 60
    signed = hmac.new(b"between us", timestamp.encode() + b"." + first.body, hashlib.sha256).hexdigest()
    assert first.headers["newscrawler-signature"] == f"sha256={signed}"
    assert first.headers["content-type"] == "application/json; charset=utf-8"


def test_without_a_secret_nothing_is_signed() -> None:
    with receiving() as receiver:
        Webhook(receiver.url).send(MESSAGE)
    assert "newscrawler-signature" not in receiver.received[0].headers


@pytest.mark.parametrize(
    ("behaviour", "reason", "of_message", "retry_after"),
    [
        ("500", "answered 500", False, None),
        ("503", "answered 503", False, None),
        ("404", "answered 404", False, None),
        ("400", "answered 400", True, None),
        ("413", "answered 413", True, None),
        ("429:7", "answered 429", False, 7.0),
        ("429:soon", "answered 429", False, None),
        ("hang", "no answer within 0.5 s", False, None),
        ("die", "the connection broke before an answer came", False, None),
        ("refuse", "the connection broke before an answer came", False, None),
    ],
)
def test_a_failure_is_told_without_the_address(
    behaviour: str, reason: str, of_message: bool, retry_after: float | None
) -> None:
    with receiving() as receiver:
        receiver.behaviours.append(behaviour)
        failed = failure(receiver.url)
    assert (failed.reason, failed.of_message) == (reason, of_message)
    assert failed.retry_after_seconds == retry_after


def test_retry_after_may_be_a_date() -> None:
    with receiving() as receiver:
        receiver.behaviours.append(f"429:{format_datetime(datetime.now(UTC) + timedelta(minutes=5))}")
        asked = failure(receiver.url).retry_after_seconds
    assert asked is not None
    assert 200 < asked <= 300


def test_a_redirect_is_not_followed() -> None:
    with receiving() as receiver, receiving("/elsewhere") as somebody_else:
        receiver.behaviours.append(f"302:{somebody_else.url}")
        assert failure(receiver.url).reason == "answered 302: redirects are not followed"
    assert somebody_else.received == []


def test_nobody_there() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        assert failure(f"http://127.0.0.1:{port}/geheim").reason == "cannot connect"
    assert failure("http://geheim.invalid/").reason == "the host's name is not known"


def test_a_certificate_is_checked() -> None:
    with receiving() as receiver:
        url = receiver.url.replace("http://", "https://")
        assert "no secure connection" in failure(url).reason


def test_an_answer_that_never_ends_is_an_attempt_that_does() -> None:
    with receiving() as receiver:
        receiver.behaviours.append("drip")
        attempts = Attempts("desk", Webhook(receiver.url, timeout_seconds=0.3))
        failed = attempts.send(MESSAGE)
        assert failed is not None
        assert failed.reason == "no answer within 0.3 s"
        assert attempts.send(MESSAGE) is None, "the next attempt does not stand behind the one given up"
        attempts.close()


def test_the_address_is_in_no_log(everything_logged: StringIO) -> None:
    with receiving() as receiver:
        receiver.behaviours.extend(["die", "500", "hang"])
        for _ in range(3):
            failure(receiver.url)
        Webhook(receiver.url).send(MESSAGE)
    failure("http://127.0.0.1:9/geheim")
    assert "geheim" not in everything_logged.getvalue()
    assert "127.0.0.1" not in everything_logged.getvalue()


@pytest.mark.parametrize(
    "url",
    ["geheim", "ftp://geheim/", "http://", "http://[geheim", "http://x/ge heim", "http://x:99999/geheim"],
)
def test_an_address_that_cannot_be_used_is_not_shown(url: str) -> None:
    with pytest.raises(UsageError, match=r"expected http://… or https://…") as caught:
        Webhook(url)
    assert "geheim" not in str(caught.value)
