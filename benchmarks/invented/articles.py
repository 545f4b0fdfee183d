"""Invented articles in any number, in the order of time, as `articles` and `events` keep them.

The text is the newsroom's prose in three languages, put together anew for each article, so that words are
as common or rare as in news. What is rare is put in on purpose, for a filter on it to be measured.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from newscrawler.newsroom.prose import news_text, news_topic
from newscrawler.newsroom.wording import LANGUAGES

END = datetime(2026, 11, 1, tzinfo=UTC)
YEARS = 8
RARE_WORD = "zubrovnik"
RARE_EVERY = 20_000
"""One article of so many has the rare word, section, author, language and site; 50 of a million."""
RARE_SECTION, RARE_AUTHOR, RARE_LANGUAGE, RARE_SITE = "Chess", "A rare author", "pl", "rare-site"
SECTIONS = ("Politics", "Society", "Economy", "Human rights", "Culture", "Sport", "Opinion")
AUTHORS = tuple(f"Author {n}" for n in range(60))
_TEXTS = 800
Row = dict[str, Any]
Told = tuple[Row, list[Row]]


@dataclass(frozen=True, slots=True)
class _Prose:
    headline: str
    paragraphs: list[str]


def articles(number: int, *, run_id: int, start: datetime, days: int, seed: int = 1) -> Iterator[Told]:
    """Rows of `articles`, numbered from 1, over some days, each with its rows of `events`."""
    choices = random.Random(seed)
    prose = {language: _prose(choices, language) for language in LANGUAGES}
    step = timedelta(days=days) / number
    for row_id in range(1, number + 1):
        rare = row_id % RARE_EVERY == RARE_EVERY // 2
        article = _article(row_id, start + step * row_id, choices, prose, rare=rare)
        article["first_run_id"] = run_id
        yield article, list(_events(article, choices))


def _prose(choices: random.Random, language: Any) -> list[_Prose]:
    found = []
    for _ in range(_TEXTS):
        topic = news_topic(choices)
        text = news_text(topic, language, END.date())
        paragraphs = [p for p in text.paragraphs if isinstance(p, str)]
        found.append(_Prose(topic.headline(language), paragraphs))
    return found


def _article(
    row_id: int, seen_at: datetime, choices: random.Random, prose: dict[Any, list[_Prose]], *, rare: bool
) -> dict[str, Any]:
    language = choices.choice(LANGUAGES)
    told = choices.choice(prose[language])
    more = [choices.choice(prose[language]) for _ in range(choices.randint(0, 3))]
    body = [*told.paragraphs, *(p for other in more for p in other.paragraphs[1:])]
    body[0] = f"{body[0]} ({choices.randint(1, 10**6)})"
    if rare:
        body[-1] += f" {RARE_WORD}"
    site = RARE_SITE if rare else choices.choices(("pozirk", "other", "third"), (7, 2, 1))[0]
    premium = choices.choices((True, False, None), (12, 86, 2))[0]
    published_at = seen_at - timedelta(minutes=choices.randint(1, 90))
    url = f"https://{site}.example/{language}/news/{row_id}/"
    day_only = choices.random() < 0.4
    evidence = {"signal": "marker", "text": "only to subscribers", "path": "h1 > span", "page_url": url}
    return {
        "id": row_id,
        "site": site,
        "language": RARE_LANGUAGE if rare else language,
        "external_id": str(row_id),
        "url": url,
        "fingerprint": told.headline.casefold(),
        "listing_fingerprint": None,
        "unlinked_key": None,
        "headline": told.headline,
        "sections": [RARE_SECTION if rare else choices.choices(SECTIONS, (30, 25, 20, 10, 8, 6, 1))[0]],
        "premium": premium,
        "premium_evidence": evidence if premium else None,
        "dateline": None,
        "published_date": published_at.date(),
        "published_at": None if day_only else published_at,
        "modified_at": None,
        "description": None,
        "lead": None,
        "body": body,
        "authors": [RARE_AUTHOR if rare else choices.choice(AUTHORS)],
        "keywords": [],
        "image": None,
        "translations": {},
        "status": "removed" if choices.random() < 0.005 else "published",
        "duplicate_of": row_id - 1 if row_id > 1 and choices.random() < 0.01 else None,
        "revision": 1,
        "first_seen_at": seen_at,
        "last_seen_at": seen_at + timedelta(days=30),
        "look_failures": 0,
    }  # fmt: skip


def _events(article: dict[str, Any], choices: random.Random) -> Iterator[dict[str, Any]]:
    kinds = ["new_premium" if article["premium"] else "new"]
    kinds += ["became_free"] if article["premium"] and choices.random() < 0.3 else []
    kinds += ["headline_changed"] if choices.random() < 0.1 else []
    kinds += ["removed"] if article["status"] == "removed" else []
    for n, kind in enumerate(kinds):
        yield {
            "kind": kind,
            "at": article["first_seen_at"] + timedelta(hours=n),
            "site": article["site"],
            "article_id": article["id"],
            "revision": n + 1,
            "run_id": article["first_run_id"],
            "headline": article["headline"],
            "url": article["url"],
            "premium": article["premium"],
            "old": None,
            "new": None,
            "evidence": article["premium_evidence"],
            "baseline": article["id"] < 1000,
        }
