"""When alerts are sent: quiet hours, and how long to wait after a failure. Pure."""

from __future__ import annotations

import random
from datetime import UTC, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from tzlocal import get_localzone

from newscrawler.alerts.settings import AlertSettings, Rule

FIRST_WAIT = timedelta(seconds=2)
LONGEST_WAIT = timedelta(minutes=5)
LONGEST_RETRY_AFTER = timedelta(hours=6)
"""A receiver that asks for more is asked again earlier: it may have meant something else."""


def reader_zone(settings: AlertSettings, rule: Rule | None = None) -> tzinfo:
    """The zone in which a rule's reader lives: the rule's, else that of all, else this machine's."""
    name = (rule.timezone if rule is not None else None) or settings.timezone
    return ZoneInfo(name) if name is not None else get_localzone()


def is_quiet(hours: tuple[time, time] | None, now: datetime, zone: tzinfo) -> bool:
    """Whether `now` lies in the quiet hours of a reader in `zone`; they may span midnight."""
    if hours is None:
        return False
    begin, end = hours
    local = now.astimezone(zone).time()
    if begin < end:
        return begin <= local < end
    return local >= begin or local < end


def quiet_end(hours: tuple[time, time], now: datetime, zone: tzinfo) -> datetime:
    """When quiet hours that last at `now` are over."""
    local = now.astimezone(zone)
    end = datetime.combine(local.date(), hours[1], zone)
    if end <= local:
        end = datetime.combine(local.date() + timedelta(days=1), hours[1], zone)
    return end.astimezone(UTC)


def wait_after(failures: int, chance: random.Random) -> timedelta:
    """How long to wait after so many failures in a row: twice as long each time, give or take a quarter."""
    doublings = min(failures - 1, 20)
    wait = min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)
    return wait * chance.uniform(0.75, 1.25)
