"""Any service that Apprise knows by one address: mail, Telegram, Slack, Matrix, ntfy and more."""

from __future__ import annotations

import re
import warnings
from typing import Any, Self

from newscrawler.alerts.channels.addresses import address, silence_libraries
from newscrawler.alerts.message import Message
from newscrawler.alerts.settings import AppriseChannel
from newscrawler.exceptions import AlertError, UsageError

_STATUS = re.compile(r"\berror=(\d{3})\b")
"""How Apprise's log names the status of an answer. The rest of its words may hold addresses."""


class Service:
    """Sends through Apprise. It says whether a message was accepted, and hardly ever why not."""

    def __init__(self, url: str, *, timeout_seconds: float = 30.0) -> None:
        """Raises UsageError where Apprise is missing or does not know the address."""
        silence_libraries()
        self.timeout_seconds = timeout_seconds
        with warnings.catch_warnings():  # of what its plugins will have to change one day
            warnings.simplefilter("ignore", DeprecationWarning)
            try:
                import apprise
            except ModuleNotFoundError:
                raise UsageError(
                    "type = 'apprise' needs the extra [alerts]: pip install 'newscrawler[alerts]'"
                ) from None
            self._format = apprise.NotifyFormat.TEXT
            # No picture of Apprise's, which receivers would fetch from a host that nobody named, and no name
            # of a program in a mail that somebody else may see.
            asset = apprise.AppriseAsset(
                app_id="Notice",
                app_desc="Notice",
                app_url="",
                image_url_mask="",
                image_url_logo="",
                image_path_mask="",
                async_mode=False,
                http_redirects=False,
                pgp_autogen=False,
                pem_autogen=False,
                storage_mode=apprise.PersistentStoreMode.MEMORY,
            )
            self._apprise: Any = apprise.Apprise(asset=asset)
            if not self._apprise.add(url):
                raise UsageError("the address is not one that Apprise knows; see docs/alerts.md")

    @classmethod
    def of(cls, channel: AppriseChannel) -> Self:
        """The service of the settings. Raises UsageError."""
        return cls(address(channel), timeout_seconds=channel.timeout_seconds)

    def send(self, message: Message) -> None:
        """Send the words of a message. Raises AlertError."""
        try:
            result = self._apprise.notify(title=message.subject, body=message.text, body_format=self._format)
            if result:
                return
            said = " ".join(str(entry.message) for entry in result.logs())
        except Exception as exc:  # a hundred services raise what they like, and may name the address
            raise AlertError(f"the service failed with {type(exc).__name__}") from None
        status = _STATUS.search(said)
        if status is None:
            raise AlertError("the service could not be reached, or did not accept the message")
        raise AlertError(f"the service answered {status[1]}", of_message=status[1] in ("400", "413", "422"))

    def close(self) -> None:
        """Nothing is kept open."""
