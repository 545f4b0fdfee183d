"""What the site truly showed, and to whom: the newsroom's ledger and the server's log, put together."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from newscrawler.newsroom import LoggedRequest, Newsroom, Story

HARMLESS = (None, "delay")
UNSURE = ("wrong_type", "wrong_charset", "half_listing", "changed_markup")
"""Faults that a reader may see through, wholly or in part. All others leave nothing to read."""

SHORT = (304, 404, 410)
"""Answers whose status says all, however the rest is spoiled."""

Place = Literal["page", "listing", "side"]

_STORY = re.compile(r"/(\w\w)/(?:news|longreads)/(\d+)/?")
_LISTING = re.compile(r"/(\w\w)/(news|longreads)/(?:page/(\d+)/)?")


@dataclass(frozen=True, slots=True)
class Look:
    """One story, shown once to a crawl."""

    at: datetime
    crawl: int
    story_id: int
    place: Place
    """Its own page, a listing, or the news list beside another story."""
    gone: bool = False
    """Its page answered 404 or 410."""
    certain: bool = True
    """Whether whoever asked must have read it: it was not spoiled, and the crawl was not killed."""
    changed: bool = True
    """False for a 304: nothing there that was not read before."""

    def __str__(self) -> str:
        what = "gone" if self.gone else "there" if self.changed else "there, 304"
        return f"crawl {self.crawl} {self.at:%m-%d %H:%M} {self.place}: {what}{'' if self.certain else '?'}"


class Truth:
    """The site's state as the ledger tells it: rebuilt from happenings, not from what serves pages."""

    def __init__(self, newsroom: Newsroom) -> None:
        self.newsroom = newsroom
        self.stories: dict[int, Story] = {}
        self.removals: set[int] = set()
        """Stories that have ever been taken off the site."""
        self.published_at: dict[int, datetime] = {}
        """When each story was put on the site."""
        self.unlinked: set[int] = set()
        """Stories that have ever stood in lists without an address."""
        self._mark = 0
        self._lists: dict[tuple[str, str], list[Story]] = {}

    def update(self) -> None:
        """Take in what has happened since the last time."""
        ledger = self.newsroom.ledger
        for happening in ledger.happenings[self._mark :]:
            story = happening.story
            self.stories[story.id] = story
            self.published_at.setdefault(story.id, happening.at)
            if happening.kind == "removed":
                self.removals.add(story.id)
            if not story.has_link:
                self.unlinked.add(story.id)
        self._mark = ledger.mark()
        self._lists.clear()
        for story in sorted(self.stories.values(), key=lambda s: s.order, reverse=True):
            if not story.removed:
                self._lists.setdefault((story.language, story.kind), []).append(story)

    def listed(self, language: str, kind: str, page: int | None = None) -> list[Story]:
        """A listing, newest first: one page of it, or all."""
        stories = self._lists.get((language, kind), [])
        size = self.newsroom.page_size
        return stories if page is None else stories[(page - 1) * size : page * size]

    def looks(
        self, requests: Iterable[LoggedRequest], crawl: int, *, killed: bool, decoys: Collection[str] = ()
    ) -> list[Look]:
        """What these requests showed. `decoys` are paths to which a fault redirects."""
        found: list[Look] = []
        diverted_from: str | None = None
        for request in requests:
            asked, diverted_from = diverted_from, None
            if request.fault in ("redirect", "redirect_loop"):
                diverted_from = request.path
            if asked not in (None, request.path) and request.path in decoys:
                continue  # not what was asked for
            if request.fault not in (*HARMLESS, *UNSURE) and request.status not in SHORT:
                continue
            unspoiled = request.fault in (*HARMLESS, "status")
            if request.status in (404, 410):
                unspoiled = unspoiled or request.fault in UNSURE  # nobody reads the rest
            certain = unspoiled and not killed and "?" not in request.path and asked is None
            path = request.path.partition("?")[0]
            at, changed = request.at, request.status != 304
            if match := _STORY.fullmatch(path):
                gone = request.status in (404, 410)
                if not gone and request.status not in (200, 304):
                    continue
                found.append(Look(at, crawl, int(match[2]), "page", gone, certain, changed))
                if request.status == 200:
                    beside = self.listed(match[1], "news")[: self.newsroom.news_list_length]
                    found += (Look(at, crawl, story.id, "side", certain=False) for story in beside)
            elif (match := _LISTING.fullmatch(path)) and request.status in (200, 304):
                for story in self.listed(match[1], match[2], int(match[3] or 1)):
                    found.append(Look(at, crawl, story.id, "listing", False, certain, changed))
        return found
