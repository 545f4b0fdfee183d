"""`newscrawler parse` and `newscrawler capture`."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner

from newscrawler.cli import main
from newscrawler.saved_pages import load

FIXTURES = Path(__file__).parents[2] / "fixtures" / "pozirk"
CASE = FIXTURES / "article-en-classic"


def test_json() -> None:
    result = CliRunner().invoke(main, ["parse", str(CASE), "--json"])
    assert result.exit_code == 0, result.output
    page = json.loads(result.stdout)
    assert page["kind"] == "article"
    assert page["article"]["published_at"] == "2025-10-24T08:40:00Z"
    assert page["article"]["sources"]["published_at"] == "json-ld"
    assert page["article"]["premium_evidence"]["signal"] == "no mark"
    assert all(entry["premium_evidence"] for entry in page["entries"])


def test_table() -> None:
    result = CliRunner().invoke(main, ["parse", str(CASE / "page.html")])
    assert result.exit_code == 0, result.output
    assert "Hrodna region farms promised cheaper loans after October frost" in result.stdout
    assert "json-ld" in result.stdout
    assert "The material is available only to POZIRK+" in result.stdout


def test_a_folder_of_cases() -> None:
    result = CliRunner().invoke(main, ["parse", str(FIXTURES), "--json"])
    assert result.exit_code == 0, result.output
    assert len(result.stdout.splitlines()) == len(load(FIXTURES))


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["nowhere.html"], 2, "no such file or folder: nowhere.html"),
        ([str(CASE), "--site", "nobody"], 2, "no site named 'nobody'; known: pozirk"),
        ([str(CASE), "--fetched-at", "soon"], 2, "--fetched-at is 'soon'"),
        (["empty.html"], 1, "it is empty"),
        (["http://127.0.0.1:1/x"], 1, "cannot fetch http://127.0.0.1:1/"),
    ],
)
def test_errors_are_one_line(arguments: list[str], code: int, words: str) -> None:
    Path("empty.html").write_bytes(b"")
    result = CliRunner().invoke(main, ["parse", *arguments])
    assert result.exit_code == code
    assert words in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_capture_and_read_again() -> None:
    arguments = ["capture", str(CASE / "page.html"), "--case", "article-copy", "--fixtures", "cases"]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    folder = Path("cases/pozirk/article-copy")
    assert (folder / "page.html").read_bytes() == (CASE / "page.html").read_bytes()
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    assert expected["headline"] == "Hrodna region farms promised cheaper loans after October frost"
    page = load(folder)[0]
    assert page.url == "https://pozirk.online/en/news/161428/"
    again = CliRunner().invoke(main, arguments)
    assert again.exit_code == 2
    assert "--force replaces it" in again.stderr
    assert CliRunner().invoke(main, [*arguments, "--force"]).exit_code == 0


def test_bad_meta() -> None:
    Path("page.html").write_bytes(b"<p>x")
    Path("meta.json").write_text('{"fetched_at": "soon"}')
    result = CliRunner().invoke(main, ["parse", "page.html"])
    assert result.exit_code == 2
    assert "meta.json: fetched_at is 'soon'" in result.stderr


@pytest.fixture
def server() -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            robots = self.path == "/robots.txt"
            body = b"User-agent: *\nDisallow: /be/\n" if robots else (CASE / "page.html").read_bytes()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    httpd = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=httpd.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{httpd.server_port}"
    httpd.shutdown()
    thread.join()
    httpd.server_close()


def test_a_page_is_fetched(server: str) -> None:
    result = CliRunner().invoke(main, ["parse", f"{server}/en/news/161428/", "--json", "--site", "pozirk"])
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["article"]["external_id"] == "161428"


def test_robots_txt_is_obeyed(server: str) -> None:
    result = CliRunner().invoke(main, ["parse", f"{server}/be/news/1/"])
    assert result.exit_code == 1
    assert "robots.txt" in result.stderr
