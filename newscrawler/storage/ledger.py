"""Writing: runs, and what they see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from newscrawler.changes import ArticleState, Change, EventKind, compare
from newscrawler.exceptions import StorageError
from newscrawler.identity import best_match, fingerprint
from newscrawler.items import Observation
from newscrawler.storage import rows
from newscrawler.storage.database import Database
from newscrawler.storage.schema import articles, events, revisions, runs

_REVISION_COLUMNS = tuple(
    c.name
    for c in revisions.c
    if c.name in {"headline", "sections", "premium", "premium_evidence"}
    or c.name in {"published_date", "published_at", "modified_at", "body"}
)


@dataclass(frozen=True, slots=True)
class StartedRun:
    """A run that has begun."""

    id: int
    swept_at: dict[str, datetime]
    """Language → when its listings were last followed all the way down to what was known before. A
    language that is missing has never been: what is seen there now is a baseline, not news."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of one observation."""

    article_id: int
    new: bool
    events: tuple[EventKind, ...]


class Ledger:
    """Records what runs see. Every method is one transaction; all may be called from any thread."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def start_run(self, site: str, *, kind: str, languages: Sequence[str], at: datetime) -> StartedRun:
        """Note that a run has begun. `kind` is `crawl` or `ingest`.

        Pages taken in from files do not make a site's first crawl less of a first look.
        """
        earlier = (
            sa.select(runs.c.swept, runs.c.finished_at)
            .where(runs.c.site == site, runs.c.status == "ok")
            .order_by(runs.c.finished_at)
        )
        if kind == "crawl":
            earlier = earlier.where(runs.c.kind == "crawl")
        with self.database.writing(site) as connection:
            swept_at = {
                language: finished_at
                for swept, finished_at in connection.execute(earlier)
                for language in swept or ()
            }
            run_id = connection.scalar(
                sa.insert(runs).returning(runs.c.id),
                {
                    "site": site,
                    "kind": kind,
                    "languages": list(languages),
                    "started_at": at,
                    "status": "running",
                },
            )
        assert run_id is not None
        return StartedRun(run_id, swept_at)

    def finish_run(
        self,
        run_id: int,
        *,
        at: datetime,
        status: str,
        reason: str | None,
        swept: Sequence[str],
        counts: dict[str, Any],
    ) -> None:
        """Note how a run ended."""
        values = {
            "finished_at": at,
            "status": status,
            "reason": reason,
            "swept": list(swept),
            "counts": counts,
        }
        with self.database.writing() as connection:
            connection.execute(sa.update(runs).where(runs.c.id == run_id).values(values))

    def lookup(self, observations: Sequence[Observation]) -> list[ArticleState | None]:
        """What is known of each story that was observed; None for one never seen."""
        with self.database.reading() as connection:
            known = _Known(connection, observations)
        found = [known.find(observation) for observation in observations]
        return [article.state if article is not None else None for article in found]

    def record(self, run_id: int, observations: Sequence[Observation]) -> list[Recorded]:
        """Store what was observed, in order, with the revisions and events that follow from it.

        All of it is stored or, when StorageError is raised, nothing. Observations are of one site.
        """
        if not observations:
            return []
        with self.database.writing(observations[0].site) as connection:
            batch = _Batch(connection, run_id, _Known(connection, observations))
            recorded = [batch.take(observation) for observation in observations]
            batch.write()
        return recorded


@dataclass(slots=True, eq=False)
class _KnownArticle:
    id: int
    state: ArticleState
    changed: bool = False


class _Known:
    """The stored articles that a batch of observations may speak of, by each way to recognize them."""

    def __init__(self, connection: sa.Connection, observations: Iterable[Observation]) -> None:
        self._by_id: dict[int, _KnownArticle] = {}
        self._by_external_id: dict[str, _KnownArticle] = {}
        self._by_url: dict[str, _KnownArticle] = {}
        self._by_headline: dict[tuple[str, str], list[_KnownArticle]] = {}
        self._connection = connection
        self.load(observations)

    def load(self, observations: Iterable[Observation]) -> None:
        """Read the candidates from the database."""
        observations = list(observations)
        ways = (
            (articles.c.external_id, {o.external_id for o in observations}),
            (articles.c.url, {o.url for o in observations}),
            (articles.c.fingerprint, prints := {fingerprint(o.headline) for o in observations}),
            (articles.c.listing_fingerprint, prints),
        )
        for column, values in ways:
            wanted = sorted(v for v in values if v is not None)
            if not wanted:
                continue
            query = sa.select(articles).where(articles.c.site == observations[0].site, column.in_(wanted))
            if column.name.endswith("fingerprint"):
                query = query.where(articles.c.language.in_(sorted({o.language for o in observations})))
            for row in self._connection.execute(query).mappings():
                if row["id"] not in self._by_id:
                    self.add(_KnownArticle(row["id"], rows.read(ArticleState, row)))

    def add(self, article: _KnownArticle) -> None:
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

    def find(self, seen: Observation) -> _KnownArticle | None:
        """The article that an observation speaks of; see `newscrawler.identity` for the order."""
        if seen.external_id is not None and seen.external_id in self._by_external_id:
            return self._by_external_id[seen.external_id]
        if seen.url is not None and seen.url in self._by_url:
            return self._by_url[seen.url]
        headline = fingerprint(seen.headline)
        if headline is None:
            return None
        candidates = {id(a.state): a for a in self._by_headline.get((seen.language, headline), [])}
        match = best_match((a.state for a in candidates.values()), seen)
        return candidates[id(match)] if match is not None else None

    def changed(self) -> list[_KnownArticle]:
        """The articles whose rows have to be written again."""
        return [article for article in self._by_id.values() if article.changed]


class _Batch:
    """Collects the rows that follow from observations, so that each table is written at once."""

    def __init__(self, connection: sa.Connection, run_id: int, known: _Known) -> None:
        self._connection = connection
        self._run_id = run_id
        self._known = known
        self._revisions: list[dict[str, Any]] = []
        self._events: list[dict[str, Any]] = []

    def take(self, seen: Observation) -> Recorded:
        """Compare one observation with what is known, the earlier ones of the batch included."""
        article = self._known.find(seen)
        if article is None:
            change = compare(None, seen)
            article_id = self._insert(change.state)
            if article_id is not None:
                self._known.add(_KnownArticle(article_id, change.state))
                return self._note(article_id, seen, change, new=True)
            # A unique constraint knew better: a writer that does not take our lock was faster.
            self._known.load([seen])
            article = self._known.find(seen)
            if article is None:
                raise StorageError(
                    f"{seen.site}: {seen.url or seen.headline!r} is stored already under another identity"
                )
        change = compare(article.state, seen)
        article.changed = article.changed or change.state != article.state
        article.state = change.state
        self._known.add(article)
        return self._note(article.id, seen, change, new=False)

    def write(self) -> None:
        """Send the collected rows."""
        updates = [{"row_id": a.id} | rows.state_columns(a.state) for a in self._known.changed()]
        if updates:
            query = sa.update(articles).where(articles.c.id == sa.bindparam("row_id"))
            self._connection.execute(query, updates)
        if self._revisions:
            self._connection.execute(sa.insert(revisions), self._revisions)
        if self._events:
            self._connection.execute(self._insert_or_nothing(events), self._events)

    def _insert(self, state: ArticleState) -> int | None:
        values = rows.state_columns(state) | {"first_run_id": self._run_id}
        query = self._insert_or_nothing(articles).returning(articles.c.id)
        article_id: int | None = self._connection.scalar(query, values)
        return article_id

    def _insert_or_nothing(self, table: sa.Table) -> Any:
        postgresql = self._connection.dialect.name == "postgresql"
        return (postgresql_insert if postgresql else sqlite_insert)(table).on_conflict_do_nothing()

    def _note(self, article_id: int, seen: Observation, change: Change, *, new: bool) -> Recorded:
        state = change.state
        shared = {"article_id": article_id, "run_id": self._run_id}
        if change.revised:
            content = {name: rows.to_column(getattr(state, name)) for name in _REVISION_COLUMNS}
            origin = {"seen_at": seen.seen_at, "source": seen.source, "page_url": seen.page_url}
            self._revisions.append(shared | content | origin | {"number": state.revision})
        for happening in change.happenings:
            self._events.append(
                shared
                | {
                    "kind": happening.kind,
                    "at": seen.seen_at,
                    "site": seen.site,
                    "revision": state.revision,
                    "headline": state.headline,
                    "url": state.url,
                    "premium": state.premium,
                    "old": happening.old,
                    "new": happening.new,
                    "evidence": rows.to_column(happening.evidence),
                    "baseline": seen.baseline,
                }
            )
        return Recorded(article_id, new, tuple(h.kind for h in change.happenings))
