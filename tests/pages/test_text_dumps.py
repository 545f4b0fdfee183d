"""Lists in text dumps: an entry in one line, or over several."""

from __future__ import annotations

from datetime import datetime

import pytest

import newscrawler

MARK = "The material is available only to POZIRK+"
STORY = (
    "Budget cuts spending on roads\nOctober 24, Pozirk. The finance ministry has published a draft.\n\nNews\n"
)
EXPECTED = [
    ("Minister goes to Vienna", ["Politics"], False),
    ("Harvest smaller than last year", ["Economy", "Society"], True),
    ("Choir sings in Hrodna", ["Society"], False),
]


@pytest.mark.parametrize(
    "pattern",
    [
        "- {s}{h}{m}",
        "- {s} {h} {m}",
        "* [{s}] {h} ({m})",
        "1. 12:23 {s}: {h} – {m}",
        "• {s}\n  {h}\n  {m}\n",
        "{s}\n{h}\n{m}",
        "{s}\n\n{h}\n\n{m}\n",
        "- {s}\n  {m}\n  {h}",
    ],
)
def test_entries(pattern: str) -> None:
    lines = [
        pattern.format(s=", ".join(sections), h=headline, m=MARK if premium else "")
        for headline, sections, premium in EXPECTED
    ]
    text = (
        STORY
        + "\n".join(lines).replace(" ()", "").replace(" – \n", "\n")
        + "\n\nAll news\n© 2022–2025 Pozirk"
    )
    page = newscrawler.parse(
        text.encode(), url="", headers={"content-type": "text/plain"},
        fetched_at=datetime.fromisoformat("2025-10-24T15:00:00+03:00"), site="pozirk",
    )  # fmt: skip
    assert page.kind == "text_dump"
    assert [(e.headline, e.sections, e.premium) for e in page.entries] == EXPECTED


def test_a_caption_between_paragraphs_is_no_text() -> None:
    text = (
        "Budget cuts spending on roads\nOctober 24, Pozirk. The finance ministry has published a draft.\n"
        "The deficit is to fall, officials say.\nA road near Orša\nPhoto: Jane Roe\nRepairs will wait.\n"
    )
    page = newscrawler.parse(
        text.encode(),
        url="https://pozirk.online/en/news/161428/",
        headers={"content-type": "text/plain"},
        fetched_at=datetime.fromisoformat("2025-10-24T15:00:00+03:00"),
    )
    assert page.article is not None
    assert page.article.body == [
        "The finance ministry has published a draft.",
        "The deficit is to fall, officials say.",
        "Repairs will wait.",
    ]
    assert page.article.photo_credits == ["Jane Roe"]
