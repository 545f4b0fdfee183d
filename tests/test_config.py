from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from newscrawler.config import load_config
from newscrawler.exceptions import UsageError
from newscrawler.looks import USUAL_LOOKS


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_usual_looks_are_those_of_the_settings() -> None:
    assert load_config().look_schedule == USUAL_LOOKS


def test_looks_are_set_in_the_file_and_the_environment_wins(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "newscrawler.toml").write_text(
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
def test_ages_that_make_no_schedule_are_told(folder: Path, ages: str) -> None:
    (folder / "newscrawler.toml").write_text(f"look_ages_minutes = {ages}\n")
    with pytest.raises(UsageError, match="look_ages_minutes"):
        load_config()
