"""`search`, `premium`, `export`, formats and `events --watch`, as a user runs them."""

from __future__ import annotations

import csv
import io
import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from pyarrow import parquet

from newscrawler.cli import main
from newscrawler.storage.database import Database
from newscrawler.storage.ledger import Ledger
from tests.observing import NOON, begin, observation


@pytest.fixture(autouse=True)
def stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Three stories; one premium, one with a headline that a spreadsheet would take for a formula."""
    url = f"sqlite:///{tmp_path / 'news.db'}"
    monkeypatch.setenv("NEWSCRAWLER_DATABASE_URL", url)
    database = Database.open(url)
    ledger = Ledger(database)
    run = begin(ledger)
    ledger.record(
        run,
        [
            observation("Łukašenka opens metro", external_id="1", premium=True, sections=["Politics"]),
            observation(
                "=1+1", external_id="2", hours=1, body=["Minsk metro, by Łukašenka."], source="article"
            ),
            observation("Weather", external_id="3", premium=False, hours=2, published_date=NOON.date()),
        ],
    )
    database.close()
    return url


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def listed(*arguments: str) -> list[dict[str, Any]]:
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_search_shows_what_it_found() -> None:
    first, second = listed("search", "lukasenka", "metr*")
    assert (first["headline"], first["found"]["headline"]) == ("Łukašenka opens metro", [[0, 9], [16, 21]])
    assert first["found"]["excerpt"] is None
    assert second["found"]["excerpt"] == {
        "text": "Minsk metro, by Łukašenka.",
        "highlights": [[6, 11], [16, 25]],
    }
    assert [row["id"] for row in listed("search", "lukasenka", "--order", "published")] == [
        second["id"], first["id"],
    ]  # fmt: skip
    assert "Minsk metro, by Łukašenka." in run("search", "lukasenka").stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("search", "a", "AND"), "search 'a AND': the AND at 3 needs something behind it"),
        (("articles", "--text", '"'), "the quotation mark at 1 is not closed"),
        (("articles", "--json", "--format", "csv"), "contradict"),
        (("events", "--watch", "--format", "csv"), "--watch prints a table or JSON"),
        (("export", "articles", "x.txt"), "its ending says no format"),
        (("export", "articles", "-", "--format", "sqlite"), "written to a file"),
    ],
)
def test_wrong_usage_is_one_clear_message(arguments: tuple[str, ...], words: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert words in result.stderr
    assert result.stdout == ""


def test_premium_says_since_when_and_why() -> None:
    (row,) = listed("premium")
    assert row["premium_since"] == "2025-10-24T12:00:00Z"
    assert row["premium_evidence"]["signal"] == "marker"
    table = run("premium").stdout
    assert "marker: “The material is available only to POZIRK+”" in table


def test_three_values_of_premium() -> None:
    assert [row["headline"] for row in listed("articles", "--premium-unknown")] == ["=1+1"]
    assert len(listed("articles", "--premium", "--free")) == 2


def test_csv_holds_every_field_as_it_is() -> None:
    result = run("articles", "--format", "csv", "--text", "minsk")
    (row,) = csv.DictReader(io.StringIO(result.stdout))
    assert row["headline"] == "=1+1"
    assert json.loads(row["body"]) == ["Minsk metro, by Łukašenka."]
    assert row["premium"] == ""


def test_export_to_each_format(tmp_path: Path) -> None:
    expected = listed("articles")
    for name in ("a.jsonl", "a.csv", "a.parquet", "a.db"):
        assert run("export", "articles", name).exit_code == 0
    assert [json.loads(line) for line in Path("a.jsonl").read_text().splitlines()] == expected
    with Path("a.csv").open(newline="") as file:
        assert [row["url"] for row in csv.DictReader(file)] == [row["url"] for row in expected]
    table = parquet.read_table("a.parquet").to_pylist()
    assert [row["sections"] for row in table] == [row["sections"] for row in expected]
    assert [row["premium"] for row in table] == [False, None, True]
    assert table[2]["first_seen_at"] == NOON
    assert json.loads(table[2]["premium_evidence"]) == expected[2]["premium_evidence"]
    assert [path.name for path in tmp_path.glob(".*.part")] == []


def test_an_exported_database_is_whole() -> None:
    assert run("export", "articles", "a.db", "--premium").exit_code == 0
    with sqlite3.connect("a.db") as file:
        assert file.execute("PRAGMA foreign_key_check").fetchall() == []
        assert file.execute("SELECT headline, premium FROM articles").fetchall() == [
            ("Łukašenka opens metro", 1)
        ]
        assert file.execute("SELECT kind FROM events").fetchall() == [("new_premium",)]
        assert file.execute("SELECT site FROM runs").fetchall() == [("pozirk",)]
        found = file.execute("SELECT rowid FROM articles_fts WHERE articles_fts MATCH 'opens'").fetchall()
        assert len(found) == 1
    file.close()
    assert run("export", "events", "e.db", "--kind", "new").exit_code == 0
    with sqlite3.connect("e.db") as file:
        assert file.execute("PRAGMA foreign_key_check").fetchall() == []
        assert file.execute(
            "SELECT count(*) FROM articles JOIN events ON article_id = articles.id"
        ).fetchone() == (2,)
    file.close()


def test_export_to_standard_output_and_no_file_is_replaced_unasked() -> None:
    assert len(run("export", "events", "-").stdout.splitlines()) == 3
    Path("a.csv").write_text("mine")
    result = run("export", "articles", "a.csv")
    assert result.exit_code == 2
    assert "a.csv exists; --force replaces it" in result.stderr
    assert Path("a.csv").read_text() == "mine"
    assert run("export", "articles", "a.csv", "--force").exit_code == 0
    assert run("export", "articles", "nowhere/a.csv").exit_code == 1


def test_without_pyarrow_the_command_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    result = run("export", "articles", "a.parquet")
    assert result.exit_code == 2
    assert "pip install 'newscrawler[parquet]'" in result.stderr


def test_watching_prints_what_is_stored_meanwhile(stored: str) -> None:
    command = [sys.executable, "-m", "newscrawler", "events", "--watch", "--json", "--limit", "1"]
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as watching:
        assert watching.stdout is not None
        assert json.loads(watching.stdout.readline())["headline"] == "Weather"
        database = Database.open(stored)
        ledger = Ledger(database)
        run_id = begin(ledger)
        # Of an earlier time than the last one: what counts is when it is stored.
        ledger.record(run_id, [observation("Late", external_id="4", hours=-5)])
        database.close()
        assert json.loads(watching.stdout.readline())["headline"] == "Late"
        watching.send_signal(2)
        assert watching.wait(timeout=60) == 0


def test_the_shell_completes_sites_and_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_NEWSCRAWLER_COMPLETE", "bash_complete")
    for words, completed in (("--site po", "plain,pozirk"), ("--kind became_f", "plain,became_free")):
        monkeypatch.setenv("COMP_WORDS", f"newscrawler events {words}")
        monkeypatch.setenv("COMP_CWORD", "3")
        result = CliRunner().invoke(main, [], prog_name="newscrawler", complete_var="_NEWSCRAWLER_COMPLETE")
        assert completed in result.stdout.splitlines()
