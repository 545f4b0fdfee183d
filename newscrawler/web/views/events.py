"""What is new: the events of a query that lives in the address."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from newscrawler.differences import Part, words_changed
from newscrawler.exceptions import UsageError
from newscrawler.health import SITE_EVENT_KINDS
from newscrawler.items import Evidence
from newscrawler.queries import EventQuery
from newscrawler.storage.event_context import EventContext, find_contexts
from newscrawler.storage.paging import Page
from newscrawler.storage.reading import page_of_events
from newscrawler.storage.records import Event
from newscrawler.web.addresses import Address
from newscrawler.web.asking import ask
from newscrawler.web.context import Web, web_of
from newscrawler.web.filters import Tab, chosen, fields_of, kept
from newscrawler.web.rendering import render
from newscrawler.web.zones import Clock, clock_of

HOME = "/events?baseline=false"
"""What is new: without what a first look at a site brought, which is old."""
TABS = {
    "Everything": (),
    "New": ("new", "new_premium"),
    "Premium": ("new_premium", "became_premium"),
    "Became free": ("became_free",),
    "Edited": ("headline_changed", "body_changed"),
    "Removed": ("removed", "restored"),
    "Sites": SITE_EVENT_KINDS,
}
LONGEST_SHOWN = 400
"""Characters of a headline in a list; its own page has all of them."""


@dataclass(frozen=True, slots=True)
class Line:
    """An event as a list shows it."""

    event: Event
    context: EventContext

    @property
    def title(self) -> str:
        """What it is about."""
        event = self.event
        title = event.headline or event.url or event.site
        if event.article_id is None and isinstance(event.new, str):
            title = f"{event.site}: {event.new}"
        elif event.article_id is None and isinstance(event.old, list):
            title = f"{event.site}: no longer {', '.join(event.old)}"
        return title if len(title) <= LONGEST_SHOWN else title[:LONGEST_SHOWN] + "…"

    @property
    def link(self) -> str:
        """Where to read more."""
        if self.event.article_id is not None:
            return f"/articles/{self.event.article_id}"
        return f"/runs/{self.event.run_id}"

    @property
    def headline_parts(self) -> list[Part]:
        """An edited headline word by word; empty for any other event."""
        old, new = self.event.old, self.event.new
        if self.event.kind != "headline_changed" or not isinstance(old, str) or not isinstance(new, str):
            return []
        return words_changed(old[:LONGEST_SHOWN], new[:LONGEST_SHOWN])

    @property
    def evidence(self) -> Evidence | None:
        """What shows that it is premium, or no longer is; that nothing was found on a free one is no news."""
        told = self.event.premium or self.event.kind == "became_free"
        return self.event.evidence if told else None


def home(request: Request) -> Response:
    """What is new, without a filter but that it is new."""
    return RedirectResponse(HOME, 302)


def events(request: Request) -> Response:
    """The events of a query, by day."""
    web = web_of(request)
    clock = clock_of(request, web.clock())
    address = Address.of(request)
    problem, query = "", EventQuery()
    page: Page[Event] = Page([], None)
    try:
        query = ask(EventQuery, address.pairs, now=clock.now)
        page = page_of_events(web.database, query)
    except UsageError as exc:
        problem = str(exc)
    lines = lines_of(web, page.items)
    return render(
        request,
        "events.html",
        status=422 if problem else 200,
        problem=problem,
        address=address,
        days=list(by_day(lines, clock)),
        unseen=[line.event.id for line in lines if line.context.seen_at is None],
        next=address.going_on(page.cursor) if page.cursor else None,
        tabs=[Tab(name, address.setting(kind=kinds), query.kinds == kinds) for name, kinds in TABS.items()],
        fields=fields_of(address),
        kept=kept(address, "text", "language", "site", "since", "mark", "seen_since"),
        chosen=chosen(address, hidden=("baseline",)),
        feeds=address.at("/feeds/events"),
        newest=lines[0].event.id if lines and not query.cursor else None,
        nothing_stored=not lines and not page_of_events(web.database, EventQuery(limit=1)).items,
    )


def lines_of(web: Web, found: Sequence[Event]) -> list[Line]:
    """Events with what surrounds them."""
    contexts = find_contexts(web.database, found)
    return [Line(event, contexts[event.id]) for event in found]


def by_day(lines: Sequence[Line], clock: Clock) -> Iterator[tuple[date, list[Line]]]:
    """Lines under the reader's days."""
    for day, group in groupby(lines, key=lambda line: clock.day(line.event.at)):
        yield day, list(group)
