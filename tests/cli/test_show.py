"""`newscrawler show`, on both databases."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result

from newscrawler.cli import main
from newscrawler.exceptions import UsageError
from newscrawler.items import Evidence, Observation, Visit
from newscrawler.naming import parse_name
from newscrawler.printable import printable
from newscrawler.queries import ArticleName
from newscrawler.storage.database import Database
from newscrawler.storage.ledger import Ledger
from newscrawler.storage.reading import find_history
from tests.observing import NOON, observation

URL = "https://pozirk.online/en/news/161418/"
OPEN = Evidence("no mark", None, "main > article")
BODY = [
    "A court in Minsk has fined a journalist 3,700 rubles.",
    "The hearing was closed.",
    "It is not known who called the police.",
    "Nobody appealed.",
]


@pytest.fixture(autouse=True)
def _terminal(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSCRAWLER_DATABASE_URL", database_url)
    monkeypatch.setenv("TERM", "xterm-256color")
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)


def page(headline: str, hours: float, body: list[str], **values: Any) -> Observation:
    found = observation(headline, hours=hours, external_id="161418", source="article", body=body, **values)
    found.page_url = URL
    return found


def record(ledger: Ledger, *seen: Observation | Visit) -> None:
    for each in seen:
        at = each.at if isinstance(each, Visit) else each.seen_at
        run = ledger.start_run("pozirk", kind="crawl", languages=["en"], at=at).id
        ledger.record(run, [each])
        ledger.finish_run(run, at=at, status="ok", reason=None, swept=["en"], counts={})


@pytest.fixture
def story(ledger: Ledger) -> None:
    """A story that was premium, opened, was edited, removed and put back; and its Russian sister."""
    translations = {
        "be": "https://pozirk.online/be/news/161420/",
        "ru": "https://pozirk.online/ru/news/161419/",
    }
    edited = ["A court in Minsk has fined an editor 3,700 rubles.", *BODY[1:3]]
    record(
        ledger,
        observation("Court fines journalist", premium=True, external_id="161418", baseline=True),
        observation("Суд оштрафовал журналистку", language="ru", external_id="161419", premium=False),
        page("Court fines journalist", 1, BODY[:1], premium=True, published_at=NOON, sections=["Politics"],
             authors=["A. B."], translations=translations),
        page("Court fines journalist", 5, BODY, premium=False, premium_evidence=OPEN),
        page("Court fines editor", 24, edited, premium=False, premium_evidence=OPEN),
        Visit("pozirk", URL, "gone", NOON + timedelta(hours=48), http_status=404),
        Visit("pozirk", URL, "gone", NOON + timedelta(hours=73), http_status=410),
        Visit("pozirk", URL, "unchanged", NOON + timedelta(hours=99)),
    )  # fmt: skip


def show(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["show", *arguments])


def shown(*arguments: str) -> str:
    result = show(*arguments)
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout


@pytest.mark.usefixtures("story")
def test_the_article_and_its_timeline() -> None:
    moment = NOON.astimezone()
    said = shown("1")
    head, _, timeline = said.partition("\nTimeline\n")
    lines = [line.strip() for line in head.splitlines()]
    assert lines[:2] == ["Court fines editor", URL]
    for line in (
        "article       1  (pozirk:161418)",
        "sections      Politics",
        "authors       A. B.",
        f"published     {moment:%Y-%m-%d %H:%M %Z}",
        "translations  be  https://pozirk.online/be/news/161420/",
        "ru  2  Суд оштрафовал журналистку",
        "The hearing was closed.",
    ):
        assert line in lines
    opened = (NOON + timedelta(hours=5)).astimezone()
    assert (
        f"premium       free since {opened:%Y-%m-%d %H:%M %Z}, because of no mark at main > article" in lines
    )
    assert [line for line in timeline.splitlines() if line.startswith(" ")] == [
        "  first seen in a listing (baseline)",
        "  premium, because of marker: “The material is available only to POZIRK+” at li > span",
        "  its own page read for the first time",
        "    sections: Politics",
        f"    published at: {moment:%Y-%m-%d %H:%M %Z}",
        "    1 paragraph of text, 10 words",
        "  became free, because of no mark at main > article",
        "  more text to be read",
        "    … 1 paragraph unchanged …",
        "    … 3 paragraphs more …",
        "  headline changed",
        "    Court fines [-journalist-] {+editor+}",
        "  text changed",
        "    A court in Minsk has fined [-a journalist-] {+an editor+} 3,700 rubles.",
        "    … 2 paragraphs unchanged …",
        "    [-Nobody appealed.-]",
        "  removed: its page answered 404 at 2025-10-26 12:00:00 UTC, 410 at 2025-10-27 13:00:00 UTC",
        "  back again",
        "  last seen on its own page",
    ]
    assert f"{moment:%Y-%m-%d %H:%M %Z}  run 1  https://pozirk.online/en/news/" in timeline
    assert "\x1b" not in said


@pytest.mark.usefixtures("story")
def test_json_for_programs() -> None:
    (line,) = shown("1", "--json").splitlines()
    (article,) = [json.loads(line)]
    (listed, *_) = [
        json.loads(each)
        for each in CliRunner().invoke(main, ["articles", "--json", "--language", "en"]).stdout.splitlines()
    ]
    added = {"translations", "timeline", "revisions"}
    assert {name: value for name, value in article.items() if name not in added} == listed
    assert article["translations"] == [
        {"language": "be", "url": "https://pozirk.online/be/news/161420/", "id": None, "headline": None},
        {"language": "ru", "url": "https://pozirk.online/ru/news/161419/", "id": 2,
         "headline": "Суд оштрафовал журналистку"},
    ]  # fmt: skip
    assert {"at", "what", "run_id", "page_url", "evidence", "old", "new"} <= set(article["timeline"][0])
    became_free = next(step for step in article["timeline"] if step["what"] == "became_free")
    assert became_free["at"] == "2025-10-24T17:00:00Z"
    assert became_free["evidence"]["signal"] == "no mark"
    assert [revision["number"] for revision in article["revisions"]] == [1, 2, 3, 4, 5, 6]
    assert article["revisions"][2]["body"] == BODY
    assert {"number", "seen_at", "run_id", "source", "page_url", "body"} <= set(article["revisions"][0])


@pytest.mark.usefixtures("story")
@pytest.mark.parametrize(
    "name",
    [
        "1",
        "pozirk:161418",
        URL,
        "https://pozirk.online/en/news/161418?utm_source=x",
        "pozirk.online/en/news/161418",
        "https://mstagmanager.com/en/news/161418/",
        "https://pozirk.online/en/?p=161418",
    ],
)
def test_the_names_of_an_article(name: str) -> None:
    assert shown(name).startswith("Court fines editor\n")


def test_an_address_of_a_site_that_is_not_known() -> None:
    assert parse_name("https://example.org/a?b=1") == ArticleName(urls=("https://example.org/a?b=1",))


@pytest.mark.parametrize("name", ["7", "0", "9" * 40, "pozirk:7", "elsewhere:1", "https://pozirk.online/en/news/7/",
                                  "https://example.org/"])  # fmt: skip
def test_an_unknown_article_is_one_line(name: str, database: Database) -> None:
    result = show(name)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == f"error: no article {name!r} in database {database.name}\n"


@pytest.mark.parametrize("name", ["", "abc", "pozirk:", "-1x", "a b"])
def test_what_names_no_article_is_wrong_usage(name: str) -> None:
    with pytest.raises(UsageError, match="expected its number"):
        parse_name(name)


@pytest.mark.usefixtures("story")
def test_colours_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "60")
    said = shown("1")
    assert "\x1b[9;31mjournalist\x1b[0m \x1b[32meditor\x1b[0m" in said
    assert "[-" not in said
    monkeypatch.setenv("NO_COLOR", "1")
    said = shown("1")
    assert "Court fines [-journalist-] {+editor+}" in said
    assert "\x1b[3" not in said


@pytest.mark.usefixtures("story")
def test_lines_fit_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "60")
    lines = re.sub(r"\x1b\[[0-9;]*m", "", shown("1")).splitlines()
    assert max(len(line) for line in lines if "https://" not in line) <= 60
    assert any("https://pozirk.online/en/news/161418/" in line for line in lines)


HOSTILE = "\x1b]0;owned\x07\x1b[31mred \x9b2J [bold red]tags[/] \u202egnp.exe {x}"


@pytest.mark.parametrize("forced", [False, True])
def test_hostile_text_stays_text(ledger: Ledger, monkeypatch: pytest.MonkeyPatch, forced: bool) -> None:
    evidence = Evidence("mark", HOSTILE, HOSTILE)
    record(
        ledger,
        observation(
            HOSTILE, external_id="161418", premium=True, premium_evidence=evidence, sections=[HOSTILE]
        ),
        page(HOSTILE + "edited", 1, [HOSTILE], premium=True, authors=[HOSTILE]),
        page(HOSTILE + "again", 2, [HOSTILE + "edited"], premium=True),
    )
    if forced:
        monkeypatch.setenv("FORCE_COLOR", "1")
        monkeypatch.setenv("NO_COLOR", "1")
    runs = [[command, *options] for command in ("articles", "events") for options in ([], ["--json"])]
    for arguments in (["show", "1"], ["show", "1", "--json"], *runs):
        result = CliRunner().invoke(main, arguments)
        assert result.exit_code == 0, result.output
        for command in ("\x1b]", "\x1b[31", "\x07", "\x9b", "\u202e"):
            assert command not in result.stdout
        assert "[bold red]tags[/]" in result.stdout


def test_a_date_is_shown_whole(ledger: Ledger) -> None:
    days = (NOON.date(), NOON.date() + timedelta(days=1))
    record(ledger, *(page("A", n, ["One."], published_date=day) for n, day in enumerate(days)))
    said = shown("pozirk:161418")
    assert "\npublished     2025-10-25, a day in Europe/Minsk\n" in said
    assert "  date changed\n    [-2025-10-24-] {+2025-10-25+}\n" in said


def test_printable_text_is_as_long_as_before() -> None:
    assert printable(HOSTILE + " \ud800") == "␛]0;owned␇␛[31mred �2J [bold red]tags[/] �gnp.exe {x} �"
    assert printable("Łatuška’s “плян”\n🙂 e\u0301") == "Łatuška’s “плян” 🙂 e\u0301"


@pytest.mark.usefixtures("story")
def test_long_histories_take_no_more_queries(ledger: Ledger) -> None:
    database = ledger.database

    def queries() -> int:
        asked: list[str] = []

        def count(_conn: Any, _cursor: Any, statement: str, *_: Any) -> None:
            asked.append(statement)

        sa.event.listen(database.engine, "before_cursor_execute", count)
        find_history(database, ArticleName(id=1))
        sa.event.remove(database.engine, "before_cursor_execute", count)
        return len(asked)

    few = queries()
    record(ledger, *(page(f"Court fines {n}", 100 + n, [str(n)]) for n in range(30)))
    assert queries() == few
