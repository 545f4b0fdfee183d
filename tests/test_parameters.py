from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from newscrawler.exceptions import UsageError
from newscrawler.parameters import parameters, read_query
from newscrawler.queries import ArticleQuery, Cursor, EventQuery, RunQuery

NOW = datetime(2026, 1, 2, 1, 30, tzinfo=timezone(timedelta(hours=3)))


def test_words_make_a_query() -> None:
    said = [
        ("language", "BE"), ("language", "ru"), ("premium", "unknown"), ("premium", "true"), ("run", "7"),
        ("kind", "became_free"), ("since", "2025-12-31"), ("until", "yesterday"), ("text", "minsk"),
        ("duplicates", "folded"), ("order", "seen"), ("limit", "20"), ("site", ""), ("baseline", "false"),
    ]  # fmt: skip
    assert read_query(ArticleQuery, said, now=NOW) == ArticleQuery(
        languages=("be", "ru"),
        premium=(None, True),
        run_id=7,
        kinds=("became_free",),
        published_since=datetime(2025, 12, 30, 21, tzinfo=UTC),
        published_until=datetime(2026, 1, 1, 21, tzinfo=UTC),
        text="minsk",
        duplicates=False,
        order="seen",
        limit=20,
        baseline=False,
    )


def test_the_short_names_of_times_follow_what_is_listed() -> None:
    moment = datetime(2025, 12, 30, 21, tzinfo=UTC)
    said = {"since": "2025-12-31", "until": None}
    assert read_query(EventQuery, said, now=NOW) == EventQuery(seen_since=moment)
    assert read_query(RunQuery, said, now=NOW) == RunQuery(seen_since=moment)


@pytest.mark.parametrize(
    ("query", "values", "words"),
    [
        (ArticleQuery, {"premium": "maybe"}, "premium: 'maybe', expected true, false or unknown"),
        (ArticleQuery, {"colour": "red"}, "no filter named 'colour'; known: site, language"),
        (RunQuery, {"premium": "true"}, "no filter named 'premium'"),
        (EventQuery, {"kind": ["new", "nonsense"]}, "kind: 'nonsense', expected new"),
        (ArticleQuery, {"limit": "many"}, "limit: 'many' is no number"),
        (ArticleQuery, {"limit": "9" * 5000}, "is no number"),
        (ArticleQuery, {"limit": "0"}, "limit is 0, expected 1 or more"),
        (ArticleQuery, {"limit": ["1", "2"]}, "limit is given 2 times, expected once"),
        (ArticleQuery, {"since": "soon"}, "published_since: 'soon' is no moment"),
        (ArticleQuery, {"since": "today Europe/Nowhere"}, "names no known zone"),
        (ArticleQuery, {"order": "relevance"}, "no text is searched for"),
    ],
)
def test_what_is_wrong_is_named(query: Any, values: dict[str, Any], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        read_query(query, values, now=NOW)


def test_every_word_is_explained_and_sets_a_field() -> None:
    for query in (ArticleQuery, EventQuery, RunQuery):
        for parameter in parameters(query):
            assert parameter.help.endswith((".", "…"))
            assert hasattr(query(), parameter.field)


def test_a_cursor_comes_back_as_it_was() -> None:
    cursor = Cursor("articles-seen", 0, -5, 12)
    assert Cursor.read(str(cursor), order="articles-seen") == cursor
    with pytest.raises(UsageError, match="one of articles-seen, and the answer is one of events"):
        Cursor.read(str(cursor), order="events")


@pytest.mark.parametrize(
    "text", ["nonsense", "", "é", "YSAxIDIgMw", "A" * 4000, str(Cursor("events", 9, 0, 1))]
)
def test_what_is_no_cursor_is_told(text: str) -> None:
    with pytest.raises(UsageError, match="cursor"):
        Cursor.read(text, order="events")
