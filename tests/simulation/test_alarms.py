"""The short form of the alarms; `python -m tests.simulation.alarms` is the long one."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.simulation.alarms import Scenario, play


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Failed pages are what is played: log none of them."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.parametrize(("case", "seed"), [("redesigned", 3), ("with faults", 2)])
def test_nothing_is_told_of_a_site_that_can_be_read(case: str, seed: int, tmp_path: Path) -> None:
    told = play(Scenario(case, seed, crawls=20), f"sqlite:///{tmp_path / 'news.db'}")
    assert told.false == []


@pytest.mark.parametrize(
    ("case", "within_crawls"),
    [("lists without dates", 8), ("articles without text", 4), ("403 to everything", 2)],
)
def test_trouble_is_told_soon_and_so_is_its_end(case: str, within_crawls: int, tmp_path: Path) -> None:
    told = play(Scenario(case, 1, crawls=14), f"sqlite:///{tmp_path / 'news.db'}")
    assert told.false == []
    assert told.found_after is not None
    assert told.found_after <= within_crawls
    assert told.over_after is not None
