"""Entries of feeds: what an event or an article says there, whatever the format."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from newscrawler.queries import ArticleQuery, EventQuery
from newscrawler.storage.event_context import EventContext
from newscrawler.storage.records import Article, Event
from newscrawler.web.texts import evidence_words, outside_link, shown, words_of_kind

# RFC 4151. Nobody else can own a name under .localhost (RFC 6761), and the time of a first sight, to the
# microsecond, tells two databases apart.
_TAG = "tag:newscrawler.localhost,2026:"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry, all of it plain text."""

    id: str
    """Stays the same for ever, wherever the feed is read."""
    title: str
    page: str
    """On this server, as a path."""
    url: str | None
    """At the publisher; None where it has no address that may be followed."""
    published: datetime
    updated: datetime
    summary: str
    language: str | None
    categories: list[str]
    authors: list[str]


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed before it has a format."""

    title: str
    address: str
    """Of the feed itself, absolute."""
    home: str
    """Of the page that shows the same, absolute."""
    next: str | None
    """Of what follows, absolute; None where nothing does."""
    entries: list[Entry]

    @property
    def updated(self) -> datetime:
        """When its newest entry changed; 1970 for an empty feed, so that it stays the same."""
        return max((entry.updated for entry in self.entries), default=_EPOCH)


def entry_of_event(event: Event, context: EventContext) -> Entry:
    """An event as an entry."""
    about = event.headline or event.url or event.site
    page = f"/articles/{event.article_id}" if event.article_id is not None else f"/runs/{event.run_id}"
    lines = (
        [f"Premium, because of {evidence_words(event.evidence)}"] if event.evidence and event.premium else []
    )
    if event.kind == "headline_changed":
        lines.append(f"It was: {event.old}")
    if event.article_id is None and isinstance(event.new, str):
        lines.append(event.new)
    if event.article_id is not None and event.url is None:
        lines.append("It has no address: the entry is not a link.")
    return Entry(
        id=f"{_TAG}event/{event.id}-{_microseconds(event.at)}",
        title=_text(f"{words_of_kind(event.kind)[0]}: {about}"),
        page=page,
        url=outside_link(event.url),
        published=event.at,
        updated=event.at,
        summary=_text("\n".join(lines)),
        language=context.language,
        categories=[_text(each) for each in (event.kind, event.site, *context.sections)],
        authors=[],
    )


def entry_of_article(article: Article) -> Entry:
    """An article as an entry. It counts as updated when its publisher says so."""
    published = article.published_at or article.first_seen_at
    return Entry(
        id=f"{_TAG}article/{article.id}-{_microseconds(article.first_seen_at)}",
        title=_text(article.headline or article.url or f"Article {article.id}"),
        page=f"/articles/{article.id}",
        url=outside_link(article.url),
        published=published,
        updated=max(published, article.modified_at or published),
        summary=_text(article.description or next(iter(article.body), "")),
        language=article.language,
        categories=[_text(each) for each in (*(["premium"] if article.premium else []), *article.sections)],
        authors=[_text(author) for author in article.authors],
    )


def feed_title(query: ArticleQuery | EventQuery) -> str:
    """What a query is about, in a line."""
    kinds = ", ".join(words_of_kind(kind)[0].lower() for kind in query.kinds)
    what = kinds or ("stories" if isinstance(query, ArticleQuery) else "what happened")
    premium = "premium" if query.premium == (True,) else "free" if query.premium == (False,) else ""
    about = [premium, *query.sites, *query.languages, *query.sections, query.text and f"“{query.text}”"]
    return _text("newscrawler: " + " · ".join([what, *(each for each in about if each)]))


def _microseconds(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1)


def _text(text: str) -> str:
    """Text that XML can hold. Line ends stay."""
    lines = [shown(line) for line in text.split("\n")]
    return "\n".join(lines).translate({0xFFFE: "\ufffd", 0xFFFF: "\ufffd"})
