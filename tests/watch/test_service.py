"""`newscrawler watch` as a user runs it: a process, signals, its end and the ends of its crawls."""

from __future__ import annotations

import json
import signal
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newscrawler.newsroom import Fault, Newsroom, ServedSite, serve
from newscrawler.storage.database import Database
from newscrawler.watch.service import Ticker
from tests.crawling import command
from tests.watching import Watch, pids_of, runs_of, until, write_settings


@pytest.fixture
def site() -> Iterator[ServedSite]:
    newsroom = Newsroom(seed=4, now=datetime.now(UTC), page_size=6)
    newsroom.stock(15, days=1)
    with serve(newsroom) as served:
        yield served


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database.open(f"sqlite:///{tmp_path / 'newscrawler.db'}")
    yield opened
    opened.close()


def statuses(database: Database) -> list[str]:
    return [run.status for run in runs_of(database)]


def free_port() -> int:
    import socket

    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def test_it_crawls_obeys_signals_and_ends_in_good_order(
    tmp_path: Path, site: ServedSite, database: Database
) -> None:
    port = free_port()
    settings = {"watch": {"metrics_port": port}, "interval_seconds": 1}
    write_settings(tmp_path, "sqlite:///newscrawler.db", site.base_url, **settings)
    with Watch(tmp_path, "--log-format", "json") as watch:
        until(lambda: statuses(database)[:2] == ["ok", "ok"])
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
            metrics = answer.read().decode()
        (tmp_path / "newscrawler.toml").write_text("[sites.pozirk]\ninterval_seconds = 'often'\n")
        watch.send(signal.SIGHUP)
        until(lambda: "the old ones stay" in watch.log)
        number = len(statuses(database))
        until(lambda: len(statuses(database)) >= number + 2)
        write_settings(tmp_path, "sqlite:///newscrawler.db", site.base_url, interval_seconds=7200)
        watch.send(signal.SIGHUP)
        until(lambda: "settings read again: watching pozirk, every 2 h" in watch.log)
        watch.send(signal.SIGTERM)
        assert watch.wait() == 0
    assert set(statuses(database)) <= {"ok", "stopped"}
    lines = [json.loads(line) for line in watch.log.splitlines()]
    assert {"at", "level", "logger", "message"} == set(lines[0])
    told = next(line["message"] for line in lines if "the old ones stay" in line["message"])
    assert "sites.pozirk.interval_seconds = 'often'" in told
    assert 'newscrawler_runs_total{site="pozirk",status="ok"}' in metrics
    assert 'newscrawler_site_state{site="pozirk",state="ok"} 1.0' in metrics
    shown = command("newscrawler", "status", "--json", cwd=tmp_path)
    assert (shown.code, shown.objects()[0]["state"]) == (0, "ok")


def test_a_crawl_ends_with_its_watch_and_the_next_watch_has_its_turn(
    tmp_path: Path, site: ServedSite, database: Database
) -> None:
    write_settings(tmp_path, "sqlite:///newscrawler.db", site.base_url)
    site.faults.add(Fault("delay", path="*", seconds=1))
    with Watch(tmp_path) as watch:
        until(lambda: bool(site.requests))
        run = runs_of(database)[0]
        crawl = f"newscrawler.watch.child pozirk {run.id} "
        assert pids_of(crawl, tmp_path)
        watch.send(signal.SIGKILL)
        watch.wait()
    until(lambda: not pids_of(crawl, tmp_path))
    site.faults.clear()
    with Watch(tmp_path) as watch:
        until(lambda: "ok" in statuses(database))
        watch.send(signal.SIGINT)
        assert watch.wait() == 0
    assert statuses(database)[0] in ("stopped", "failed")


def test_settings_that_cannot_be_used_are_told_at_the_start(tmp_path: Path) -> None:
    (tmp_path / "newscrawler.toml").write_text("[sites.pozirk]\nquiet_hours = 'night'\n")
    done = command("newscrawler", "watch", cwd=tmp_path)
    assert done.code == 2
    assert done.stderr == (
        "error: settings (newscrawler.toml or NEWSCRAWLER_…): sites.pozirk.quiet_hours = 'night': "
        "Value error, expected two times of day such as '22:00-07:00'\n"
    )
    (tmp_path / "newscrawler.toml").unlink()
    done = command("newscrawler", "watch", cwd=tmp_path)
    assert (done.code, done.stdout) == (2, "")
    assert "no site to watch: name one" in done.stderr


def test_the_ticker_goes_on_when_the_clock_is_put_back() -> None:
    wall, steady, ticks = [1000.0], [50.0], [0]

    def tick() -> None:
        ticks[0] += 1

    ticker = Ticker(tick, wall=lambda: wall[0], monotonic=lambda: steady[0])
    ticker.start()
    try:
        until(lambda: ticks[0] >= 1, seconds=10)
        wall[0], steady[0] = 1005.0, 55.0
        assert not ticker.check_clock()
        wall[0], steady[0] = 1005.0 - 3600, 56.0
        assert ticker.check_clock()
        assert not ticker.check_clock(), "once"
    finally:
        ticker.stop()
