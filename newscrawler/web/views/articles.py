"""Stories: found by filters and search, the newest or the best first."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import Response

from newscrawler.exceptions import UsageError
from newscrawler.queries import ArticleQuery
from newscrawler.search import Expression, excerpt, highlights, read_search
from newscrawler.storage.reading import page_of_articles
from newscrawler.storage.records import Article
from newscrawler.web.addresses import Address
from newscrawler.web.asking import ask
from newscrawler.web.context import web_of
from newscrawler.web.filters import chosen, fields_of, kept
from newscrawler.web.rendering import render, titled
from newscrawler.web.texts import shown
from newscrawler.web.views.events import LONGEST_SHOWN
from newscrawler.web.zones import clock_of

_FIELDS = ("text", "language", "site", "since", "premium", "order")
_MOST_SEARCHED = 100
"""Paragraphs of a story in which an excerpt is looked for."""


@dataclass(frozen=True, slots=True)
class Found:
    """A story as a list shows it."""

    article: Article
    headline: Markup
    excerpt: Markup


def articles(request: Request) -> Response:
    """The stories of a query; a search that cannot be read is told beside the field."""
    web = web_of(request)
    clock = clock_of(request, web.clock())
    address = Address.of(request)
    if not address.value("text") and address.value("order") == "relevance":
        address = address.setting(order="")  # what the form sends when only the text is emptied
    problem, found, next_page = "", [], None
    try:
        query = ask(ArticleQuery, address.pairs, now=clock.now)
        page = page_of_articles(web.database, query)
        expression = read_search(query.text) if query.text else None
        found = [_found(article, expression) for article in page.items]
        next_page = address.going_on(page.cursor) if page.cursor else None
    except UsageError as exc:
        problem = str(exc)
    return render(
        request,
        "articles.html",
        status=422 if problem else 200,
        address=address,
        found=found,
        problem=problem,
        next=next_page,
        fields=fields_of(address),
        kept=kept(address, *_FIELDS, "published_since"),
        chosen=chosen(address),
        feeds=address.at("/feeds/articles"),
        nothing_stored=not found and not page_of_articles(web.database, ArticleQuery(limit=1)).items,
    )


def _found(article: Article, expression: Expression | None) -> Found:
    headline = titled(article)[:LONGEST_SHOWN]
    opening = article.description or next(iter(article.body), "")
    if expression is None:
        return Found(article, _marked(headline, []), _marked(opening[:LONGEST_SHOWN], []))
    texts = [article.description or "", *article.body[:_MOST_SEARCHED]]
    piece = excerpt(texts, expression)
    said = _marked(piece.text, piece.highlights) if piece else _marked(opening[:LONGEST_SHOWN], [])
    return Found(article, _marked(headline, highlights(headline, expression)), said)


def _marked(text: str, spans: list[tuple[int, int]]) -> Markup:
    """Text with what was found in it marked."""
    html, at = Markup(), 0
    for start, end in spans:
        html += escape(shown(text[at:start])) + Markup("<mark>%s</mark>") % shown(text[start:end])
        at = end
    return html + escape(shown(text[at:]))
