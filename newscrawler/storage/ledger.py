"""Writing: runs, and what they see."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from newscrawler.changes import ArticleState, Change, EventKind, compare, visited
from newscrawler.exceptions import StorageError
from newscrawler.items import Observation, Source, Visit
from newscrawler.looks import USUAL_LOOKS, LookSchedule
from newscrawler.schedule import Schedule
from newscrawler.shown import Shown
from newscrawler.storage import rows, search_index
from newscrawler.storage import runs as book
from newscrawler.storage.alert_records import Happened, Router
from newscrawler.storage.alerts import queue_alerts
from newscrawler.storage.database import Database
from newscrawler.storage.known_articles import KnownArticle, KnownArticles
from newscrawler.storage.runs import StartedRun
from newscrawler.storage.schema import articles, events, pages, revisions, runs
from newscrawler.storage.site_states import SiteJudged, settle

_REVISION_COLUMNS = (
    "headline",
    "sections",
    "premium",
    "premium_evidence",
    "published_date",
    "published_at",
    "modified_at",
    "body",
    "status",
)
_TOLD_COLUMNS = ("id", "article_id", "kind", "at", "site", "premium", "baseline")
_URLS_AT_ONCE = 5000  # databases limit the parameters of a query
_VISIT_COLUMNS = ("visited_at", "etag", "last_modified", "body_hash")


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of one observation."""

    article_id: int | None
    """None for a visit of a page that is no story's own."""
    new: bool
    events: tuple[EventKind, ...]


class Ledger:
    """Records what runs see. Every method is one transaction; all may be called from any thread."""

    def __init__(
        self, database: Database, looks: LookSchedule = USUAL_LOOKS, router: Router | None = None
    ) -> None:
        """`router` says which alerts follow from an event; without one there are none."""
        self.database = database
        self.looks = looks
        self.router = router

    def start_run(
        self,
        site: str,
        *,
        kind: str,
        languages: Sequence[str],
        at: datetime,
        owner: str | None = None,
        scheduled: bool = False,
        instead_of: int | None = None,
    ) -> StartedRun:
        """Note that a run has begun. `kind` is `crawl` or `ingest`.

        A crawl claims its site: SiteBusyError is raised where another is under way, unless it is
        `instead_of`, which is given up then (see `claims.Pulse`). Pages taken in from files do not make a
        site's first crawl less of a first look.
        """
        with self.database.writing(site) as connection:
            if kind == "crawl":
                book.claim(connection, site, at=at, instead_of=instead_of)
            return book.start(
                connection,
                {
                    "site": site,
                    "kind": kind,
                    "languages": list(languages),
                    "started_at": at,
                    "status": "running",
                    "owner": owner,
                    "scheduled": scheduled,
                },
            )

    def join_run(self, run_id: int, *, owner: str) -> StartedRun:
        """Take over a run that `watch` has begun for this process. Raises StorageError if it was given up."""
        with self.database.writing() as connection:
            return book.join(connection, run_id, owner)

    def beat(self, run_id: int) -> None:
        """Say that a run is alive. Raises StorageError if it was given up."""
        with self.database.writing() as connection:
            book.beat(connection, run_id)

    def finish_run(
        self,
        run_id: int,
        *,
        at: datetime,
        status: str,
        reason: str | None,
        swept: Sequence[str] = (),
        counts: dict[str, Any] | None = None,
        coverage: dict[str, Any] | None = None,
        wait_until: datetime | None = None,
        schedule: Schedule | None = None,
    ) -> SiteJudged | None:
        """Note how a run ended, and what a crawl means for its site: see `site_states.settle`.

        Does nothing for a run that was given up, and gives None then.
        """
        values = {
            "finished_at": at,
            "status": status,
            "reason": reason,
            "swept": list(swept),
            "counts": counts,
            "coverage": coverage,
            "wait_until": wait_until,
        }
        with self.database.reading() as connection:
            site = connection.scalar(sa.select(runs.c.site).where(runs.c.id == run_id))
        with self.database.writing(site or "") as connection:
            if not book.finish(connection, run_id, values):
                return None
            return settle(connection, run_id, at=at, schedule=schedule, router=self.router)

    def validators(self, site: str, urls: Sequence[str]) -> dict[str, Visit]:
        """The last visit of each page that said something, to ask whether it has changed since."""
        of_site = sa.select(pages).where(pages.c.site == site)
        found: dict[str, Visit] = {}
        with self.database.reading() as connection:
            for start in range(0, len(urls), _URLS_AT_ONCE):
                query = of_site.where(pages.c.url.in_(urls[start : start + _URLS_AT_ONCE]))
                found |= {row["url"]: rows.visit(row) for row in connection.execute(query).mappings()}
        return found

    def due_looks(
        self, site: str, languages: Sequence[str], *, at: datetime, limit: int | None
    ) -> list[ArticleState]:
        """Stories whose own page is due to be looked at again, the newest first."""
        born = sa.func.coalesce(articles.c.published_at, articles.c.first_seen_at)
        query = (
            sa.select(articles)
            .where(articles.c.site == site, articles.c.language.in_(languages))
            .where(articles.c.next_look_at <= at)
            .order_by(born.desc(), articles.c.next_look_at)
            .limit(limit)
        )
        with self.database.reading() as connection:
            return [rows.read(ArticleState, row) for row in connection.execute(query).mappings()]

    def lookup(
        self, observations: Sequence[Observation], shown: Shown | None = None
    ) -> list[ArticleState | None]:
        """What is known of each story that was observed; None for one never seen.

        `shown`: what the pages show on which they were observed; None where these are all of it.
        """
        with self.database.reading() as connection:
            known = KnownArticles(connection, observations, shown)
            found = [known.find(observation) for observation in observations]
        return [article.state if article is not None else None for article in found]

    def record(
        self, run_id: int, seen: Sequence[Observation | Visit], shown: Shown | None = None
    ) -> list[Recorded]:
        """Store what was seen, in order, with the revisions and events that follow from it.

        All of it is stored or, when StorageError is raised, nothing. All is of one site. A run that was
        given up records nothing. `shown` as in `lookup`.
        """
        if not seen:
            return []
        with self.database.writing(seen[0].site) as connection:
            book.require_under_way(connection, run_id)
            known = KnownArticles(connection, seen, shown)
            batch = _Batch(connection, run_id, known, self.looks, self.router)
            recorded = [batch.take(each) for each in seen]
            batch.write()
        return recorded


