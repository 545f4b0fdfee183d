"""A readable line in a file, or in the log on standard error."""

from __future__ import annotations

import logging
import os
from pathlib import Path

from newscrawler.alerts.message import Message
from newscrawler.exceptions import AlertError

logger = logging.getLogger("newscrawler.alerts")


class Log:
    """Appends one line for each message: time, subject, and the text on the same line."""

    def __init__(self, file: str | None, *, timeout_seconds: float = 10.0) -> None:
        self.timeout_seconds = timeout_seconds
        self._file = Path(file).expanduser() if file is not None else None

    def send(self, message: Message) -> None:
        """Write the line. Raises AlertError."""
        text = " | ".join(line for line in message.text.splitlines() if line)
        if self._file is None:
            logger.info("%s | %s", message.subject, text)
            return
        moment = message.composed_at.astimezone().isoformat(timespec="seconds")
        line = f"{moment} {message.subject} | {text}\n".encode("utf-8", "replace")
        try:
            # One write to a file opened for appending: lines of several processes do not mix.
            descriptor = os.open(self._file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                os.write(descriptor, line)
            finally:
                os.close(descriptor)
        except OSError as exc:
            raise AlertError(f"{self._file}: {exc.strerror}") from None

    def close(self) -> None:
        """Nothing is kept open."""
