"""An observer with the crawler's own looks, who says what had to be stored and what must not be.

Nothing here is taken from `newscrawler.changes`. The newsroom's clock stands still during a crawl, so for
each crawl and story there is one truth, and the question is only which places were shown to the crawl:

- *page*: the story's own page was served unspoiled (200 or 304), or answered 404 or 410;
- *listing*: a listing page that shows it was served unspoiled;
- *side*: the news list beside another story showed it.

A look that was spoiled in a way a reader may see through (a wrong charset, half a list), or that a killed
crawl had, counts if the database says that it was taken (`fetched_at`, `listed_at` of that moment): what is
said to have been read has to be right, and need not have been read.

Asserted after every crawl, of every story:

- **missed**: what an unspoiled listing showed to a crawl that was not killed is stored; so is, after a run
  that succeeded, all on the first listing page and all published since the last run that succeeded. An
  unspoiled page was read: its row says so.
- **repeated**: one story has one article and one `new` or `new_premium`; no event tells what is known.
- **false**: an event tells something true at that moment, of a story that the crawl was shown, with the
  right old and new value; no look, no event and no other row. `new` against `new_premium` follows the paywall.
- **flip**: the same of `became_premium` and `became_free`.
- **history**: what a look showed to have changed since the look before has its event in that run, the stored
  row says what the looks say, and every revision differs from the one before it. `removed` comes with the
  first 404 or 410 a day or more after another without a successful look between, `restored` with the first
  successful look after it. At the end, after clean crawls, every story with an address is as on the site.
- **run**: a balance that closes; a run that met no fault has succeeded.

By nature unobservable, and not asked for:

- what changed and changed back between two looks at the same place;
- an edit between the last listing without a page and the first reading of the page: lists may word a
  headline differently, so the page's first word is no edit (its event is allowed, not demanded);
- an edit of the body between two looks between which the paywall moved: the text went or came with it;
- anything of a story without address once it has left the list, its removal above all;
- a story that was away whenever the lists were read and returned far below their first page;
- the exact crawl in which a story opens, where its page has lost the mark and a list showed it within the
  hour: lists come from caches, so `became_free` may wait for the next look.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

import sqlalchemy as sa

from newscrawler.newsroom import Story
from newscrawler.newsroom.newsroom import plain_text
from newscrawler.storage.database import Database
from newscrawler.storage.schema import articles, events, revisions, runs
from tests.simulation.truth import Look, Truth

TWINS_ARE_LINKED = True
"""Whether the same story under a second id is stored as `duplicate_of` the first, without a second `new`."""
EDITS_WITHOUT_ADDRESS_ARE_FOLLOWED = True
"""Whether an entry without address stays the same article when its headline is edited."""

GONE_FOR = timedelta(days=1)
LIST_HOLDS = timedelta(hours=1)
PREMIUM_EVERY = timedelta(days=1)
PREMIUM_FOR = timedelta(days=30)

ViolationKind = Literal["missed", "repeated", "false", "flip", "history", "run"]
FLIPS = ("became_premium", "became_free")
NEWS = ("new", "new_premium")


@dataclass(frozen=True, slots=True)
class Violation:
    """Something that must not be."""

    kind: ViolationKind
    crawl: int
    at: datetime
    story_id: int | None
    text: str

    def __str__(self) -> str:
        about = f" story {self.story_id}" if self.story_id else ""
        return f"{self.kind}: crawl {self.crawl} at {self.at:%Y-%m-%d %H:%M}{about}: {self.text}"


@dataclass(slots=True)
class Known:
    """What the looks so far have told of one story."""

    article_id: int
    headline: str | None
    premium: bool
    status: str = "published"
    page_at: datetime | None = None
    """When its page was last read."""
    shown: tuple[bool, str] | None = None
    """What the page then showed: premium, text."""
    gone_since: datetime | None = None
    marked_at: datetime | None = None
    """When a list last marked it as premium."""
    revision: int = 0


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
    revision: int
    first_seen_at: datetime
    fetched_at: datetime | None
    listed_at: datetime | None
    gone_since: datetime | None
    duplicate_of: int | None


@dataclass(slots=True)
class Observer:
    """Compares what is stored with the truth, crawl by crawl."""

    truth: Truth
    database: Database
    violations: list[Violation] = field(default_factory=list)
    events: Counter[str] = field(default_factory=Counter)
    stories: dict[int, int] = field(default_factory=dict)
    """Article id → story id."""
    looks: dict[int, list[Look]] = field(default_factory=lambda: defaultdict(list))
    _known: dict[int, Known] = field(default_factory=dict)
    _articles: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    _last_event: int = 0
    _last_revision: int = 0
    _succeeded_at: datetime | None = None
    _crawl: int = 0
    _at: datetime = datetime.min
    _loose: set[int] = field(default_factory=set)

    def check(
        self, crawl: int, at: datetime, looks: Sequence[Look], *, killed: bool, succeeded: bool, clean: bool
    ) -> None:
        """Compare after a crawl (or several at once); `clean`: it met no fault, was not killed and could ask."""
        self._crawl, self._at = crawl, at
        truth = self.truth
        by_story: dict[int, list[Look]] = defaultdict(list)
        for look in looks:
            by_story[look.story_id].append(look)
            if look.place != "side":
                self.looks[look.story_id].append(look)
        rows, happened, revised = self._read()
        for row in rows.values():
            if row.id not in self.stories:
                self._identify(row)
            elif row.external_id is not None and self.stories[row.id] != int(row.external_id):
                self._reassign(row)
        self._find_loose()
        of_story: dict[int, list[Any]] = defaultdict(list)
        for event in happened:
            self.events[event["kind"]] += 1
            of_story[self.stories[event["article_id"]]].append(event)
        for story_id in self._articles.keys() | by_story.keys():
            if story_id not in truth.stories or story_id in self._loose:
                continue
            self._check_story(
                truth.stories[story_id], by_story[story_id], rows, of_story[story_id], revised, killed=killed
            )
        if succeeded:
            self._check_missed()
            self._succeeded_at = at
        if clean and succeeded:
            self._check_prompt(rows)

    def check_end(self) -> None:
        """Compare after the last crawls, which nothing has disturbed."""
        rows, _, _ = self._read()
        for row in rows.values():
            story_id = self.stories[row.id]
            story = self.truth.stories[story_id]
            if row.url is None or story_id in self._loose:
                continue
            wanted = ("removed",) if story.removed else (story.headline, story.premium, "published")
            if story.removed:
                found: tuple[object, ...] = (row.status,)
            else:
                found = (row.headline, bool(row.premium), row.status)
                if not _same_text(row.body, story):
                    self._say("history", story_id, f"at the end its text is {row.body!r}")
            if found != wanted:
                self._say("history", story_id, f"at the end it is {found}, on the site {wanted}")
        self._check_revisions(rows)

    # Inside

    def _say(self, kind: ViolationKind, story_id: int | None, text: str) -> None:
        self.violations.append(Violation(kind, self._crawl, self._at, story_id, text))

    def _read(self) -> tuple[dict[int, Row], list[Any], dict[int, list[Any]]]:
        """All articles, and the events and revisions that are new since the last time."""
        columns = [articles.c[name] for name in Row.__dataclass_fields__]
        with self.database.reading() as connection:
            rows = {row["id"]: Row(**row) for row in connection.execute(sa.select(*columns)).mappings()}
            happened = list(
                connection.execute(
                    sa.select(events).where(events.c.id > self._last_event).order_by(events.c.id)
                ).mappings()
            )
            revised: dict[int, list[Any]] = defaultdict(list)
            query = sa.select(revisions).where(revisions.c.id > self._last_revision).order_by(revisions.c.id)
            for revision in connection.execute(query).mappings():
                revised[revision["article_id"]].append(revision)
                self._last_revision = max(self._last_revision, revision["id"])
        if happened:
            self._last_event = happened[-1]["id"]
        return rows, happened, revised

    def _identify(self, row: Row) -> None:
        """Find out which story a new article is about."""
        if row.external_id is not None and int(row.external_id) in self.truth.stories:
            story_id = int(row.external_id)
        else:
            named = [
                story.id
                for story in self.truth.stories.values()
                if story.language == row.language and story.headline == row.headline and not story.removed
            ]
            fresh = [story_id for story_id in named if story_id not in self._articles]
            if not named:
                self._say("false", None, f"article {row.id} is no story: {row.headline!r}, {row.url}")
                self.stories[row.id] = -row.id
                return
            story_id = (fresh or named)[0]
        self.stories[row.id] = story_id
        self._articles[story_id].append(row.id)
        if len(self._articles[story_id]) > 1 and not self._is_loose(story_id):
            self._say("repeated", story_id, f"it is stored {len(self._articles[story_id])} times")

    def _reassign(self, row: Row) -> None:
        """An article that was known by its headline has got an address that tells which story it is."""
        before, now = self.stories[row.id], int(row.external_id or 0)
        same = self.truth.stories[before].twin_of, self.truth.stories[now].twin_of
        if not {before, now} & set(same) and (None in same or same[0] != same[1]):
            self._say("false", before, f"article {row.id} has become {row.url}, another story")
        self._articles[before].remove(row.id)
        self._articles[now].append(row.id)
        self.stories[row.id] = now
        if before in self._known:
            self._known[now] = self._known.pop(before)

    def _is_loose(self, story_id: int) -> bool:
        self._find_loose()
        return story_id in self._loose

    def _group(self, story: Story) -> list[Story]:
        """A story and those that repeat it under other ids."""
        first = story.twin_of or story.id
        return [other for other in self.truth.stories.values() if first in (other.id, other.twin_of)]

    def _are_alike(self, story: Story, twin: Story) -> bool:
        """Whether an observer can see that two are one: the same headline within a day."""
        return story.headline == self._known[twin.id].headline and abs(story.day - twin.day) <= timedelta(days=1)

    def _find_loose(self) -> None:
        """Stories that cannot be told apart from outside, or that the switches above leave out."""
        truth = self.truth
        for story in truth.stories.values():
            if story.twin_of is None:
                continue
            pair = {other.id for other in self._group(story)}
            if not TWINS_ARE_LINKED or pair & truth.unlinked:
                self._loose |= pair
        if not EDITS_WITHOUT_ADDRESS_ARE_FOLLOWED:
            for happening in truth.newsroom.ledger.happenings:
                if happening.kind == "headline_edited" and happening.story_id in truth.unlinked:
                    self._loose.add(happening.story_id)

    def _check_story(
        self,
        story: Story,
        looks: list[Look],
        rows: dict[int, Row],
        happened: list[Any],
        revised: dict[int, list[Any]],
        *,
        killed: bool,
    ) -> None:
        ids = self._articles.get(story.id)
        if not ids:
            if any(look.certain and look.place != "side" and not look.gone for look in looks):
                self._say("missed", story.id, f"{_names(looks)} showed it, and it is not stored")
            return
        row = rows[ids[0]]
        page = self._page_look(story, row, looks)
        known = self._known.get(story.id)
        listed = row.listed_at == self._at
        if listed and not any(look.place == "listing" and look.changed for look in looks):
            if known is not None:
                self._say("false", story.id, "it is said to have been seen in a list that did not show it")
            listed = False  # a first sight beside another story stands in for a listing
        kinds = Counter(event["kind"] for event in happened)
        for kind, number in kinds.items():
            if number > 1:
                self._say("repeated", story.id, f"{number} times {kind} in one crawl")
        seen = bool(looks) and (listed or page == "there" or any(look.place == "side" for look in looks))
        if known is None:
            known = self._known[story.id] = self._first_sight(story, row, kinds, seen=seen)
        elif any(kinds[kind] for kind in NEWS) and not (kinds["new_premium"] and known.page_at is None):
            self._say("repeated", story.id, f"{dict(kinds)} of a known story")
        self._check_headline(story, row, known, kinds, happened, page, listed=listed)
        self._check_premium(story, row, known, kinds, page, listed=listed)
        self._check_text(story, row, known, kinds, happened, page)
        self._check_status(story, row, known, kinds, page)
        known.headline, known.premium, known.status = row.headline, bool(row.premium), row.status
        if listed and story.premium:
            known.marked_at = self._at
        if page == "there":
            known.page_at = self._at
            known.shown = _shown(story)
        if row.revision != known.revision + len(revised.get(row.id, ())):
            self._say("history", story.id, f"revision {row.revision} after {known.revision}: rows are lacking")
        known.revision = row.revision
        del killed

    def _page_look(self, story: Story, row: Row, looks: list[Look]) -> Literal["there", "gone"] | None:
        """What the story's own page showed, if it was read in this crawl."""
        there = [look for look in looks if look.place == "page" and not look.gone]
        gone = [look for look in looks if look.place == "page" and look.gone]
        recorded = row.fetched_at == self._at
        if recorded and not there:
            self._say("false", story.id, "its page is said to have been read, and was not")
        if any(look.certain for look in there) and not recorded:
            self._say("missed", story.id, f"its page was read, but not stored ({row.fetched_at})")
        if recorded and there:
            return "there"
        if gone and (any(look.certain for look in gone) or row.gone_since == self._at):
            return "gone"
        return None

    def _first_sight(self, story: Story, row: Row, kinds: Counter[str], *, seen: bool) -> Known:
        kind = "new_premium" if story.premium else "new"
        found = [name for name in NEWS if kinds[name]]
        twins = [other for other in self._group(story) if other.id != story.id and other.id in self._known]
        if any(self._are_alike(story, twin) for twin in twins):
            if found or row.duplicate_of is None:
                self._say("repeated", story.id, f"{found}, duplicate of {row.duplicate_of}: twin of {twins[0].id}")
        elif twins and not found:
            pass  # its twin is known by another headline or day: an observer may take it for another story
        elif found != [kind]:
            self._say("false", story.id, f"its first sight gave {found or 'no event'}, not {kind}")
        if not seen:
            self._say("false", story.id, "it is stored, and nothing showed it")
        if row.headline != story.headline:
            self._say("false", story.id, f"stored as {row.headline!r}, it is {story.headline!r}")
        return Known(row.id, row.headline, bool(story.premium))

    def _check_headline(
        self,
        story: Story,
        row: Row,
        known: Known,
        kinds: Counter[str],
        happened: list[Any],
        page: str | None,
        *,
        listed: bool,
    ) -> None:
        looked = page == "there" or (listed and known.page_at is None)
        wanted = story.headline if looked else known.headline
        if row.headline != wanted:
            self._say("history", story.id, f"headline {row.headline!r}, expected {wanted!r}")
        moved = row.headline != known.headline
        first_reading = page == "there" and known.page_at is None
        if kinds["headline_changed"]:
            (event, *_) = [e for e in happened if e["kind"] == "headline_changed"]
            if not moved or (event["old"], event["new"]) != (known.headline, story.headline):
                self._say("false", story.id, f"headline_changed {event['old']!r} → {event['new']!r}")
        elif moved and not first_reading:
            self._say("history", story.id, f"no headline_changed: {known.headline!r} → {row.headline!r}")

    def _check_premium(
        self, story: Story, row: Row, known: Known, kinds: Counter[str], page: str | None, *, listed: bool
    ) -> None:
        looked = listed or page == "there"
        flips = {kind for kind in FLIPS if kinds[kind]}
        late = kinds["new_premium"] and not known.premium and known.page_at is None and page == "there"
        if late:
            flips.add("became_premium")
        stored = bool(row.premium)
        if not looked or story.premium == known.premium:
            if flips:
                self._say("flip", story.id, f"{flips}, and it {'is' if story.premium else 'is not'} premium")
            if stored != known.premium:
                self._say("flip", story.id, f"stored as premium={stored}, nothing showed that")
        elif story.premium:
            if flips != {"became_premium"} or not stored:
                self._say("history", story.id, f"it became premium: {flips or 'no event'}, stored {stored}")
        else:
            held = known.marked_at is not None and not listed and self._at - known.marked_at <= LIST_HOLDS
            certain = (page == "there" and not held) or (listed and known.page_at is None)
            if flips - {"became_free"} or bool(flips) == stored:
                self._say("flip", story.id, f"it became free: {flips or 'no event'}, stored {stored}")
            elif certain and not flips:
                self._say("history", story.id, "it became free: no event")

    def _check_text(
        self, story: Story, row: Row, known: Known, kinds: Counter[str], happened: list[Any], page: str | None
    ) -> None:
        told = kinds["body_changed"]
        if page != "there" or known.shown is None:
            if told:
                self._say("false", story.id, "body_changed, and nobody has read it twice")
        else:
            now = _shown(story)
            paywall_moved = now[0] != known.shown[0]
            if told and (paywall_moved or now == known.shown):
                why = "the paywall moved" if paywall_moved else "its text is as it was"
                (event, *_) = [e for e in happened if e["kind"] == "body_changed"]
                self._say("false", story.id, f"body_changed, and {why}: {_difference(event)}")
            elif not told and not paywall_moved and now != known.shown and not (kinds["became_free"] or kinds["became_premium"]):
                self._say("history", story.id, "its text changed: no event")
        if page == "there" and not _same_text(row.body, story):
            self._say("history", story.id, f"stored text {row.body!r} is not {plain_text(story.shown_paragraphs)!r}")

    def _check_status(
        self, story: Story, row: Row, known: Known, kinds: Counter[str], page: str | None
    ) -> None:
        wanted = known.status
        if page == "gone":
            known.gone_since = known.gone_since or self._at
            if self._at - known.gone_since >= GONE_FOR:
                wanted = "removed"
        elif page == "there":
            known.gone_since = None
            wanted = "published"
        expected = Counter[str]()
        if wanted != known.status:
            expected["removed" if wanted == "removed" else "restored"] = 1
        for kind in ("removed", "restored"):
            if kinds[kind] > expected[kind]:
                self._say("false", story.id, f"{kind}, with its page {page or 'not read'}; gone since {known.gone_since}")
            elif kinds[kind] < expected[kind]:
                self._say("history", story.id, f"{kind}: no event")
        if row.status != wanted:
            self._say("history", story.id, f"status {row.status}, expected {wanted}")

    def _check_missed(self) -> None:
        """After a run that succeeded."""
        truth = self.truth
        for language in truth.newsroom.languages:
            first = {story.id for story in truth.listed(language, "news", 1)}
            for story in truth.listed(language, "news"):
                if self._articles.get(story.id) or story.id in self._loose:
                    continue
                published = truth.published_at[story.id]
                since = self._succeeded_at is not None and published > self._succeeded_at
                if story.id in first or since:
                    self._say("missed", story.id, "a successful run has not found it")

    def _check_prompt(self, rows: dict[int, Row]) -> None:
        """After a run that succeeded and that nothing disturbed."""
        truth = self.truth
        for language in truth.newsroom.languages:
            for story in truth.listed(language, "news", 1):
                row = rows.get(next(iter(self._articles.get(story.id, ())), 0))
                if row is None or story.id in self._loose:
                    continue
                if story.has_link and (row.headline, bool(row.premium)) != (story.headline, story.premium):
                    self._say("history", story.id, "the first page shows something newer than what is stored")
        for story_id, known in self._known.items():
            story = truth.stories[story_id]
            row = rows[known.article_id] if known.article_id in rows else None
            if row is None or row.url is None or not known.premium or known.status != "published":
                continue
            if story_id in self._loose or known.gone_since is not None:
                continue
            young = self._at - max(row.first_seen_at, truth.published_at[story_id]) < PREMIUM_FOR - timedelta(days=8)
            if young and known.page_at is not None and self._at - known.page_at > PREMIUM_EVERY:
                self._say("history", story_id, f"premium, and not looked at since {known.page_at}")

    def _check_revisions(self, rows: dict[int, Row]) -> None:
        """Every revision differs from the one before, and the last one is the article as it is."""
        names = ("headline", "sections", "premium", "published_date", "published_at", "body", "status")
        with self.database.reading() as connection:
            query = sa.select(revisions).order_by(revisions.c.article_id, revisions.c.number)
            last: Any = None
            for revision in connection.execute(query).mappings():
                story_id = self.stories.get(revision["article_id"])
                same = last is not None and last["article_id"] == revision["article_id"]
                if revision["number"] != (last["number"] + 1 if same else 1):
                    self._say("history", story_id, f"revision {revision['number']} follows {last and last['number']}")
                if same and all(last[name] == revision[name] for name in names):
                    self._say("history", story_id, f"revision {revision['number']} says what the one before said")
                if revision["number"] == rows[revision["article_id"]].revision:
                    row = rows[revision["article_id"]]
                    for name in ("headline", "premium", "body", "status"):
                        if getattr(row, name) != revision[name]:
                            self._say("history", story_id, f"{name} is not that of its last revision")
                last = revision

    def describe(self, story_id: int) -> str:
        """All about one story: its ledger, who looked at it when, and what is stored."""
        lines = [f"  story {story_id}", "    on the site:"]
        for h in self.truth.newsroom.ledger.history(story_id):
            state = f"premium={h.story.premium} linked={h.story.linked}"
            lines.append(f"      {h.at:%m-%d %H:%M:%S} {h.kind}: {h.story.headline!r} {state}"
                         f"{f' twin of {h.story.twin_of}' if h.story.twin_of else ''}")
        lines.append("    looks:")
        lines += (f"      {look}" for look in self.looks.get(story_id, ()))
        with self.database.reading() as connection:
            for article_id in self._articles.get(story_id, ()):
                row = connection.execute(sa.select(articles).where(articles.c.id == article_id)).mappings().one()
                kept = {k: str(v) for k, v in row.items() if k in (
                    "url", "headline", "listing_headline", "premium", "listing_premium", "page_premium", "status",
                    "first_seen_at", "listed_at", "fetched_at", "next_look_at", "gone_since", "duplicate_of")}
                lines.append(f"    article {article_id}: {kept}")
                for r in connection.execute(
                    sa.select(revisions).where(revisions.c.article_id == article_id).order_by(revisions.c.number)
                ).mappings():
                    lines.append(
                        f"      revision {r['number']} run {r['run_id']} {r['seen_at']:%m-%d %H:%M} {r['source']}: "
                        f"{r['headline']!r} premium={r['premium']} {r['status']} {r['published_date']} {r['published_at']} {r['sections']}"
                        f" text {sum(map(len, r['body']))}"
                    )
                for e in connection.execute(
                    sa.select(events).where(events.c.article_id == article_id).order_by(events.c.id)
                ).mappings():
                    old, new = (str(e[side])[:120] for side in ("old", "new"))
                    lines.append(f"      event run {e['run_id']} {e['at']:%m-%d %H:%M} {e['kind']}: {old} → {new}")
        return "\n".join(lines)


