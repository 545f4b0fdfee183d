from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from newscrawler.newsroom import Newsroom, ServedSite, serve
from tests.newsroom.browser import Browser, browse

NOW = datetime(2025, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture
def newsroom() -> Newsroom:
    newsroom = Newsroom(9, NOW)
    newsroom.stock(150, days=5)
    return newsroom


@pytest.fixture
def site(newsroom: Newsroom) -> Iterator[ServedSite]:
    with serve(newsroom) as served:
        yield served


@pytest.fixture
def browser(site: ServedSite) -> Iterator[Browser]:
    with browse(site) as opened:
        yield opened
