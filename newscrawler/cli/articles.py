"""`newscrawler articles`."""

from __future__ import annotations

from typing import Any

import click
from rich.text import Text

from newscrawler.cli.listing import (
    Column,
    chosen_format,
    format_options,
    print_rows,
    query_from,
    query_options,
    row_limit,
)
from newscrawler.cli.output import local_time, open_database, premium_mark
from newscrawler.queries import ArticleQuery
from newscrawler.storage.reading import find_articles
from newscrawler.storage.records import Article


def published(article: Article) -> str:
    """When a story was published, as far as that is known, in the zone of this machine."""
    day = article.published_date.isoformat() if article.published_date else ""
    return local_time(article.published_at) or day


def headline(article: Article) -> Text:
    """The headline, else the address."""
    return Text(article.headline or article.url or "")


COLUMNS: list[Column[Article]] = [
    Column("id", lambda article: str(article.id), {"justify": "right"}),
    Column("published", published, {"no_wrap": True}, from_width=60),
    Column("lang", lambda article: article.language, {}, from_width=80),
    Column("premium", lambda article: premium_mark(article.premium), {}),
    Column("sections", lambda article: Text(", ".join(article.sections)), {"max_width": 20}, from_width=100),
    Column("headline", headline, {"ratio": 1}),
]


@click.command()
@query_options(ArticleQuery)
@format_options
def articles(limit: int | None, form: str | None, as_json: bool, **filters: Any) -> None:
    """List stored articles, newest first."""
    form = chosen_format(form, as_json)
    query = query_from(ArticleQuery, filters, limit=row_limit(limit, form))
    found = find_articles(open_database(), query)
    print_rows(found, form, COLUMNS, found=found, empty="no such articles")
