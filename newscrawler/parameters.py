"""The words in which queries are written: options of the CLI, parameters of an address, keywords in Python.

One table, so that a filter has one name, one form and one error in every interface.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from newscrawler.changes import EVENT_KINDS
from newscrawler.exceptions import UsageError
from newscrawler.health import SITE_EVENT_KINDS
from newscrawler.moments import parse_moment
from newscrawler.queries import MARKS, ORDERS, ArticleQuery, EventQuery, RunQuery

Query = ArticleQuery | EventQuery | RunQuery
Q = TypeVar("Q", ArticleQuery, EventQuery, RunQuery)
_ARTICLES_AND_EVENTS = (ArticleQuery, EventQuery)
_ALL = (ArticleQuery, EventQuery, RunQuery)
_MOMENTS = "2d, 36h, yesterday, 2026-11-23, 2026-11-23T08:00+03:00, …"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One word of the vocabulary."""

    name: str
    """As in an address and in Python: `published_since`; the CLI writes `--published-since`."""
    field: str
    """The field of the query that it sets."""
    help: str
    read: Callable[[Any, datetime], Any]
    """From what a user wrote, or a value of the right type, to the field's value. Raises UsageError."""
    choices: tuple[str, ...] = ()
    """The only values it takes; empty where it takes any."""
    multiple: bool = False
    """Whether it may be repeated: the values are alternatives."""
    queries: tuple[type[Query], ...] = _ARTICLES_AND_EVENTS


def parameters(query: type[Query]) -> list[Parameter]:
    """The words that a query of this kind knows."""
    return [parameter for parameter in _PARAMETERS if query in parameter.queries]


def read_query(query: type[Q], values: Mapping[str, Any] | Iterable[tuple[str, Any]], *, now: datetime) -> Q:
    """A query from words and values, such as an address has: `[("language", "en"), ("premium", "true")]`.

    A value is a text or has the type of the field; a list is as good as a word repeated; None and an empty
    text restrict nothing. Times are read in the zone of `now`. Raises UsageError naming word, value and what
    was expected.
    """
    known = {parameter.name: parameter for parameter in parameters(query)}
    said: dict[str, list[Any]] = {}
    for name, value in values.items() if isinstance(values, Mapping) else values:
        name = _SHORT.get((query, name), name)
        if name not in known:
            raise UsageError(f"no filter named {name!r}; known: {', '.join(known)}")
        several = value if isinstance(value, (list, tuple, set, frozenset)) else [value]
        said.setdefault(name, []).extend(each for each in several if each is not None and each != "")
    fields: dict[str, Any] = {}
    for name, found in said.items():
        parameter = known[name]
        if not found:
            continue
        if len(found) > 1 and not parameter.multiple:
            raise UsageError(f"{name} is given {len(found)} times, expected once")
        try:
            read = [parameter.read(each, now) for each in found]
        except UsageError as exc:
            raise UsageError(f"{name}: {exc}") from None
        fields[parameter.field] = tuple(dict.fromkeys(read)) if parameter.multiple else read[0]
    return query(**fields)


def _text(value: Any, now: datetime) -> str:
    if not isinstance(value, str):
        raise UsageError(f"{value!r} is no text")
    return value.strip()


def _language(value: Any, now: datetime) -> str:
    return _text(value, now).lower()


def _number(value: Any, now: datetime) -> int:
    try:
        if isinstance(value, bool) or (isinstance(value, str) and len(value) > 18):
            raise ValueError
        return int(value)
    except (TypeError, ValueError):
        raise UsageError(f"{value!r} is no number") from None


def _since(value: Any, now: datetime) -> datetime:
    return value if isinstance(value, datetime) else parse_moment(_text(value, now), now=now)


def _until(value: Any, now: datetime) -> datetime:
    return value if isinstance(value, datetime) else parse_moment(_text(value, now), now=now, end=True)


def _one_of(*choices: str, values: Mapping[str, Any] | None = None) -> Callable[[Any, datetime], Any]:
    """A reader of one of some words, which may stand for a value of another type."""

    def read(value: Any, now: datetime) -> Any:
        if values is not None and isinstance(value, bool):
            return value
        said = value.strip().lower() if isinstance(value, str) else value
        if said not in choices:
            raise UsageError(f"{value!r}, expected {', '.join(choices[:-1])} or {choices[-1]}")
        return values[said] if values is not None else said

    return read


def _choice(*choices: str, values: Mapping[str, Any] | None = None) -> dict[str, Any]:
    return {"choices": choices, "read": _one_of(*choices, values=values)}


_YES_NO: dict[str, bool | None] = {"true": True, "false": False}
_PARAMETERS = (
    Parameter("site", "sites", "Only of this site.", _text, multiple=True, queries=_ALL),
    Parameter("language", "languages", "Only in this language, such as be.", _language, multiple=True),
    Parameter("section", "sections", "Only of this section.", _text, multiple=True),
    Parameter("author", "authors", "Only by this author.", _text, multiple=True),
    Parameter(
        "premium", "premium", "Only premium (true), free (false), or where nobody says (unknown).",
        multiple=True, **_choice("true", "false", "unknown", values=_YES_NO | {"unknown": None}),
    ),
    Parameter(
        "status", "statuses", "Only stories that are there (published), or gone (removed).",
        multiple=True, **_choice("published", "removed"),
    ),
    Parameter(
        "status", "statuses", "Only runs that ended so, or have not ended.",
        multiple=True, queries=(RunQuery,), **_choice("running", "ok", "failed", "stopped"),
    ),
    Parameter(
        "kind", "kinds", "Only what this has happened to.", multiple=True,
        **_choice(*EVENT_KINDS, *SITE_EVENT_KINDS),
    ),
    Parameter(
        "baseline", "baseline", "Only what a first look saw (true), or none of it (false).",
        **_choice("true", "false", values=_YES_NO),
    ),
    Parameter(
        "mark", "mark", "Only what somebody has marked as seen, or has not (unseen).",
        queries=(EventQuery,), **_choice(*MARKS),
    ),
    Parameter("run", "run_id", "Only what this run saw happen.", _number),
    Parameter("published_since", "published_since", f"Published since: {_MOMENTS}", _since),
    Parameter("published_until", "published_until", "Published before; a day counts whole.", _until),
    Parameter("seen_since", "seen_since", f"Seen since: {_MOMENTS}", _since, queries=_ALL),
    Parameter("seen_until", "seen_until", "Seen before; a day counts whole.", _until, queries=_ALL),
    Parameter("text", "text", "Only stories that say this: words, \"a phrase\", begin*, OR, NOT.", _text),
    Parameter(
        "duplicates", "duplicates", "Stories published twice: every copy (shown), or the first (folded).",
        **_choice("shown", "folded", values={"shown": True, "folded": False}),
    ),
    Parameter(
        "order", "order", "By time published, by time seen, or by relevance to the text.",
        queries=(ArticleQuery,), **_choice(*ORDERS),
    ),
    Parameter("limit", "limit", "At most so many.", _number, queries=_ALL),
    Parameter("cursor", "cursor", "Go on where the page with this cursor ended.", _text, queries=_ALL),
)  # fmt: skip
# The time that each answer is ordered by has a short name.
_SHORT: dict[tuple[type[Query], str], str] = {
    (ArticleQuery, "since"): "published_since",
    (ArticleQuery, "until"): "published_until",
    **{(q, name): f"seen_{name}" for q in (EventQuery, RunQuery) for name in ("since", "until")},
}
