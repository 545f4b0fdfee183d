"""Plays news sites of other makes: a WordPress, one with sitemaps alone, one with a feed alone.

with serve_as(newsroom, "wordpress") as site:
    ...                               # site.base_url/wp-json/wp/v2/posts, /feed/, /2025/11/24/slug/

The stories are the newsroom's, in its first language; an unlinked story is published as any other. Markup and
texts are invented, the addresses have the form of the site that is played.
"""

from __future__ import annotations

import gzip
import hashlib
import html
import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Literal, cast
from urllib.parse import parse_qsl, urlsplit

from newscrawler.newsroom import feed_files
from newscrawler.newsroom.faults import Fault, Faults
from newscrawler.newsroom.newsroom import Newsroom
from newscrawler.newsroom.responses import Response
from newscrawler.newsroom.rest import RestApi
from newscrawler.newsroom.routes import Pages
from newscrawler.newsroom.server import ServedSite
from newscrawler.newsroom.stories import Story
from newscrawler.newsroom.wording import SITE_ZONE, Language

Make = Literal["wordpress", "sitemap", "feed"]
FEED_LENGTH = 20
"""Items of a feed; more are not to be had."""
FILE_LENGTH = 30
"""Addresses of one file of the sitemap."""


_WALL: dict[Language, str] = {
    "en": "This story is for subscribers only.",
    "ru": "Этот материал только для подписчиков.",
    "be": "Гэты матэрыял толькі для падпісчыкаў.",
}
_PATHS: dict[Make, Callable[[Story], str]] = {
    "wordpress": lambda s: f"/{s.published_at.astimezone(SITE_ZONE):%Y/%m/%d}/story-number-{s.id}/",
    "sitemap": lambda s: (
        f"/article/story-of-the-day-{hashlib.blake2b(b'%d' % s.id, digest_size=8).hexdigest()}"
    ),
    "feed": lambda s: f"/news/{s.published_at.astimezone(SITE_ZONE):%Y/%m/%d}/story-number-{s.id}",
}
"""The path of a story: an edited headline leaves it as it is."""


def serve_as(
    newsroom: Newsroom,
    make: Make,
    *,
    port: int = 0,
    canonical: str | None = None,
    paths: Mapping[str, str] | None = None,
    faults: Faults | Iterable[Fault] = (),
) -> ServedSite:
    """Serve a newsroom as a site of another make.

    `canonical` is scheme and host of the addresses that pages, feeds and sitemaps name (`https://apnews.com`);
    None: those of this server. `paths` gives files other paths: `{"/sitemap-all.xml": "/sitemap.xml"}`.
    """
    pages = OtherPages(newsroom, make, canonical=canonical, paths=paths)
    return ServedSite(
        newsroom, pages, host="127.0.0.1", port=port, gzip=True, validators="both", faults=faults
    )


