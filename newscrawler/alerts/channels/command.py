"""A program on this machine, which reads the message as JSON."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Collection, Sequence
from contextlib import suppress

from newscrawler.alerts.message import Message
from newscrawler.exceptions import AlertError

_OURS = "NEWSCRAWLER_ALERTS"


class Command:
    """Runs a program without a shell, once for each message. Exit code 0 is acceptance."""

    def __init__(
        self, command: Sequence[str], *, timeout_seconds: float = 30.0, without: Collection[str] = ()
    ) -> None:
        """`without` names environment variables that the program does not get to see."""
        self.timeout_seconds = timeout_seconds
        self._command = list(command)
        self._without = frozenset(without)

    def send(self, message: Message) -> None:
        """Hand over a message on standard input. Raises AlertError."""
        text = json.dumps(message.to_json(), ensure_ascii=False) + "\n"
        environment = {
            name: value
            for name, value in os.environ.items()
            if name not in self._without and not name.startswith(_OURS)
        }
        try:
            process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=environment,
                start_new_session=True,
            )
        except (OSError, ValueError) as exc:
            reason = exc.strerror if isinstance(exc, OSError) else "the name holds a zero character"
            raise AlertError(f"{self._command[0]} cannot be started: {reason}") from None
        with process:
            try:
                process.communicate(text.encode("utf-8", "replace"), timeout=self.timeout_seconds)
            except subprocess.TimeoutExpired:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)  # what it has started goes with it
                raise AlertError(
                    f"{self._command[0]} did not end within {self.timeout_seconds:g} s"
                ) from None
        if process.returncode < 0:
            raise AlertError(f"{self._command[0]} was ended by signal {-process.returncode}")
        if process.returncode > 0:
            raise AlertError(f"{self._command[0]} ended with exit code {process.returncode}")

    def close(self) -> None:
        """Nothing is kept open."""
