from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from newscrawler.alerts.channels import Channel
from newscrawler.alerts.channels.webhook import Webhook
from newscrawler.alerts.composing import Composing, pace
from newscrawler.alerts.dispatcher import Dispatcher
from newscrawler.alerts.settings import AlertSettings
from newscrawler.exceptions import AlertError, StorageError
from newscrawler.items import Observation
from newscrawler.queries import AlertQuery
from newscrawler.storage.alert_list import drop_alerts, find_alerts, retry_alerts
from newscrawler.storage.alert_records import ListedAlert
from newscrawler.storage.alerts import AlertQueue
from newscrawler.storage.database import Database
from newscrawler.storage.schema import alerts, events
from tests.alerts.receiver import receiving
from tests.alerts.telling import Clock, Notebook, record, settings
from tests.observing import NOON, observation


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Database]:
    """For what has nothing to do with the kind of database."""
    database = Database.open(f"sqlite:///{tmp_path / 'newscrawler.db'}")
    yield database
    database.close()


def send(database: Database, told_by: AlertSettings, clock: Clock, **channels: Channel) -> None:
    Dispatcher(database, told_by, channels, now=clock).run_once()


def queued(database: Database) -> list[ListedAlert]:
    return sorted(find_alerts(database, AlertQuery()), key=lambda alert: alert.id)


def premium(headline: str = "Butter exports double", **values: object) -> Observation:
    return observation(headline, premium=True, **values)  # type: ignore[arg-type]


def test_an_event_is_told_once(database: Database) -> None:
    told_by, desk, clock = settings(), Notebook(), Clock()
    record(database, told_by, premium(), observation("Free news"))
    send(database, told_by, clock, desk=desk)
    send(database, told_by, clock, desk=desk)
    assert desk.headlines == [["Butter exports double"]]
    (alert,) = queued(database)
    assert (alert.status, alert.kind, alert.delivered_at) == ("delivered", "new_premium", NOON)
    assert desk.sent[0].id == alert.message


def test_each_rule_tells_each_of_its_channels(sqlite: Database) -> None:
    told_by = settings(
        {"name": "both", "channels": ["desk", "phone"]},
        {"name": "news", "kinds": ["new"], "channels": ["phone"]},
        channels=("desk", "phone"),
    )
    record(sqlite, told_by, premium("A"), observation("B"))
    desk, phone = Notebook(), Notebook()
    send(sqlite, told_by, Clock(), desk=desk, phone=phone)
    assert (desk.headlines, phone.headlines) == ([["A"]], [["A"], ["B"]])
    assert len({message.id for message in desk.sent + phone.sent}) == 3


def test_what_is_no_news_is_not_told(database: Database) -> None:
    told_by, desk = settings({"kinds": ["new_premium", "became_free", "headline_changed"]}), Notebook()
    record(database, told_by, premium("Old", external_id="1", baseline=True))
    record(database, told_by, premium("Story", external_id="2"), premium("Story", external_id="3"))
    edited = [premium("Story, edited", external_id=number, hours=1) for number in ("2", "3")]
    record(database, told_by, *edited, premium("Old, edited", external_id="1", hours=1))
    send(database, told_by, Clock(NOON + timedelta(hours=1)), desk=desk)
    assert desk.headlines == [["Story"], ["Story, edited"], ["Old, edited"]]


def test_an_alert_is_queued_in_the_transaction_of_its_event(database: Database) -> None:
    told_by = settings()
    bad = premium("Bad", external_id="2")
    bad.seen_at = bad.seen_at.replace(tzinfo=None)
    with pytest.raises((StorageError, ValueError, TypeError)):
        record(database, told_by, premium("Good"), bad)
    assert queued(database) == []
    record(database, told_by, premium("Good"))
    with database.reading() as connection:
        assert (
            connection.scalars(sa.select(alerts.c.event_id)).all()
            == connection.scalars(sa.select(events.c.id)).all()
        )


