"""When a site is crawled, as `[sites.NAME]` of the settings says it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Self

from cronsim import CronSim, CronSimError
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from newscrawler.setting_types import Hours


def _cron(text: str) -> str:
    try:
        CronSim(text, datetime(2000, 1, 1, tzinfo=UTC))
    except CronSimError as exc:
        raise ValueError(f"expected a cron expression such as '*/10 7-23 * * *' ({exc})") from None
    return text


class ScheduleSettings(BaseModel):
    """Tempo, hours and limits of a site's crawls. Times of day are in the site's own time zone."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    interval_seconds: float = Field(default=600, ge=1)
    """From the start of one crawl to the start of the next."""
    cron: Annotated[str, AfterValidator(_cron)] | None = None
    """Instead of the interval: `*/10 7-23 * * *`."""
    jitter_seconds: float = Field(default=0, ge=0)
    """Each crawl starts up to so much later, at random."""
    quiet_hours: Hours | None = None
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
