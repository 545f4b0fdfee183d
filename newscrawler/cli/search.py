"""`newscrawler search`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import click
from rich.text import Text

from newscrawler.cli.articles import published
from newscrawler.cli.listing import (
    Column,
    chosen_format,
    format_options,
    print_rows,
    query_from,
    query_options,
    row_limit,
)
from newscrawler.cli.output import open_database, premium_mark
from newscrawler.queries import ArticleQuery
from newscrawler.search import Excerpt, Expression, excerpt, highlights, read_search
from newscrawler.storage.reading import find_articles
from newscrawler.storage.records import Article


@dataclass(frozen=True, slots=True)
class Found:
    """An article, and where in it the words stand."""

    article: Article
    headline: list[tuple[int, int]]
    excerpt: Excerpt | None
    """Of description or body; None where all stands in the headline."""

    def to_json(self) -> dict[str, Any]:
        """The article's fields and `found`: places in the headline, and an excerpt with places."""
        shown = {"text": self.excerpt.text, "highlights": self.excerpt.highlights} if self.excerpt else None
        return self.article.to_json() | {"found": {"headline": self.headline, "excerpt": shown}}


def _story(row: Found) -> Text:
    story = _marked(Excerpt(row.article.headline or row.article.url or "", row.headline))
    return Text("\n").join([story, _marked(row.excerpt, "dim")]) if row.excerpt else story


def _marked(said: Excerpt, style: str = "") -> Text:
    text = Text(said.text, style=style)
    for start, end in said.highlights:
        text.stylize("bold not dim reverse", start, end)
    return text


_COLUMNS: list[Column[Found]] = [
    Column("id", lambda row: str(row.article.id), {"justify": "right"}),
    Column("published", lambda row: published(row.article), {"no_wrap": True}, from_width=60),
    Column("lang", lambda row: row.article.language, {}, from_width=80),
    Column("premium", lambda row: premium_mark(row.article.premium), {}, from_width=80),
    Column("found", _story, {"ratio": 1}),
]


@click.command()
@click.argument("words", nargs=-1, required=True)
@query_options(ArticleQuery, without=["text"])
@format_options
def search(
    words: tuple[str, ...], limit: int | None, form: str | None, as_json: bool, **filters: Any
) -> None:
    """Search headlines and texts: words, '"a phrase"', begin*, AND, OR, NOT, parentheses.

    Stories whose headline says it come first, then those whose opening does; --order published sorts by time.
    """
    form = chosen_format(form, as_json)
    text = " ".join(words)
    filters = {"order": "relevance"} | {name: value for name, value in filters.items() if value}
    query = query_from(ArticleQuery, filters | {"text": text}, limit=row_limit(limit, form))
    expression = read_search(text)
    found = find_articles(open_database(), query)
    rows = map(partial(_found, expression), found)
    print_rows(rows, form, _COLUMNS, found=found, empty="nothing found")


def _found(expression: Expression, article: Article) -> Found:
    said = [article.description or "", *article.body]
    return Found(article, highlights(article.headline or "", expression), excerpt(said, expression))
