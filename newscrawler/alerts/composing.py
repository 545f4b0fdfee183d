"""Which messages the waiting alerts of one channel become. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from newscrawler.alerts.rules import wants
from newscrawler.alerts.settings import AlertSettings, Rule
from newscrawler.storage.alert_records import (
    CAP_WINDOW,
    Alert,
    Composed,
    Context,
    Pace,
    Plan,
    Told,
    addresses,
)

PAGE_WAIT = timedelta(hours=1)
"""How long an alert waits for its story's own page where the rule asks for what only that can say."""
TRANSLATION_WAIT = timedelta(seconds=30)
"""How long a story that may be a translation of one just told waits for its own page, which says so."""
LOOK_AGAIN = timedelta(seconds=1)


def pace(rule: Rule) -> Pace:
    """What the queue has to know of a rule."""
    capped = rule.max_per_hour is not None
    return Pace(
        grouped=capped or rule.digest_minutes is not None,
        capped=capped,
        one_language=rule.translations == "first" and len(rule.languages) != 1,
    )


def told(rule: Rule, alert: Alert) -> Told:
    """A story as it counts once a rule has told it."""
    assert alert.story is not None
    event, story = alert.event, alert.story
    places = addresses(story.url, story.translations)
    return Told(alert.id, rule.name, event.kind, event.site, story.language, places)


class Composing:
    """Plans the messages of some rules at one moment."""

    def __init__(self, settings: AlertSettings, now: datetime) -> None:
        self.settings = settings
        self.now = now

    def __call__(self, waiting: Sequence[Alert], context: Context) -> Plan:
        """What becomes of alerts that wait, given what was told before."""
        plan = Plan()
        said = list(context.told)
        ready: dict[str, list[Alert]] = defaultdict(list)
        for alert in sorted(waiting, key=lambda each: each.id):
            rule = self.settings.rule(alert.rule)
            if rule is not None and self._is_ready(rule, alert, said, plan):
                ready[rule.name].append(alert)
        for name, alerts in ready.items():
            rule = self.settings.rule(name)
            assert rule is not None
            self._group(rule, alerts, context.composed.get(name, ()), plan)
        return plan

    def _is_ready(self, rule: Rule, alert: Alert, said: list[Told], plan: Plan) -> bool:
        """Whether an alert can be told now. Where not, the plan says what becomes of it."""
        wanted = wants(rule, alert.happened)
        waited = self.now - alert.queued_at
        if wanted is False or (wanted is None and waited >= PAGE_WAIT):
            plan.unwanted.append(alert.id)
            return False
        if wanted is None:
            self._look_again(alert, plan)
            return False
        if alert.story is None or not pace(rule).one_language:
            return True
        mine = told(rule, alert)
        others = [other for other in said if _may_be_translations(mine, other)]
        same = next((other for other in others if other.addresses & mine.addresses), None)
        if same is not None:
            plan.linked.append((alert.id, same.alert_id))
            return False
        page_to_come = alert.story.fetched_at is None and alert.story.url is not None
        if others and page_to_come and waited < TRANSLATION_WAIT:
            self._look_again(alert, plan)
            return False
        said.append(mine)
        return True

    def _look_again(self, alert: Alert, plan: Plan) -> None:
        plan.postponed.append((alert.id, self.now + LOOK_AGAIN))

    def _group(self, rule: Rule, alerts: list[Alert], composed: Sequence[datetime], plan: Plan) -> None:
        """Make messages of the alerts that a rule can tell now, or put them off together."""
        recent = sorted(at for at in composed if at > self.now - CAP_WINDOW)
        free = len(alerts) if rule.max_per_hour is None else rule.max_per_hour - len(recent)
        if free <= 0:
            self._postpone(alerts, recent[-(rule.max_per_hour or 1)] + CAP_WINDOW, plan)
        elif rule.digest_minutes is not None:
            ready_at = min(alert.queued_at for alert in alerts) + timedelta(minutes=rule.digest_minutes)
            if ready_at > self.now:
                self._postpone(alerts, ready_at, plan)
            else:
                plan.messages.append(Composed("digest", tuple(alerts)))
        else:
            singles = alerts if len(alerts) <= free else alerts[: free - 1]
            plan.messages += [Composed("single", (alert,)) for alert in singles]
            rest = alerts[len(singles) :]
            if rest:
                plan.messages.append(Composed("summary", tuple(rest)))

    def _postpone(self, alerts: list[Alert], until: datetime, plan: Plan) -> None:
        plan.postponed += [(alert.id, until) for alert in alerts if alert.due_at != until]


def _may_be_translations(one: Told, other: Told) -> bool:
    """Whether two stories may be one in two languages, as far as it shows without their addresses."""
    same = (one.rule, one.kind, one.site) == (other.rule, other.kind, other.site)
    return same and one.language != other.language
