"""Where the addresses and secrets of channels come from. Messages name the source, never the value."""

from __future__ import annotations

import logging
import os
from pathlib import Path

from newscrawler.alerts.settings import AppriseChannel, WebhookChannel
from newscrawler.exceptions import UsageError

_TALKATIVE = ("apprise", "urllib3", "requests", "slixmpp", "paho")
"""Libraries that write addresses into the log, some of them as warnings."""


def address(channel: WebhookChannel | AppriseChannel) -> str:
    """The address of a channel. Raises UsageError where there is none."""
    if channel.url is not None:
        return channel.url.get_secret_value().strip()
    found = _read("url", channel.url_env, channel.url_file)
    assert found is not None
    return found


def signing_secret(channel: WebhookChannel) -> bytes | None:
    """What a webhook is signed with; None where it is not. Raises UsageError."""
    found = _read("secret", channel.secret_env, channel.secret_file)
    return found.encode() if found is not None else None


def _read(key: str, variable: str | None, file: str | None) -> str | None:
    if variable is not None:
        value = os.environ.get(variable, "").strip()
        if not value:
            raise UsageError(f"{key}_env = {variable!r}: this environment variable is not set")
        return value
    if file is not None:
        try:
            lines = Path(file).expanduser().read_text(encoding="utf-8").strip().splitlines()
        except (OSError, UnicodeDecodeError) as exc:
            reason = exc.strerror if isinstance(exc, OSError) else "is not text"
            raise UsageError(f"{key}_file = {file!r}: {reason}") from None
        if not lines:
            raise UsageError(
                f"{key}_file = {file!r}: the file is empty; expected the {key} on its first line"
            )
        return lines[0].strip()
    return None


def silence_libraries() -> None:
    """Keep libraries that send for us from writing addresses into anybody's log."""
    for name in _TALKATIVE:
        logger = logging.getLogger(name)
        logger.propagate = False
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())