def check_runs(database: Database, seen: set[int]) -> list[tuple[int, str | None, str]]:
    """What is wrong with the accounts of runs that are not in `seen`: run id, status, problem."""
    problems = []
    with database.reading() as connection:
        for run in connection.execute(sa.select(runs)).mappings():
            if run["id"] in seen or run["status"] == "running":
                continue
            seen.add(run["id"])
            pages, entries = run["counts"]["pages"], run["counts"]["entries"]
            got = pages["parsed"] + pages["unchanged"] + sum(pages["failed"].values()) + sum(pages["skipped"].values())
            if got != pages["asked"]:
                problems.append((run["id"], run["status"], f"{pages['asked']} pages asked, {got} accounted for"))
            got = entries["new"] + entries["known"] + entries["duplicate"] + sum(entries["skipped"].values())
            if got != entries["seen"]:
                problems.append((run["id"], run["status"], f"{entries['seen']} entries seen, {got} accounted for"))
            if "balance" in (run["reason"] or ""):
                problems.append((run["id"], run["status"], run["reason"]))
    return problems


def _names(looks: Iterable[Look]) -> str:
    return ", ".join(sorted({look.place for look in looks}))


def _shown(story: Story) -> tuple[bool, str]:
    return story.premium, plain_text(story.shown_paragraphs)


def _same_text(body: list[str], story: Story) -> bool:
    """Whether a stored body is what a story shows to all, the dateline and the lead aside."""
    wanted = _plain(plain_text(story.shown_paragraphs))
    found = _plain("\n".join(body))
    return found.endswith(wanted) and len(found) - len(wanted) <= len(story.dateline or "") + len(story.lead or "") + 2


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _difference(event: Any) -> str:
    old, new = (event[side] or [] for side in ("old", "new"))
    return f"-{[line for line in old if line not in new]} +{[line for line in new if line not in old]}"
