"""A site's pages captured anew, from the newsroom."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from newscrawler.cli import main
from newscrawler.newsroom import Fault, Newsroom, ServedSite, serve
from newscrawler.saved_pages import load

NOW = datetime(2025, 11, 20, 9, 0, tzinfo=UTC)


@pytest.fixture
def site() -> Iterator[ServedSite]:
    newsroom = Newsroom(seed=7, now=NOW, page_size=8)
    newsroom.stock(45, days=3)
    with serve(newsroom) as served:
        yield served


def refresh(site: ServedSite, fixtures: Path) -> Result:
    arguments = ["refresh", "pozirk", "--base-url", site.base_url, "--fixtures", str(fixtures)]
    return CliRunner().invoke(main, arguments)


def test_listings_and_their_stories_become_cases(site: ServedSite, tmp_path: Path) -> None:
    result = refresh(site, tmp_path)
    assert result.exit_code == 0, result.output
    pages = load(tmp_path)
    kinds = [page.meta["kind"] for page in pages]
    assert kinds.count("listing") == 6
    premium = set()
    for page in pages:
        assert page.url.startswith("https://pozirk.online/")
        assert page.meta["captured"] is True
        expected = json.loads(page.path.with_name("expected.json").read_text("utf-8"))
        assert expected["entries"]
        premium.add((page.meta["language"], expected.get("premium")))
    # A free story of each language, and a premium one where one has an address.
    assert {(language, False) for language in ("en", "ru", "be")} < premium
    assert any(value for _, value in premium)
    paths = [request.path for request in site.requests]
    assert paths.count("/robots.txt") == 1
    assert len(paths) == len(set(paths)) == len(pages) + 1


def test_no_reviewed_case_is_replaced(site: ServedSite, tmp_path: Path) -> None:
    assert refresh(site, tmp_path).exit_code == 0
    before = {path: path.read_bytes() for path in tmp_path.rglob("expected.json")}
    for path in before:
        path.write_text("{}")
    again = refresh(site, tmp_path)
    assert again.exit_code == 1
    assert "exists" in again.stderr
    assert {path.read_text() for path in tmp_path.rglob("expected.json")} == {"{}"}


def test_what_was_captured_is_asked_for_again_and_a_reconstruction_is_not(
    site: ServedSite, tmp_path: Path
) -> None:
    assert refresh(site, tmp_path).exit_code == 0
    story = next(page for page in load(tmp_path) if page.meta["kind"] == "article")
    kept, invented = tmp_path / "pozirk" / "kept", tmp_path / "pozirk" / "invented"
    story.path.parent.rename(kept)
    invented.mkdir()
    (invented / "page.html").write_bytes(b"<p>x")
    (invented / "meta.json").write_text('{"url": "https://pozirk.online/en/news/999999/"}')
    for page in load(tmp_path):
        if page.path.parent not in (kept, invented):
            for path in page.path.parent.iterdir():
                path.unlink()
            page.path.parent.rmdir()
    site.requests.clear()
    assert refresh(site, tmp_path).exit_code == 0
    paths = [request.path for request in site.requests]
    assert story.url.removeprefix("https://pozirk.online") in paths
    assert "/en/news/999999/" not in paths


def test_a_site_that_refuses_is_left_alone(tmp_path: Path) -> None:
    newsroom = Newsroom(seed=7, now=NOW, page_size=8)
    newsroom.stock(10, days=1)
    with serve(newsroom, faults=[Fault("status", path="/ru/*", status=429)]) as site:
        result = refresh(site, tmp_path)
        assert result.exit_code == 1
        assert "429" in result.stderr
        assert sum("/ru/" in request.path for request in site.requests) == 1


def test_robots_txt_and_its_delay_are_obeyed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    monkeypatch.setattr("newscrawler.single_fetch.time.sleep", waits.append)
    newsroom = Newsroom(seed=7, now=NOW, page_size=8)
    newsroom.stock(10, days=1)
    with serve(newsroom, crawl_delay_seconds=7) as site:
        assert refresh(site, tmp_path).exit_code == 0
        asked = len(site.requests)
    assert len(waits) == asked - 1
    assert all(6 < wait <= 7 for wait in waits)


def test_an_address_that_is_none() -> None:
    result = CliRunner().invoke(main, ["refresh", "pozirk", "--base-url", "nowhere"])
    assert result.exit_code == 2
    assert "--base-url is 'nowhere'" in result.stderr