class OtherPages(Pages):
    """Answers GET requests for a site of one of the makes."""

    def __init__(
        self,
        newsroom: Newsroom,
        make: Make,
        *,
        canonical: str | None = None,
        paths: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(newsroom)
        self.paths = paths or {}
        self.offers: tuple[Make, ...] = (make,)
        """The makes whose files are there; more may be added, the addresses of stories stay."""
        self.make: Make = make
        self.canonical = canonical

    def path_of(self, story: Story) -> str:
        """The path of a story's page."""
        return _PATHS[self.make](story)

    def answer(self, target: str, own_base: str) -> Response:
        """The answer to a GET; addresses on the pages begin with `canonical`, else with `own_base`."""
        if by_hand := self._by_hand.get(target):
            return by_hand
        parts = urlsplit(target)
        parts = parts._replace(path=self.paths.get(parts.path, parts.path))
        base = self.canonical or own_base
        with self.newsroom.lock:
            stories = self.newsroom.stories(self.newsroom.languages[0])
            by_path = {self.path_of(story): story for story in stories}
            if parts.path == "/robots.txt":
                return self._robots_naming(base)
            if parts.path == "/":
                return self._text("text/html", self._front_page(stories, base), stories)
            if story := by_path.get(parts.path):
                return self._text("text/html", self._story_page(story, base), [story])
            for make in self.offers:
                made = getattr(self, f"_{make}")(parts.path, parts.query, stories, base, own_base)
                if made is not None:
                    return cast(Response, made)
        return Response(
            404, b"<h1>404 Not Found</h1>", (("Content-Type", "text/html; charset=utf-8"),), bare=True
        )

    # The files of each make

    def _wordpress(
        self, path: str, query: str, stories: list[Story], base: str, own_base: str
    ) -> Response | None:
        if path == "/wp-json/":
            root = {
                "name": "Newsroom",
                "home": base,
                "timezone_string": "Europe/Minsk",
                "namespaces": ["wp/v2"],
            }
            return Response(
                200, json.dumps(root).encode(), (("Content-Type", "application/json"),), bare=True
            )
        if path == "/wp-json/wp/v2/posts":
            return _Posts(self, base, own_base).collection(dict(parse_qsl(query)))
        if path == "/feed/":
            return self._text(
                "application/rss+xml", feed_files.rss(self._items(stories, base), base), stories
            )
        return None

    def _sitemap(
        self, path: str, query: str, stories: list[Story], base: str, own_base: str
    ) -> Response | None:
        oldest_first = stories[::-1]
        files = [oldest_first[n : n + FILE_LENGTH] for n in range(0, len(oldest_first), FILE_LENGTH)]
        if path == "/sitemap.xml":
            newest = [(f"{base}/sitemap-{n}.xml.gz", _changed(file)) for n, file in enumerate(files, 1)]
            return self._text("application/xml", feed_files.sitemap_index(newest), stories)
        if path == "/news-sitemap.xml":
            recent = [s for s in stories if (self.newsroom.now - s.published_at).days < 2]
            return self._text("application/xml", feed_files.news_sitemap(self._items(recent, base)), recent)
        match = re.fullmatch(r"/sitemap-(\d+)\.xml\.gz", path)
        if match and 1 <= int(match[1]) <= len(files):
            file = files[int(match[1]) - 1]
            text = feed_files.sitemap(
                [
                    (f"{base}/about-us", None),
                    (f"{base}/tag/economy", None),
                    *((base + self.path_of(s), s.modified_at) for s in file),
                ]
            )
            packed = gzip.compress(text.encode(), 6, mtime=0)
            return self._response("application/x-gzip", packed, _changed(file))
        return None

    def _feed(self, path: str, query: str, stories: list[Story], base: str, own_base: str) -> Response | None:
        shown = stories[:FEED_LENGTH]
        items = self._items(shown, base)
        if path == "/rss/all":
            return self._text("application/rss+xml", feed_files.rss(items, base), shown)
        if path == "/atom.xml":
            return self._text("application/atom+xml", feed_files.atom(items, base), shown)
        if path == "/feed.json":
            return self._text("application/feed+json", feed_files.json_feed(items, base), shown)
        return None

    # Pages

    def _items(self, stories: list[Story], base: str) -> list[feed_files.Item]:
        return [
            feed_files.Item(
                id=story.id,
                url=base + self.path_of(story),
                headline=story.headline,
                summary=_paragraphs(story)[0],
                language=story.language,
                published_at=story.published_at,
                modified_at=story.modified_at,
                premium=story.premium,
            )
            for story in stories
        ]

    def _front_page(self, stories: list[Story], base: str) -> str:
        rows = "".join(
            f'<article><h2><a href="{base}{self.path_of(s)}">{html.escape(s.headline)}</a></h2>'
            f'<time datetime="{s.published_at.isoformat()}">{s.published_at:%H:%M}</time></article>'
            for s in stories[:15]
        )
        heads = {
            "wordpress": f'<link rel="https://api.w.org/" href="{base}/wp-json/">'
            f'<link rel="alternate" type="application/rss+xml" href="{base}/feed/">',
            "feed": f'<link rel="alternate" type="application/rss+xml" href="{base}/rss/all">',
        }
        return self._page_of("Newsroom", heads.get(self.make, ""), f"<main>{rows}</main>")

    def _story_page(self, story: Story, base: str) -> str:
        url = base + self.path_of(story)
        data = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": story.headline,
            "datePublished": story.published_at.astimezone(SITE_ZONE).isoformat(),
            "dateModified": story.modified_at.astimezone(SITE_ZONE).isoformat(),
            "isAccessibleForFree": not story.premium,
            "inLanguage": story.language,
            "mainEntityOfPage": url,
            "author": [{"@type": "Organization", "name": "Newsroom"}],
        }
        head = (
            f'<link rel="canonical" href="{url}"><meta property="og:type" content="article">'
            f'<script type="application/ld+json">{json.dumps(data)}</script>'
        )
        text = "".join(f"<p>{html.escape(p)}</p>" for p in _paragraphs(story))
        if story.premium:
            text += f'<div class="wall"><p>{html.escape(_WALL[story.language])}</p></div>'
        body = f"<main><article><h1>{html.escape(story.headline)}</h1>{text}</article></main>"
        return self._page_of(story.headline, head, body)

    def _page_of(self, title: str, head: str, body: str) -> str:
        menu = "".join(
            f'<li><a href="/{s}/">{s.title()}</a></li>' for s in ("politics", "economy", "about-us")
        )
        return (
            f'<!doctype html><html lang="{self.newsroom.languages[0]}"><head><meta charset="utf-8">'
            f"<title>{html.escape(title)}</title>{head}</head><body><header><nav><ul>{menu}</ul></nav></header>"
            f"{body}<footer><p>Invented texts.</p></footer></body></html>"
        )

    def _robots_naming(self, base: str) -> Response:
        lines = ["User-agent: *", "Disallow: /wp-admin/"]
        if self.make == "sitemap":
            lines += [f"Sitemap: {base}/sitemap.xml", f"Sitemap: {base}/news-sitemap.xml"]
        return Response(200, "\n".join(lines).encode(), (("Content-Type", "text/plain"),), bare=True)

    def _text(self, kind: str, text: str, stories: list[Story]) -> Response:
        return self._response(f"{kind}; charset=utf-8", text.encode(), _changed(stories))

    def _response(self, content_type: str, body: bytes, changed_at: datetime | None) -> Response:
        etag = hashlib.blake2b(body, digest_size=12).hexdigest()
        return Response(200, body, (("Content-Type", content_type),), changed_at=None, etag=etag)


