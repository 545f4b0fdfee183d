"""`newscrawler articles`."""

from __future__ import annotations

from datetime import datetime

import click
from rich.text import Text

from newscrawler.cli.output import (
    Column,
    local_time,
    open_database,
    output_options,
    premium_mark,
    print_json,
    print_table,
    row_limit,
)
from newscrawler.queries import ArticleQuery, parse_moment
from newscrawler.storage.reading import find_articles
from newscrawler.storage.records import Article

_COLUMNS: list[Column] = [
    ("id", {"justify": "right"}),
    ("published", {"no_wrap": True}),
    ("lang", {}),
    ("premium", {}),
    ("sections", {"max_width": 20}),
    ("headline", {"ratio": 1}),
]


@click.command()
@click.option("--site", help="Only of this site.")
@click.option("--language", "languages", multiple=True, help="Only in this language; may be repeated.")
@click.option("--premium/--free", default=None, help="Only premium articles, or only free ones.")
@click.option("--since", help="Published since: 2d, 36h, yesterday, 2026-11-23, …")
@output_options
def articles(
    site: str | None,
    languages: tuple[str, ...],
    premium: bool | None,
    since: str | None,
    limit: int | None,
    as_json: bool,
) -> None:
    """List stored articles, newest first."""
    moment = parse_moment(since, now=datetime.now().astimezone()) if since else None
    query = ArticleQuery(
        sites=(site,) if site else (),
        languages=languages,
        premium=() if premium is None else (premium,),
        published_since=moment,
        limit=row_limit(limit, as_json=as_json),
    )
    found = find_articles(open_database(), query)
    if as_json:
        print_json(found)
    else:
        print_table(_COLUMNS, [_row(article) for article in found], empty="no such articles")


def _row(article: Article) -> list[Text | str]:
    day = article.published_date.isoformat() if article.published_date else ""
    return [
        str(article.id),
        local_time(article.published_at) or day,
        article.language,
        premium_mark(article.premium),
        Text(", ".join(article.sections)),
        Text(article.headline or article.url or ""),
    ]
