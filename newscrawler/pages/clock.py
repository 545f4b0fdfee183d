"""What dates without year or zone are read against."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from newscrawler.normalize.dates import When, day_of_year, to_utc
from newscrawler.pages.profile import Profile


@dataclass(frozen=True, slots=True)
class Clock:
    """What dates without year or zone are read against."""

    fetched_at: datetime
    """Local to the site."""
    tz: ZoneInfo
    profile: Profile

    def day(self, when: When, external_id: str | None = None, not_before: date | None = None) -> date | None:
        """The day of a printed date; of one without a year no day before `not_before`, if it can be."""
        if when.moment:
            return when.moment.astimezone(self.tz).date()
        if when.day or not when.month_day:
            return when.day
        near = self.profile.day_of_id(external_id) if external_id else None
        return day_of_year(when.month_day, self.fetched_at, near, not_before)

    def moment(self, when: When, day: date | None) -> datetime | None:
        """The moment of a printed date, UTC; None where only the day is known."""
        if when.moment:
            return to_utc(when.moment, self.tz)
        if when.clock and day and not when.relative:
            return to_utc(datetime.combine(day, when.clock), self.tz)
        return None
