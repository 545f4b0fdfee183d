"""Premium: what is new behind the paywall, what became free, and how long things stay premium."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response

from newscrawler.queries import EventQuery
from newscrawler.storage.figures import PremiumSpans, premium_spans
from newscrawler.storage.reading import page_of_events
from newscrawler.web.addresses import Address
from newscrawler.web.asking import ask
from newscrawler.web.charts import Chart, Value, bars
from newscrawler.web.context import web_of
from newscrawler.web.filters import fields_of
from newscrawler.web.rendering import render
from newscrawler.web.texts import count, duration
from newscrawler.web.views.events import lines_of
from newscrawler.web.zones import clock_of

_SHOWN = 12
_SPANS_OF = timedelta(days=90)
_LIMITS = (3600, 6 * 3600, 86400, 3 * 86400, 7 * 86400)
_CLASSES = ("under 1 hour", "1 to 6 hours", "6 to 24 hours", "1 to 3 days", "3 to 7 days", "over 7 days")
_NEW = ("new_premium", "became_premium")


def premium(request: Request) -> Response:
    """The three of them, of one language and site or of all."""
    web = web_of(request)
    clock = clock_of(request, web.clock())
    address = Address.of(request)
    pairs = [(name, value) for name, value in address.pairs if name in ("language", "site")]
    common = [*pairs, ("baseline", "false"), ("limit", str(_SHOWN))]
    new = ask(EventQuery, [*common, *(("kind", kind) for kind in _NEW)], now=clock.now)
    freed = ask(EventQuery, [*common, ("kind", "became_free")], now=clock.now)
    spans = premium_spans(web.database, since=clock.now - _SPANS_OF, sites=new.sites, languages=new.languages)
    events = Address("/events", (*pairs, ("baseline", "false")))
    return render(
        request,
        "premium.html",
        address=address,
        new=lines_of(web, page_of_events(web.database, new).items),
        freed=lines_of(web, page_of_events(web.database, freed).items),
        more_new=events.setting(kind=_NEW),
        more_freed=events.setting(kind="became_free"),
        already=Address("/articles", (*pairs, ("premium", "true"))),
        spans=spans,
        sentence=_sentence(spans.seconds),
        chart_of_spans=_chart(spans),
        days=_SPANS_OF.days,
        fields=fields_of(address),
        feeds=Address("/feeds/events", tuple(pairs)).setting(kind=_NEW, baseline="false"),
    )


def _sentence(seconds: Sequence[float]) -> str:
    if not seconds:
        return ""
    middle, low, high = (seconds[int(part * (len(seconds) - 1))] for part in (0.5, 0.25, 0.75))
    said = f"Half of them became free within {duration(middle)}"
    if len(seconds) < 4:
        return f"{said}."
    return f"{said}; the middle half took between {duration(low)} and {duration(high)}."


def _chart(spans: PremiumSpans) -> Chart | None:
    if not spans.seconds:
        return None
    amounts = [0] * len(_CLASSES)
    for seconds in spans.seconds:
        amounts[bisect_left(_LIMITS, seconds)] += 1
    said = [f"{count(n, 'story')} {name}" for name, n in zip(_CLASSES, amounts, strict=True)]
    values = [Value(label, n, n) for label, n in zip(said, amounts, strict=True)]
    return Chart(
        "Time from premium to free", "; ".join(said) + ".", count(max(amounts), "story"),
        _CLASSES[0], _CLASSES[-1], bars(values), list(zip(_CLASSES, amounts, strict=True)),
    )  # fmt: skip
