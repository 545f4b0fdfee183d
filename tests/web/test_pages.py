from __future__ import annotations

from pathlib import Path

import pytest

from newscrawler.storage.database import Database
from newscrawler.storage.reading import find_run
from newscrawler.web.run_log import Log, read_log
from tests.web.content import SCRIPT
from tests.web.visiting import ask, form_token, send_form

VIEWS = ("/events?baseline=false", "/premium", "/articles", "/sites", "/runs")


def test_the_first_page_is_what_is_new(site: str) -> None:
    assert ask(f"{site}/").headers["location"] == "/events?baseline=false"
    page = ask(f"{site}/events?baseline=false").text
    assert "Butter exports double" in page
    assert "A report for subscribers" not in page
    assert "A report for subscribers" in ask(f"{site}/events").text


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/events?baseline=false", "newscrawler crawl pozirk"),
        ("/events?kind=removed", "Nothing has been crawled yet"),
        ("/premium", "Nothing new yet"),
        ("/articles", "newscrawler ingest --site pozirk"),
        ("/sites", "newscrawler watch"),
        ("/runs", "newscrawler crawl pozirk"),
    ],
)
def test_an_empty_view_says_what_to_run(empty: str, path: str, said: str) -> None:
    answer = ask(empty + path)
    assert answer.status == 200
    assert said in answer.text


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/events?kind=removed", "Nothing fits these filters"),
        ("/articles?text=nowhere", "No story fits"),
        ("/runs?status=failed", "No run fits"),
    ],
)
def test_filters_that_nothing_fits_can_be_left(site: str, path: str, said: str) -> None:
    assert said in ask(site + path).text


@pytest.mark.parametrize(
    "path", ["/events?text=%28", "/articles?text=%28", "/events?premium=maybe", "/articles?cursor=x"]
)
def test_what_cannot_be_read_is_told_beside_the_filters(site: str, path: str) -> None:
    answer = ask(site + path)
    assert answer.status == 422
    assert 'role="alert"' in answer.text
    assert 'name="language"' in answer.text


def test_errors_are_pages(site: str) -> None:
    for path, status in (
        ("/nothing", 404),
        ("/articles/4711", 404),
        ("/runs/4711", 404),
        ("/articles/99999999999999999999", 404),
        ("/runs/99999999999999999999", 404),
        ("/articles/1?from=1&to=9", 422),
        ("/runs?limit=x", 422),
    ):
        answer = ask(site + path)
        assert (answer.status, answer.headers["content-type"]) == (status, "text/html; charset=utf-8")
        assert "<h1>" in answer.text


@pytest.mark.parametrize("path", [*VIEWS, "/events", "/runs/3"])
def test_markup_of_crawled_pages_is_shown_as_text(site: str, path: str) -> None:
    page = ask(site + path).text
    assert "<script>document" not in page
    assert "onerror=" not in page.replace("onerror=&#34;", "")
    assert "<b>Society</b>" not in page
    assert 'href="javascript:' not in page
    assert "\u202e" not in page
    assert " style=" not in page
    assert "<style" not in page


def test_links_out_do_not_tell_where_they_were_followed(site: str) -> None:
    page = ask(f"{site}/events").text
    assert (
        page.count('href="https://pozirk.online/')
        == page.count('rel="noreferrer noopener nofollow external"')
        > 5
    )


def test_times_are_those_of_the_chosen_zone(site: str) -> None:
    assert ">15:00</time>" in ask(f"{site}/events?kind=new_premium").text
    cookie = "newscrawler_zone=Europe%2FMinsk"
    page = ask(f"{site}/events?kind=new_premium", cookie=cookie).text
    assert ">18:00</time>" in page
    assert "Friday 24 October 2025, 18:00:00 +03" in page
    assert "Times in Europe/Minsk" in page
    # The day of the reader: in Auckland it is the 25th already when the 24th's last crawl begins.
    assert "Today" in ask(f"{site}/events?since=today", cookie="newscrawler_zone=Pacific/Auckland").text
    for odd in ("../../etc/passwd", "Nowhere/City", '"', "%00", "x" * 3000):
        assert "Times in UTC" in ask(f"{site}/events", cookie=f"newscrawler_zone={odd}").text


