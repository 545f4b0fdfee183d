"""`newscrawler sites` and `newscrawler sites add`, on invented sites of three makes."""

from __future__ import annotations

import json
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from newscrawler.cli import main
from newscrawler.newsroom import Fault, Newsroom, serve_as
from newscrawler.newsroom.other_sites import Make
from newscrawler.sites import get_site

FILE = Path("newscrawler.toml")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["sites", *arguments])


def newsroom() -> Newsroom:
    room = Newsroom(seed=5, now=datetime(2025, 11, 20, 9, 0, tzinfo=UTC), languages=("en",))
    room.stock(40, days=3, longreads_share=0)
    return room


@pytest.mark.parametrize(
    ("make", "ways", "timezone", "found_by"),
    [
        ("wordpress", {"rest": "/wp-json/wp/v2/posts", "feeds": "/feed/"}, "Europe/Minsk", "rest"),
        ("sitemap", {"sitemaps": ["/news-sitemap.xml", "/sitemap.xml"]}, "Etc/GMT-3", "news sitemap"),
        ("feed", {"feeds": "/rss/all"}, "Etc/GMT-3", "feed"),
    ],
)
def test_add(make: Make, ways: dict[str, object], timezone: str, found_by: str) -> None:
    FILE.write_text("# mine\ndelay_seconds = 2 # slow\n\n[sites.pozirk] # watched too\n")
    with serve_as(newsroom(), make) as site:
        done = run("add", site.base_url, "--name", "example", "--yes", "--json")
        assert done.exit_code == 0, done.stderr
        asked = [request.path for request in site.requests]
    found = json.loads(done.stdout)
    assert (found["found_by"], found["languages"], found["requests"]) == (found_by, ["en"], len(asked))
    assert asked[0] == "/robots.txt"
    assert len(asked) == len(set(asked)) <= 12
    truth = {s.headline: s.premium for s in newsroom().stories("en")[:3]}
    assert {a["headline"]: a["premium"] for a in found["articles"]} == truth
    assert all(a["characters"] > 100 and a["published"] for a in found["articles"])
    table = {"url": site.base_url, "languages": ["en"], "timezone": timezone, **ways}
    written = FILE.read_text()
    assert tomllib.loads(written)["sites"] == {"pozirk": {}, "example": table}
    assert written.startswith("# mine\ndelay_seconds = 2 # slow\n\n[sites.pozirk] # watched too\n")
    assert get_site("example").base_url == site.base_url
    again = run("add", site.base_url, "--name", "example", "--yes")
    assert (again.exit_code, again.stderr) == (
        2,
        "error: a site named example is known already; choose another with --name\n",
    )


def test_a_dry_run_shows_and_writes_nothing() -> None:
    with serve_as(newsroom(), "feed") as site:
        done = run("add", site.base_url, "--dry-run")
    assert done.exit_code == 0, done.stderr
    assert "premium (isAccessibleForFree false)" in done.stdout
    assert '[sites.example]\nurl = "http://127.0.0.1' in done.stdout
    assert not FILE.exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["add", "news.example", "--yes"], "expected an address such as https://news.example/"),
        (["add", "https://news.example/"], "give --yes or --dry-run"),
        (["add", "https://news.example/", "--yes", "--name", "A"], "expected lower-case letters"),
        (["add", "https://pozirk.online/", "--yes"], "a site named pozirk is known already"),
    ],
)
def test_used_wrongly(arguments: list[str], words: str) -> None:
    done = run(*arguments)
    assert done.exit_code == 2
    assert words in done.stderr


def test_robots_txt_is_obeyed() -> None:
    with serve_as(newsroom(), "feed") as site:
        site.add_page("/robots.txt", b"User-agent: *\nDisallow: /\n", {"Content-Type": "text/plain"})
        done = run("add", site.base_url, "--yes")
        assert [request.path for request in site.requests] == ["/robots.txt"]
    assert done.exit_code == 1
    assert "forbids" in done.stderr


def test_a_site_that_offers_nothing() -> None:
    with serve_as(newsroom(), "wordpress") as site:
        site.faults.add(Fault("status", path="/feed/", status=404))
        site.add_page("/", b"<html lang=en><body><p>Nothing here.</p></body></html>")
        done = run("add", site.base_url, "--yes")
    assert done.exit_code == 2
    assert "no feed, no sitemap, no REST and no list of stories was found there" in done.stderr
    assert not FILE.exists()


def test_list() -> None:
    FILE.write_text('[sites.example]\nurl = "https://news.example/"\nlanguages = ["en"]\n')
    done = run("--json")
    assert done.exit_code == 0, done.stderr
    sites = {site["name"]: site for site in map(json.loads, done.stdout.splitlines())}
    assert {name: site["from"] for name, site in sites.items()} == {
        "pozirk": "bundled",
        "globalvoices": "bundled",
        "apnews": "bundled",
        "meduza": "bundled",
        "example": "declared",
    }
    assert sites["meduza"]["ways"][0] == {
        "kind": "feed",
        "url": "https://meduza.io/rss/all",
        "languages": ["ru"],
    }
    assert all("not proven" in sites[name]["note"] for name in ("globalvoices", "apnews", "meduza"))
    assert "https://news.example" in run().stdout
