"""`newscrawler.open`: what it gives, and that the examples of docs/python.md run as written."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import newscrawler
from newscrawler.exceptions import UsageError
from newscrawler.storage.database import Database
from newscrawler.storage.ledger import Ledger
from tests.observing import observation

DOCS = Path(__file__).parents[1] / "docs"
EXAMPLES = re.findall(r"```python\n(.*?)```", (DOCS / "python.md").read_text(encoding="utf-8"), re.S)
CELLS = [
    "".join(cell["source"])
    for cell in json.loads((DOCS / "premium.ipynb").read_text(encoding="utf-8"))["cells"]
    if cell["cell_type"] == "code"
]


@pytest.fixture(autouse=True)
def stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two stories, one of them premium for an hour."""
    url = f"sqlite:///{tmp_path / 'news.db'}"
    monkeypatch.setenv("NEWSCRAWLER_DATABASE_URL", url)
    database = Database.open(url)
    ledger = Ledger(database)
    now = datetime.now(UTC)
    run = ledger.start_run("pozirk", kind="crawl", languages=["en"], at=now).id
    shown: dict[str, Any] = {"external_id": "1", "sections": ["Society"], "source": "article"}
    paid = observation("Minsk metro closes", premium=True, body=["A bus runs instead."], **shown)
    free = observation("Minsk metro closes", premium=False, body=["A bus runs instead."], **shown)
    other = observation("Night bus for Minsk", external_id="2", premium=False, body=["A night bus."])
    earlier, later = now - timedelta(hours=2), now - timedelta(hours=1)
    paid, other, free = (_at(paid, earlier), _at(other, earlier), _at(free, later))
    ledger.record(run, [paid, other])
    ledger.record(run, [free])
    database.close()


def _at(seen: Any, moment: datetime) -> Any:
    seen.seen_at = moment
    return seen


@pytest.mark.parametrize("number", range(3))
def test_an_example_runs_as_written(number: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert len(EXAMPLES) == 3
    exec(compile(EXAMPLES[number], f"docs/python.md example {number + 1}", "exec"), {})
    said = ("Minsk metro closes  (marker)", "['Minsk', 'metro']\n    A bus runs instead.", "Society")
    assert said[number] in capsys.readouterr().out


def test_the_notebook_runs_as_written() -> None:
    names: dict[str, Any] = {}
    for cell in CELLS:
        exec(compile(cell, "docs/premium.ipynb", "exec"), names)
    assert len(names["articles"]) == 2
    assert list(names["stayed"].dt.total_seconds() / 3600) == pytest.approx([1.0])


def test_it_answers_with_typed_objects() -> None:
    with newscrawler.open() as archive:
        assert [a.headline for a in archive.articles(premium=False, author=[], section="society")] == [
            "Minsk metro closes"
        ]
        (hit,) = archive.search("RUNS")
        assert hit.excerpt is not None
        assert hit.excerpt.highlights == [(6, 10)]
        assert [run.status for run in archive.runs(site="pozirk")] == ["running"]
        history = archive.show("pozirk:1")
        assert history is not None
        assert [event.kind for event in history.events] == ["new_premium", "became_free"]
        assert archive.show(99) is None
        page = archive.page_of_articles(limit=1)
        (second,) = archive.page_of_articles(limit=1, cursor=page.cursor).items
        assert page.items[0].id != second.id


@pytest.mark.parametrize(
    ("filters", "words"),
    [
        ({"premium": "maybe"}, "premium: 'maybe', expected true, false or unknown"),
        ({"since": datetime(2026, 1, 1)}, "expected a time with its zone"),  # noqa: DTZ001
        ({"nonsense": 1}, "no filter named 'nonsense'"),
        ({"order": "relevance"}, "no text is searched for"),
    ],
)
def test_what_cannot_be_meant_is_told(filters: dict[str, Any], words: str) -> None:
    with newscrawler.open() as archive, pytest.raises(UsageError, match=words):
        archive.articles(**filters)
