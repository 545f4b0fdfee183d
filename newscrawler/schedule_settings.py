"""When a site is crawled, as `[sites.NAME]` of the settings says it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time
from typing import Annotated, Self

from cronsim import CronSim, CronSimError
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

_QUIET = re.compile(r"(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})")


def _cron(text: str) -> str:
    try:
        CronSim(text, datetime(2000, 1, 1, tzinfo=UTC))
    except CronSimError as exc:
        raise ValueError(f"expected a cron expression such as '*/10 7-23 * * *' ({exc})") from None
    return text


def _quiet_hours(text: str) -> str:
    quiet_hours(text)
    return text


def quiet_hours(text: str) -> tuple[time, time]:
    """`23:00-06:00` as the two times. Raises ValueError saying what was expected."""
    match = _QUIET.fullmatch(text.strip())
    try:
        if match is None:
            raise ValueError
        begin, end = time(int(match[1]), int(match[2])), time(int(match[3]), int(match[4]))
    except ValueError:
        raise ValueError("expected two times of day such as '23:00-06:00'") from None
    if begin == end:
        raise ValueError("begins when it ends; expected two different times such as '23:00-06:00'")
    return begin, end


class ScheduleSettings(BaseModel):
    """Tempo, hours and limits of a site's crawls. Times of day are in the site's own time zone."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    interval_seconds: float = Field(default=600, ge=1)
    """From the start of one crawl to the start of the next."""
    cron: Annotated[str, AfterValidator(_cron)] | None = None
    """Instead of the interval: `*/10 7-23 * * *`."""
    jitter_seconds: float = Field(default=0, ge=0)
    """Each crawl starts up to so much later, at random."""
    quiet_hours: Annotated[str, AfterValidator(_quiet_hours)] | None = None
    """No crawl starts in them: `01:00-05:30`."""
    adaptive: bool = False
    """Crawl more often in the hours of the week in which the site publishes more, with as many crawls
    a week in all as `interval_seconds` would make."""
    min_interval_seconds: float = Field(default=60, ge=1)
    """The least interval that `adaptive` chooses."""
    max_interval_seconds: float = Field(default=7200, ge=1)
    """The greatest interval that `adaptive` chooses."""
    time_limit_seconds: float = Field(default=3600, gt=0)
    """A crawl started by `watch` that takes longer is ended."""

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        given = self.model_fields_set
        if self.cron is not None and "interval_seconds" in given:
            raise ValueError("cron and interval_seconds are both set; expected one of them")
        if self.cron is not None and self.adaptive:
            raise ValueError("adaptive is set beside cron; it needs interval_seconds")
        if self.adaptive and not (
            self.min_interval_seconds <= self.interval_seconds <= self.max_interval_seconds
        ):
            raise ValueError(
                f"interval_seconds = {self.interval_seconds:g} is outside of min_interval_seconds = "
                f"{self.min_interval_seconds:g} and max_interval_seconds = {self.max_interval_seconds:g}"
            )
        return self
