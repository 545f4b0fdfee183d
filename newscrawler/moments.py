"""Moments and days as people write them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from newscrawler.exceptions import UsageError

_AGO = re.compile(r"(\d+)\s*(m|h|d|w)")
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_DAYS_AGO = {"today": 0, "yesterday": 1}
_ZONE = re.compile(r"(?P<moment>.*\S)\s+(?P<zone>[A-Za-z]\w*(?:/[\w+-]+)*)")


def parse_moment(text: str, *, now: datetime, end: bool = False) -> datetime:
    """A moment as a user writes it, in UTC: `2d`, `36h`, `yesterday`, `2026-11-23`, `2026-11-23T08:00+03:00`.

    A day begins and a time without zone counts in the zone of `now`, or in the one named behind it:
    `yesterday Europe/Minsk`. With `end`, a day stands for its end, so that `until yesterday` has all of it.
    Raises UsageError.
    """
    said = text.strip()
    if match := _ZONE.fullmatch(said):
        said, now = match["moment"], now.astimezone(_zone(match["zone"], text))
    try:
        return _moment(said, text, now, end).astimezone(UTC)
    except OverflowError:
        raise UsageError(f"{text!r} is too long ago or too far ahead") from None


def parse_day(text: str) -> date:
    """A day written YYYY-MM-DD. Raises UsageError."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise UsageError(f"{text!r} is no day: expected YYYY-MM-DD") from None


def _moment(said: str, text: str, now: datetime, end: bool) -> datetime:
    if match := _AGO.fullmatch(said.lower()):
        return now - timedelta(**{_UNITS[match[2]]: int(match[1])})
    if said.lower() in _DAYS_AGO:
        day = now.date() - timedelta(days=_DAYS_AGO[said.lower()])
        return _midnight(day, now, end)
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", said):
            return _midnight(date.fromisoformat(said), now, end)
        moment = datetime.fromisoformat(said)
    except ValueError:
        raise UsageError(
            f"{text!r} is no moment: expected 2d, 36h, 90m, today, yesterday, 2026-11-23 or "
            "2026-11-23T08:00, with a zone such as +03:00 or Europe/Minsk behind it where it matters"
        ) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=now.tzinfo)


def _midnight(day: date, now: datetime, end: bool) -> datetime:
    return datetime.combine(day + timedelta(days=end), time(), now.tzinfo)


def _zone(name: str, text: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UsageError(f"{text!r} names no known zone: expected one such as Europe/Minsk") from None
