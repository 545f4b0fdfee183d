"""The stored articles that a batch of observations may speak of, and which of them each one does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from newscrawler.changes import ArticleState
from newscrawler.identity import (
    HEARSAY_WINDOW,
    UNDATED_WINDOW,
    best_match,
    fingerprint,
    is_duplicate,
    is_hearsay,
    reworded,
)
from newscrawler.items import Observation, Visit
from newscrawler.shown import Shown
from newscrawler.storage import rows
from newscrawler.storage.schema import articles

_RECENT = 2000


@dataclass(slots=True, eq=False)
class KnownArticle:
    """One stored article, as a batch leaves it."""

    id: int
    state: ArticleState
    """With all that the batch has said of it so far."""
    duplicate_of: int | None = None
    """The article that it repeats under another id; None for an original."""
    changed: bool = False
    """Whether its row has to be written again."""


class KnownArticles:
    """The stored articles that a batch of observations may speak of, by each way to recognize them."""

    def __init__(
        self, connection: sa.Connection, seen: Sequence[Observation | Visit], shown: Shown | None = None
    ) -> None:
        """`shown`: what the pages of the observations show; None where `seen` has all of it."""
        self._by_id: dict[int, KnownArticle] = {}
        self._by_external_id: dict[str, KnownArticle] = {}
        self._by_url: dict[str, KnownArticle] = {}
        self._by_headline: dict[tuple[str, str], list[KnownArticle]] = {}
        self._shown = shown or Shown(each for each in seen if isinstance(each, Observation))
        self._connection = connection
        self._read_absent: set[tuple[str, bool]] = set()
        self._since = datetime.max.replace(tzinfo=UTC)
        """The earliest moment of an observation."""
        self.load(seen)

    def load(self, seen: Iterable[Observation | Visit]) -> None:
        """Read the candidates from the database."""
        seen = list(seen)
        if not seen:
            return
        observations = [each for each in seen if isinstance(each, Observation)]
        self._since = min([self._since, *(o.seen_at for o in observations)])
        of_site = articles.c.site == seen[0].site
        of_language = articles.c.language.in_(sorted({o.language for o in observations}))
        headlines = _said(fingerprint(o.headline) for o in observations)
        addresses = [each.url for each in seen]
        addresses += [url for o in observations for url in o.translations.values()]
        wanted = [
            articles.c.external_id.in_(_said(o.external_id for o in observations)),
            articles.c.url.in_(_said(addresses)),
            of_language & articles.c.fingerprint.in_(headlines),
            of_language & articles.c.listing_fingerprint.in_(headlines),
        ]
        for condition in wanted:
            self._read(sa.select(articles).where(of_site, condition))

    def _load_absent(self, seen: Observation, *, hearsay: bool) -> None:
        """Read the stories that other words may mean: only needed for what is new, so not before."""
        if (seen.language, hearsay) in self._read_absent:
            return
        self._read_absent.add((seen.language, hearsay))
        since = self._since - (HEARSAY_WINDOW if hearsay else UNDATED_WINDOW)
        query = sa.select(articles).where(
            articles.c.site == seen.site,
            articles.c.language == seen.language,
            articles.c.last_seen_at >= since,
        )
        if not hearsay:
            query = query.where(articles.c.unlinked_key.is_not(None))
        self._read(query.order_by(articles.c.last_seen_at.desc()).limit(_RECENT))

    def _read(self, query: sa.Select[Any]) -> None:
        for row in self._connection.execute(query).mappings():
            if row["id"] not in self._by_id:
                self.add(KnownArticle(row["id"], rows.read(ArticleState, row), row["duplicate_of"]))

    def add(self, article: KnownArticle) -> None:
        """Make an article findable by all that its state says now."""
        state = article.state
        self._by_id[article.id] = article
        if state.external_id is not None:
            self._by_external_id[state.external_id] = article
        if state.url is not None:
            self._by_url[state.url] = article
        for headline in {fingerprint(state.headline), fingerprint(state.listing_headline)} - {None}:
            same = self._by_headline.setdefault((state.language, headline), [])  # type: ignore[arg-type]
            if article not in same:
                same.append(article)

    def find(self, seen: Observation) -> KnownArticle | None:
        """The article that an observation speaks of; see `newscrawler.identity` for the order."""
        if seen.external_id is not None and seen.external_id in self._by_external_id:
            return self._by_external_id[seen.external_id]
        if seen.url is not None and seen.url in self._by_url:
            return self._by_url[seen.url]
        headline = fingerprint(seen.headline)
        if headline is None:
            return None
        same = {id(a.state): a for a in self._of_headline(seen) if not self._shown.has_beside(a.state, seen)}
        if (match := best_match((a.state for a in same.values()), seen)) is not None:
            return same[id(match)]
        hearsay = is_hearsay(seen)
        self._load_absent(seen, hearsay=hearsay)
        absent: dict[int, KnownArticle] = {}
        states: list[tuple[ArticleState, bool]] = []
        for article in self._by_id.values():
            state = article.state
            if state.language != seen.language or not (hearsay or state.url is None):
                continue
            shown = self._shown.still_has(state, seen)
            if shown is False or (shown is None and self._recurs(state)):
                absent[id(state)] = article
                states.append((state, shown is False and not self._shown.may_be_below(state, seen)))
        match = reworded(states, seen)
        return absent[id(match)] if match is not None else None

    def _recurs(self, state: ArticleState) -> bool:
        """Whether its headline is that of another day, too: undated, what is shown may be either."""
        same = self._by_headline.get((state.language, fingerprint(state.headline) or ""), ())
        return len({article.state.published_date for article in same}) > 1

    def original_of(self, seen: Observation) -> int | None:
        """The article that a story never seen before repeats under another address."""
        for article in self._of_headline(seen):
            if is_duplicate(article.state, seen):
                return article.duplicate_of or article.id
        return None

    def _of_headline(self, seen: Observation) -> list[KnownArticle]:
        headline = fingerprint(seen.headline)
        return self._by_headline.get((seen.language, headline), []) if headline is not None else []

    def page_of(self, url: str) -> KnownArticle | None:
        """The article whose own page has this address."""
        return self._by_url.get(url)

    def link_translations(self, seen: Observation) -> None:
        """Let the stories that a page names as its translations know of it: their pages may be old news."""
        for url in seen.translations.values():
            other = self._by_url.get(url)
            if other is None or seen.url is None or seen.language in other.state.translations:
                continue
            known = {**other.state.translations, seen.language: seen.url}
            other.state = replace(other.state, translations=known)
            other.changed = True

    def of_id(self, article_id: int) -> KnownArticle:
        """An article that an observation of the batch spoke of."""
        return self._by_id[article_id]

    def changed(self) -> list[KnownArticle]:
        """The articles whose rows have to be written again."""
        return [article for article in self._by_id.values() if article.changed]


def _said(values: Iterable[str | None]) -> list[str]:
    return sorted({value for value in values if value is not None})
