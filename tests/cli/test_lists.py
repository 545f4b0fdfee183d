"""`articles`, `events` and `runs`: what they list, and what they say when used wrongly."""

from __future__ import annotations

import json
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from newscrawler.balance import Balance
from newscrawler.cli import main
from newscrawler.storage.database import Database
from newscrawler.storage.ledger import Ledger
from tests.observing import NOON, observation


@pytest.fixture(autouse=True)
def stored(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three stories: free and premium in English, premium in Russian; the first of a baseline."""
    monkeypatch.setenv("NEWSCRAWLER_DATABASE_URL", database_url)
    database = Database.open(database_url)
    ledger = Ledger(database)
    run = ledger.start_run("pozirk", kind="crawl", languages=["en", "ru"], at=NOON).id
    ledger.record(
        run,
        [
            observation("Free", external_id="1", premium=False, published_at=NOON, baseline=True),
            observation("Paid", premium=True, published_at=NOON + timedelta(hours=1), hours=1),
            observation("Платно", premium=True, language="ru", hours=2),
        ],
    )
    account = Balance(pages_asked=4, pages_parsed=2, pages_failed=Counter({"http 503": 2}))
    account.entries_seen, account.entries_new, account.entries_known = 4, 3, 1
    ledger.finish_run(run, at=NOON, status="ok", reason="why", swept=["en"], counts=account.to_json())
    database.close()


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def listed(*arguments: str) -> list[dict[str, Any]]:
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def headlines(*arguments: str) -> list[str]:
    return [row["headline"] for row in listed(*arguments)]


def test_articles_newest_first_and_filtered() -> None:
    assert headlines("articles") == ["Платно", "Paid", "Free"]
    assert headlines("articles", "--premium") == ["Платно", "Paid"]
    assert headlines("articles", "--free") == ["Free"]
    assert headlines("articles", "--language", "ru") == ["Платно"]
    assert headlines("articles", "--since", "2025-10-24T12:30:00+00:00") == ["Платно", "Paid"]
    assert headlines("articles", "--site", "elsewhere") == []
    assert headlines("articles", "--limit", "1") == ["Платно"]


def test_events_newest_first_and_filtered() -> None:
    assert headlines("events") == ["Платно", "Paid", "Free"]
    assert headlines("events", "--kind", "new_premium") == ["Платно", "Paid"]
    assert headlines("events", "--kind", "new", "--kind", "removed") == ["Free"]
    assert headlines("events", "--no-baseline", "--language", "en") == ["Paid"]
    assert headlines("events", "--free") == ["Free"]
    assert headlines("events", "--since", "2025-10-24T13:30:00+00:00") == ["Платно"]


def test_the_fields_of_the_contract() -> None:
    (article, *_) = listed("articles")
    assert list(article) == [
        "id",
        "site",
        "language",
        "external_id",
        "url",
        "headline",
        "sections",
        "premium",
        "premium_evidence",
        "dateline",
        "published_date",
        "published_at",
        "modified_at",
        "authors",
        "description",
        "body",
        "first_seen_at",
        "last_seen_at",
        "status",
        "duplicate_of",
        "found_by",
    ]
    (event, *_) = listed("events")
    wanted = [
        "id",
        "kind",
        "at",
        "site",
        "article_id",
        "headline",
        "url",
        "premium",
        "old",
        "new",
        "run_id",
        "baseline",
    ]
    assert set(wanted) <= set(event)
    (shown,) = listed("runs")
    assert {"id", "site", "started_at", "finished_at", "status", "reason", "pages", "entries"} <= set(shown)


def pages(*arguments: str) -> list[list[int]]:
    """The ids of each page, following the cursors that JSON gives."""
    found, cursor = [], ""
    while True:
        rows = listed(*arguments, *(["--cursor", cursor] if cursor else []))
        assert all("next_cursor" not in row for row in rows[:-1])
        found.append([row["id"] for row in rows])
        cursor = rows[-1].get("next_cursor", "")
        if not cursor:
            return found


def test_a_cursor_goes_on_where_a_limit_has_cut() -> None:
    for command in ("articles", "events", "premium"):
        everything = [row["id"] for row in listed(command)]
        for size in (1, 2, 3):
            cut = [everything[n : n + size] for n in range(0, len(everything), size)]
            assert pages(command, "--limit", str(size)) == cut
    assert pages("search", "free OR paid", "--limit", "1") == [[2], [1]]
    assert pages("runs", "--limit", "1") == [[1]]


def test_a_table_says_how_to_go_on() -> None:
    for form in ("table", "csv"):
        result = run("articles", "--limit", "2", "--format", form)
        assert "there are more" in result.stderr
        cursor = result.stderr.partition("--cursor ")[2].split()[0]
        rest = run("articles", "--cursor", cursor, "--format", form)
        assert "Free" in rest.stdout
        assert "Paid" not in rest.stdout
        assert rest.stderr == ""


def test_tables_are_readable_and_hostile_text_stays_text() -> None:
    result = run("articles")
    assert "Платно" in result.stdout
    assert "premium" in result.stdout
    assert "\x1b" not in result.stdout


def test_runs_show_what_became_of_every_page_and_entry() -> None:
    printed = " ".join(run("runs").stdout.split())
    assert "why; pages 4 = 2 parsed + 2 failed: http 503; entries 4 = 3 new + 1 known" in printed
    assert run("runs", "--status", "stopped").stdout == ""


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("articles", "--since", "soon"), "'soon' is no moment"),
        (("events", "--kind", "nonsense"), "'nonsense' is not one of"),
        (("articles", "--limit", "-1"), "-1 is not in the range"),
        (("nonsense",), "No such command 'nonsense'"),
        (("articles", "--cursor", "nonsense"), "cursor 'nonsense' is none"),
        (("events", "--watch", "--cursor", "x"), "it takes no --cursor"),
    ],
)
def test_wrong_usage_is_one_clear_message(arguments: tuple[str, ...], words: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert words in result.stderr
    assert result.stdout == ""


def test_settings_that_are_wrong_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NEWSCRAWLER_DELAY_SECONDS", "-3")
    result = run("articles")
    assert result.exit_code == 2
    assert "delay_seconds = '-3'" in result.stderr
    monkeypatch.delenv("NEWSCRAWLER_DELAY_SECONDS")
    (tmp_path / "newscrawler.toml").write_text("nonsense = 1\n")
    assert "nonsense" in run("articles").stderr
    (tmp_path / "newscrawler.toml").write_text("nonsense = \n")
    assert "newscrawler.toml is not valid TOML" in run("articles").stderr
