"""Kinds of values that settings have in several tables; a wrong one is told with what was expected."""

from __future__ import annotations

import re
from datetime import time
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as exc:
        raise ValueError(f"expected a regular expression: {exc}") from None
    return text


def _zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("expected an IANA time zone such as Europe/Vilnius") from None
    return text


def _hours(value: object) -> object:
    """`22:00-07:00` as the two times."""
    if not isinstance(value, str):
        return value
    try:
        begin, end = (_time_of_day(part) for part in value.split("-"))
    except ValueError:
        raise ValueError("expected two times of day such as '22:00-07:00'") from None
    if begin == end:
        raise ValueError("begins when it ends; expected two different times such as '22:00-07:00'")
    return begin, end


def _time_of_day(text: str) -> time:
    hour, minute = text.strip().split(":")
    return time(int(hour), int(minute))


Pattern = Annotated[str, AfterValidator(_pattern)]
"""A regular expression."""
Zone = Annotated[str, AfterValidator(_zone)]
"""The name of a time zone of the IANA database."""
Hours = Annotated[tuple[time, time], BeforeValidator(_hours)]
"""From one time of day until another, which may be the next day: `22:00-07:00`."""


def shown_hours(hours: tuple[time, time]) -> str:
    """As they are written in settings."""
    return f"{hours[0]:%H:%M}-{hours[1]:%H:%M}"
