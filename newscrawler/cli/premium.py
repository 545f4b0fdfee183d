"""`newscrawler premium`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

import click
from rich.text import Text

from newscrawler.cli.articles import headline, published
from newscrawler.cli.events import describe_evidence
from newscrawler.cli.listing import (
    Column,
    chosen_format,
    format_options,
    print_rows,
    query_from,
    query_options,
    row_limit,
)
from newscrawler.cli.output import local_time, open_database
from newscrawler.queries import ArticleQuery
from newscrawler.storage.database import Database
from newscrawler.storage.reading import find_articles, premium_since
from newscrawler.storage.records import Article

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class PremiumArticle:
    """An article behind the paywall."""

    article: Article
    since: datetime | None
    """When it was first seen to be premium; None where no event says so."""

    def to_json(self) -> dict[str, Any]:
        """The article's fields and `premium_since`."""
        since = self.since.isoformat().replace("+00:00", "Z") if self.since else None
        return self.article.to_json() | {"premium_since": since}


_COLUMNS: list[Column[PremiumArticle]] = [
    Column("id", lambda row: str(row.article.id), {"justify": "right"}),
    Column("since", lambda row: local_time(row.since), {"no_wrap": True}),
    Column("published", lambda row: published(row.article), {"no_wrap": True}, from_width=100),
    Column("lang", lambda row: row.article.language, {}, from_width=80),
    Column("headline", lambda row: headline(row.article), {"ratio": 2}),
    Column(
        "why", lambda row: Text(describe_evidence(row.article.premium_evidence), style="dim"), {"ratio": 1},
        from_width=60,
    ),
]  # fmt: skip


@click.command()
@query_options(ArticleQuery, without=["premium"])
@format_options
def premium(limit: int | None, form: str | None, as_json: bool, **filters: Any) -> None:
    """List stories behind the paywall: since when, and what says so; newest first."""
    form = chosen_format(form, as_json)
    query = query_from(ArticleQuery, filters | {"premium": True}, limit=row_limit(limit, form))
    database = open_database()
    found = find_articles(database, query)
    rows = _with_since(database, found)
    print_rows(rows, form, _COLUMNS, found=found, empty="no premium articles")


def _with_since(database: Database, found: Iterable[Article]) -> Iterator[PremiumArticle]:
    rows = iter(found)
    while some := list(islice(rows, _AT_ONCE)):
        since = premium_since(database, [article.id for article in some])
        yield from (PremiumArticle(article, since.get(article.id)) for article in some)
