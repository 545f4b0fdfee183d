"""Sends the messages of one channel, one after the other, in a thread of its own."""

from __future__ import annotations

import logging
import random
import threading
import time
from collections import Counter, deque
from collections.abc import Callable
from datetime import datetime, timedelta

from newscrawler.alerts.attempts import Attempts
from newscrawler.alerts.channels import Channel
from newscrawler.alerts.composing import Composing, pace
from newscrawler.alerts.message import Message, event_json
from newscrawler.alerts.pacing import LONGEST_RETRY_AFTER, is_quiet, reader_zone, wait_after
from newscrawler.alerts.settings import AlertSettings, Rule
from newscrawler.alerts.wording import Words
from newscrawler.exceptions import AlertError, StorageError
from newscrawler.storage.alert_records import Failure, Outgoing
from newscrawler.storage.alerts import AlertQueue

logger = logging.getLogger("newscrawler.alerts")

CLAIM = 40
"""How many messages are leased at once."""
_MARGIN_SECONDS = 5.0
"""For noting how an attempt went."""
_STORAGE_WAIT_SECONDS = 1.0
_MARK_FOR_SECONDS = 60.0
"""How long a worker that is to end tries to note what it has sent while the database does not let it."""


class Worker:
    """One channel's messages: claimed, worded, sent, marked."""

    def __init__(
        self,
        name: str,
        channel: Channel,
        queue: AlertQueue,
        settings: AlertSettings,
        now: Callable[[], datetime],
        lease_seconds: float,
    ) -> None:
        self.name = name
        self.wake = threading.Event()
        self.counts: Counter[str] = Counter()
        """`delivered`, `failed` (attempts) and `dead`, in messages."""
        self._timeout_seconds = channel.timeout_seconds
        self._attempts = Attempts(name, channel)
        self._queue = queue
        self._settings = settings
        self._now = now
        self._lease_seconds = lease_seconds
        self._rules = {rule.name: rule for rule in settings.rules if name in rule.channels}
        self._words = {rule.name: Words(rule, reader_zone(settings, rule)) for rule in self._rules.values()}
        self._chance = random.Random()

    def run(self, stop: threading.Event) -> None:
        """Send what is due each time the worker is woken, until it is stopped."""
        while not stop.is_set():
            self.wake.wait()
            self.wake.clear()
            try:
                self.drain(stop)
            except StorageError as exc:
                logger.warning("alerts to %s wait: %s", self.name, exc)
                stop.wait(_STORAGE_WAIT_SECONDS)
            except Exception:  # a mistake of ours: the channel's other alerts are not to wait for ever
                logger.exception("alerts to %s wait", self.name)
                stop.wait(_STORAGE_WAIT_SECONDS)

    def drain(self, stop: threading.Event) -> None:
        """Send what is due until nothing is. Raises StorageError."""
        try:
            while not stop.is_set() and self._send_some(stop):
                pass
        finally:
            self._attempts.close()

    def wants_to_look(self, rule: str) -> bool:
        """Whether a rule's alerts may be sent to this channel at this moment."""
        return rule in self._rules and not self._is_quiet(self._rules[rule])

    def _is_quiet(self, rule: Rule) -> bool:
        return is_quiet(rule.quiet_hours, self._now(), reader_zone(self._settings, rule))

    def _send_some(self, stop: threading.Event) -> bool:
        """Send a batch; whether there may be more."""
        now = self._now()
        lasts = self._timeout_seconds + _MARGIN_SECONDS
        claimed = self._queue.claim(
            self.name,
            {rule.name: pace(rule) for rule in self._rules.values() if not self._is_quiet(rule)},
            Composing(self._settings, now),
            now=now,
            lease_seconds=lasts + self._lease_seconds,
            limit=CLAIM,
        )
        unsent = deque(claimed)
        while unsent and not stop.is_set():
            # An attempt begins only if it ends, at the latest, while the message is still ours.
            ends = self._now() + timedelta(seconds=lasts)
            if ends > unsent[0].leased_until or not self._send(unsent.popleft(), stop):
                break
        if unsent:
            self._queue.release(self.name, list(unsent))
        return bool(claimed)

    def _send(self, outgoing: Outgoing, stop: threading.Event) -> bool:
        """Try a message once and note how it went; whether the channel can take the next one."""
        try:
            failed = self._attempts.send(self._message(outgoing))
        except Exception as exc:  # one message that cannot be put into words holds up no other
            failed = AlertError(f"cannot be put into words: {type(exc).__name__}", of_message=True)
        now = self._now()
        if failed is None:
            self.counts["delivered"] += 1
            self._mark(lambda: self._queue.delivered(self.name, outgoing, at=now), outgoing, stop)
            logger.debug("%s: message %s delivered", self.name, outgoing.key)
            return True
        failure = self._failure(outgoing, failed, now)
        self.counts["failed"] += 1
        self.counts["dead"] += failure.retry_at is None
        self._mark(lambda: self._queue.failed(self.name, outgoing, failure), outgoing, stop)
        what_now = f"next attempt {failure.retry_at:%H:%M:%S} UTC" if failure.retry_at else "given up"
        logger.warning("%s: message %s: %s; %s", self.name, outgoing.key, failed.reason, what_now)
        return failure.pause_until is None

    def _message(self, outgoing: Outgoing) -> Message:
        rule = self._rules[outgoing.rule]
        neutral = rule.style == "neutral"
        words = self._words[rule.name](outgoing.form, outgoing.alerts)
        return Message(
            id=outgoing.key,
            form=outgoing.form,
            rule=None if neutral else rule.name,
            composed_at=outgoing.composed_at,
            subject=words.subject,
            text=words.text,
            events=tuple(event_json(alert, neutral=neutral) for alert in outgoing.alerts),
        )

    def _failure(self, outgoing: Outgoing, failed: AlertError, now: datetime) -> Failure:
        asked = timedelta(seconds=failed.retry_after_seconds or 0)
        wait = max(wait_after(outgoing.attempts + 1, self._chance), min(asked, LONGEST_RETRY_AFTER))
        pause_until = None
        if not failed.of_message:
            in_a_row = self._queue.failures(self.name) + 1
            pause = max(wait_after(in_a_row, self._chance), min(asked, LONGEST_RETRY_AFTER))
            wait = max(wait, pause)
            pause_until = now + pause
        given_up = now - outgoing.composed_at >= timedelta(hours=self._settings.give_up_after_hours)
        return Failure(now, failed.reason, None if given_up else now + wait, pause_until)

    def _mark(self, mark: Callable[[], bool], outgoing: Outgoing, stop: threading.Event) -> None:
        """Note how an attempt went, and keep trying: what is not noted is sent again."""
        deadline = None
        while True:
            try:
                if not mark():
                    logger.warning("%s: message %s was taken over meanwhile", self.name, outgoing.key)
                return
            except StorageError as exc:
                logger.warning("%s: message %s cannot be marked yet: %s", self.name, outgoing.key, exc)
                if stop.is_set():
                    deadline = deadline or time.monotonic() + _MARK_FOR_SECONDS
                    if time.monotonic() > deadline:
                        raise
                time.sleep(_STORAGE_WAIT_SECONDS)
