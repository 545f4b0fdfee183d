"""Settings: where they come from, and what is said of those that cannot be used."""

from __future__ import annotations

import re
import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from newscrawler.cli import main
from newscrawler.config import Config, load_config
from newscrawler.exceptions import UsageError
from newscrawler.looks import USUAL_LOOKS
from newscrawler.site_description import DESCRIBING
from newscrawler.site_settings import SiteSettings
from newscrawler.watch_settings import WatchSettings
from newscrawler.web_settings import WebSettings


def written(text: str) -> None:
    Path("newscrawler.toml").write_text(text, encoding="utf-8")


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    written("delay_seconds = 3\n[watch]\nmax_crawls = 5\nkeep_logs = 7\n")
    monkeypatch.setenv("NEWSCRAWLER_DELAY_SECONDS", "2")
    monkeypatch.setenv("NEWSCRAWLER_WATCH__MAX_CRAWLS", "3")
    config = load_config()
    assert (config.delay_seconds, config.watch.max_crawls, config.watch.keep_logs) == (2, 3, 7)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("delay_secs = 1", "delay_secs = 1: Extra inputs are not permitted"),
        ("delay_seconds = -1", "delay_seconds = -1: Input should be greater than or equal to 0"),
        ("[watch]\nmax_crawls = 0", "watch.max_crawls = 0"),
        ("[watch]\nmetrics_port = 99999", "watch.metrics_port = 99999"),
        ("[sites.pozirk]\ncron = 'often'", "sites.pozirk.cron = 'often'"),
        ("[sites.pozirk]\nlanguages = 'en'", "sites.pozirk.languages = 'en'"),
        ("[sites\n", "newscrawler.toml is not valid TOML"),
    ],
)
def test_a_mistake_is_told_with_key_value_and_what_was_expected(text: str, words: str) -> None:
    written(text)
    with pytest.raises(UsageError, match=re.escape(words)):
        load_config()


def test_what_is_said_with_a_crawl_wins_over_the_site_s_table() -> None:
    site = SiteSettings(languages=("en", "ru"), budget=5, base_url="http://127.0.0.1:1")
    assert site.arguments({"budget": "9", "since": "2025-01-01"}) == {
        "languages": "en,ru",
        "budget": "9",
        "base_url": "http://127.0.0.1:1",
        "since": "2025-01-01",
    }
    assert SiteSettings().arguments({}) == {}


def test_init_writes_a_file_that_is_valid_and_is_not_replaced() -> None:
    runner = CliRunner()
    result = runner.invoke(main, ["init"])
    assert (result.exit_code, result.stdout) == (0, "newscrawler.toml written; next: newscrawler watch\n")
    assert list(load_config().sites) == ["pozirk"]
    again = runner.invoke(main, ["init"])
    assert (again.exit_code, again.stderr) == (2, "error: newscrawler.toml exists; --force replaces it\n")
    assert runner.invoke(main, ["init", "--force"]).exit_code == 0


def test_the_starter_file_names_every_setting_with_its_default() -> None:
    CliRunner().invoke(main, ["init"])
    text = Path("newscrawler.toml").read_text(encoding="utf-8")
    # Alternatives to an interval, and examples of what is empty by default.
    examples = {"cron", "jitter_seconds", "quiet_hours", "adaptive", "languages", "budget", "base_url"}
    examples |= {"user_agent", "metrics_port", "token", "token_file", "host_names"}
    tables: dict[str, Any] = {
        "": Config,
        "watch": WatchSettings,
        "web": WebSettings,
        "sites.pozirk": SiteSettings,
    }
    table, named = "", {name: set[str]() for name in tables}
    for line in text.splitlines():
        if match := re.fullmatch(r"\[(.+)\]", line):
            table = match[1]
        elif (match := re.fullmatch(r"(?:# )?(\w+) = (.+)", line)) and not (
            match[1] in named[table] or match[1] in examples
        ):
            default = tables[table].model_fields[match[1]].default
            value = tomllib.loads(f"x = {match[2]}")["x"]
            assert str(value) == str(default) or value == default or tuple(value) == default, line
        if match:
            named.setdefault(table, set()).add(match[1])
    for name, model in tables.items():
        # What declares a site is in docs/sites.md, rules of alerts in docs/alerts.md.
        missing = set(model.model_fields) - named[name] - {"watch", "sites", "alerts", "web"} - DESCRIBING
        assert not missing, f"[{name}] of the starter file lacks {missing}"


def test_the_usual_looks_are_those_of_the_settings() -> None:
    assert load_config().look_schedule == USUAL_LOOKS


def test_looks_are_set_in_the_file_and_the_environment_wins(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    written(
        "look_ages_minutes = [30, 120.5]\nlook_later_days = 7\nlook_premium_hours = 6\n"
        "look_premium_days = 3\nremoved_after_hours = 12\n"
    )
    looks = load_config().look_schedule
    assert looks.ages == (timedelta(minutes=30), timedelta(minutes=120, seconds=30))
    assert (looks.later, looks.premium_every) == (timedelta(days=7), timedelta(hours=6))
    assert (looks.premium_for, looks.removed_after) == (timedelta(days=3), timedelta(hours=12))
    monkeypatch.setenv("NEWSCRAWLER_LOOK_AGES_MINUTES", "[5]")
    assert load_config().look_schedule.ages == (timedelta(minutes=5),)


@pytest.mark.parametrize("ages", ["[60, 15]", "[15, 15]", "[0]", "15", "['soon']"])
def test_ages_that_make_no_schedule_are_told(ages: str) -> None:
    written(f"look_ages_minutes = {ages}\n")
    with pytest.raises(UsageError, match="look_ages_minutes"):
        load_config()