def test_a_zone_is_chosen_without_a_script(site: str) -> None:
    page = ask(f"{site}/zone?back=/runs")
    answer = send_form(f"{site}/zone?back=/runs", {"zone": "Asia/Tbilisi", "form_token": form_token(page)})
    assert (answer.status, answer.headers["location"]) == (303, "/runs")
    cookie = answer.headers["set-cookie"].partition(";")[0]
    assert "Times in Asia/Tbilisi" in ask(f"{site}/runs", cookie=cookie).text
    assert send_form(f"{site}/zone", {"zone": "x", "form_token": form_token(page)}).status == 422


def test_a_run_with_its_account_and_log(site: str) -> None:
    page = ask(f"{site}/runs/2").text
    assert "failed: http 503" in page
    assert "line one\n" in page
    assert "␛[31mred␛[0m &lt;script&gt;" in page
    text = ask(f"{site}/runs/2/log")
    assert (text.headers["content-type"], text.text.splitlines()[0]) == (
        "text/plain; charset=utf-8",
        "line one",
    )
    assert "has no log of its own" in ask(f"{site}/runs/1").text
    assert ask(f"{site}/runs/1/log").status == 404


def test_only_files_in_the_folder_of_logs_are_shown(stored: Database, tmp_path: Path) -> None:
    from dataclasses import replace

    run = find_run(stored, 2)
    folder = tmp_path / "logs"
    folder.mkdir()
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    (folder / "link.log").symlink_to(tmp_path / "secret")
    (folder / "own.log").write_bytes(b"x" * 300_000 + b"\nlast \xff\n")
    for name in (
        tmp_path / "secret",
        folder / ".." / "secret",
        folder / "link.log",
        folder,
        Path("/etc/passwd"),
    ):
        assert "not in the folder" in str(read_log(folder, replace(run, log=str(name))))
    assert "is gone" in str(read_log(folder, replace(run, log=str(folder / "none.log"))))
    assert read_log(folder, replace(run, log=str(folder / "own.log"))) == Log(["last \ufffd"], shortened=True)


def test_the_difference_of_two_versions(site: str) -> None:
    found = ask(f"{site}/api/v1/articles?text=%22about%20the%20bridge%22").json()["items"]
    page = ask(f"{site}/articles/{found[0]['id']}?from=1&to=2").text
    assert "From version 1 to 2" in page
    assert "[deleted: </span>Friday<" in page
    assert "[inserted: </span>Saturday<" in page
    assert "1 paragraph unchanged" in page


def test_search_marks_what_was_found(site: str) -> None:
    page = ask(f"{site}/articles?text=latuska").text
    assert "<mark>Łatuška</mark> meets diplomats" in page
    hostile = ask(f"{site}/articles?text=script").text
    assert "&lt;<mark>script</mark>&gt;" in hostile
    assert SCRIPT not in hostile


def test_how_long_things_stay_premium(site: str) -> None:
    page = ask(f"{site}/premium").text
    assert "Half of them became free within 6 hours." in page
    assert "1 story became free in the last 90 days; 2 stories of that time are premium still" in page


def test_charts_have_words(site: str) -> None:
    page = ask(f"{site}/sites").text
    assert page.count('role="img"') == page.count("<svg") == 2
    assert "coloured part is premium" in page
    assert "7 entries, 2 premium" in page


@pytest.mark.parametrize("path", VIEWS)
def test_pages_answer_to_head(site: str, path: str) -> None:
    answer = ask(site + path, "HEAD")
    assert (answer.status, answer.body) == (200, b"")
