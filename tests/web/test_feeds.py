from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema_rs import Draft202012Validator
from lxml import etree

from tests.web.visiting import ask

SCHEMAS = Path(__file__).parent / "schemas"
ATOM = {"a": "http://www.w3.org/2005/Atom"}
FEEDS = (
    "/feeds/events",
    "/feeds/articles",
    "/feeds/events?kind=new_premium",
    "/feeds/events?limit=2",
    "/feeds/events?text=nothingatall",
)


def address(feed: str, form: str) -> str:
    path, _, query = feed.partition("?")
    return f"{path}.{form}" + (f"?{query}" if query else "")


def read_atom(body: bytes) -> Any:  # its stubs say that any XPath may give anything
    return etree.fromstring(body, etree.XMLParser(resolve_entities=False))


@pytest.mark.parametrize("feed", FEEDS)
def test_atom_is_valid(site: str, feed: str) -> None:
    answer = ask(site + address(feed, "atom"))
    assert answer.headers["content-type"] == "application/atom+xml"
    schema = etree.RelaxNG(etree.parse(str(SCHEMAS / "atom.rng")))
    schema.assertValid(read_atom(answer.body).getroottree())


@pytest.mark.parametrize("feed", FEEDS)
def test_json_feed_is_valid(site: str, feed: str) -> None:
    answer = ask(site + address(feed, "json"))
    assert answer.headers["content-type"] == "application/feed+json"
    schema = json.loads((SCHEMAS / "json_feed.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(answer.json())


def test_the_schemas_refuse_what_is_wrong() -> None:
    schema = etree.RelaxNG(etree.parse(str(SCHEMAS / "atom.rng")))
    assert not schema.validate(
        read_atom(b'<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title></feed>')
    )
    validator = Draft202012Validator(json.loads((SCHEMAS / "json_feed.json").read_text(encoding="utf-8")))
    assert not validator.is_valid({"version": "https://jsonfeed.org/version/1.1", "title": "x"})


def test_new_premium_entries_as_atom(site: str) -> None:
    feed = read_atom(ask(f"{site}/feeds/events.atom?kind=new_premium&baseline=false").body)
    assert feed.xpath("a:entry/a:title/text()", namespaces=ATOM) == [
        "New, premium: An entry without an address",
        "New, premium: Butter exports double",
    ]
    without, linked = feed.xpath("a:entry", namespaces=ATOM)
    assert linked.xpath("a:link[@rel='alternate']/@href", namespaces=ATOM) == [
        "https://pozirk.online/en/news/110/"
    ]
    assert without.xpath("a:link[@rel='alternate']/@href", namespaces=ATOM)[0].startswith(f"{site}/articles/")
    assert "The material is available only to POZIRK+" in linked.xpath("string(a:summary)", namespaces=ATOM)
    assert linked.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"


def test_hostile_text_stays_text(site: str) -> None:
    feed = read_atom(ask(f"{site}/feeds/articles.atom").body)
    titles = feed.xpath("a:entry/a:title", namespaces=ATOM)
    (script,) = [title for title in titles if "owned" in title.text]
    assert (script.get("type"), script.text[:8], len(script)) == ("text", "<script>", 0)
    assert not any("\u202e" in title.text for title in titles)
    for href in feed.xpath("//@href"):
        assert href.startswith(("http://127.0.0.1", "https://pozirk.online/"))
    items = ask(f"{site}/feeds/articles.json").json()["items"]
    assert all("content_html" not in item for item in items)
    assert all(item["url"].startswith("http") for item in items)


def test_ids_stay_the_same_and_differ(site: str, locked: str) -> None:
    here = ask(f"{site}/feeds/events.json").json()["items"]
    there = ask(f"{locked}/feeds/events.json", authorization="Bearer correct-horse-battery-staple").json()[
        "items"
    ]
    assert [item["id"] for item in here] == [item["id"] for item in there]
    assert len({item["id"] for item in here}) == len(here) > 10
    assert all(item["id"].startswith("tag:newscrawler.localhost,2026:event/") for item in here)
    atom = read_atom(ask(f"{site}/feeds/events.atom").body)
    assert atom.xpath("a:entry/a:id/text()", namespaces=ATOM) == [item["id"] for item in here]


def test_a_feed_leads_to_what_follows(site: str) -> None:
    first = ask(f"{site}/feeds/events.json?limit=2").json()
    second = ask(first["next_url"]).json()
    assert not {item["id"] for item in first["items"]} & {item["id"] for item in second["items"]}
    atom = read_atom(ask(f"{site}/feeds/events.atom?limit=2").body)
    (following,) = atom.xpath("a:link[@rel='next']/@href", namespaces=ATOM)
    assert following == first["next_url"].replace(".json", ".atom")


def test_pages_name_their_feeds(site: str) -> None:
    page = ask(f"{site}/events?kind=new_premium").text
    for form, media in (("atom", "application/atom+xml"), ("json", "application/feed+json")):
        link = f'<link rel="alternate" type="{media}"'
        assert link in page
        assert f'href="/feeds/events.{form}?kind=new_premium"' in page


def test_what_is_no_feed_is_a_problem(site: str) -> None:
    assert (
        ask(f"{site}/feeds/events.rss").json()["detail"] == "There is no feed .rss: expected .atom or .json."
    )
    assert ask(f"{site}/feeds/events.atom?premium=maybe").status == 422
    assert ask(f"{site}/feeds/events.atom", "HEAD").status == 200
