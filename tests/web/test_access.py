from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from newscrawler.exceptions import UsageError
from newscrawler.web.access import SESSION_HOLDS, Access, Attempts, find_token, is_loopback
from newscrawler.web_settings import WebSettings
from tests.web.conftest import TOKEN
from tests.web.content import NOW


def test_a_session_holds_for_its_time_and_tells_nothing_of_the_token() -> None:
    access = Access(TOKEN)
    session = access.new_session(NOW)
    assert TOKEN not in session
    assert access.is_session(session, NOW)
    assert Access(TOKEN).is_session(session, NOW + timedelta(days=13))
    assert not access.is_session(session, NOW + SESSION_HOLDS)
    assert not Access(TOKEN + "2").is_session(session, NOW)


def test_a_session_cannot_be_made_longer() -> None:
    until, nonce, signature = Access(TOKEN).new_session(NOW).split(".")
    assert not Access(TOKEN).is_session(f"{int(until) + 9}.{nonce}.{signature}", NOW)
    for cookie in ("", ".", "x", f"{until}.{nonce}", f"{until}.{nonce}.é", f"..{signature}"):
        assert not Access(TOKEN).is_session(cookie, NOW)


def test_the_token_of_a_form_belongs_to_one_session() -> None:
    access = Access(TOKEN)
    assert access.is_form_token(access.form_token("one"), "one")
    assert not access.is_form_token(access.form_token("one"), "two")
    assert not Access(None).is_form_token(Access(None).form_token(""), "")


def test_after_some_failed_attempts_a_client_waits_and_others_do_not() -> None:
    attempts = Attempts()
    for _ in range(Attempts.LIMIT):
        assert attempts.wait_seconds("10.0.0.1", NOW) == 0
        attempts.failed("10.0.0.1", NOW)
    assert attempts.wait_seconds("10.0.0.1", NOW) == 300
    assert attempts.wait_seconds("10.0.0.2", NOW) == 0
    assert attempts.wait_seconds("10.0.0.1", NOW + Attempts.WITHIN) == 0


def test_many_clients_together_wait_too() -> None:
    attempts = Attempts()
    for n in range(Attempts.LIMIT_OF_ALL):
        attempts.failed(f"10.0.1.{n}", NOW)
    assert attempts.wait_seconds("10.0.2.1", NOW) == 300


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost", "LOCALHOST"])
def test_loopback_addresses(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.2", "::", "example.org", "localhost.example.org"])
def test_other_addresses_demand_a_token(host: str) -> None:
    assert not is_loopback(host)
    with pytest.raises(UsageError, match=r"web\.host.*demands a token"):
        find_token(WebSettings(host=host))


def test_a_name_of_a_proxy_demands_a_token() -> None:
    with pytest.raises(UsageError, match="demands a token"):
        find_token(WebSettings(host_names=["news.example.org"]))


def test_on_loopback_there_need_not_be_one() -> None:
    assert find_token(WebSettings()) is None


def test_the_token_is_in_the_settings_or_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text(f"{TOKEN}\n", encoding="utf-8")
    assert find_token(WebSettings.model_validate({"token": TOKEN})) == TOKEN
    assert find_token(WebSettings(token_file=file)) == TOKEN
    with pytest.raises(UsageError, match="both set"):
        find_token(WebSettings.model_validate({"token": TOKEN, "token_file": file}))
    with pytest.raises(UsageError, match="cannot be read: No such file"):
        find_token(WebSettings(token_file=tmp_path / "none"))


@pytest.mark.parametrize("token", ["", "short", "with spaces in it, long enough", "zażółć gęślą jaźń 12345"])
def test_a_token_that_is_none_is_told_without_telling_it(token: str) -> None:
    with pytest.raises(UsageError, match=r"expected 16 or more") as caught:
        find_token(WebSettings.model_validate({"token": token}))
    assert token == "" or token not in str(caught.value)
