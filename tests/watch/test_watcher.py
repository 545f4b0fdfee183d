"""The watcher, ticked by hand: real crawls of a newsroom, each in a process of its own."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from newscrawler.config import Config
from newscrawler.exceptions import UsageError
from newscrawler.newsroom import Fault, Newsroom, ServedSite, serve
from newscrawler.site_settings import SiteSettings
from newscrawler.storage.database import Database
from newscrawler.storage.schema import sites
from newscrawler.storage.site_status import site_statuses
from newscrawler.watch.watcher import Watcher
from newscrawler.watch_settings import WatchSettings
from tests.watching import runs_of, until


@pytest.fixture
def site() -> Iterator[ServedSite]:
    newsroom = Newsroom(seed=4, now=datetime.now(UTC), page_size=6)
    newsroom.stock(15, days=1)
    with serve(newsroom) as served:
        yield served


class Watched:
    """A watcher that is ticked by hand."""

    def __init__(self, database: Database, base_url: str, **settings: Any) -> None:
        watch = {"stop_seconds": 10.0} | settings.pop("watch", {})
        pozirk: dict[str, Any] = {"base_url": base_url, "interval_seconds": 600} | settings
        self.config = Config(
            database_url=database.engine.url.render_as_string(hide_password=False),
            sites={"pozirk": SiteSettings(**pozirk)},
            watch=WatchSettings(**watch),
        )
        self.database = database
        self.waited = 0.0
        self.watcher = self.another()

    def another(self) -> Watcher:
        """A second watcher, as on another machine."""
        return Watcher(
            self.database,
            self.config,
            monotonic=lambda: time.monotonic() + self.waited,
        )

    def run_to_end(self) -> None:
        """Tick until no crawl is under way; one has to begin."""
        self.watcher.tick()
        assert self.watcher.crawls, self.statuses()
        self.finish()

    def finish(self) -> None:
        def ended() -> bool:
            self.watcher.tick()
            return not self.watcher.crawls

        until(ended)

    def make_due(self) -> None:
        """Let the site's turn come."""
        with self.database.writing() as connection:
            connection.execute(sa.update(sites).values(next_run_at=datetime.now(UTC)))

    def statuses(self) -> list[str]:
        return [run.status for run in runs_of(self.database)]


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Database]:
    """What does not differ between databases is tried on one: each crawl is a process."""
    database = Database.open(f"sqlite:///{tmp_path / 'newscrawler.db'}")
    yield database
    database.close()


@pytest.fixture
def watched(file: Database, site: ServedSite) -> Watched:
    return Watched(file, site.base_url)


def test_crawls_come_in_their_turn_and_say_how_they_ended(watched: Watched) -> None:
    watched.run_to_end()
    watched.watcher.tick()
    assert not watched.watcher.crawls, "not before its turn"
    watched.make_due()
    watched.run_to_end()
    first, second = runs_of(watched.database)
    assert (first.status, first.scheduled, second.status) == ("ok", True, "ok"), first.reason
    assert first.counts is not None
    assert first.counts["entries"]["new"] >= 6
    assert second.counts is not None
    assert second.counts["pages"]["unchanged"] == 3
    assert first.log is not None
    assert "Spider closed (finished)" in Path(first.log).read_text()


def test_the_process_of_a_crawl_ends_in_good_order(watched: Watched) -> None:
    watched.watcher.tick()
    crawl = watched.watcher.crawls["pozirk"]
    watched.finish()
    assert crawl.exit_code == 0, crawl.log.read_text()


def test_a_crawl_that_is_killed_is_a_failure_and_is_tried_again(watched: Watched, site: ServedSite) -> None:
    site.faults.add(Fault("delay", path="*", seconds=5))
    watched.watcher.tick()
    crawl = watched.watcher.crawls["pozirk"]
    os.kill(crawl.pid, signal.SIGKILL)
    watched.finish()
    site.faults.clear()
    (run,) = runs_of(watched.database)
    assert run.status == "failed"
    assert "was killed by signal 9" in str(run.reason)
    (status,) = site_statuses(watched.database, now=datetime.now(UTC))
    assert status.next_run_at is not None
    assert timedelta(seconds=40) < status.next_run_at - datetime.now(UTC) < timedelta(seconds=80)
    watched.make_due()
    watched.run_to_end()
    assert watched.statuses() == ["failed", "ok"]


def test_a_crawl_that_takes_too_long_is_ended(file: Database, site: ServedSite) -> None:
    watched = Watched(file, site.base_url, time_limit_seconds=60)
    site.faults.add(Fault("delay", path="*", seconds=60))
    watched.watcher.tick()
    until(lambda: bool(site.requests))
    watched.waited = 61
    watched.watcher.tick()
    watched.waited = 61 + 11
    watched.finish()
    (run,) = runs_of(file)
    assert run.status == "failed"
    assert "took longer than time_limit_seconds = 60" in str(run.reason)


def test_stopping_keeps_the_turn(watched: Watched, site: ServedSite) -> None:
    site.faults.add(Fault("delay", path="*", seconds=2))
    watched.watcher.tick()
    until(lambda: bool(site.requests))
    watched.watcher.stop()
    watched.finish()
    site.faults.clear()
    assert watched.statuses() == ["stopped"]
    watched.watcher = watched.another()
    watched.run_to_end()
    assert watched.statuses() == ["stopped", "ok"]


def test_two_watchers_crawl_a_site_once_and_one_takes_the_others_place(
    database: Database, site: ServedSite
) -> None:
    watched = Watched(database, site.base_url)
    site.faults.add(Fault("delay", path="*", seconds=5))
    other = watched.another()
    watched.watcher.tick()
    other.tick()
    assert watched.watcher.crawls
    assert not other.crawls
    until(lambda: bool(site.requests))
    # The whole machine of the first watcher stands still, and its crawl with it.
    slow = watched.watcher.crawls["pozirk"]
    os.kill(slow.pid, signal.SIGSTOP)
    other.tick()
    assert not other.crawls, "it may still be alive"
    watched.waited = 25
    site.faults.clear()
    other.tick()
    assert other.crawls
    watched.watcher, first = other, watched.watcher
    watched.finish()
    os.kill(slow.pid, signal.SIGCONT)
    watched.watcher = first
    watched.finish()
    runs = runs_of(watched.database)
    assert [run.status for run in runs] == ["failed", "ok"]
    assert "given up" in str(runs[0].reason)


def test_other_settings_while_it_runs(watched: Watched) -> None:
    watched.run_to_end()
    hourly = SiteSettings(interval_seconds=3600)
    watched.watcher.use(watched.config.model_copy(update={"sites": {"pozirk": hourly}}))
    assert str(watched.watcher.schedules["pozirk"]) == "every 1 h"
    bad = SiteSettings(languages=("xx",))
    with pytest.raises(UsageError, match=r"sites\.pozirk: languages='xx'"):
        watched.watcher.use(watched.config.model_copy(update={"sites": {"pozirk": bad}}))
    assert str(watched.watcher.schedules["pozirk"]) == "every 1 h"


@pytest.mark.parametrize(
    ("tables", "names", "words"),
    [
        ({}, [], "no site to watch"),
        ({"nowhere": SiteSettings()}, [], "nowhere"),
        ({}, ["nowhere"], "nowhere"),
    ],
)
def test_what_cannot_be_watched_is_told(
    file: Database, tables: dict[str, SiteSettings], names: list[str], words: str
) -> None:
    with pytest.raises(UsageError, match=words):
        Watcher(file, Config(sites=tables), names)
