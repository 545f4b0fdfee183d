"""From a response to the page that was asked for."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from newscrawler.exceptions import ParseError
from newscrawler.items import PageKind, ParsedPage
from newscrawler.sites.base import Site
from newscrawler.sites.ways import WayKind
from newscrawler.spiders.places import Place

if TYPE_CHECKING:
    from scrapy.http import Response

_PAGE_KINDS: dict[WayKind, tuple[PageKind, ...]] = {
    "feed": ("feed",),
    "sitemap": ("sitemap", "news_sitemap", "feed"),  # the protocol allows a feed as a sitemap
    "rest": ("wp_rest",),
}
"""What the pages of a way are; a listing is whatever has entries."""
ELSEWHERE = "redirected elsewhere"


def is_of_another_story(site: Site, response: Response, place: Place) -> bool:
    """Whether a redirect has led to the page of another story: what it answers says nothing of this one."""
    address = site.identify(site.canonical_url(response.url))
    return (
        address is not None
        and place.external_id is not None
        and address.external_id not in (None, place.external_id)
    )


def read_page(
    site: Site, response: Response, place: Place, now: datetime, *, may_be_quiet: bool
) -> ParsedPage:
    """The page, if it is one of the kind that was asked for. Raises ParseError.

    `may_be_quiet`: REST was asked for what has changed since, which may be nothing.
    """
    headers = header_dict(response)
    url = site.canonical_url(response.url)
    way = place.way
    if way is not None and way.kind != "listing":
        page = site.parse_list(response.body, url=url, headers=headers, fetched_at=now)
        if page.kind not in _PAGE_KINDS[way.kind]:
            raise ParseError(url, f"no {way.kind}")
        # A quiet day empties a news sitemap, but never a feed.
        may_be_empty = way.kind == "sitemap" or (way.kind == "rest" and may_be_quiet)
        if not (page.entries or page.sitemaps or may_be_empty):
            raise ParseError(url, "no entries")
        return page
    address = site.identify(url)
    if address is None or is_of_another_story(site, response, place):
        raise ParseError(url, ELSEWHERE)
    if way is not None:
        if address.external_id is not None or address.language not in (None, place.language):
            # A story's page has a list, too, and another language's listing is one.
            raise ParseError(url, ELSEWHERE)
        page = site.parse_list(response.body, url=url, headers=headers, fetched_at=now)
        if not page.entries:
            raise ParseError(url, "no entries")
        return page
    if url != place.url and site.story_url(url, False) is None:
        raise ParseError(url, ELSEWHERE)
    page = site.parse(response.body, url=url, headers=headers, fetched_at=now)
    if page.article is None:
        raise ParseError(url, "no article")
    return page


def header_dict(response: Response) -> dict[str, str]:
    """The headers of a response, their names in lower case."""
    return {str(k).lower(): str(v) for k, v in response.headers.to_unicode_dict().items()}


def header(response: Response, name: str) -> str | None:
    """The first value of a header; None where there is none."""
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None
