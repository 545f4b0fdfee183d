from __future__ import annotations

import base64
from pathlib import Path
from urllib.parse import quote

import pytest

from newscrawler.storage.database import Database
from newscrawler.web.access import Attempts
from newscrawler.web.app import create_app
from newscrawler.web.guard import LARGEST_BODY, SESSION_COOKIE
from newscrawler.web.server import serving
from tests.web.conftest import TOKEN, web
from tests.web.visiting import Answer, ask, form_token, send_form


def log_in(address: str, token: str = TOKEN, *, wanted: str = "/") -> Answer:
    page = f"{address}/login?next={quote(wanted, safe='')}"
    return send_form(page, {"token": token, "form_token": form_token(ask(page))})


def session_of(answer: Answer) -> str:
    return answer.headers["set-cookie"].partition(";")[0]


@pytest.mark.parametrize(
    "path", ["/events", "/nothing", "/api/v1/events", "/feeds/events.atom", "/static/page.js"]
)
def test_every_answer_says_what_a_browser_may_do_with_it(site: str, path: str) -> None:
    headers = ask(site + path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"]
    assert "server" not in headers


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:80", 200),
        ("localhost", 200),
        ("[::1]:8080", 200),
        ("evil.example", 421),
        ("127.0.0.1.evil.example", 421),
        ("", 421),
        ("[", 421),
        ("192.168.1.5", 421),
    ],
)
def test_on_loopback_a_name_that_leads_here_from_elsewhere_is_refused(
    site: str, host: str, status: int
) -> None:
    assert ask(f"{site}/api/v1/sites", Host=host).status == status


def test_a_proxy_has_its_name(stored: Database, tmp_path: Path) -> None:
    guarded = create_app(web(stored, tmp_path, TOKEN), host_names=["News.example.org"])
    with serving(guarded) as address:
        assert ask(f"{address}/login", Host="news.example.org").status == 200
        assert ask(f"{address}/login", Host="other.example.org").status == 421


def test_writes_of_other_sites_are_refused(site: str) -> None:
    token = form_token(ask(f"{site}/events"))
    form = {"event": "1", "form_token": token}
    for origin in ("cross-site", "same-site"):
        assert send_form(f"{site}/events/seen", form, sec_fetch_site=origin).status == 403
    assert send_form(f"{site}/events/seen", {"event": "1"}).status == 403
    assert send_form(f"{site}/events/seen", {"event": "1", "form_token": "0" * 64}).status == 403
    assert send_form(f"{site}/events/seen", form, sec_fetch_site="same-origin").status == 303


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]
)
def test_what_a_form_of_another_site_could_send_is_no_json(site: str, content_type: str) -> None:
    answer = ask(f"{site}/api/v1/events/seen", "POST", body='{"ids": [1]}', content_type=content_type)
    assert answer.status == 422


def test_large_bodies_are_refused(site: str) -> None:
    body = '{"ids": [' + "1," * LARGEST_BODY + "1]}"
    answer = ask(f"{site}/api/v1/events/seen", "POST", body=body, content_type="application/json")
    assert (answer.status, answer.headers["content-type"]) == (413, "application/problem+json")


def test_without_the_token_nothing_is_told(locked: str) -> None:
    for path in ("/api/v1/articles", "/api/v1/openapi.json", "/feeds/events.atom", "/api/v1/nothing"):
        answer = ask(locked + path)
        assert (answer.status, answer.headers["content-type"]) == (401, "application/problem+json")
        assert "www-authenticate" in answer.headers
    for path in ("/", "/events?kind=new", "/articles/1", "/runs/2/log", "/nothing"):
        answer = ask(locked + path)
        assert (answer.status, answer.headers["location"]) == (303, f"/login?next={quote(path, safe='')}")
        assert not answer.body
    assert ask(f"{locked}/events/seen", "POST").status == 401


def test_a_program_shows_the_token(locked: str) -> None:
    basic = base64.b64encode(f"anybody:{TOKEN}".encode()).decode()
    for authorization in (f"Bearer {TOKEN}", f"bearer {TOKEN}", f"Basic {basic}"):
        assert ask(f"{locked}/api/v1/articles", authorization=authorization).status == 200
        assert ask(f"{locked}/feeds/events.atom", authorization=authorization).status == 200
    for authorization in (f"Bearer {TOKEN}x", "Basic !", f"Digest {TOKEN}", "Bearer"):
        assert ask(f"{locked}/api/v1/articles", authorization=authorization).status == 401


def test_a_person_logs_in_and_out(locked: str) -> None:
    answer = log_in(locked, wanted="/events?kind=new")
    assert (answer.status, answer.headers["location"]) == (303, "/events?kind=new")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert TOKEN not in cookie
    session = session_of(answer)
    page = ask(f"{locked}/events", cookie=session)
    assert page.status == 200
    assert "Log out" in page.text
    out = send_form(f"{locked}/logout", {"form_token": form_token(page)}, cookie=session)
    assert out.headers["location"] == "/login"
    assert "max-age=0" in out.headers["set-cookie"].lower()
    assert ask(f"{locked}/events", cookie=f"{SESSION_COOKIE}=1.2.3").status == 303


def test_the_form_of_one_session_is_none_of_another(locked: str) -> None:
    mine, other = session_of(log_in(locked)), session_of(log_in(locked))
    token = form_token(ask(f"{locked}/events", cookie=mine))
    form = {"event": "1", "form_token": token}
    assert send_form(f"{locked}/events/seen", form, cookie=other).status == 403
    assert send_form(f"{locked}/events/seen", form, cookie=mine).status == 303


@pytest.mark.parametrize(
    "wanted",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:1", "\t//evil.example"],
)
def test_a_login_leads_nowhere_else(locked: str, wanted: str) -> None:
    assert log_in(locked, wanted=wanted).headers["location"] == "/"


def test_guessing_is_slowed_down(stored: Database, tmp_path: Path) -> None:
    with serving(create_app(web(stored, tmp_path, TOKEN))) as address:
        for _ in range(Attempts.LIMIT):
            answer = log_in(address, "not-the-token-at-all")
            assert (answer.status, "That is not the token" in answer.text) == (401, True)
        answer = log_in(address)
        assert (answer.status, answer.headers["retry-after"]) == (429, "300")
        assert ask(f"{address}/api/v1/sites", authorization=f"Bearer {TOKEN}").status == 429
