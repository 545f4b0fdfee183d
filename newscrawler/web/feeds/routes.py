"""The addresses of feeds: `/feeds/events.atom?kind=new_premium`, and so on for any query."""

from __future__ import annotations

from collections.abc import Callable

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from newscrawler.queries import ArticleQuery, EventQuery
from newscrawler.storage.event_context import find_contexts
from newscrawler.storage.reading import page_of_articles, page_of_events
from newscrawler.web.addresses import Address
from newscrawler.web.asking import ask
from newscrawler.web.conditional import answer
from newscrawler.web.context import web_of
from newscrawler.web.feeds import atom, json_feed
from newscrawler.web.feeds.entries import Entry, Feed, entry_of_article, entry_of_event, feed_title

_FORMS: dict[str, tuple[Callable[[Feed], bytes], str]] = {
    "atom": (atom.atom, atom.MEDIA_TYPE),
    "json": (json_feed.json_feed, json_feed.MEDIA_TYPE),
}


def events(request: Request) -> Response:
    """Events of a query."""
    web = web_of(request)
    query = ask(EventQuery, Address.of(request).pairs, now=web.clock())
    page = page_of_events(web.database, query)
    contexts = find_contexts(web.database, page.items)
    entries = [entry_of_event(event, contexts[event.id]) for event in page.items]
    return _answer(request, feed_title(query), "/events", entries, page.cursor)


def articles(request: Request) -> Response:
    """Articles of a query."""
    web = web_of(request)
    query = ask(ArticleQuery, Address.of(request).pairs, now=web.clock())
    page = page_of_articles(web.database, query)
    entries = [entry_of_article(article) for article in page.items]
    return _answer(request, feed_title(query), "/articles", entries, page.cursor)


def _answer(request: Request, title: str, view: str, entries: list[Entry], cursor: str | None) -> Response:
    form = request.path_params["form"]
    if form not in _FORMS:
        raise HTTPException(404, f"There is no feed .{form}: expected .atom or .json.")
    write, media_type = _FORMS[form]
    address, here = Address.of(request), str(request.base_url).rstrip("/")
    following = f"{here}{address.going_on(cursor)}" if cursor else None
    feed = Feed(title, f"{here}{address}", f"{here}{address.at(view)}", following, entries)
    return answer(request, write(feed), media_type)