def test_a_failure_is_tried_again_later_under_the_same_key(database: Database) -> None:
    told_by, clock = settings(), Clock()
    record(database, told_by, premium("A"), premium("B"))
    desk = Notebook(AlertError("answered 500"))
    send(database, told_by, clock, desk=desk)
    assert desk.sent == [], "the channel is paused: B would fail as A did"
    first = queued(database)[0]
    assert (first.status, first.attempts, first.error) == ("pending", 1, "answered 500")
    assert first.due_at is not None
    assert timedelta(seconds=1) < first.due_at - NOON < timedelta(seconds=4)
    clock.forward(seconds=4)
    send(database, told_by, clock, desk=desk)
    assert desk.headlines == [["A"], ["B"]]
    assert desk.sent[0].id == first.message


def test_waits_grow_and_end_with_the_first_success(sqlite: Database) -> None:
    told_by, clock = settings(), Clock()
    record(sqlite, told_by, premium("A"))
    desk = Notebook(*[AlertError("answered 503")] * 4)
    waits = []
    for _ in range(4):
        send(sqlite, told_by, clock, desk=desk)
        due_at = queued(sqlite)[0].due_at
        assert due_at is not None
        waits.append((due_at - clock.now).total_seconds())
        clock.now = due_at
    assert waits == sorted(waits)
    assert 11 < waits[3] < 21
    send(sqlite, told_by, clock, desk=desk)
    record(sqlite, told_by, premium("B"))
    desk.trouble = [AlertError("answered 503")]
    send(sqlite, told_by, clock, desk=desk)
    due_at = queued(sqlite)[1].due_at
    assert due_at is not None
    assert (due_at - clock.now).total_seconds() < 3


def test_retry_after_is_obeyed_by_every_dispatcher(database: Database) -> None:
    told_by, clock = settings(), Clock()
    record(database, told_by, premium("A"), premium("B"))
    send(database, told_by, clock, desk=Notebook(AlertError("answered 429", retry_after_seconds=600)))
    desk = Notebook()
    clock.forward(seconds=599)
    send(database, told_by, clock, desk=desk)
    assert desk.sent == []
    clock.forward(seconds=1)
    send(database, told_by, clock, desk=desk)
    assert desk.headlines == [["A"], ["B"]]


def test_a_message_that_is_refused_holds_up_no_other(sqlite: Database) -> None:
    told_by, clock = settings(), Clock()
    record(sqlite, told_by, premium("A"), premium("B"))
    desk = Notebook(AlertError("answered 422", of_message=True))
    send(sqlite, told_by, clock, desk=desk)
    assert desk.headlines == [["B"]]


def test_what_cannot_be_delivered_is_set_aside_and_can_be_sent_again(database: Database) -> None:
    told_by, clock = settings(give_up_after_hours=2), Clock()
    record(database, told_by, premium("A"))
    desk = Notebook(*[AlertError("answered 500")] * 2)
    send(database, told_by, clock, desk=desk)
    clock.forward(hours=2)
    send(database, told_by, clock, desk=desk)
    clock.forward(hours=1)
    send(database, told_by, clock, desk=desk)
    assert desk.sent == []
    (dead,) = queued(database)
    assert (dead.status, dead.attempts, dead.error) == ("dead", 2, "answered 500")
    assert retry_alerts(database, AlertQuery(ids=(dead.id,)), now=clock.now) == 1
    send(database, told_by, clock, desk=desk)
    assert [message.id for message in desk.sent] == [dead.message]


def test_what_is_dropped_is_not_sent(sqlite: Database) -> None:
    told_by, desk = settings(), Notebook()
    record(sqlite, told_by, premium("A"), premium("B"))
    first = queued(sqlite)[0]
    assert drop_alerts(sqlite, AlertQuery(ids=(first.id,)), now=NOON) == 1
    send(sqlite, told_by, Clock(), desk=desk)
    assert desk.headlines == [["B"]]
    assert drop_alerts(sqlite, AlertQuery(), now=NOON) == 0, "what is delivered stays so"


def test_alerts_wait_for_the_end_of_quiet_hours(sqlite: Database) -> None:
    told_by, desk = settings({"quiet_hours": "22:00-07:00"}), Notebook()  # NOON is 15:00 in Vilnius
    clock = Clock(NOON + timedelta(hours=8))
    record(sqlite, told_by, premium("A"))
    send(sqlite, told_by, clock, desk=desk)
    assert desk.sent == []
    clock.forward(hours=9)  # 08:00 summer time, one day later
    send(sqlite, told_by, clock, desk=desk)
    assert desk.headlines == [["A"]]


