"""A POST of JSON to an address, signed, with an idempotency key."""

from __future__ import annotations

import email.utils
import hashlib
import hmac
import json
import time
from contextlib import suppress
from datetime import UTC, datetime
from typing import Self
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import urllib3
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    NameResolutionError,
    NewConnectionError,
    ReadTimeoutError,
    SSLError,
)

from newscrawler import __version__
from newscrawler.alerts.channels.addresses import address, signing_secret, silence_libraries
from newscrawler.alerts.message import Message
from newscrawler.alerts.settings import WebhookChannel
from newscrawler.exceptions import AlertError, UsageError

_ANSWER_BYTES = 65_536
"""How much of an answer is read, so that the connection can be used again; a longer one closes it."""
_OF_THE_RECEIVER = (401, 403, 404, 405, 407, 408, 410, 421, 425, 429)
"""Refusals that have nothing to do with what a message says."""


class Webhook:
    """Posts to one address. 2xx is acceptance; a redirect is not followed: who is there is somebody else."""

    def __init__(self, url: str, *, secret: bytes | None = None, timeout_seconds: float = 10.0) -> None:
        """Raises UsageError for an address that is none of http or https."""
        try:
            parts = urlsplit(url)
            fits = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        except ValueError:
            fits = False
        if not fits or not url.isprintable() or " " in url:
            raise UsageError("the address is not one that can be used: expected http://… or https://…")
        silence_libraries()
        self.timeout_seconds = timeout_seconds
        self._url = url
        self._secret = secret
        timeout = urllib3.Timeout(connect=timeout_seconds, read=timeout_seconds)
        proxy = None if proxy_bypass(parts.hostname or "") else getproxies().get(parts.scheme)
        self._pool = (
            urllib3.ProxyManager(proxy, retries=False, timeout=timeout)
            if proxy is not None
            else urllib3.PoolManager(retries=False, timeout=timeout)
        )

    @classmethod
    def of(cls, channel: WebhookChannel) -> Self:
        """The webhook of the settings. Raises UsageError."""
        return cls(address(channel), secret=signing_secret(channel), timeout_seconds=channel.timeout_seconds)

    def send(self, message: Message) -> None:
        """POST a message. Raises AlertError."""
        body = json.dumps(message.to_json(), ensure_ascii=False).encode("utf-8", "replace")
        try:
            answer = self._pool.request(
                "POST",
                self._url,
                body=body,
                headers=self._headers(message, body),
                redirect=False,
                preload_content=False,
            )
        except (HTTPError, OSError, ValueError) as exc:
            raise AlertError(_trouble(exc, self.timeout_seconds)) from None
        with suppress(HTTPError, OSError, ValueError):  # the status is the answer, whatever follows it
            answer.read(_ANSWER_BYTES)
        answer.close()
        if 200 <= answer.status < 300:
            return
        if 300 <= answer.status < 400:
            raise AlertError(f"answered {answer.status}: redirects are not followed")
        refused = 400 <= answer.status < 500 and answer.status not in _OF_THE_RECEIVER
        retry_after = _seconds(answer.headers.get("Retry-After"))
        raise AlertError(f"answered {answer.status}", retry_after_seconds=retry_after, of_message=refused)

    def close(self) -> None:
        """Close the connections."""
        self._pool.clear()

    def _headers(self, message: Message, body: bytes) -> dict[str, str]:
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": f"newscrawler/{__version__}",
            "Idempotency-Key": message.id,
        }
        if self._secret is not None:
            timestamp = str(int(time.time()))
            headers["Newscrawler-Timestamp"] = timestamp
            headers["Newscrawler-Signature"] = f"sha256={signature(self._secret, timestamp, body)}"
        return headers


def signature(secret: bytes, timestamp: str, body: bytes) -> str:
    """HMAC-SHA256 over `TIMESTAMP.BODY`, in hex: the time is signed, so that a copy cannot be sent later."""
    return hmac.new(secret, timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def _seconds(retry_after: str | None) -> float | None:
    """How long a Retry-After asks to wait, given in seconds or as a date."""
    if retry_after is None:
        return None
    if retry_after.strip().isdecimal():
        return float(retry_after)
    try:
        until = email.utils.parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    until = until if until.tzinfo is not None else until.replace(tzinfo=UTC)
    return max((until - datetime.now(UTC)).total_seconds(), 0.0)


def _trouble(exc: Exception, timeout_seconds: float) -> str:
    """What went wrong, in our words: those of the library name the address."""
    match exc:
        case NameResolutionError():
            return "the host's name is not known"
        case NewConnectionError():
            return "cannot connect"
        case ConnectTimeoutError() | ReadTimeoutError():
            return f"no answer within {timeout_seconds:g} s"
        case SSLError():
            return "no secure connection: the certificate or the TLS version does not fit"
        case _:
            return "the connection broke before an answer came"
