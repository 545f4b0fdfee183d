"""The stored database for Python programs: `newscrawler.open(...)`. docs/python.md shows how."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Any, Self

from newscrawler.config import load_config
from newscrawler.naming import parse_name
from newscrawler.parameters import Q, read_query
from newscrawler.queries import ArticleQuery, EventQuery, RunQuery
from newscrawler.search import Excerpt, excerpt, highlights, read_search
from newscrawler.storage.database import Database
from newscrawler.storage.paging import Page, Stream
from newscrawler.storage.reading import (
    find_articles,
    find_events,
    find_history,
    find_runs,
    page_of_articles,
    page_of_events,
)
from newscrawler.storage.records import Article, Event, History, Run


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that a search found, and where."""

    article: Article
    headline: list[tuple[int, int]]
    """Start and end of what was found in the headline."""
    excerpt: Excerpt | None
    """Of description or body; None where all stands in the headline."""


class Archive:
    """A database, open for reading. Use it in a `with` statement, or call `close`.

    Filters are the words of docs/queries.md as keywords; a value is what a user would write (`"2d"`), or has
    the right type (`True`, a datetime with its zone), and a list holds alternatives. A filter that cannot be
    meant raises UsageError; a database that cannot be read, StorageError.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close every connection."""
        self._database.close()

    def articles(self, **filters: Any) -> Stream[Article]:
        """Articles, newest first; read as they are asked for, however many there are.

        Once all are read, `cursor` of the answer goes on behind its limit; None where nothing follows.
        """
        return find_articles(self._database, _query(ArticleQuery, filters))

    def events(self, **filters: Any) -> Stream[Event]:
        """What happened to articles, newest first."""
        return find_events(self._database, _query(EventQuery, filters))

    def runs(self, **filters: Any) -> Stream[Run]:
        """Runs with their counts, newest first."""
        return find_runs(self._database, _query(RunQuery, filters))

    def search(self, text: str, **filters: Any) -> Iterator[Hit]:
        """Articles that say something, by relevance unless `order` says otherwise."""
        query = _query(ArticleQuery, {"order": "relevance"} | filters | {"text": text})
        expression = read_search(text)
        for article in find_articles(self._database, query):
            said = [article.description or "", *article.body]
            yield Hit(article, highlights(article.headline or "", expression), excerpt(said, expression))

    def page_of_articles(self, **filters: Any) -> Page[Article]:
        """As many articles as `limit` says (50), and the `cursor` of the next page."""
        return page_of_articles(self._database, _query(ArticleQuery, filters))

    def page_of_events(self, **filters: Any) -> Page[Event]:
        """As many events as `limit` says (50), and the `cursor` of the next page."""
        return page_of_events(self._database, _query(EventQuery, filters))

    def show(self, name: int | str) -> History | None:
        """An article with all that was seen of it, by its number, `SITE:ID` or address; None for none."""
        return find_history(self._database, parse_name(str(name)))


def open(url: str | None = None) -> Archive:
    """Open the database at an address such as `sqlite:///news.db`; without one, that of the user's settings.

    It is created or upgraded where needed. Raises UsageError, StorageError.
    """
    config = load_config()
    timeout = config.database_timeout_seconds
    return Archive(Database.open(url or config.database_url, timeout_seconds=timeout))


def _query(query: type[Q], filters: dict[str, Any]) -> Q:
    return read_query(query, filters, now=datetime.now().astimezone())
