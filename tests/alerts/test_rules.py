from __future__ import annotations

from typing import Any

import pytest

from newscrawler.alerts.rules import Routes, wants
from newscrawler.changes import ArticleState
from newscrawler.storage.alert_records import Happened
from tests.alerts.telling import settings
from tests.observing import NOON


def happened(kind: str = "new_premium", site: str = "pozirk", **known: Any) -> Happened:
    values: dict[str, Any] = {"headline": "Butter exports double", "sections": ["Economy"], "premium": True}
    state = ArticleState(site=site, language="en", first_seen_at=NOON, last_seen_at=NOON)
    for name, value in (values | known).items():
        setattr(state, name, value)
    return Happened(kind, site, state.premium, state)


READ: dict[str, Any] = {"fetched_at": NOON}
LINKED: dict[str, Any] = {"url": "https://pozirk.online/en/news/1/"}


@pytest.mark.parametrize(
    ("rule", "event", "wanted"),
    [
        ({}, happened(), True),
        ({}, happened("new"), False),
        ({"kinds": ["removed"]}, happened("removed"), True),
        ({"sites": ["pozirk"]}, happened(), True),
        ({"sites": ["other"]}, happened(), False),
        ({"languages": ["ru", "en"]}, happened(), True),
        ({"languages": ["ru"]}, happened(), False),
        ({"premium": True}, happened(), True),
        ({"premium": False}, happened(), False),
        ({"premium": False}, happened(premium=None), False),
        ({"sections": ["economy", "Sport"]}, happened(), True),
        ({"sections": ["Sport"]}, happened(), False),
        ({"sections": ["Sport"]}, happened(sections=[], **LINKED), None),
        ({"sections": ["Sport"]}, happened(sections=[]), False),
        ({"words": ["butter"]}, happened(), True),
        ({"words": ["export"]}, happened(), False),
        ({"words": ["milk", "exports double"]}, happened(), True),
        ({"words": ["масло"]}, happened(headline="Масло дорожает"), True),
        ({"patterns": ["lukash|export"]}, happened(), True),
        ({"words": ["minsk"]}, happened(body=["It is cold.", "Minsk, too."], **READ), True),
        ({"words": ["minsk"]}, happened(description="From Minsk"), True),
        ({"words": ["minsk"]}, happened(**LINKED), None),
        ({"words": ["minsk"]}, happened(**LINKED, **READ), False),
        ({"words": ["minsk"]}, happened(), False),
        ({"words": ["minsk"], "sections": ["Sport"]}, happened(**LINKED), False),
        ({"words": ["a.c"]}, happened(headline="abc"), False),
        ({"words": ["C++"]}, happened(headline="Written in C++"), True),
    ],
)
def test_what_a_rule_wants(rule: dict[str, Any], event: Happened, wanted: bool | None) -> None:
    assert wants(settings(rule).rules[0], event) is wanted


def test_an_event_about_a_site_is_asked_for_its_kind_and_site_only() -> None:
    blocked = Happened("site_blocked", "pozirk", None, None)
    asking = {"kinds": ["site_blocked"], "languages": ["en"], "words": ["x"], "sections": ["y"]}
    assert wants(settings(asking).rules[0], blocked) is True
    assert wants(settings({"kinds": ["site_blocked"], "sites": ["other"]}).rules[0], blocked) is False
    assert wants(settings({}).rules[0], blocked) is False


def test_every_rule_that_may_want_an_event_sends_it_to_all_its_channels() -> None:
    routes = Routes(
        settings(
            {"name": "a", "channels": ["desk", "phone"]},
            {"name": "b", "kinds": ["new"]},
            {"name": "c", "words": ["minsk"]},
            channels=("desk", "phone"),
        )
    )
    ways = [(route.rule, route.channel) for route in routes(happened(**LINKED))]
    assert ways == [("a", "desk"), ("a", "phone"), ("c", "desk")]
