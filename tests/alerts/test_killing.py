"""The short form of `python -m tests.alerts`."""

from __future__ import annotations

from pathlib import Path

from tests.alerts.killing import play


def test_what_is_killed_loses_nothing_and_repeats_nothing(tmp_path: Path) -> None:
    figures = play(f"sqlite:///{tmp_path / 'newscrawler.db'}", events=20, seed=3)
    assert figures.problems == []
    assert figures.events >= figures.published == 20
    assert figures.dispatchers_killed > 0