def test_a_digest_is_one_message_under_one_key(database: Database) -> None:
    told_by, clock = settings({"digest_minutes": 30}), Clock()
    desk = Notebook(AlertError("answered 500"))
    record(database, told_by, premium("A"), premium("B", hours=0.4))
    clock.forward(minutes=29)
    send(database, told_by, clock, desk=desk)
    clock.forward(minutes=1)
    send(database, told_by, clock, desk=desk)
    key = queued(database)[0].message
    record(database, told_by, premium("C", hours=0.6))
    clock.forward(minutes=6)
    send(database, told_by, clock, desk=desk)
    assert desk.headlines == [["A", "B"]], "what came after the first attempt is not smuggled into the second"
    assert [message.id for message in desk.sent] == [key]
    clock.forward(minutes=30)
    send(database, told_by, clock, desk=desk)
    assert desk.headlines[1:] == [["C"]]


def test_a_cap_sums_up_the_rest(database: Database) -> None:
    told_by, desk, clock = settings({"max_per_hour": 3}), Notebook(), Clock()
    record(database, told_by, *(premium(f"Story {n}") for n in range(6)))
    send(database, told_by, clock, desk=desk)
    assert [len(events) for events in desk.headlines] == [1, 1, 4]
    record(database, told_by, premium("Later 1"), premium("Later 2"))
    clock.forward(minutes=59)
    send(database, told_by, clock, desk=desk)
    assert len(desk.sent) == 3
    clock.forward(minutes=1, seconds=1)
    send(database, told_by, clock, desk=desk)
    assert desk.headlines[3:] == [["Later 1"], ["Later 2"]]


def translated(language: str, number: str, **others: str) -> Observation:
    """The page of a story that names its translations."""
    links = {other: f"https://pozirk.online/{other}/news/{n}/" for other, n in others.items()}
    return premium(f"Story in {language}", language=language, external_id=number, source="article",
                   translations=links)  # fmt: skip


def test_a_story_is_told_in_the_language_that_comes_first(database: Database) -> None:
    told_by = settings({}, {"name": "all", "translations": "each"})
    record(database, told_by, translated("en", "1"))
    desk, clock = Notebook(), Clock()
    send(database, told_by, clock, desk=desk)
    record(database, told_by, translated("ru", "2", en="1"), translated("be", "3", ru="2"))
    send(database, told_by, clock, desk=desk)
    by_rule = [(message.rule, message.events[0]["article"]["language"]) for message in desk.sent]
    assert sorted(by_rule) == [("all", "be"), ("all", "en"), ("all", "ru"), ("rule", "en")]
    linked = [alert for alert in queued(database) if alert.status == "linked"]
    assert sorted((alert.headline, alert.linked_to) for alert in linked) == [
        ("Story in be", 1),
        ("Story in ru", 1),
    ], "the Belarusian page names the Russian one alone, and that one the English"


def test_a_chain_of_translations_is_one_story(sqlite: Database) -> None:
    told_by = settings()
    record(sqlite, told_by, translated("en", "1"), translated("ru", "2", en="1"))
    record(sqlite, told_by, translated("be", "3", ru="2", en="1"))
    desk = Notebook()
    send(sqlite, told_by, Clock(), desk=desk)
    assert [message.events[0]["article"]["language"] for message in desk.sent] == ["en"]


def test_a_possible_translation_waits_for_its_page_but_not_for_ever(database: Database) -> None:
    told_by, desk, clock = settings(), Notebook(), Clock()
    record(database, told_by, translated("en", "1"), premium("Ru", language="ru", external_id="2"))
    record(database, told_by, premium("Be", language="be", external_id="3"), premium("Plus", language="be"))
    send(database, told_by, clock, desk=desk)
    assert desk.headlines == [["Story in en"], ["Plus"]], "what has no address has no page to wait for"
    record(database, told_by, translated("ru", "2", en="1"))
    clock.forward(seconds=2)
    send(database, told_by, clock, desk=desk)
    assert len(desk.sent) == 2
    clock.forward(seconds=30)
    send(database, told_by, clock, desk=desk)
    assert desk.headlines[2:] == [["Be"]]


