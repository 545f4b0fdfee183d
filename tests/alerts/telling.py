"""Rules, channels and stories for tests of alerts, with a clock that stands until it is moved."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from newscrawler.alerts.message import Message
from newscrawler.alerts.rules import Routes
from newscrawler.alerts.settings import AlertSettings
from newscrawler.exceptions import AlertError
from newscrawler.items import Observation
from newscrawler.storage.database import Database
from newscrawler.storage.ledger import Ledger
from tests.observing import NOON, begin


class Clock:
    """A time to move by hand."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **parts: float) -> None:
        self.now += timedelta(**parts)


class Notebook:
    """A channel that writes down what it is given, and fails as told."""

    def __init__(self, *trouble: AlertError | None, timeout_seconds: float = 5) -> None:
        self.timeout_seconds = timeout_seconds
        self.sent: list[Message] = []
        self.trouble = list(trouble)

    def send(self, message: Message) -> None:
        trouble = self.trouble.pop(0) if self.trouble else None
        if trouble is not None:
            raise trouble
        self.sent.append(message)

    def close(self) -> None:
        pass

    @property
    def headlines(self) -> list[list[str]]:
        return [[event["headline"] for event in message.events] for message in self.sent]


def settings(*rules: dict[str, Any], channels: tuple[str, ...] = ("desk",), **others: Any) -> AlertSettings:
    """Settings with these rules, each called `rule` and told to `desk` where it does not say otherwise."""
    return AlertSettings.model_validate(
        {
            "timezone": "Europe/Vilnius",
            "channels": {name: {"type": "log"} for name in channels},
            "rules": [{"name": "rule", "channels": ["desk"]} | rule for rule in rules or ({},)],
        }
        | others
    )


def record(database: Database, told_by: AlertSettings, *seen: Observation) -> None:
    """Store what was seen, as a crawl with these settings does."""
    ledger = Ledger(database, router=Routes(told_by))
    run = begin(ledger)
    ledger.record(run, seen)
