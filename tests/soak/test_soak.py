"""The short form of the soak; `make soak` is the long one."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.soak.play import soak


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory and handles are read from /proc")
def test_a_misbehaving_site_is_watched_through_kills(tmp_path: Path) -> None:
    figures = soak(tmp_path, 0.3, seed=2, kills=True)
    print(figures)
    assert figures.problems() == []
    assert figures.watch_kills + figures.crawl_kills > 0