def test_words_in_the_body_wait_for_the_page(database: Database) -> None:
    told_by, desk, clock = settings({"kinds": ["new"], "words": ["sanctions"]}), Notebook(), Clock()
    record(
        database,
        told_by,
        observation("Sanctions against Minsk", external_id="1"),
        observation("Ministers meet", external_id="2"),
        observation("Weather", external_id="3"),
        observation("Elsewhere"),
    )
    send(database, told_by, clock, desk=desk)
    assert desk.headlines == [["Sanctions against Minsk"]]
    clock.forward(seconds=2)
    read = {"source": "article", "hours": 0.001}
    record(
        database,
        told_by,
        observation("Ministers meet", external_id="2", body=["They spoke of sanctions."], **read),  # type: ignore[arg-type]
        observation("Weather", external_id="3", body=["Rain."], **read),  # type: ignore[arg-type]
    )
    send(database, told_by, clock, desk=desk)
    assert desk.headlines[1:] == [["Ministers meet"]]
    assert [alert.headline for alert in queued(database)] == ["Sanctions against Minsk", "Ministers meet"]


def test_two_dispatchers_send_nothing_twice(database_url: str) -> None:
    told_by = settings()
    first = Database.open(database_url)
    record(first, told_by, *(premium(f"Story number {n}") for n in range(160)))
    second = Database.open(database_url)
    desks = [Notebook(), Notebook()]
    stop = threading.Event()
    threads = [
        threading.Thread(target=Dispatcher(database, told_by, {"desk": desk}).run, args=(stop,))
        for database, desk in zip((first, second), desks, strict=True)
    ]
    for thread in threads:
        thread.start()
    while any(alert.status == "pending" for alert in queued(first)):
        time.sleep(0.05)
    stop.set()
    for thread in threads:
        thread.join()
    sent = [message.id for desk in desks for message in desk.sent]
    assert len(sent) == len(set(sent)) == 160
    first.close()
    second.close()


def test_a_message_of_a_dead_dispatcher_is_taken_over(database: Database) -> None:
    told_by, clock = settings(), Clock()
    record(database, told_by, premium("A"))
    dead = AlertQueue(database)
    paces, composing = {"rule": pace(told_by.rules[0])}, Composing(told_by, NOON)
    (held,) = dead.claim("desk", paces, composing, now=NOON, lease_seconds=60, limit=9)
    desk = Notebook()
    send(database, told_by, clock, desk=desk)
    assert desk.sent == [], "while the lease lasts it may be being sent"
    clock.forward(seconds=61)
    send(database, told_by, clock, desk=desk)
    assert [message.id for message in desk.sent] == [held.key]
    assert not dead.delivered("desk", held, at=clock.now), "who comes late marks nothing"


def test_a_hanging_channel_delays_no_other(sqlite: Database) -> None:
    told_by = settings({"channels": ["slow", "fast"]}, channels=("slow", "fast"))
    record(sqlite, told_by, *(premium(f"Story {n}") for n in range(5)))
    with receiving() as receiver:
        receiver.always = "drip"
        slow, fast = Webhook(receiver.url, timeout_seconds=1), Notebook()
        stop = threading.Event()
        thread = threading.Thread(
            target=Dispatcher(sqlite, told_by, {"slow": slow, "fast": fast}).run, args=(stop,)
        )
        thread.start()
        while not any(alert.error for alert in queued(sqlite)):
            time.sleep(0.02)
        assert len(fast.sent) == 5
        stop.set()
        thread.join()
        slow.close()
    by_channel = {alert.channel: alert.error for alert in queued(sqlite) if alert.error}
    assert by_channel == {"slow": "no answer within 1 s"}


def test_a_template_that_fails_on_an_alert_does_not_lose_it(sqlite: Database) -> None:
    told_by, desk = settings({"text": "{{ 1 // (event.headline | length - 3) }}"}), Notebook()
    record(sqlite, told_by, premium("Abc"))
    send(sqlite, told_by, Clock(), desk=desk)
    assert "New premium: Abc" in desk.sent[0].text
