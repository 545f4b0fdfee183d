"""The pages: each view reads what its address asks for, and fills a template."""

from __future__ import annotations

from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from newscrawler.web.rendering import STATIC
from newscrawler.web.views import article, articles, events, login, marks, premium, runs, sites, zone

ROUTES: list[BaseRoute] = [
    Route("/", events.home),
    Route("/events", events.events),
    Route("/events/seen", marks.mark_seen, methods=["POST"]),
    Route("/premium", premium.premium),
    Route("/articles", articles.articles),
    Route("/articles/{id:int}", article.article),
    Route("/sites", sites.sites),
    Route("/runs", runs.runs),
    Route("/runs/{id:int}", runs.run),
    Route("/runs/{id:int}/log", runs.log),
    Route("/zone", zone.zone, methods=["GET", "POST"]),
    Route("/login", login.login, methods=["GET", "POST"]),
    Route("/logout", login.logout, methods=["POST"]),
    Mount("/static", StaticFiles(directory=STATIC)),
]
