"""What a crawler under simulation has stored, read straight from its tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from itertools import pairwise
from typing import Any

import sqlalchemy as sa

from newscrawler.storage.database import Database
from newscrawler.storage.schema import articles, events, revisions, runs

_DESCRIBED = (
    "url", "headline", "listing_headline", "premium", "listing_premium", "page_premium", "status",
    "first_seen_at", "listed_at", "fetched_at", "next_look_at", "gone_since", "duplicate_of",
)  # fmt: skip
_REVISED_BY = ("headline", "sections", "premium", "published_date", "published_at", "body", "status")


@dataclass(frozen=True, slots=True)
class Row:
    """A stored article, as far as it is compared."""

    id: int
    external_id: str | None
    url: str | None
    language: str
    headline: str | None
    premium: bool | None
    status: str
    body: list[str]
    published_date: date | None
    revision: int
    first_seen_at: datetime
    fetched_at: datetime | None
    listed_at: datetime | None
    gone_since: datetime | None
    look_failures: int
    duplicate_of: int | None


@dataclass(frozen=True, slots=True)
class Event:
    """A stored event, as far as it is compared."""

    id: int
    kind: str
    article_id: int
    old: Any
    new: Any
    evidence: Any

    @property
    def difference(self) -> str:
        """The lines that an event takes away and adds."""
        old, new = self.old or [], self.new or []
        return f"-{[line for line in old if line not in new]} +{[line for line in new if line not in old]}"


@dataclass(slots=True)
class Stored:
    """The database, with a memory of what has been read."""

    database: Database
    _last_event: int = 0
    _last_revision: int = 0
    _runs: set[int] = field(default_factory=set)

    def articles(self) -> dict[int, Row]:
        """All articles, by id."""
        query = sa.select(*(articles.c[f.name] for f in fields(Row)))
        with self.database.reading() as connection:
            return {row["id"]: Row(**row) for row in connection.execute(query).mappings()}

    def new_events(self) -> list[Event]:
        """Those since the last call, oldest first."""
        query = sa.select(*(events.c[f.name] for f in fields(Event)))
        query = query.where(events.c.id > self._last_event).order_by(events.c.id)
        with self.database.reading() as connection:
            found = [Event(**row) for row in connection.execute(query).mappings()]
        self._last_event = found[-1].id if found else self._last_event
        return found

    def new_revisions(self) -> dict[int, int]:
        """How many there are since the last call, by article."""
        query = sa.select(revisions.c.id, revisions.c.article_id).where(revisions.c.id > self._last_revision)
        found: dict[int, int] = defaultdict(int)
        with self.database.reading() as connection:
            for revision_id, article_id in connection.execute(query):
                found[article_id] += 1
                self._last_revision = max(self._last_revision, revision_id)
        return found

    def wrong_runs(self) -> Iterator[str]:
        """Runs that have ended since the last call and whose accounts do not close."""
        with self.database.reading() as connection:
            found = connection.execute(sa.select(runs).where(runs.c.status != "running")).mappings().all()
        for run in found:
            if run["id"] in self._runs:
                continue
            self._runs.add(run["id"])
            if run["counts"] is None:
                continue  # given up: its process was killed and has left no account
            pages, entries = run["counts"]["pages"], run["counts"]["entries"]
            if (counted := _total(pages, leave_out="asked")) != pages["asked"]:
                yield f"run {run['id']}: {pages['asked']} pages asked for, {counted} accounted for"
            if (counted := _total(entries, leave_out="seen")) != entries["seen"]:
                yield f"run {run['id']}: {entries['seen']} entries seen, {counted} accounted for"
            if "balance" in (run["reason"] or ""):
                yield f"run {run['id']}: {run['reason']}"

    def last_run(self) -> str:
        """How the last run ended."""
        query = sa.select(runs.c.id, runs.c.status, runs.c.reason).order_by(runs.c.id.desc()).limit(1)
        with self.database.reading() as connection:
            return str(connection.execute(query).first())

    def wrong_revisions(self, rows: dict[int, Row]) -> Iterator[tuple[int, str]]:
        """Articles of which a revision says nothing new, is lacking, or is not what the article says."""
        of_article: dict[int, list[Any]] = defaultdict(list)
        query = sa.select(revisions).order_by(revisions.c.article_id, revisions.c.number)
        with self.database.reading() as connection:
            for revision in connection.execute(query).mappings():
                of_article[revision["article_id"]].append(revision)
        for article_id, found in of_article.items():
            numbers = [revision["number"] for revision in found]
            if numbers != list(range(1, len(found) + 1)):
                yield article_id, f"its revisions are {numbers}"
            for one, two in pairwise(found):
                if all(one[name] == two[name] for name in _REVISED_BY):
                    yield article_id, f"revision {two['number']} says what the one before says"
            row = rows[article_id]
            for name in ("headline", "premium", "body", "status"):
                if getattr(row, name) != found[-1][name]:
                    yield article_id, f"its last revision has another {name}"

    def describe(self, article_ids: Iterable[int]) -> Iterator[str]:
        """All that is stored of some articles, a line each."""
        with self.database.reading() as connection:
            for article_id in article_ids:
                rows = connection.execute(sa.select(articles).where(articles.c.id == article_id)).mappings()
                said = (f"{name}={row[name]}" for row in rows for name in _DESCRIBED)
                yield f"    article {article_id}: {', '.join(said)}"
                of_article = sa.select(revisions).where(revisions.c.article_id == article_id)
                for r in connection.execute(of_article.order_by(revisions.c.number)).mappings():
                    when = f"run {r['run_id']} {r['seen_at']:%m-%d %H:%M} {r['source']}"
                    what = f"{r['headline']!r} premium={r['premium']} {r['status']} {r['sections']}"
                    dates = f"{r['published_date']} {r['published_at']}"
                    text = f"{sum(map(len, r['body']))} letters"
                    yield f"      revision {r['number']} {when}: {what} {dates} {text}"
                happened = sa.select(events).where(events.c.article_id == article_id)
                for e in connection.execute(happened.order_by(events.c.id)).mappings():
                    old, new = (str(e[side])[:120] for side in ("old", "new"))
                    yield f"      event run {e['run_id']} {e['at']:%m-%d %H:%M} {e['kind']}: {old} → {new}"


def _total(counts: dict[str, Any], *, leave_out: str) -> int:
    """The sum of counts, of which some are counts by reason."""
    values = (value for name, value in counts.items() if name != leave_out)
    return sum(sum(value.values()) if isinstance(value, dict) else value for value in values)
