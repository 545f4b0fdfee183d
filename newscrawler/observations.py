"""From a parsed page to the observations it holds. Pure."""

from __future__ import annotations

from datetime import datetime

from newscrawler.items import Article, Entry, FoundBy, Observation, PageKind, ParsedPage, Source
from newscrawler.sites.base import Site

_FOUND_BY: dict[PageKind, FoundBy] = {
    "feed": "feed",
    "sitemap": "sitemap",
    "news_sitemap": "news_sitemap",
    "wp_rest": "rest",
    "article": "side_list",
    "longread": "side_list",
}


def observe(page: ParsedPage, *, site: Site, language: str | None, seen_at: datetime) -> list[Observation]:
    """One observation for the page's own story, if it has one, and one for each entry, in the page's order.

    `language` is what holds where neither an address nor the page says it; an entry whose language nobody
    says is taken for the site's first.
    """
    # Beside an article of its own, a page's list is decoration, cached for who knows how long. The text
    # dump of such a page is the exception: nothing but its list will ever say more of those entries.
    beside = page.kind in ("article", "longread")
    listed: Source = "side_list" if beside else "listing"

    def observation(seen: Article | Entry, source: Source) -> Observation:
        address = site.identify(seen.url) if seen.url is not None else None
        return Observation.of(
            seen,
            site=site.name,
            language=(address and address.language)
            or seen.language
            or page.language
            or language
            or site.languages[0],
            source=source,
            seen_at=seen_at,
            page_url=page.url,
            found_by="page" if source == "article" else _FOUND_BY.get(page.kind, "listing"),
        )

    own_story = [observation(page.article, "article")] if page.article is not None else []
    # A single post asked of REST is an article and, in form, a collection of one.
    entries = [] if page.kind == "wp_rest" and page.article is not None else page.entries
    return own_story + [observation(entry, listed) for entry in entries]
