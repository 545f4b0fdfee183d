"""Times as a reader reads them: in the zone that their browser, or they themselves, have named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from urllib.parse import unquote
from zoneinfo import ZoneInfo, available_timezones

from starlette.requests import Request

ZONE_COOKIE = "newscrawler_zone"


@dataclass(frozen=True, slots=True)
class Clock:
    """The time now in a reader's zone, and others beside it."""

    now: datetime
    """In the zone of the reader."""
    chosen: bool
    """Whether the zone is the reader's, rather than UTC because nobody has named one."""

    @property
    def zone(self) -> str:
        """Its IANA name."""
        assert isinstance(self.now.tzinfo, ZoneInfo)
        return self.now.tzinfo.key

    def local(self, moment: datetime) -> datetime:
        """The same moment in the zone of the reader."""
        return moment.astimezone(self.now.tzinfo)

    def day(self, moment: datetime) -> date:
        """The reader's day."""
        return self.local(moment).date()

    def day_name(self, day: date) -> str:
        """`Today`, `Yesterday`, `Saturday 22 November`, with the year where it is another."""
        today = self.now.date()
        if day == today:
            return "Today"
        if day == today - timedelta(days=1):
            return "Yesterday"
        return f"{day:%A} {day.day} {day:%B}" + (f" {day.year}" if day.year != today.year else "")

    def time(self, moment: datetime) -> str:
        """`14:05`."""
        return f"{self.local(moment):%H:%M}"

    def short(self, moment: datetime) -> str:
        """`14:05` today, `22 Nov 14:05` this year, else with the year."""
        local = self.local(moment)
        if local.date() == self.now.date():
            return f"{local:%H:%M}"
        year = f" {local.year}" if local.year != self.now.year else ""
        return f"{local.day} {local:%b}{year} {local:%H:%M}"

    def long(self, moment: datetime) -> str:
        """`Monday 24 November 2025, 14:05:31 +03`."""
        local = self.local(moment)
        return f"{local:%A} {local.day} {local:%B} {local.year}, {local:%H:%M:%S} {local:%Z}"


@cache
def zone_names() -> tuple[str, ...]:
    """The zones that a reader may choose."""
    return tuple(sorted(name for name in available_timezones() if "/" in name or name == "UTC"))


def clock_of(request: Request, now: datetime) -> Clock:
    """The clock of who asks."""
    name = unquote(request.cookies.get(ZONE_COOKIE, ""))
    chosen = name in _known_names()
    return Clock(now.astimezone(ZoneInfo(name if chosen else "UTC")), chosen)


@cache
def _known_names() -> frozenset[str]:
    return frozenset(available_timezones())
