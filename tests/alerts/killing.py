"""Crawls and dispatchers that are killed at random moments, and what came through all the same.

python -m tests.alerts.killing --help
"""

from __future__ import annotations

import logging
import os
import random
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from multiprocessing.process import BaseProcess
from typing import Any

from newscrawler.alerts.channels.webhook import Webhook
from newscrawler.alerts.dispatcher import Dispatcher
from newscrawler.alerts.settings import AlertSettings
from newscrawler.crawl import new_process, run_spider
from newscrawler.newsroom import Newsroom, serve
from newscrawler.queries import AlertQuery, EventQuery
from newscrawler.storage.alert_list import find_alerts
from newscrawler.storage.database import Database
from newscrawler.storage.reading import find_events
from tests.alerts.receiver import Receiver, receiving
from tests.children import context
from tests.simulation.crawling import SITE, played, using

_SETTINGS = (
    '{"channels": {"desk": {"type": "webhook", "url_env": "UNUSED"}},'
    ' "rules": [{"name": "all", "kinds": ["new", "new_premium", "headline_changed"], "channels": ["desk"]}]}'
)
_KINDS = ("new", "new_premium", "headline_changed")
_ROUND_STORIES = 20
_STALLED_SECONDS = 120
"""For how long nothing moves before the play is given up."""


@dataclass
class Figures:
    """What was played, and what came of it."""

    published: int = 0
    events: int = 0
    crawls: int = 0
    crawls_killed: int = 0
    dispatchers_killed: int = 0
    requests: int = 0
    refused: int = 0
    """Requests that were answered 500."""
    again_after_no_answer: int = 0
    """Deliveries of a message that the receiver had taken without saying so."""
    again_after_kill: int = 0
    """Deliveries of a message whose dispatcher was killed between the receiver's yes and its own mark."""
    problems: list[str] = field(default_factory=list)


def play(database_url: str, *, events: int, seed: int, moods: dict[str, float] | None = None) -> Figures:
    """Publish stories, crawl and tell them with two dispatchers, all killed now and then; compare."""
    chance = random.Random(seed)
    room = Newsroom(seed, datetime.now(UTC) - timedelta(days=3), languages=("en",))
    room.stock(30)
    figures = Figures()
    published: list[str] = []
    with serve(room) as site, receiving() as receiver:
        receiver.chance = random.Random(seed)
        receiver.moods = moods or {}
        assert _crawl(site.base_url, database_url, room.now, None), "the baseline"
        stop = threading.Event()
        dispatchers = threading.Thread(
            target=_keep_dispatching, args=(database_url, receiver, random.Random(seed), stop, figures)
        )
        dispatchers.start()
        try:
            while len(published) < events:
                room.advance(minutes=10)
                number = min(_ROUND_STORIES, events - len(published))
                published += [room.publish("en").headline for _ in range(number)]
                while True:
                    kill_after = chance.uniform(0.05, 0.8) if chance.random() < 0.6 else None
                    figures.crawls += 1
                    if _crawl(site.base_url, database_url, room.now, kill_after):
                        break
                    figures.crawls_killed += kill_after is not None
            receiver.moods = {}
            _wait_until_told(database_url)
        finally:
            stop.set()
            dispatchers.join()
        figures.published = len(published)
        _compare(database_url, published, receiver, figures)
    return figures


def _crawl(base_url: str, database_url: str, now: datetime, kill_after: float | None) -> bool:
    """Crawl in a process of its own; whether it lived and succeeded."""
    child = context.Process(target=_crawl_as_child, args=(base_url, database_url, now))
    child.start()
    child.join(kill_after)
    if kill_after is not None:
        child.kill()
    child.join()
    return child.exitcode == 0


def _crawl_as_child(base_url: str, database_url: str, now: datetime) -> None:
    logging.disable(logging.CRITICAL)
    os.environ["NEWSCRAWLER_ALERTS"] = _SETTINGS
    with using(database_url):
        spider = run_spider(new_process(played(now)), SITE, {"base_url": base_url, "languages": "en"})
    assert spider.outcome is not None
    raise SystemExit(spider.outcome.status != "ok")


def _keep_dispatching(
    database_url: str, receiver: Receiver, chance: random.Random, stop: threading.Event, figures: Figures
) -> None:
    """Two dispatchers, of which one or the other is killed after some deliveries and started again."""

    def start() -> BaseProcess:
        child = context.Process(target=_dispatch_as_child, args=(database_url, receiver.url))
        child.start()
        return child

    running = [start(), start()]
    while True:
        # In the middle of their work, which takes them a while to begin with.
        wanted = len(receiver.received) + chance.randint(1, 20)
        while len(receiver.received) < wanted and not stop.is_set():
            time.sleep(chance.uniform(0.0, 0.02))
        if stop.is_set():
            break
        which = chance.randrange(2)
        running[which].kill()
        running[which].join()
        figures.dispatchers_killed += 1
        running[which] = start()
    for child in running:
        child.kill()
        child.join()


def _dispatch_as_child(database_url: str, url: str) -> None:
    logging.disable(logging.CRITICAL)
    database = Database.open(database_url)
    channels = {"desk": Webhook(url, timeout_seconds=1)}
    settings = AlertSettings.model_validate_json(_SETTINGS)
    Dispatcher(database, settings, channels, lease_seconds=0.5).run(threading.Event())


def _wait_until_told(database_url: str) -> None:
    database = Database.open(database_url)
    left, since = -1, time.monotonic()
    while left != 0 and time.monotonic() - since < _STALLED_SECONDS:
        before, left = left, len(list(find_alerts(database, AlertQuery(statuses=("pending",)))))
        since = time.monotonic() if left != before else since
        time.sleep(0.2)
    database.close()


def _compare(database_url: str, published: list[str], receiver: Receiver, figures: Figures) -> None:
    """Every event was delivered, under one key, and again only where that could not be avoided."""
    database = Database.open(database_url)
    happened = {event.id: event for event in find_events(database, EventQuery(kinds=_KINDS, baseline=False))}
    states = Counter(alert.status for alert in find_alerts(database, AlertQuery()))
    database.close()
    taken = [received for received in receiver.received if received.answer in ("200", "die")]
    keys_of: dict[int, set[str]] = {}
    answered: dict[str, list[str]] = {}
    for received in taken:
        (event_id,) = received.event_ids
        keys_of.setdefault(event_id, set()).add(received.key)
        answered.setdefault(received.key, []).append(received.answer)
    figures.events = len(happened)
    figures.requests = len(receiver.received)
    figures.refused = len(receiver.received) - len(taken)
    for answers in answered.values():
        yes = answers.count("200")
        figures.again_after_kill += max(yes - 1, 0)
        figures.again_after_no_answer += len(answers) - yes if yes else len(answers) - 1
    told = {happened[number].headline for number in keys_of if number in happened}
    problems: dict[str, set[Any]] = {
        "events never delivered": set(happened) - set(keys_of),
        "deliveries of no event": set(keys_of) - set(happened),
        "events under two keys": {number for number, keys in keys_of.items() if len(keys) > 1},
        "stories never told": set(published) - told,
        "alerts not marked as delivered": {s for s in states if s != "delivered"},
    }
    figures.problems = [f"{what}: {sorted(which)[:5]}" for what, which in problems.items() if which]
    if figures.again_after_kill > figures.dispatchers_killed:
        figures.problems.append("more second deliveries than killed dispatchers")
