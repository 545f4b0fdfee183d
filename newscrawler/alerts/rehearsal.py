"""What a rule would have sent: its alerts are played through as the dispatcher would have met them. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from newscrawler.alerts.composing import Composing, told
from newscrawler.alerts.pacing import is_quiet, quiet_end, reader_zone
from newscrawler.alerts.settings import AlertSettings, Rule
from newscrawler.storage.alert_records import GROUP_LIMIT, Alert, Composed, Context, Told


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """A message that would have been sent."""

    at: datetime
    message: Composed


def rehearse(settings: AlertSettings, rule: Rule, alerts: Sequence[Alert]) -> list[Rehearsed]:
    """The messages of one rule, given every event as an alert of it; oldest first."""
    zone = reader_zone(settings, rule)
    to_come = sorted(alerts, key=lambda alert: (alert.queued_at, alert.id), reverse=True)
    waiting: dict[int, Alert] = {}
    sent: list[Rehearsed] = []
    said: list[Told] = []
    now = to_come[-1].queued_at if to_come else None
    while now is not None:
        while to_come and to_come[-1].queued_at <= now:
            alert = to_come.pop()
            waiting[alert.id] = alert
        due = [alert for alert in waiting.values() if alert.due_at is None or alert.due_at <= now]
        if due and not is_quiet(rule.quiet_hours, now, zone):
            context = Context(list(reversed(said)), {rule.name: [each.at for each in sent]})
            grouped = rule.digest_minutes is not None or rule.max_per_hour is not None
            plan = Composing(settings, now)(list(waiting.values())[:GROUP_LIMIT] if grouped else due, context)
            for message in plan.messages:
                sent.append(Rehearsed(now, message))
                said += [told(rule, alert) for alert in message.alerts if alert.story is not None]
            for gone in (*plan.unwanted, *dict(plan.linked), *_numbers(plan.messages)):
                del waiting[gone]
            for number, at in plan.postponed:
                waiting[number] = replace(waiting[number], due_at=at)
        now = _next_moment(rule, now, to_come, list(waiting.values()), settings)
    return sent


def _numbers(messages: Sequence[Composed]) -> list[int]:
    return [alert.id for message in messages for alert in message.alerts]


def _next_moment(
    rule: Rule, now: datetime, to_come: Sequence[Alert], waiting: Sequence[Alert], settings: AlertSettings
) -> datetime | None:
    """When something is next to be looked at; None where nothing is."""
    zone = reader_zone(settings, rule)
    moments = [to_come[-1].queued_at] if to_come else []
    if waiting:
        moments.append(max(now, min(alert.due_at or now for alert in waiting)))
    if not moments:
        return None
    if is_quiet(rule.quiet_hours, now, zone) and rule.quiet_hours is not None:
        return quiet_end(rule.quiet_hours, now, zone)
    return min(moments)
