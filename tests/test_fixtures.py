"""Every saved page is read as its expected.json says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

import newscrawler
from newscrawler.normalize.text import clean
from newscrawler.readings import to_expected
from newscrawler.saved_pages import EXPECTED_FILE, case_pages, load
from newscrawler.sites import SITES

FIXTURES = Path(__file__).parents[1] / "fixtures"
CASES = case_pages(FIXTURES)
FURTHER = ("authors", "keywords", "image", "description")
"""Fields that `expected.json` may hold besides those that `capture` writes."""
REMARKS = {"premium_reason", "body_optional", "entries_optional"}


def read(path: Path) -> dict[str, Any]:
    page = load(path)[0]
    site = path.parts[-3] if path.parts[-3] in SITES else None
    reading = newscrawler.parse(
        page.raw, url=page.url, headers=page.headers, fetched_at=page.fetched_at, site=site
    )
    more = {name: getattr(reading.article, name) for name in FURTHER} if reading.article else {}
    return to_expected(reading) | more


def expectation(path: Path) -> dict[str, Any]:
    expected = path.with_name(EXPECTED_FILE)
    assert expected.exists(), f"{expected} is missing: newscrawler capture writes it, a person reviews it"
    value: dict[str, Any] = json.loads(expected.read_text(encoding="utf-8"))
    return value


def minute(value: Any) -> Any:
    """Moments to the minute, addresses without the order of their parameters."""
    if isinstance(value, str) and len(value) == 20 and value.endswith("Z"):
        return value[:16]
    if isinstance(value, str) and value.startswith("http"):
        parts = urlsplit(value)
        return parts.netloc, parts.path, sorted(parse_qsl(parts.query))
    return value


def without(paragraphs: list[str], optional: list[str], demanded: list[str]) -> list[str]:
    """Paragraphs except those a reading may have or leave out."""
    allowed = {clean(text) for text in optional} - set(demanded)
    words = set(" ".join(allowed).split())
    return [p for p in paragraphs if p in demanded or not (p in allowed or set(p.split()) <= words)]


@pytest.mark.parametrize("path", CASES, ids=[f"{p.parts[-3]}/{p.parts[-2]}" for p in CASES])
def test_a_saved_page_is_read_as_expected(path: Path) -> None:
    expected, reading = expectation(path), read(path)
    for name in expected.keys() - REMARKS - {"entries", "body"}:
        assert minute(reading[name]) == minute(expected[name]), name
    if "body" in expected:
        assert without(reading["body"], expected["body_optional"], expected["body"]) == expected["body"]
    optional = set(expected["entries_optional"]) | set(expected.get("related_titles", []))
    wanted = expected["entries"]
    titles = {entry["headline"] for entry in wanted}
    got = [e for e in reading["entries"] if e["headline"] in titles or e["headline"] not in optional]
    assert [entry["headline"] for entry in got] == [entry["headline"] for entry in wanted]
    for entry, want in zip(got, wanted, strict=True):
        for name in want.keys() - REMARKS - {"body"}:
            assert minute(entry[name]) == minute(want[name]), (want["headline"], name)
        if "body" in want:
            assert without(entry["body"], want.get("body_optional", []), want["body"]) == want["body"]


def test_there_are_cases() -> None:
    assert len(CASES) >= 5
