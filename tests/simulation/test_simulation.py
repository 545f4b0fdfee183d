"""The short form of the simulation; `make simulate` plays the long one. See `observer.py` for what holds."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crawling import ROOT
from tests.simulation.breaking import BREAKS
from tests.simulation.play import Figures, Scenario, play

SHORTLY = (2.0, 25.0, 25.0, 24 * 31.0)
"""The last, undisturbed crawls: a day for the second 404, a month for the rarest looks."""


def played(scenario: Scenario, database_url: str) -> Figures:
    figures = play(scenario, database_url)
    assert not figures.violations, "\n".join(figures.diagnostics)
    assert figures.crawls > scenario.crawls
    return figures


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Hundreds of failed pages are what is played: log none of them."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'newscrawler.db'}"


@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_is_missed_repeated_or_false(seed: int, sqlite_url: str) -> None:
    layout = ("classic", "tables")[seed % 2]
    scenario = Scenario(seed, 20, layout=layout, faults=0.4, twins=True, stock=24, clean_hours=SHORTLY)
    figures = played(scenario, sqlite_url)
    assert figures.spoiled
    assert figures.events["new"] > 20


def test_two_crawls_of_one_site_started_at_once(postgres_url: str) -> None:
    scenario = Scenario(4, 6, faults=0.2, at_once=2, twins=True, stock=18, clean_hours=SHORTLY[:1])
    assert played(scenario, postgres_url).crawls == 2 * (6 + 1)


def test_crawls_that_are_killed(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(ROOT)  # for the children
    scenario = Scenario(5, 8, faults=0.1, kills=0.5, twins=True, stock=18, clean_hours=SHORTLY[:1])
    assert played(scenario, sqlite_url).killed


@pytest.mark.parametrize("name", BREAKS)
def test_each_promise_can_still_be_broken(name: str) -> None:
    """`python -m tests.simulation.breaking` plays them; here, that what it breaks has not moved elsewhere."""
    with BREAKS[name]():
        pass
