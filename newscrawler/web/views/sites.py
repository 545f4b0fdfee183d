"""The sites: how each is doing, and its last weeks as charts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import mean, median

from starlette.requests import Request
from starlette.responses import Response

from newscrawler.storage.figures import Day
from newscrawler.storage.site_status import SiteStatus, site_statuses
from newscrawler.web.charts import Chart, Value, bars
from newscrawler.web.context import web_of
from newscrawler.web.recent_days import recent_days
from newscrawler.web.rendering import render
from newscrawler.web.texts import count, duration
from newscrawler.web.zones import Clock, clock_of

SHOWN_DAYS = 30


@dataclass(frozen=True, slots=True)
class SiteView:
    """One site."""

    status: SiteStatus
    days: list[Day]
    """Oldest first."""
    charts: list[Chart]


def sites(request: Request) -> Response:
    """Every site ever crawled or put on a schedule."""
    web = web_of(request)
    clock = clock_of(request, web.clock())
    found = []
    for status in site_statuses(web.database, now=web.clock()):
        days = recent_days(web.database, status.site, clock, SHOWN_DAYS)
        found.append(SiteView(status, days, charts_of(days, clock)))
    return render(request, "sites.html", sites=found, days=SHOWN_DAYS)


def charts_of(days: Sequence[Day], clock: Clock) -> list[Chart]:
    """Entries per day, share of premium, and delay; none of days on which nothing came."""
    if not any(day.new for day in days):
        return []
    shares = [day.share for day in days if day.share is not None]
    delays = [day.median_delay_seconds for day in days if day.median_delay_seconds is not None]
    since_first = days[next(n for n, day in enumerate(days) if day.new) :]
    busiest = max(days, key=lambda day: day.new)
    charts = [
        _chart(
            "Entries per day", days, clock,
            lambda day: Value(f"{count(day.new, 'entry')}, {day.premium} premium", day.new, day.premium),
            f"{mean(day.new for day in since_first):.1f} a day on average, {busiest.new} at most "
            f"({clock.day_name(busiest.day)}). The coloured part is premium.",
            top=count(busiest.new, "entry"),
        ),
        _chart(
            "Share of premium", days, clock,
            lambda day: Value(f"{day.share or 0:.0%} premium", day.share, day.share or 0),
            f"{mean(shares):.0%} of a day’s entries on average, {max(shares):.0%} at most.",
            top="100 %", highest=1,
        ),
    ]  # fmt: skip
    if delays:
        charts.append(
            _chart(
                "Delay", days, clock,
                lambda day: Value(f"{duration(day.median_delay_seconds)} median", day.median_delay_seconds),
                f"From publication to first sight: {duration(median(delays))} on a usual day, "
                f"{duration(max(delays))} at most.",
                top=duration(max(delays)),
            )
        )  # fmt: skip
    return charts


def _chart(
    title: str,
    days: Sequence[Day],
    clock: Clock,
    value: Callable[[Day], Value],
    summary: str,
    *,
    top: str,
    highest: float | None = None,
) -> Chart:
    values = []
    for day in days:
        said = value(day)
        values.append(Value(f"{clock.day_name(day.day)}: {said.label}", said.amount, said.second))
    first = f"{days[0].day.day} {days[0].day:%b}"
    return Chart(title, summary, top, first, "Today", bars(values, highest=highest))
