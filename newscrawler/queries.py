"""What can be asked of the stored database. `storage.reading` answers; CLI and programs ask."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from newscrawler.exceptions import UsageError

_AGO = re.compile(r"(\d+)\s*(m|h|d|w)")
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


@dataclass(frozen=True, slots=True)
class ArticleQuery:
    """Which articles, newest first. A field that is None or empty restricts nothing."""

    site: str | None = None
    languages: tuple[str, ...] = ()
    premium: bool | None = None
    since: datetime | None = None
    """Published at or after; where the moment is not known, first seen at or after."""
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class EventQuery:
    """Which events, newest first. A field that is None or empty restricts nothing."""

    site: str | None = None
    languages: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    premium: bool | None = None
    """Of the article when the event happened."""
    since: datetime | None = None
    baseline: bool | None = None
    run_id: int | None = None
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class RunQuery:
    """Which runs, newest first. A field that is None restricts nothing."""

    site: str | None = None
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class AlertQuery:
    """Which alerts, newest first. A field that is None or empty restricts nothing."""

    ids: tuple[int, ...] = ()
    statuses: tuple[str, ...] = ()
    rule: str | None = None
    channel: str | None = None
    since: datetime | None = None
    """Queued since."""
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class ArticleName:
    """Which one article: by its number, by the site's own id, or by any of its addresses."""

    id: int | None = None
    site: str | None = None
    external_id: str | None = None
    urls: tuple[str, ...] = ()


def parse_moment(text: str, *, now: datetime) -> datetime:
    """A moment as a user writes it, in UTC: `2d`, `36h`, `yesterday`, `2026-11-23`, `2026-11-23T08:00+03:00`.

    A day begins and a time without zone counts in the zone of `now`. Raises UsageError.
    """
    said = text.strip().lower()
    midnight = datetime.combine(now.date(), time(), now.tzinfo)
    if said in ("today", "yesterday"):
        return (midnight - timedelta(days=said == "yesterday")).astimezone(UTC)
    if match := _AGO.fullmatch(said):
        try:
            return (now - timedelta(**{_UNITS[match[2]]: int(match[1])})).astimezone(UTC)
        except OverflowError:
            raise UsageError(f"{text!r} is too long ago") from None
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise UsageError(
            f"{text!r} is no moment: expected 2d, 36h, 90m, today, yesterday, 2026-11-23 or 2026-11-23T08:00"
        ) from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=now.tzinfo)).astimezone(UTC)


def parse_day(text: str) -> date:
    """A day written YYYY-MM-DD. Raises UsageError."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise UsageError(f"{text!r} is no day: expected YYYY-MM-DD") from None
