"""One attempt to send at a time, ended by the clock, whatever the other side does."""

from __future__ import annotations

import queue
import threading

from newscrawler.alerts.channels import Channel
from newscrawler.alerts.message import Message
from newscrawler.exceptions import AlertError

_GRACE_SECONDS = 1.0
"""A channel keeps its own time first, and knows better what it waited for."""


class Attempts:
    """Calls a channel in a thread of its own, which is left behind when it does not come back in time."""

    def __init__(self, name: str, channel: Channel) -> None:
        self._name = name
        self._channel = channel
        self._lane: _Lane | None = None

    def send(self, message: Message) -> AlertError | None:
        """Try once: None when the channel has accepted, else why it has not."""
        if self._lane is None:
            self._lane = _Lane(self._name, self._channel)
        timeout = self._channel.timeout_seconds
        self._lane.asked.put(message)
        try:
            return self._lane.answered.get(timeout=timeout + _GRACE_SECONDS)
        except queue.Empty:
            self.close()
            return AlertError(f"no answer within {timeout:g} s")

    def close(self) -> None:
        """Let the thread end, as soon as it can."""
        if self._lane is not None:
            self._lane.asked.put(None)
            self._lane = None


class _Lane:
    def __init__(self, name: str, channel: Channel) -> None:
        self.asked: queue.SimpleQueue[Message | None] = queue.SimpleQueue()
        self.answered: queue.SimpleQueue[AlertError | None] = queue.SimpleQueue()
        self._channel = channel
        threading.Thread(target=self._work, name=f"attempts {name}", daemon=True).start()

    def _work(self) -> None:
        while (message := self.asked.get()) is not None:
            try:
                self._channel.send(message)
                self.answered.put(None)
            except AlertError as exc:
                self.answered.put(exc)
            except Exception as exc:  # its words may hold the address
                self.answered.put(AlertError(f"failed with {type(exc).__name__}"))
