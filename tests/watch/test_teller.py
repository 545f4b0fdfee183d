"""The alerts of a watch: real webhooks, a thread beside the crawls, and settings that change under way."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from newscrawler.alerts.settings import AlertSettings
from newscrawler.config import load_config
from newscrawler.exceptions import UsageError
from newscrawler.queries import AlertQuery
from newscrawler.storage.alert_list import find_alerts
from newscrawler.storage.database import Database
from newscrawler.watch.service import reload_settings
from newscrawler.watch.teller import Teller
from newscrawler.watch.watcher import Watcher
from tests.alerts.receiver import Received, Receiver, receiving
from tests.alerts.telling import record
from tests.observing import observation
from tests.watching import until

Start = Callable[[AlertSettings], Teller]


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Database]:
    database = Database.open(f"sqlite:///{tmp_path / 'newscrawler.db'}")
    yield database
    database.close()


@pytest.fixture
def desk() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


@pytest.fixture
def start(sqlite: Database) -> Iterator[Start]:
    """Starts tellers, which end with the test: also with one that fails."""
    started: list[Teller] = []

    def begin(settings: AlertSettings) -> Teller:
        started.append(Teller(sqlite, settings))
        return started[-1]

    yield begin
    for teller in started:
        teller.stop()


def telling(url: str, **rule: object) -> AlertSettings:
    """Premium stories are told to a webhook."""
    return AlertSettings.model_validate(
        {
            "channels": {"desk": {"type": "webhook", "url": url}},
            "rules": [{"name": "premium", "channels": ["desk"]} | rule],
        }
    )


def happens(database: Database, headline: str, told_by: AlertSettings) -> None:
    record(database, told_by, observation(headline, premium=True))


def headlines(receiver: Receiver) -> list[str]:
    return [event["headline"] for message in receiver.messages() for event in message["events"]]


def threads() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("alerts")]


def test_what_happens_is_told_until_the_end(sqlite: Database, desk: Receiver, start: Start) -> None:
    told_by = telling(desk.url)
    happens(sqlite, "Queued before", told_by)
    teller = start(told_by)
    until(lambda: headlines(desk) == ["Queued before"])
    happens(sqlite, "Queued meanwhile", told_by)
    until(lambda: headlines(desk) == ["Queued before", "Queued meanwhile"])
    teller.stop()
    assert threads() == []
    assert [alert.status for alert in find_alerts(sqlite, AlertQuery())] == ["delivered"] * 2
    happens(sqlite, "Queued after the end", told_by)
    assert [alert.status for alert in find_alerts(sqlite, AlertQuery())].count("pending") == 1


def test_an_attempt_that_has_begun_is_waited_for_and_noted(
    sqlite: Database, desk: Receiver, start: Start
) -> None:
    told_by, begun, go_on = telling(desk.url), threading.Event(), threading.Event()

    def hold(_: Received) -> None:
        begun.set()
        assert go_on.wait(30)

    desk.told = hold
    happens(sqlite, "Slowly accepted", told_by)
    teller = start(told_by)
    assert begun.wait(30)
    stopping = threading.Thread(target=teller.stop)
    stopping.start()
    stopping.join(0.3)
    assert stopping.is_alive(), "the attempt is still under way"
    go_on.set()
    stopping.join(30)
    assert threads() == []
    (alert,) = find_alerts(sqlite, AlertQuery())
    assert alert.status == "delivered"


def test_without_rules_there_is_no_thread_until_there_are_some(
    sqlite: Database, desk: Receiver, start: Start
) -> None:
    teller = start(AlertSettings())
    assert threads() == []
    told_by = telling(desk.url)
    teller.use(told_by)
    happens(sqlite, "The first rule", told_by)
    until(lambda: headlines(desk) == ["The first rule"])
    teller.use(AlertSettings())
    assert threads() == []


def test_other_settings_are_used_at_once(sqlite: Database, desk: Receiver, start: Start) -> None:
    with receiving() as another:
        teller = start(telling(desk.url))
        teller.use(telling(another.url))
        happens(sqlite, "For the other desk", telling(another.url))
        until(lambda: headlines(another) == ["For the other desk"])
    assert headlines(desk) == []


def test_a_file_with_an_address_is_read_again(
    sqlite: Database, desk: Receiver, tmp_path: Path, start: Start
) -> None:
    secret = tmp_path / "address"
    told_by = AlertSettings.model_validate(
        {
            "channels": {"desk": {"type": "webhook", "url_file": str(secret)}},
            "rules": [{"name": "premium", "channels": ["desk"]}],
        }
    )
    secret.write_text("http://127.0.0.1:9/nobody-listens\n")
    teller = start(told_by)
    secret.write_text(desk.url + "\n")
    teller.use(told_by)
    happens(sqlite, "To the new address", told_by)
    until(lambda: headlines(desk) == ["To the new address"])


@pytest.mark.parametrize("trouble", ["address", "template"])
def test_settings_that_cannot_be_used_change_nothing(
    sqlite: Database, desk: Receiver, trouble: str, start: Start
) -> None:
    told_by = telling(desk.url)
    teller = start(told_by)
    wrong = telling("ftp://nowhere") if trouble == "address" else telling(desk.url, text="{{ event.")
    with pytest.raises(UsageError):
        teller.use(wrong)
    happens(sqlite, "Told as before", told_by)
    until(lambda: headlines(desk) == ["Told as before"])


SETTINGS = """
[sites.{site}]
[alerts.channels.desk]
type = "webhook"
url = "{url}"
[[alerts.rules]]
name = "premium"
channels = ["desk"]
"""


def test_a_reload_that_fails_for_the_sites_leaves_the_alerts_as_they_were(
    sqlite: Database, desk: Receiver, tmp_path: Path, caplog: pytest.LogCaptureFixture, start: Start
) -> None:
    settings = tmp_path / "newscrawler.toml"
    settings.write_text(SETTINGS.format(site="pozirk", url=desk.url))
    config = load_config()
    watcher, teller = Watcher(sqlite, config), start(config.alerts)
    with receiving() as another, caplog.at_level(logging.INFO):
        settings.write_text(SETTINGS.format(site="nowhere", url=another.url))
        reload_settings(watcher, teller)
        happens(sqlite, "Still for the first desk", config.alerts)
        until(lambda: headlines(desk) == ["Still for the first desk"])
        assert headlines(another) == []
        assert list(watcher.schedules) == ["pozirk"]
        assert "the old ones stay" in caplog.text
        settings.write_text(SETTINGS.format(site="pozirk", url=another.url))
        reload_settings(watcher, teller)
        happens(sqlite, "Now for the other one", config.alerts)
        until(lambda: headlines(another) == ["Now for the other one"])
