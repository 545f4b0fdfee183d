"""JSON Feed 1.1: https://www.jsonfeed.org/version/1.1/"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urljoin

from newscrawler.web.feeds.entries import Entry, Feed

MEDIA_TYPE = "application/feed+json"


def json_feed(feed: Feed) -> bytes:
    """The feed as a document."""
    said: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": feed.address,
    }
    if feed.next is not None:
        said["next_url"] = feed.next
    said["items"] = [_item(entry, feed) for entry in feed.entries]
    return json.dumps(said, ensure_ascii=False).encode()


def _item(entry: Entry, feed: Feed) -> dict[str, Any]:
    page = urljoin(feed.address, entry.page)
    said: dict[str, Any] = {
        "id": entry.id,
        "url": entry.url or page,
        "title": entry.title,
        "content_text": entry.summary or entry.title,
        "date_published": entry.published.isoformat().replace("+00:00", "Z"),
        "date_modified": entry.updated.isoformat().replace("+00:00", "Z"),
        "tags": entry.categories,
    }
    if entry.url:
        said["external_url"] = page
    if entry.authors:
        said["authors"] = [{"name": author} for author in entry.authors]
    if entry.language:
        said["language"] = entry.language
    return said
