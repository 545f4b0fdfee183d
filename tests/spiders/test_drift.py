"""A listing that shows less than it ever did: told once, with the page that shows it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from newscrawler.newsroom import Fault, Newsroom, serve
from newscrawler.queries import EventQuery
from newscrawler.storage.database import Database
from newscrawler.storage.reading import find_events
from tests.crawling import crawl_newsroom


def test_a_drift_is_told_once_and_its_page_is_kept(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'news.db'}"
    newsroom = Newsroom(seed=5, now=datetime(2025, 11, 20, 9, tzinfo=UTC), languages=("en",), page_size=20)
    newsroom.stock(22, days=2, longreads_share=0)
    with serve(newsroom) as site:
        for number in range(8):
            if number == 5:
                site.faults.add(Fault("half_listing", path="/en/news/", entries=5))
            crawl_newsroom(newsroom, site.base_url, "--languages", "en", database_url=url)
            newsroom.publish("en")
            newsroom.advance(minutes=20)
    database = Database.open(url)
    told = [event for event in find_events(database, EventQuery()) if event.kind.startswith("site_")]
    database.close()
    assert [(event.kind, event.new) for event in told] == [
        ("site_drifting", "https://pozirk.online/en/news/: 5 entries, never fewer than 20 before")
    ]
    (case,) = Path("newscrawler-drift/pozirk").iterdir()
    assert {path.name for path in case.iterdir()} == {"page.html", "meta.json", "expected.json"}
    meta = json.loads((case / "meta.json").read_text(encoding="utf-8"))
    assert meta["note"] == f"lost: {told[0].new}"
    assert len(json.loads((case / "expected.json").read_text(encoding="utf-8"))["entries"]) == 5