class _Batch:
    """Collects the rows that follow from observations, so that each table is written at once."""

    def __init__(
        self,
        connection: sa.Connection,
        run_id: int,
        known: KnownArticles,
        looks: LookSchedule,
        router: Router | None,
    ) -> None:
        self._connection = connection
        self._looks = looks
        self._router = router
        self._run_id = run_id
        self._known = known
        self._revisions: list[dict[str, Any]] = []
        self._events: list[dict[str, Any]] = []
        self._visits: dict[str, Visit] = {}
        self._reworded: dict[int, ArticleState] = {}

    def take(self, seen: Observation | Visit) -> Recorded:
        """Compare one thing seen with what is known, the earlier ones of the batch included."""
        return self._take_visit(seen) if isinstance(seen, Visit) else self._take_observation(seen)

    def _take_visit(self, visit: Visit) -> Recorded:
        if visit.status in ("read", "unchanged", "passed"):
            self._visits[visit.url] = visit
        article = self._known.page_of(visit.url)
        if article is None:
            return Recorded(None, new=False, events=())
        change = visited(article.state, visit, self._looks)
        self._update(article, change)
        return self._note(article.id, visit.at, "article", visit.url, change)

    def _take_observation(self, seen: Observation) -> Recorded:
        article = self._known.find(seen)
        if article is None:
            change = compare(None, seen, self._looks)
            original = self._known.original_of(seen)
            if original is not None:
                change.happenings.clear()  # the story has been reported
            article_id = self._insert_article(change.state, original)
            if article_id is not None:
                self._known.add(KnownArticle(article_id, change.state, original))
                self._known.link_translations(seen)
                self._reworded[article_id] = change.state
                return self._note_observation(article_id, seen, change, new=True)
            # A unique constraint knew better: a writer that does not take our lock was faster.
            self._known.load([seen])
            article = self._known.find(seen)
            if article is None:
                raise StorageError(
                    f"{seen.site}: {seen.url or seen.headline!r} is stored already under another identity"
                )
        change = compare(article.state, seen, self._looks)
        self._update(article, change)
        self._known.link_translations(seen)
        return self._note_observation(article.id, seen, change, new=False)

    def _update(self, article: KnownArticle, change: Change) -> None:
        article.changed = article.changed or change.state != article.state
        if search_index.differs(article.state, change.state):
            self._reworded[article.id] = change.state
        free = rows.unlinked_key(article.state) not in (None, rows.unlinked_key(change.state))
        article.state = change.state
        self._known.add(article)
        if free:
            # For another story of its headline and day, which may be the next one seen. All else waits for
            # the batch's end: by the old row, the index of searches knows its own.
            key = sa.update(articles).where(articles.c.id == article.id).values(unlinked_key=None)
            self._connection.execute(key)

    def write(self) -> None:
        """Send the collected rows."""
        search_index.write(self._connection, self._reworded)
        updates = [{"row_id": a.id} | rows.state_columns(a.state) for a in self._known.changed()]
        if updates:
            query = sa.update(articles).where(articles.c.id == sa.bindparam("row_id"))
            self._connection.execute(query, updates)
        if self._revisions:
            self._connection.execute(sa.insert(revisions), self._revisions)
        if self._events:
            about = (events.c[name] for name in _TOLD_COLUMNS)
            query = self._insert(events).on_conflict_do_nothing().returning(*about)
            written = self._connection.execute(query, self._events).mappings().all()
            if self._router is not None:
                queue_alerts(self._connection, self._told(written), self._router)
        if self._visits:
            query = self._insert(pages)
            fresh = {name: query.excluded[name] for name in _VISIT_COLUMNS}
            query = query.on_conflict_do_update(index_elements=["site", "url"], set_=fresh)
            self._connection.execute(query, [rows.visit_columns(v) for v in self._visits.values()])

    def _told(self, written: Sequence[sa.RowMapping]) -> Iterator[tuple[int, datetime, Happened]]:
        """The events that are news: of no first look, and of no story that is published twice."""
        for event in sorted(written, key=lambda row: row["id"]):
            article = self._known.of_id(event["article_id"])
            if not event["baseline"] and article.duplicate_of is None:
                happened = Happened(event["kind"], event["site"], event["premium"], article.state)
                yield event["id"], event["at"], happened

    def _insert_article(self, state: ArticleState, duplicate_of: int | None) -> int | None:
        values = rows.state_columns(state) | {
            "first_run_id": self._run_id,
            "duplicate_of": duplicate_of,
        }
        query = self._insert(articles).on_conflict_do_nothing().returning(articles.c.id)
        article_id: int | None = self._connection.scalar(query, values)
        return article_id

    def _insert(self, table: sa.Table) -> Any:
        """An INSERT that can say what to do about a conflict, which standard SQL cannot."""
        postgresql = self._connection.dialect.name == "postgresql"
        return (postgresql_insert if postgresql else sqlite_insert)(table)

    def _note_observation(self, article_id: int, seen: Observation, change: Change, *, new: bool) -> Recorded:
        return self._note(
            article_id, seen.seen_at, seen.source, seen.page_url, change, new=new, baseline=seen.baseline
        )

    def _note(
        self,
        article_id: int,
        at: datetime,
        source: Source,
        page_url: str | None,
        change: Change,
        *,
        new: bool = False,
        baseline: bool = False,
    ) -> Recorded:
        state = change.state
        shared = {"article_id": article_id, "run_id": self._run_id}
        if change.revised:
            content = {name: rows.to_column(getattr(state, name)) for name in _REVISION_COLUMNS}
            origin = {"seen_at": at, "source": source, "page_url": page_url}
            self._revisions.append(shared | content | origin | {"number": state.revision})
        for happening in change.happenings:
            self._events.append(
                shared
                | {
                    "kind": happening.kind,
                    "at": at,
                    "site": state.site,
                    "revision": state.revision,
                    "headline": state.headline,
                    "url": state.url,
                    "premium": state.premium,
                    "old": happening.old,
                    "new": happening.new,
                    "evidence": rows.to_column(happening.evidence),
                    "baseline": baseline,
                }
            )
        return Recorded(article_id, new, tuple(h.kind for h in change.happenings))
