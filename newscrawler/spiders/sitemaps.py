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
from newscrawler.spiders.places import Place
from newscrawler.spiders.sweeps import Sweeps

STORIES_A_PAGE = 20
"""How many addresses of a sitemap count as one page of a listing."""
MAX_FILES = 50
"""Of an index in one run that is no backfill."""
MAX_STORIES = 500
"""Of a way in one run that is no backfill and not the first: what is more is left to the next."""
MAX_DEPTH = 3
"""Of indexes within indexes."""


def files_of(
    links: Sequence[SitemapLink],
    place: Place,
    visits: Mapping[str, Visit],
    sweeps: Sweeps,
    limit: int | None,
    *,
    backfill: bool,
) -> tuple[list[Place], list[str]]:
    """The files of the index at `place` that are read, and the addresses of those to note as passed over.

    The first run reads `limit` of them. Later ones read files never seen and files that have changed; the
    newest file is asked for in any case, since indexes come from caches, too.
    """
    way = place.way
    assert way is not None
    if place.number >= MAX_DEPTH:
        return [], []
    wanted, over = list(links), []
    if not backfill and sweeps.oldest(way) is None:
        count = min(limit or MAX_FILES, MAX_FILES)
        wanted, over = wanted[:count], wanted[count:]
    elif not backfill:
        wanted = [
            link
            for n, link in enumerate(links)
            if n == 0 or _may_have_changed(link, visits.get(link.url), n < (limit or MAX_FILES))
        ]
        if len(wanted) > MAX_FILES:
            wanted = wanted[:MAX_FILES]
            sweeps.leave_gap(way, f"more than {MAX_FILES} files have changed")
    files = []
    for link in wanted:
        visit = visits.get(link.url)
        over_before = visit is not None and is_passed(visit)
        files.append(
            Place(
                link.url,
                place.language,
                way=way,
                number=place.number + 1,
                past_known=place.past_known or over_before,
                last_visit=None if over_before or backfill else sweeps.usable(visit, way),
            )
        )
    return files, [link.url for link in over]


def _may_have_changed(link: SitemapLink, visit: Visit | None, among_the_newest: bool) -> bool:
    if visit is None:
        return True
    changed = changed_after(link, visit.at)
    return not is_passed(visit) and among_the_newest if changed is None else changed


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
