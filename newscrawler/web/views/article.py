"""One article: what it says, why it is premium, and all that was seen to happen to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from newscrawler.differences import Paragraph, Part, paragraphs_changed, shortened, words_changed
from newscrawler.exceptions import UsageError
from newscrawler.queries import ArticleName
from newscrawler.sites import known_sites
from newscrawler.storage.reading import find_history
from newscrawler.storage.records import History, Revision
from newscrawler.timeline import Step, timeline
from newscrawler.web.context import web_of
from newscrawler.web.rendering import render, titled
from newscrawler.web.texts import count
from newscrawler.web.zones import Clock, clock_of

_KEPT_WORDS = 25
"""How many words of a long unchanged stretch are left before and after a change."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What became of one field: words marked, or paragraphs."""

    field: str
    parts: tuple[Part, ...] = ()
    paragraphs: tuple[Paragraph | str, ...] = ()
    """A string stands for paragraphs that are not shown, and counts them."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What was seen at once."""

    at: datetime
    run_id: int | None
    run_kind: str | None
    page_url: str | None
    steps: list[tuple[Step, list[Difference]]]


def article(request: Request) -> Response:
    """An article with its timeline; with `from` and `to`, the difference of two of its revisions."""
    web = web_of(request)
    clock = clock_of(request, web.clock())
    history = find_history(web.database, ArticleName(id=request.path_params["id"]))
    if history is None:
        raise HTTPException(404, f"No article has the number {request.path_params['id']}.")
    steps = timeline(history)
    return render(
        request,
        "article.html",
        article=history.article,
        title=titled(history.article),
        history=history,
        zone=_zone_of(history.article.site),
        premium_since=_premium_since(history, steps),
        moments=_moments(steps, clock),
        compared=_compared(request, history, clock),
    )


def _zone_of(site: str) -> str | None:
    """The time zone of a site; None for one that nobody knows any more."""
    known = known_sites().get(site)
    return known.timezone if known is not None else None


def _premium_since(history: History, steps: list[Step]) -> Step | None:
    """Since when it is premium, or free again."""
    turns = ("new_premium", "became_premium") if history.article.premium else ("became_free",)
    return next((step for step in reversed(steps) if step.what in turns), None)


def _moments(steps: list[Step], clock: Clock) -> list[Moment]:
    return [
        Moment(at, run_id, run_kind, page_url, [(step, _differences(step, clock)) for step in group])
        for (at, run_id, run_kind, page_url), group in groupby(
            steps, key=lambda step: (step.at, step.run_id, step.run_kind, step.page_url)
        )
    ]


def _differences(step: Step, clock: Clock) -> list[Difference]:
    match step.what:
        case "headline_changed" | "sections_changed" | "body_changed" | "paywall_text":
            return [_difference(step.what.partition("_")[0], step.old, step.new, clock)]
        case "fetched" | "dates_changed" if step.new:
            return [_difference(name, step.old[name], step.new[name], clock) for name in step.new]
    return []


def _compared(request: Request, history: History, clock: Clock) -> dict[str, Any] | None:
    """The two revisions that the address names and what differs; None where it names none."""
    if "from" not in request.query_params and "to" not in request.query_params:
        return None
    old, new = _revision(request, history, "from"), _revision(request, history, "to")
    names = ("headline", "sections", "premium", "published_date", "published_at", "body", "status")
    differing = [name for name in names if getattr(old, name) != getattr(new, name)]
    found = [_difference(name, getattr(old, name), getattr(new, name), clock) for name in differing]
    return {"old": old, "new": new, "differences": found}


def _revision(request: Request, history: History, name: str) -> Revision:
    wanted = request.query_params.get(name, "")
    for revision in history.revisions:
        if str(revision.number) == wanted:
            return revision
    numbers = f"1 to {len(history.revisions)}" if len(history.revisions) > 1 else "1"
    raise UsageError(f"{name}: no revision {wanted[:20]!r}, expected {numbers}")


def _difference(name: str, old: Any, new: Any, clock: Clock) -> Difference:
    field = name.replace("_", " ").capitalize().replace("Body", "Text")
    if name in ("body", "paywall") and not old and new:
        words = sum(len(paragraph.split()) for paragraph in new)
        return Difference("Text", paragraphs=(f"{count(len(new), 'paragraph')}, {count(words, 'word')}",))
    if name in ("body", "paywall"):
        return Difference("Text", paragraphs=_paragraphs(old or [], new or []))
    before, after = _said(old, clock), _said(new, clock)
    if not before or isinstance(new, (date, bool)) or name == "status":
        deleted = (Part("deleted", before),) if before else ()
        return Difference(field, (*deleted, Part("inserted", after)))
    return Difference(field, tuple(words_changed(before, after)))


def _paragraphs(old: list[str], new: list[str]) -> tuple[Paragraph | str, ...]:
    found: list[Paragraph | str] = []
    for kind, group in groupby(paragraphs_changed(old, new), key=lambda paragraph: paragraph.kind):
        paragraphs = list(group)
        if kind == "same":
            found.append(f"{count(len(paragraphs), 'paragraph')} unchanged")
        else:
            found += [Paragraph(kind, shortened(paragraph.parts, _KEPT_WORDS)) for paragraph in paragraphs]
    return tuple(found)


def _said(value: Any, clock: Clock) -> str:
    if isinstance(value, bool) or value is None:
        return {True: "premium", False: "free", None: ""}[value]
    if isinstance(value, list):
        return ", ".join(value)
    return clock.long(value) if isinstance(value, datetime) else str(value)
