"""Which files of a sitemap index are read, and which of their addresses are asked for.

A sitemap lists all that a site has, in files of up to 50,000 addresses. The first run reads as many of the
newest as it reads of a listing, and notes the others as passed over: they are not new when a later run finds
them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from newscrawler.items import SitemapLink, Visit
from newscrawler.pages.sitemaps import changed_after

STORIES_A_PAGE = 20
"""How many addresses of a sitemap count as one page of a listing."""
MAX_FILES = 50
"""Of an index in one run that is no backfill."""
MAX_STORIES = 500
"""Of a way in one run that is no backfill and not the first: what is more is left to the next."""
MAX_DEPTH = 3
"""Of indexes within indexes."""


def choose_files(
    links: Sequence[SitemapLink],
    visits: Mapping[str, Visit],
    *,
    swept_at: datetime | None,
    limit: int | None,
    backfill: bool,
) -> tuple[list[SitemapLink], list[SitemapLink]]:
    """The files to read, and those to note as passed over.

    The first run reads `limit` of them. Later ones read files never seen and files that have changed; the
    newest file is asked for in any case, since indexes come from caches, too.
    """
    if backfill:
        return list(links), []
    if swept_at is None:
        count = min(limit or MAX_FILES, MAX_FILES)
        return list(links[:count]), list(links[count:])
    wanted = []
    for n, link in enumerate(links):
        visit = visits.get(link.url)
        if visit is None:
            wanted.append(link)
            continue
        changed = changed_after(link, visit.at)
        if changed is None:
            changed = not is_passed(visit) and n < (limit or MAX_FILES)
        if changed or n == 0:
            wanted.append(link)
    return wanted, []


def is_passed(visit: Visit) -> bool:
    """Whether a visit says that an address was passed over, and never read."""
    return visit.body_hash is None


def stories_left(limit: int | None, taken: int, *, first_run: bool, backfill: bool) -> float:
    """How many more addresses of a way may be asked for, `taken` of them having been."""
    if backfill and limit is None:
        return float("inf")
    most = limit * STORIES_A_PAGE if limit is not None and (first_run or backfill) else MAX_STORIES
    return max(most - taken, 0)


def passed(site: str, urls: Iterable[str], at: datetime) -> list[Visit]:
    """What is noted of addresses that are passed over."""
    return [Visit(site, url, "passed", at) for url in urls]
