"""Which path shows what: the site's addresses, answered from the newsroom's state."""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Literal, cast
from urllib.parse import parse_qs, urlsplit

from markupsafe import escape

from newscrawler.newsroom.newsroom import Newsroom, NoSuchStoryError
from newscrawler.newsroom.rendering import LinkStyle, Renderer
from newscrawler.newsroom.responses import Response
from newscrawler.newsroom.rest import RestApi
from newscrawler.newsroom.stories import StoryKind
from newscrawler.newsroom.wording import Language

Robots = Literal["allow", "disallow", "missing", "error"]

_LISTING = re.compile(r"/(?P<language>\w\w)/(?P<kind>news|longreads)/(?:page/(?P<number>\d+)/)?")
_STORY = re.compile(r"/(?P<language>\w\w)/(?P<kind>news|longreads)/(?P<id>\d+)/")
_LOGIN = re.compile(r"/(?P<language>\w\w)/(?:login|plus)/")
_FRONT = re.compile(r"/(?P<language>\w\w)/")
_REST = re.compile(r"/(?P<language>\w\w)/wp-json/wp/v2/(?P<rest>.*)")


class Pages:
    """Answers GET requests from the newsroom, the pages put in by hand, and robots.txt.

    Rendered pages are kept until something in their language changes.
    """

    def __init__(
        self,
        newsroom: Newsroom,
        *,
        rest: bool = False,
        robots: Robots | str = "allow",
        crawl_delay_seconds: float | None = None,
        links: LinkStyle | None = None,
        charset: str = "utf-8",
        live_clock: bool = False,
    ) -> None:
        self.newsroom = newsroom
        self.robots: Robots | str = robots
        """`allow`, `disallow`, `missing` (404), `error` (503), or the text of the file."""
        self.crawl_delay_seconds = crawl_delay_seconds
        self.renderer = Renderer(newsroom, links=links, charset=charset, live_clock=live_clock)
        self.rest = RestApi(newsroom) if rest else None
        self._by_hand: dict[str, Response] = {}
        self._rendered: dict[tuple[str, str], tuple[tuple[object, ...], Response]] = {}

    def add(self, path: str, response: Response) -> None:
        """Answer a path, with its query if it has one, with exactly this."""
        self._by_hand[path] = response

    def answer(self, target: str, own_base: str) -> Response:
        """The answer to a GET; `own_base` is where redirects lead: `http://127.0.0.1:8000`."""
        if by_hand := self._by_hand.get(target):
            return by_hand
        parts = urlsplit(target)
        path = parts.path
        if path == "/robots.txt":
            return self._robots()
        if self.rest and (match := _REST.fullmatch(path)):
            return self.rest.answer(match["language"], match["rest"], parts.query, own_base)
        if path == "/":
            return _redirect(f"{own_base}/{self.newsroom.languages[0]}/", status=302)
        if not path.endswith("/"):
            # As WordPress does; the query is kept.
            if path.startswith("/wp-content/") or not self._known(f"{path}/"):
                return self._missing(path)
            return _redirect(f"{own_base}{path}/" + (f"?{parts.query}" if parts.query else ""))
        if match := _STORY.fullmatch(path):
            return self._story(match["language"], match["kind"], int(match["id"]))
        if match := _LISTING.fullmatch(path):
            if match["number"] == "1":
                return _redirect(f"{own_base}/{match['language']}/{match['kind']}/")
            return self._listing(match["language"], match["kind"], int(match["number"] or 1))
        if match := _FRONT.fullmatch(path):
            if (wanted := parse_qs(parts.query).get("p")) and wanted[0].isdigit():
                return self._shortlink(match["language"], int(wanted[0]), own_base)
            return self._front(match["language"])
        if match := _LOGIN.fullmatch(path):
            return self._login(match["language"])
        return self._missing(path)

    # Pages

    def _listing(self, language: str, kind: str, number: int) -> Response:
        newsroom = self.newsroom
        if language not in newsroom.languages:
            return self._missing(f"/{language}/")
        wanted = cast(StoryKind, kind)
        with newsroom.lock:
            last = max(-(-newsroom.count(language, wanted) // newsroom.page_size), 1)
            if not 1 <= number <= last:
                return self._missing(f"/{language}/")
            return self._page(
                f"listing {kind} {number}",
                language,
                lambda: self.renderer.listing(
                    language, wanted, number, newsroom.page(language, wanted, number), last=last
                ),
                is_list=True,
            )

    def listing_with(
        self, target: str, entries: int, template: str = "listing.html", *, cut: bool = False
    ) -> str | None:
        """A listing as a fault wants it: with its first entries only, and no further page.

        `cut` ends it in the middle of the list instead, as if what makes it had died. None if the path is
        no listing of the site.
        """
        match = _LISTING.fullmatch(urlsplit(target).path)
        language = match["language"] if match else ""
        if not match or language not in self.newsroom.languages:
            return None
        kind = cast(StoryKind, match["kind"])
        number = int(match["number"] or 1)
        with self.newsroom.lock:
            stories = self.newsroom.page(language, kind, number)
            shown = stories if cut else stories[:entries]
            text = self.renderer.listing(language, kind, number, shown, last=number, template=template)
        if cut and len(stories) > entries:
            text = text[: text.index(str(escape(stories[entries].headline)))]
        return text

    def _story(self, language: str, kind: str, story_id: int) -> Response:
        with self.newsroom.lock:
            try:
                story = self.newsroom.story(story_id)
            except NoSuchStoryError:
                return self._missing(f"/{language}/")
            if story.language != language or story.kind != kind:
                return self._missing(f"/{language}/")
            if story.removed:
                return self._missing(f"/{language}/", status=story.removed_status)
            page = self._page(f"story {story_id}", story.language, lambda: self.renderer.article(story))
            shortlink = f"</{story.language}/?p={story.id}>; rel=shortlink"
            return replace(page, headers=(*page.headers, ("Link", shortlink)))

    def _front(self, language: str) -> Response:
        if language not in self.newsroom.languages:
            return self._missing("/")
        with self.newsroom.lock:
            return self._page("front", language, lambda: self.renderer.front(language), is_list=True)

    def _shortlink(self, language: str, story_id: int, own_base: str) -> Response:
        with self.newsroom.lock:
            try:
                story = self.newsroom.story(story_id)
            except NoSuchStoryError:
                return self._missing(f"/{language}/")
        if story.language != language or story.removed:
            return self._missing(f"/{language}/")
        return _redirect(own_base + story.path)

    def _login(self, language: str) -> Response:
        if language not in self.newsroom.languages:
            return self._missing("/")
        return self.message("login", f"/{language}/")

    def message(self, name: str, target: str, status: int = 200) -> Response:
        """A page that stands in place of the site's own: `challenge`, `consent` or `login`."""
        text = self.renderer.message(f"{name}.html", self._language(target))
        body = text.encode(self.renderer.charset, errors="xmlcharrefreplace")
        return Response(status, body, (self._html,), bare=True)

    def _language(self, path: str) -> Language:
        """The language of an address; the site's first where it has none."""
        known = (language for language in self.newsroom.languages if path.startswith(f"/{language}/"))
        return next(known, self.newsroom.languages[0])

    def _missing(self, path: str, status: int = 404) -> Response:
        language = self._language(path)
        with self.newsroom.lock:
            page = self._page("missing", language, lambda: self.renderer.not_found(language))
        return replace(page, status=status, changed_at=None, etag=None, bare=True)

    @property
    def _html(self) -> tuple[str, str]:
        return "Content-Type", f"text/html; charset={self.renderer.charset.upper()}"

    def _known(self, path: str) -> bool:
        return any(pattern.fullmatch(path) for pattern in (_STORY, _LISTING, _FRONT))

    def _robots(self) -> Response:
        plain = (("Content-Type", "text/plain; charset=utf-8"),)
        if self.robots == "missing":
            return Response(404, b"Not Found\n", plain, bare=True)
        if self.robots == "error":
            return Response(503, b"Service Unavailable\n", plain, bare=True)
        if self.robots in ("allow", "disallow"):
            rule = "Disallow: /" if self.robots == "disallow" else "Disallow: /wp-admin/"
            lines = ["User-agent: *", rule]
            if self.crawl_delay_seconds is not None:
                lines.append(f"Crawl-delay: {self.crawl_delay_seconds:g}")
            return Response(200, ("\n".join(lines) + "\n").encode(), plain, bare=True)
        return Response(200, self.robots.encode(), plain, bare=True)

    def _page(
        self, name: str, language: Language, render: Callable[[], str], *, is_list: bool = False
    ) -> Response:
        """A page, rendered anew only if it may look different from last time."""
        layout = self.renderer.layout
        follows_clock = layout.prints_age or self.renderer.live_clock
        minute = self.newsroom.now.replace(second=0, microsecond=0) if follows_clock else None
        state = (layout.name, self.newsroom.version(language), minute)
        kept = self._rendered.get((name, language))
        if kept and kept[0] == state:
            return kept[1]
        body = render().encode(self.renderer.charset, errors="xmlcharrefreplace")
        changed_at = self.newsroom.changed_at(language)
        response = Response(
            200,
            body,
            (self._html,),
            is_list=is_list,
            changed_at=max(changed_at, minute) if minute else changed_at,
            compressed=cache(lambda: gzip.compress(body, 5, mtime=0)),
            etag=hashlib.blake2b(body, digest_size=12).hexdigest(),
        )
        self._rendered[name, language] = state, response
        return response


def _redirect(location: str, status: int = 301) -> Response:
    headers = (("Location", location), ("Content-Type", "text/html; charset=UTF-8"))
    return Response(status, b"", headers, bare=True)