class _Posts(RestApi):
    """The REST interface at the root of the host, for posts."""

    def __init__(self, pages: OtherPages, base: str, own_base: str) -> None:
        super().__init__(pages.newsroom)
        self._pages, self._base, self._own_base = pages, base, own_base

    def collection(self, wanted: dict[str, str]) -> Response:
        """The posts asked for, with their addresses on this site."""
        known = {name: value for name, value in wanted.items() if name != "_embed"}
        language = self._newsroom.languages[0]
        response = self._collection(language, "news", known, self._own_base)
        headers = tuple(
            (name, value.replace(f"/{language}/wp-json/wp/v2/news", "/wp-json/wp/v2/posts"))
            for name, value in response.headers
        )
        posts: Any = json.loads(response.body)
        if isinstance(posts, list):
            for post in posts:
                story = self._newsroom.story(post["id"])
                post["link"] = self._base + self._pages.path_of(story)
                post["guid"] = {"rendered": f"{self._base}/?p={story.id}"}
                post["type"] = "post"
        return Response(response.status, json.dumps(posts).encode(), headers, bare=True)


def _paragraphs(story: Story) -> list[str]:
    return [
        line
        for paragraph in story.shown_paragraphs
        for line in ((paragraph,) if isinstance(paragraph, str) else paragraph)
    ]


def _changed(stories: list[Story]) -> datetime:
    return max((s.modified_at for s in stories), default=datetime(2020, 1, 1, tzinfo=UTC))
