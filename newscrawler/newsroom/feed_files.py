"""Feeds and sitemaps of the invented sites, as publishers write them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape

from newscrawler.newsroom.wording import SITE_ZONE

_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SITEMAP = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'


@dataclass(frozen=True, slots=True)
class Item:
    """A story, as lists for machines show it."""

    id: int
    url: str
    headline: str
    summary: str
    language: str
    published_at: datetime
    modified_at: datetime
    premium: bool


def rss(items: Sequence[Item], base: str) -> str:
    """RSS 2.0."""
    rows = "".join(
        f"<item><title>{escape(i.headline)}</title><link>{escape(i.url)}?utm_source=rss</link>"
        f'<guid isPermaLink="false">{escape(base)}/?p={i.id}</guid>'
        f"<pubDate>{format_datetime(i.published_at.astimezone(SITE_ZONE))}</pubDate>"
        f"<description><![CDATA[<p>{escape(i.summary)}</p>]]></description></item>"
        for i in items
    )
    language = items[0].language if items else "en"
    return (
        f'{_XML}<rss version="2.0"><channel><title>Newsroom</title><link>{escape(base)}/</link>'
        f"<description>Invented</description><language>{language}</language>{rows}</channel></rss>"
    )


def atom(items: Sequence[Item], base: str) -> str:
    """Atom 1.0."""
    rows = "".join(
        f'<entry><title type="html">{escape(escape(i.headline))}</title>'
        f'<link rel="alternate" type="text/html" href="{escape(i.url)}"/><id>tag:newsroom,{i.id}</id>'
        f"<published>{i.published_at.isoformat()}</published><updated>{i.modified_at.isoformat()}</updated>"
        f"<summary>{escape(i.summary)}</summary></entry>"
        for i in items
    )
    return (
        f'{_XML}<feed xmlns="http://www.w3.org/2005/Atom"><title>Newsroom</title>'
        f'<link rel="self" href="{escape(base)}/atom.xml"/>{rows}</feed>'
    )


def json_feed(items: Sequence[Item], base: str) -> str:
    """JSON Feed 1.1."""
    return json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": "Newsroom",
            "home_page_url": f"{base}/",
            "items": [
                {
                    "id": str(i.id),
                    "url": i.url,
                    "title": i.headline,
                    "summary": i.summary,
                    "language": i.language,
                    "date_published": i.published_at.isoformat(),
                    "date_modified": i.modified_at.isoformat(),
                }
                for i in items
            ],
        }
    )


def sitemap(addresses: Iterable[tuple[str, datetime | None]]) -> str:
    """Addresses with the time of their last change."""
    rows = "".join(
        f"<url><loc>{escape(url)}</loc>{f'<lastmod>{at.isoformat()}</lastmod>' if at else ''}</url>"
        for url, at in addresses
    )
    return f"{_XML}<urlset {_SITEMAP}>{rows}</urlset>"


def sitemap_index(files: Iterable[tuple[str, datetime]]) -> str:
    """The files of a sitemap with the time of their last change."""
    rows = "".join(
        f"<sitemap><loc>{escape(url)}</loc><lastmod>{at.isoformat()}</lastmod></sitemap>" for url, at in files
    )
    return f"{_XML}<sitemapindex {_SITEMAP}>{rows}</sitemapindex>"


def news_sitemap(items: Iterable[Item]) -> str:
    """A sitemap with the extension for news."""
    rows = "".join(
        f"<url><loc>{escape(i.url)}</loc><lastmod>{i.modified_at.isoformat()}</lastmod><news:news>"
        f"<news:publication><news:name>Newsroom</news:name><news:language>{i.language}</news:language>"
        f"</news:publication>{'<news:access>Subscription</news:access>' if i.premium else ''}"
        f"<news:publication_date>{i.published_at.isoformat()}</news:publication_date>"
        f"<news:title>{escape(i.headline)}</news:title></news:news></url>"
        for i in items
    )
    return f"{_XML}<urlset {_SITEMAP} {_NEWS}>{rows}</urlset>"
