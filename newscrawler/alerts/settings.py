"""`[alerts]`, `[[alerts.rules]]` and `[alerts.channels.NAME]` of the user's settings."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    model_validator,
)

from newscrawler.changes import EVENT_KINDS
from newscrawler.health import SITE_EVENT_KINDS
from newscrawler.setting_types import Hours, Pattern, Zone

KINDS = (*EVENT_KINDS, *SITE_EVENT_KINDS)


def _one_of(known: tuple[str, ...]) -> Callable[[str], str]:
    def check(value: str) -> str:
        if value not in known:
            raise ValueError(f"expected one of {', '.join(known)}")
        return value

    return check


Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$", max_length=60)]
Kind = Annotated[str, AfterValidator(_one_of(KINDS))]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Rule(_Table):
    """Which events are told, how, and where. A list that is empty restricts nothing."""

    name: Name
    kinds: tuple[Kind, ...] = ("new_premium", "became_premium")
    sites: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    """One of them is enough; case does not count."""
    premium: bool | None = None
    """Of the article when the event happened."""
    words: tuple[Annotated[str, Field(min_length=1)], ...] = ()
    """Whole words in headline, teaser or body; one of them, or one of `patterns`, is enough."""
    patterns: tuple[Pattern, ...] = ()
    """Regular expressions, searched for in the same places."""
    channels: Annotated[tuple[Name, ...], Field(min_length=1)]
    quiet_hours: Hours | None = None
    """In the reader's zone. Alerts wait for their end."""
    timezone: Zone | None = None
    """The reader's zone, where it is not that of `[alerts]`."""
    digest_minutes: Annotated[float, Field(gt=0)] | None = None
    """One message for all that happened in so many minutes, counted from the first."""
    max_per_hour: Annotated[int, Field(ge=1)] | None = None
    """So many messages in any hour; the rest is told in one, as soon as the hour allows."""
    translations: Literal["first", "each"] = "first"
    """Whether a story is told in the language that comes first, or in each."""
    style: Literal["plain", "neutral"] = "plain"
    """`neutral` messages say that something happened, and neither what nor where."""
    subject: Annotated[str, Field(min_length=1)] | None = None
    """A Jinja template; None for the one of the style."""
    text: Annotated[str, Field(min_length=1)] | None = None

    @cached_property
    def expression(self) -> re.Pattern[str] | None:
        """What `words` and `patterns` look for; None where there are none."""
        whole = (rf"(?<!\w){re.escape(word)}(?!\w)" for word in self.words)
        wanted = [*whole, *(f"(?:{pattern})" for pattern in self.patterns)]
        return re.compile("|".join(wanted), re.IGNORECASE) if wanted else None


class _Channel(_Table):
    timeout_seconds: Annotated[float, Field(gt=0, le=600)] = 10.0
    """After which an attempt has failed, whatever the other side does."""


class _Addressed(_Channel):
    url: SecretStr | None = None
    url_env: str | None = None
    """The environment variable that holds the address."""
    url_file: str | None = None
    """The file whose first line is the address."""

    @model_validator(mode="after")
    def _one_address(self) -> _Addressed:
        given = [self.url, self.url_env, self.url_file]
        if sum(value is not None for value in given) != 1:
            raise ValueError("expected exactly one of url, url_env and url_file")
        return self


class WebhookChannel(_Addressed):
    """A POST of JSON to an address, signed where there is a secret."""

    type: Literal["webhook"]
    secret_env: str | None = None
    secret_file: str | None = None

    @model_validator(mode="after")
    def _one_secret(self) -> WebhookChannel:
        if self.secret_env is not None and self.secret_file is not None:
            raise ValueError("expected at most one of secret_env and secret_file")
        return self


class AppriseChannel(_Addressed):
    """Any service that Apprise knows: mail, Telegram, Slack, Matrix, ntfy and more."""

    type: Literal["apprise"]
    timeout_seconds: Annotated[float, Field(gt=0, le=600)] = 30.0


class CommandChannel(_Channel):
    """A program on this machine that reads the message as JSON."""

    type: Literal["command"]
    command: Annotated[tuple[Annotated[str, Field(min_length=1)], ...], Field(min_length=1)]
    """The program and its arguments; no shell reads them."""
    timeout_seconds: Annotated[float, Field(gt=0, le=600)] = 30.0


class LogChannel(_Channel):
    """A readable line in a file or, without one, in the log on standard error."""

    type: Literal["log"]
    file: str | None = None


Channel = Annotated[
    WebhookChannel | AppriseChannel | CommandChannel | LogChannel, Field(discriminator="type")
]


class AlertSettings(_Table):
    """Everything under `[alerts]`."""

    timezone: Zone | None = None
    """The reader's zone; None for that of this machine."""
    give_up_after_hours: Annotated[float, Field(gt=0)] = 24.0
    """An alert that could not be delivered for so long since its first attempt is set aside."""
    channels: dict[Name, Channel] = Field(default_factory=dict)
    rules: tuple[Rule, ...] = ()

    @model_validator(mode="after")
    def _fits_together(self) -> AlertSettings:
        names = [rule.name for rule in self.rules]
        if doubled := sorted({name for name in names if names.count(name) > 1}):
            raise ValueError(f"rules: two are called {doubled[0]!r}; expected different names")
        for rule in self.rules:
            if unknown := sorted(set(rule.channels) - set(self.channels)):
                known = ", ".join(sorted(self.channels)) or "none"
                raise ValueError(
                    f"rules: rule {rule.name!r} names channel {unknown[0]!r}; "
                    f"expected one of [alerts.channels]: {known}"
                )
        return self

    def rule(self, name: str) -> Rule | None:
        """The rule of this name; None where there is none."""
        return next((rule for rule in self.rules if rule.name == name), None)


def shown_value(place: Sequence[int | str], value: object) -> str:
    """A setting's value as an error may show it: of a channel, nothing that may be or hold an address."""
    if place[:1] == ("alerts",) and (isinstance(value, dict | list) or _may_hold_address(place)):
        return "…"
    return repr(value)


def _may_hold_address(place: Sequence[int | str]) -> bool:
    return place[1:2] == ("channels",) and place[-1] not in ("type", "timeout_seconds", "url_env", "url_file")
