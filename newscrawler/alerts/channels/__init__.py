"""The ways out. One channel is one small file."""

from __future__ import annotations

from typing import Protocol

from newscrawler.alerts.channels.command import Command
from newscrawler.alerts.channels.log import Log
from newscrawler.alerts.channels.service import Service
from newscrawler.alerts.channels.webhook import Webhook
from newscrawler.alerts.message import Message
from newscrawler.alerts.settings import (
    AlertSettings,
    AppriseChannel,
    CommandChannel,
    LogChannel,
    WebhookChannel,
)
from newscrawler.exceptions import UsageError


class Channel(Protocol):
    """A way to one receiver."""

    timeout_seconds: float

    def send(self, message: Message) -> None:
        """Deliver, and return when the receiver has accepted. Raises AlertError, which names no address."""

    def close(self) -> None:
        """Let go of connections and files."""


def open_channels(settings: AlertSettings) -> dict[str, Channel]:
    """Every channel of the settings, with its address read. Raises UsageError naming the channel."""
    secrets = secret_variables(settings)
    opened: dict[str, Channel] = {}
    for name, channel in settings.channels.items():
        try:
            match channel:
                case WebhookChannel():
                    opened[name] = Webhook.of(channel)
                case AppriseChannel():
                    opened[name] = Service.of(channel)
                case CommandChannel():
                    opened[name] = Command(
                        channel.command, timeout_seconds=channel.timeout_seconds, without=secrets
                    )
                case LogChannel():
                    opened[name] = Log(channel.file, timeout_seconds=channel.timeout_seconds)
        except UsageError as exc:
            raise UsageError(f"alerts.channels.{name}: {exc}") from None
    return opened


def secret_variables(settings: AlertSettings) -> frozenset[str]:
    """The environment variables that hold addresses and secrets; programs that we start do not see them."""
    names = {
        getattr(channel, key, None)
        for channel in settings.channels.values()
        for key in ("url_env", "secret_env")
    }
    return frozenset(name for name in names if name is not None)
