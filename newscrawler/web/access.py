"""Who may come in: one token, sessions made from it, and the tokens of forms. Pure but for random bytes."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from newscrawler.exceptions import UsageError
from newscrawler.web_settings import WebSettings

SESSION_HOLDS = timedelta(days=14)
LEAST_TOKEN = 16


class Access:
    """Compares what is shown at the door, always in constant time.

    Without a token everybody may come in, and forms are still told from those of other pages.
    """

    def __init__(self, token: str | None) -> None:
        self._token = token
        # A session has to outlive a restart where there is a token, and must not where there is none.
        seed = token.encode() if token is not None else secrets.token_bytes(32)
        self._session_key = hmac.digest(seed, b"newscrawler session", hashlib.sha256)
        self._form_key = hmac.digest(seed, b"newscrawler form", hashlib.sha256)

    @property
    def demanded(self) -> bool:
        """Whether a token has to be shown."""
        return self._token is not None

    def is_token(self, given: str) -> bool:
        """Whether this is the token."""
        return self._token is not None and hmac.compare_digest(given.encode(), self._token.encode())

    def new_session(self, now: datetime) -> str:
        """The value of a cookie that is as good as the token for two weeks, and does not tell it."""
        said = f"{int((now + SESSION_HOLDS).timestamp())}.{secrets.token_urlsafe(16)}"
        return f"{said}.{_sign(self._session_key, said)}"

    def is_session(self, cookie: str, now: datetime) -> bool:
        """Whether a cookie is one that `new_session` gave, and still holds."""
        said, _, signature = cookie.rpartition(".")
        if not hmac.compare_digest(_sign(self._session_key, said).encode(), signature.encode()):
            return False
        return datetime.fromtimestamp(int(said.partition(".")[0]), UTC) > now

    def form_token(self, session: str) -> str:
        """What a form of ours carries: no other page can know it."""
        return _sign(self._form_key, session)

    def is_form_token(self, given: str, session: str) -> bool:
        """Whether a form is one that this session was given."""
        return hmac.compare_digest(self.form_token(session).encode(), given.encode())


class Attempts:
    """Failed attempts to come in, by client: after some of them it has to wait."""

    LIMIT = 8
    LIMIT_OF_ALL = 100
    WITHIN = timedelta(minutes=5)

    def __init__(self) -> None:
        self._failed: list[tuple[datetime, str]] = []

    def wait_seconds(self, client: str, now: datetime) -> int:
        """How long this client has to wait before its next attempt; 0 for not at all."""
        self._failed = [(at, who) for at, who in self._failed if at > now - self.WITHIN]
        own = [at for at, who in self._failed if who == client]
        holding = own[-self.LIMIT :] if len(own) >= self.LIMIT else []
        if len(self._failed) >= self.LIMIT_OF_ALL:
            holding = [self._failed[-self.LIMIT_OF_ALL][0]]
        return max(1, int((holding[0] + self.WITHIN - now).total_seconds())) if holding else 0

    def failed(self, client: str, now: datetime) -> None:
        """Count one."""
        self._failed.append((now, client))


def is_loopback(host: str) -> bool:
    """Whether an address is reached from this machine only."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def find_token(settings: WebSettings) -> str | None:
    """The token of the settings, or of the file that they name; None where they name neither.

    Raises UsageError for a token that is too short or odd, and where one is demanded and there is none. The
    message does not tell it.
    """
    token = settings.token.get_secret_value() if settings.token is not None else None
    if settings.token_file is not None:
        if token is not None:
            raise UsageError("web.token and web.token_file are both set; expected one of them")
        token = _first_line(settings.token_file)
    if token is None:
        if not is_loopback(settings.host) or settings.host_names:
            where = f"web.host = {settings.host}" if not settings.host_names else "web.host_names"
            raise UsageError(
                f"{where}: others can reach this, so it demands a token: set NEWSCRAWLER_WEB__TOKEN, or "
                "--token-file FILE"
            )
        return None
    if len(token) < LEAST_TOKEN or not token.isascii() or not token.isprintable() or " " in token:
        raise UsageError(
            f"the token has {len(token)} characters, expected {LEAST_TOKEN} or more, ASCII, no spaces"
        )
    return token


def _first_line(path: Path) -> str:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as exc:
        reason = exc.strerror if isinstance(exc, OSError) else "it is not UTF-8"
        raise UsageError(f"web.token_file = {str(path)!r} cannot be read: {reason}") from None
    return lines[0].strip() if lines else ""


def _sign(key: bytes, text: str) -> str:
    return hmac.new(key, text.encode("utf-8", "surrogateescape"), hashlib.sha256).hexdigest()
