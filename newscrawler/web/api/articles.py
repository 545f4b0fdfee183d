"""Articles, found by filters or by search, and one with its history."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from newscrawler.exceptions import UsageError
from newscrawler.queries import ArticleName, ArticleQuery
from newscrawler.search import Expression, highlights, read_search
from newscrawler.storage.reading import find_history, page_of_articles
from newscrawler.storage.records import Article
from newscrawler.timeline import timeline
from newscrawler.web.api import models
from newscrawler.web.api.answers import NOT_FOUND, as_json, asked, described, page
from newscrawler.web.context import web_of

router = APIRouter(tags=["articles"])
MAX_ID = 2**63 - 1


@router.get("/articles", response_model=models.Articles, openapi_extra=described(ArticleQuery))
def articles(request: Request) -> Response:
    """Articles, newest first."""
    found = page_of_articles(web_of(request).database, asked(request, ArticleQuery))
    return page(request, [article.to_json() for article in found.items], found.cursor)


@router.get("/articles/{id}", response_model=models.ArticleWithHistory, responses=NOT_FOUND)
def article(request: Request, id: Annotated[int, Path(ge=1, le=MAX_ID, examples=[12])]) -> Response:
    """One article with its translations, revisions and timeline."""
    history = find_history(web_of(request).database, ArticleName(id=id))
    if history is None:
        raise HTTPException(404, f"No article has the number {id}.")
    return as_json(request, history.to_json() | {"timeline": [step.to_json() for step in timeline(history)]})


@router.get(
    "/search", response_model=models.FoundArticles, openapi_extra=described(ArticleQuery, required=("text",))
)
def search(request: Request) -> Response:
    """Articles that say something, the best first unless `order` says otherwise, with what matched.

    The language of `text` is described in docs/queries.md: words, "a phrase", begin*, AND, OR, NOT.
    """
    pairs = request.query_params.multi_items()
    names = {name for name, value in pairs if value}
    query = asked(request, ArticleQuery, pairs if "order" in names or "text" not in names else _best(pairs))
    if query.text is None:
        raise UsageError("text: expected what to search for")
    expression = read_search(query.text)
    found = page_of_articles(web_of(request).database, query)
    items = [article.to_json() | {"matches": _matches(article, expression)} for article in found.items]
    return page(request, items, found.cursor)


def _best(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [*pairs, ("order", "relevance")]


def _matches(article: Article, expression: Expression) -> dict[str, Any]:
    texts = {"headline": article.headline or "", "description": article.description or ""}
    return {name: highlights(text, expression) for name, text in texts.items()}
