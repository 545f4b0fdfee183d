"""Queries out of addresses, for pages, feeds and the API alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from newscrawler.exceptions import UsageError
from newscrawler.parameters import Q, read_query

PAGE_SIZE = 50
LARGEST_PAGE = 500


def ask(query: type[Q], pairs: Iterable[tuple[str, str]], *, now: datetime) -> Q:
    """The query of an address, for one page. Days are those of the zone of `now`. Raises UsageError."""
    asked = read_query(query, list(pairs), now=now)
    if asked.limit is not None and asked.limit > LARGEST_PAGE:
        raise UsageError(f"limit: {asked.limit}, expected at most {LARGEST_PAGE}")
    return asked if asked.limit is not None else replace(asked, limit=PAGE_SIZE)
