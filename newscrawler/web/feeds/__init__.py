"""Feeds of any query: Atom (RFC 4287) and JSON Feed 1.1."""

from starlette.routing import BaseRoute, Route

from newscrawler.web.feeds.routes import articles, events

ROUTES: list[BaseRoute] = [
    Route("/feeds/events.{form}", events),
    Route("/feeds/articles.{form}", articles),
]
