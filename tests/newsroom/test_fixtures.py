from __future__ import annotations

import json
from pathlib import Path

import pytest

from newscrawler.exceptions import UsageError
from newscrawler.newsroom import ServedSite, fixtures_dir
from tests.newsroom.browser import Browser


def test_bundled_pages_are_served_byte_for_byte(site: ServedSite, browser: Browser) -> None:
    paths = site.add_fixtures()
    assert paths["seed"] == "/fixtures/seed"
    assert paths["article-en-classic"] == "/en/news/161428/"
    assert len(set(paths.values())) == len(paths)
    for name, path in paths.items():
        folder = next(fixtures_dir().glob(f"*/{name}"))
        saved = next(folder.glob("page.*")).read_bytes()
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
        answer = browser.get(path, Accept_Encoding="gzip")
        assert answer.body == saved
        assert answer.headers["Content-Type"] == meta["headers"]["content-type"]
        assert len(answer.headers.get_all("Server") or []) == 1


def test_a_saved_page_can_stand_anywhere(site: ServedSite, browser: Browser) -> None:
    seed = fixtures_dir() / "pozirk" / "seed"
    assert site.add_fixture(seed, "/en/news/") == "/en/news/"
    assert browser.get("/en/news/").body == (seed / "page.txt").read_bytes()
    site.add_page("/odd", b"\xff\xfe", {"Content-Type": "text/plain"}, status=203)
    odd = browser.get("/odd")
    assert (odd.status, odd.body) == (203, b"\xff\xfe")


def test_a_folder_that_is_no_saved_page_is_refused(site: ServedSite, tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        site.add_fixture(tmp_path)
    with pytest.raises(UsageError, match="saved pages, expected one"):
        site.add_fixture(fixtures_dir())
