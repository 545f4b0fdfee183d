from __future__ import annotations

import email
import email.policy
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import StringIO
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from newscrawler.alerts.channels.service import Service
from newscrawler.alerts.message import Message
from newscrawler.alerts.wording import one_line
from newscrawler.exceptions import AlertError, UsageError
from tests.alerts.receiver import receiving
from tests.observing import NOON


def message(subject: str = "New premium: Butter", text: str = "First line\nSecond <b>line</b>") -> Message:
    return Message("key-1", "single", "rule", NOON, subject, text, ())


@dataclass
class Postbox:
    """What a mail server has taken in."""

    envelopes: list[Any] = field(default_factory=list)
    answer: str = "250 OK"
    port: int = 0

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        if self.answer.startswith("250"):
            self.envelopes.append(envelope)
        return self.answer


@contextmanager
def mail_server() -> Iterator[Postbox]:
    with socket.socket() as unused:  # the controller has to know its port before it binds it
        unused.bind(("127.0.0.1", 0))
        postbox = Postbox(port=unused.getsockname()[1])
    controller = Controller(postbox, hostname="127.0.0.1", port=postbox.port)
    controller.start()
    try:
        yield postbox
    finally:
        controller.stop()


def mailto(port: int) -> str:
    return f"mailto://127.0.0.1:{port}/?from=watch@geheim.example&to=reader@geheim.example&mode=insecure"


def test_a_mail_is_delivered_to_the_one_who_is_named() -> None:
    with mail_server() as postbox:
        Service(mailto(postbox.port)).send(message())
    (envelope,) = postbox.envelopes
    assert (envelope.mail_from, envelope.rcpt_tos) == ("watch@geheim.example", ["reader@geheim.example"])
    mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
    assert mail["Subject"] == "New premium: Butter"
    body = mail.get_body(preferencelist=("plain", "html"))
    assert body is not None
    assert "First line" in body.get_content()
    html = mail.get_body(preferencelist=("html",))
    assert html is None or "<b>line</b>" not in html.get_content()
    assert "pprise" not in envelope.content.decode(), "a mail names no program and fetches no picture"
    assert "newscrawler" not in envelope.content.decode()


def test_no_header_gets_into_a_mail_from_a_page() -> None:
    with mail_server() as postbox:
        subject = one_line("Butter\r\nBcc: all@example.org\r\n\r\n<script>")
        Service(mailto(postbox.port)).send(message(subject, "Text\n.\nRSET"))
    (envelope,) = postbox.envelopes
    mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
    assert mail["Bcc"] is None
    assert mail["Subject"] == "Butter Bcc: all@example.org <script>"
    assert envelope.rcpt_tos == ["reader@geheim.example"]


def test_a_failure_is_told_and_logged_without_the_address(
    everything_logged: StringIO, capfd: pytest.CaptureFixture[str]
) -> None:
    reasons = []
    with mail_server() as postbox, receiving() as receiver:
        postbox.answer = "554 no such geheim"
        host = receiver.url.removeprefix("http://").partition("/")[0]
        receiver.behaviours.extend(["500", "400", "302:http://127.0.0.1:9/geheim", "die"])
        hook = f"json://geheim:geheim@{host}/geheim"
        for url in (mailto(postbox.port), mailto(9), hook, hook, hook, hook):
            with pytest.raises(AlertError) as caught:
                Service(url, timeout_seconds=5).send(message())
            reasons.append(str(caught.value))
        assert [received.path for received in receiver.received] == ["/geheim"] * 4
    unknown = "the service could not be reached, or did not accept the message"
    told = ["the service answered 500", "the service answered 400", "the service answered 302", unknown]
    assert reasons == [unknown, unknown, *told]
    out, err = capfd.readouterr()
    for said in (everything_logged.getvalue(), out, err):
        assert "geheim" not in said
        assert "127.0.0.1" not in said


@pytest.mark.parametrize("url", ["", "geheim", "nosuch://geheim", "mailto://geheim", "tgram://geheim"])
def test_an_address_that_apprise_does_not_know_is_not_shown(
    url: str, capfd: pytest.CaptureFixture[str], everything_logged: StringIO
) -> None:
    with pytest.raises(UsageError, match="not one that Apprise knows") as caught:
        Service(url)
    out, err = capfd.readouterr()
    assert "geheim" not in str(caught.value) + out + err + everything_logged.getvalue()
