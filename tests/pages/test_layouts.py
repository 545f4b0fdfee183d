"""A page reads the same whatever its markup, as long as a reader sees the same."""

from __future__ import annotations

import json
import random
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import newscrawler
from newscrawler.pages.decode import decode
from newscrawler.readings import to_expected
from newscrawler.saved_pages import EXPECTED_FILE, SavedPage, load
from tests.pages.transforms import TRANSFORMS

FIXTURES = Path(__file__).parents[2] / "fixtures"
PAGES = {p.path.parent.name: p for p in load(FIXTURES / "pozirk") if p.path.suffix == ".html"}


def reading(page: SavedPage, html: str) -> dict[str, Any]:
    headers = {k: v for k, v in page.headers.items() if k != "content-type"}
    parsed = newscrawler.parse(
        html.encode(), url=page.url, headers=headers, fetched_at=page.fetched_at, site="pozirk"
    )
    expected = to_expected(parsed)
    expected.pop("premium_reason", None)
    optional = may_be_left_out(page.path.parent)
    expected["entries"] = [e for e in expected["entries"] if e["headline"] not in optional]
    return expected


@cache
def may_be_left_out(case: Path) -> frozenset[str]:
    """Headlines of cards and boxes beside the list, which a reading may have or leave out."""
    expected = json.loads((case / EXPECTED_FILE).read_text(encoding="utf-8"))
    return frozenset(expected["entries_optional"]) - {e["headline"] for e in expected["entries"]}


def text_of(page: SavedPage) -> str:
    return decode(page.raw, page.headers.get("content-type", "")).text


@cache
def unchanged(case: str) -> dict[str, Any]:
    return reading(PAGES[case], text_of(PAGES[case]))


@pytest.mark.parametrize("name", TRANSFORMS)
def test_one_change_changes_nothing(name: str) -> None:
    for case, page in PAGES.items():
        html = TRANSFORMS[name](text_of(page), random.Random(case))
        assert reading(page, html) == unchanged(case), case


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    case=st.sampled_from(sorted(PAGES)),
    names=st.lists(st.sampled_from(sorted(TRANSFORMS)), min_size=2, max_size=5, unique=True),
    seed=st.integers(0, 10_000),
)
# A label in an attribute with a space of another kind; a wrapper around one of two cards side by side.
@example(case="article-be-webcomponents-mirror", names=["entities"], seed=473178030)
@example(case="longread-be-premium-split-mark-unlinked-card", names=["add_wrappers"], seed=917166739)
def test_several_changes_change_nothing(case: str, names: list[str], seed: int) -> None:
    page, rnd = PAGES[case], random.Random(seed)
    html = text_of(page)
    for name in names:
        html = TRANSFORMS[name](html, rnd)
    assert reading(page, html) == unchanged(case)
