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
  right old and new value; no look, no event and no other row. `new` or `new_premium` follows the paywall.
- **flip**: the same of `became_premium` and `became_free`.
- **history**: what a look showed to have changed since the look before has its event in that run, the stored
  row says what the looks say, and every revision differs from the one before it. Every event but `new` has
  evidence. `removed` comes with the first 404 or 410 a day or more after another without a successful look
  between, `restored` with the first successful look after it. At the end, after clean crawls, every story
  with an address is as on the site.
- **run**: a balance that closes; a run that met no fault has succeeded.

By nature unobservable, and not asked for:

- what changed and changed back between two looks at the same place;
- an edit between the last listing without a page and the first reading of the page: lists may word a
  headline differently, so the page's first word is no edit (its event is allowed, not demanded);
- an edit of the body between two looks between which the paywall moved: the text went or came with it;
- anything of a story without address once it has left the list, its removal above all;
- which of two stories with one headline on one day is meant, where an entry has no address;
- a story that was away whenever the lists were read and returned far below their first page;
- that a story repeats another that gets the same headline in the very crawl that shows both;
- the exact crawl in which a story opens, where its page has lost the mark and a list showed it within the
  hour: lists come from caches, so `became_free` may wait for the next look.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from newscrawler.newsroom import Story
from newscrawler.newsroom.newsroom import plain_text
from tests.simulation.stored import Event, Row, Stored
from tests.simulation.truth import Look, Truth

GONE_FOR = timedelta(days=1)
LIST_HOLDS = timedelta(hours=1)
PREMIUM_EVERY = timedelta(days=1)
PREMIUM_FOR = timedelta(days=22)
"""Counted by the site's date; the crawler's thirty days may begin earlier."""

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
    since: datetime
    before: str | None
    """Its headline before the last crawl that told of it."""
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
class Seen:
    """What one crawl was shown of a story, and what it stored."""

    story: Story
    row: Row
    page: Literal["there", "gone"] | None
    listed: bool
    beside: bool
    """Whether the news list beside another story showed it."""
    events: tuple[Event, ...]

    def has(self, *kinds: str) -> bool:
        """Whether there is an event of one of these kinds."""
        return any(event.kind in kinds for event in self.events)

    def event(self, kind: str) -> Event | None:
        """The event of a kind."""
        return next((event for event in self.events if event.kind == kind), None)


@dataclass(slots=True)
class Observer:
    """Compares what is stored with the truth, crawl by crawl."""

    truth: Truth
    stored: Stored
    at: datetime
    """The moment of the last crawl."""
    crawl: int = 0
    violations: list[Violation] = field(default_factory=list)
    events: Counter[str] = field(default_factory=Counter)
    _stories: dict[int, int] = field(default_factory=dict)
    """Article id → story id."""
    _articles: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    """Story id → article ids."""
    _looks: dict[int, list[Look]] = field(default_factory=lambda: defaultdict(list))
    _known: dict[int, Known] = field(default_factory=dict)
    _alike: set[int] = field(default_factory=set)
    """Stories that cannot be told apart from outside: without address, of one headline and day or doubles."""
    _undated: set[int] = field(default_factory=set)
    """Articles of which no list has told the day yet."""
    _succeeded_at: datetime | None = None

    def check(
        self, crawl: int, at: datetime, looks: Sequence[Look], *, succeeded: bool, disturbed: bool
    ) -> None:
        """Compare after a crawl, or after several at once."""
        self.crawl, self.at = crawl, at
        truth = self.truth
        by_story: dict[int, list[Look]] = defaultdict(list)
        for look in looks:
            by_story[look.story_id].append(look)
            if look.place != "side":
                self._looks[look.story_id].append(look)
        self._alike |= {
            other.id
            for story in truth.stories.values()
            if story.twin_of is not None and truth.unlinked & {s.id for s in self._group(story)}
            for other in self._group(story)
        } | self._of_one_day()
        rows, revised = self.stored.articles(), self.stored.new_revisions()
        # The known first: what they turn out to be is not what a new one is.
        for row in sorted(rows.values(), key=lambda row: (row.id not in self._stories, row.id)):
            if row.id not in self._stories:
                self._identify(row, by_story.keys())
            elif row.external_id is not None and self._stories[row.id] != int(row.external_id):
                self._identify_again(row)
            elif row.external_id is None and row.id in self._undated and row.published_date is not None:
                self._identify_by_day(row)
            (self._undated.add if row.published_date is None else self._undated.discard)(row.id)
        happened: dict[int, list[Event]] = defaultdict(list)
        for event in self.stored.new_events():
            if event.article_id is None:
                continue  # of the site as a whole: what the simulation does to it would block anybody
            self.events[event.kind] += 1
            if event.evidence is None and event.kind != "new":
                self._say("history", self._stories[event.article_id], f"{event.kind}: no evidence")
            happened[self._stories[event.article_id]].append(event)
        for story_id in sorted(self._articles.keys() | by_story.keys()):
            story = truth.stories.get(story_id)
            if story is not None and story_id not in self._alike:
                self._check_story(story, by_story[story_id], rows, happened[story_id], revised)
        if succeeded:
            self._check_missed()
            self._succeeded_at = at
        if succeeded and not disturbed:
            self._check_prompt(rows)

    def check_end(self, *, settled: bool) -> None:
        """Compare after the last, undisturbed crawls; `settled`: every page was due in them."""
        rows = self.stored.articles()
        for row in rows.values() if settled else ():
            story = self.truth.stories.get(story_id := self._stories[row.id])
            if story is None or row.url is None or story_id in self._alike:
                continue
            if story.removed:
                if row.status != "removed":
                    self._say("history", story_id, "at the end it is not removed")
                continue
            found = row.headline, bool(row.premium), row.status
            wanted = story.headline, story.premium, "published"
            if found != wanted:
                self._say("history", story_id, f"at the end it is {found}, on the site {wanted}")
            if not _same_text(row.body, story):
                self._say("history", story_id, f"at the end its text is {row.body!r}")
        for article_id, problem in self.stored.wrong_revisions(rows):
            self._say("history", self._stories[article_id], problem)

    def describe(self, story_id: int) -> str:
        """All about one story: its ledger, who looked at it when, and what is stored."""
        lines = [f"  story {story_id}", "    on the site:"]
        for h in self.truth.newsroom.ledger.history(story_id):
            state = f"premium={h.story.premium} linked={h.story.linked} twin_of={h.story.twin_of}"
            lines.append(f"      {h.at:%m-%d %H:%M:%S} {h.kind}: {h.story.headline!r} {state}")
        lines.append("    looks:")
        lines += (f"      {look}" for look in self._looks.get(story_id, ()))
        return "\n".join([*lines, *self.stored.describe(self._articles.get(story_id, ()))])

    # Inside

    def _say(self, kind: ViolationKind, story_id: int | None, text: str) -> None:
        self.violations.append(Violation(kind, self.crawl, self.at, story_id, text))

    def _of_one_day(self) -> set[int]:
        """Stories without address that share their headline and their day with another."""
        same: dict[tuple[object, ...], list[int]] = defaultdict(list)
        for number in self.truth.unlinked:
            story = self.truth.stories[number]
            same[story.language, story.headline, story.day].append(number)
        return {number for numbers in same.values() if len(numbers) > 1 for number in numbers}

    def _identify(self, row: Row, shown: Collection[int]) -> None:
        """Find out which story a new article is about; `shown`: those that the crawl was shown."""
        stories = self.truth.stories
        if row.external_id is not None and int(row.external_id) in stories:
            story_id = int(row.external_id)
        else:
            named = self._named_as(row)
            named = self._of_its_day(named, row) or [n for n in named if n in shown] or named
            if not named:
                self._say("false", None, f"article {row.id} is no story: {row.headline!r}, {row.url}")
                self._stories[row.id] = -row.id
                return
            story_id = next((number for number in named if number not in self._articles), named[0])
        self._stories[row.id] = story_id
        self._articles[story_id].append(row.id)
        if len(self._articles[story_id]) > 1 and story_id not in self._alike:
            self._say("repeated", story_id, f"it is stored {len(self._articles[story_id])} times")

    def _identify_again(self, row: Row) -> None:
        """An article that was known by its headline has got an address that says which story it is."""
        before, now = self._stories[row.id], int(row.external_id or 0)
        if before not in {story.id for story in self._group(self.truth.stories[now])}:
            self._say("false", before, f"article {row.id} has become {row.url}, another story")
        self._move(row, before, now)

    def _identify_by_day(self, row: Row) -> None:
        """An article that was known by a headline alone has got the day that says whose it is."""
        before = self._stories[row.id]
        if self.truth.stories[before].day != row.published_date:
            for now in self._of_its_day(self._named_as(row), row)[:1]:
                self._move(row, before, now)

    def _named_as(self, row: Row) -> list[int]:
        return [
            story.id
            for story in self.truth.stories.values()
            if (story.language, story.headline, story.removed) == (row.language, row.headline, False)
        ]

    def _of_its_day(self, story_ids: Iterable[int], row: Row) -> list[int]:
        return [number for number in story_ids if self.truth.stories[number].day == row.published_date]

    def _move(self, row: Row, before: int, now: int) -> None:
        self._articles[before].remove(row.id)
        self._articles[now].append(row.id)
        self._stories[row.id] = now
        if before in self._known:
            self._known[now] = self._known.pop(before)

    def _group(self, story: Story) -> list[Story]:
        """A story and those that repeat it under other ids."""
        first = story.twin_of or story.id
        return [other for other in self.truth.stories.values() if first in (other.id, other.twin_of)]

    def _repeats(self, story: Story, twin: int) -> bool:
        """Whether an observer can see that two are one: the same headline on one day."""
        known = self._known[twin]
        return story.day == self.truth.stories[twin].day and {known.headline, known.before} == {
            story.headline
        }

    def _is_double(self, story_id: int, rows: dict[int, Row]) -> bool:
        """Whether a story is stored as a duplicate: of several new ones any may be the first."""
        return rows[self._known[story_id].article_id].duplicate_of is not None

    # One story after one crawl

    def _check_story(
        self,
        story: Story,
        looks: list[Look],
        rows: dict[int, Row],
        happened: list[Event],
        revised: dict[int, int],
    ) -> None:
        ids = self._articles.get(story.id)
        if not ids:
            if any(look.certain and look.place != "side" and not look.gone for look in looks):
                self._say("missed", story.id, f"{_names(looks)} showed it, and it is not stored")
            return
        row, known = rows[ids[0]], self._known.get(story.id)
        page = self._page_look(story, row, looks)
        listed = row.listed_at == self.at
        if listed and not any(look.place == "listing" and look.changed for look in looks):
            if known is not None:
                self._say("false", story.id, "it is said to have been seen in a list that did not show it")
            listed = False  # a first sight beside another story stands in for a listing
        beside = any(look.place == "side" for look in looks)
        seen = Seen(story, row, page, listed, beside, tuple(happened))
        for kind, number in Counter(event.kind for event in happened).items():
            if number > 1:
                self._say("repeated", story.id, f"{number} times {kind} in one crawl")
        if known is None:
            if not listed and page != "there" and not beside:
                self._say("false", story.id, "it is stored, and nothing showed it")
            known = self._known[story.id] = self._first_sight(seen, rows)
        elif seen.has("new") or (seen.has("new_premium") and known.page_at is not None):
            self._say("repeated", story.id, f"{[event.kind for event in happened]} of a known story")
        self._check_headline(seen, known)
        self._check_premium(seen, known)
        self._check_text(seen, known)
        self._check_status(seen, known)
        if row.revision != known.revision + revised.get(row.id, 0):
            self._say(
                "history", story.id, f"revision {row.revision} after {known.revision}: rows are lacking"
            )
        known.before = known.headline
        known.headline, known.premium, known.status = row.headline, bool(row.premium), row.status
        known.revision = row.revision
        if listed and story.premium:
            known.marked_at = self.at
        if page == "there":
            known.page_at, known.shown = self.at, _shown(story)

    def _page_look(self, story: Story, row: Row, looks: list[Look]) -> Literal["there", "gone"] | None:
        """What the story's own page showed, if it was read in this crawl."""
        there = [look for look in looks if look.place == "page" and not look.gone]
        gone = [look for look in looks if look.place == "page" and look.gone]
        recorded = row.fetched_at == self.at
        if recorded and not there:
            self._say("false", story.id, "its page is said to have been read, and was not")
        if any(look.certain for look in there) and not recorded:
            self._say("missed", story.id, f"its page was read, but not stored ({row.fetched_at})")
        if recorded and there:
            return "there"
        known = self._known.get(story.id)
        newly_removed = row.status == "removed" and known is not None and known.status != "removed"
        if gone and (any(look.certain for look in gone) or row.gone_since == self.at or newly_removed):
            return "gone"
        return None

    def _first_sight(self, seen: Seen, rows: dict[int, Row]) -> Known:
        story, row = seen.story, seen.row
        kind = "new_premium" if story.premium else "new"
        found = [event.kind for event in seen.events if event.kind in NEWS]
        group = {other.id for other in self._group(story)} - {story.id}
        twins = [number for number in sorted(group & self._known.keys()) if self._repeats(story, number)]
        if row.duplicate_of is not None:
            original = self.truth.stories[self._stories[row.duplicate_of]]
            same = original.headline == story.headline and _near(original, story)
            if found or (original.id not in group and not same):
                self._say("repeated", story.id, f"{found} of a duplicate of article {row.duplicate_of}")
        elif any(self._known[twin].since < self.at or not self._is_double(twin, rows) for twin in twins):
            self._say("repeated", story.id, f"{found}, and it is not linked to its twins {twins}")
        elif group & self._known.keys() and not found:
            pass  # its twin is known by another headline or day: an observer may take it for another story
        elif found != [kind]:
            self._say("false", story.id, f"its first sight gave {found or 'no event'}, not {kind}")
        if row.headline != story.headline:
            self._say("false", story.id, f"stored as {row.headline!r}, it is {story.headline!r}")
        return Known(row.id, self.at, row.headline, row.headline, story.premium)

    def _check_headline(self, seen: Seen, known: Known) -> None:
        story, row = seen.story, seen.row
        first_reading = seen.page == "there" and known.page_at is None
        looked = seen.page == "there" or (seen.listed and known.page_at is None)
        wanted = story.headline if looked else known.headline
        if row.headline != wanted:
            self._say("history", story.id, f"headline {row.headline!r}, expected {wanted!r}")
        moved = row.headline != known.headline
        if event := seen.event("headline_changed"):
            if not moved or (event.old, event.new) != (known.headline, story.headline):
                self._say("false", story.id, f"headline_changed {event.old!r} → {event.new!r}")
        elif moved and not first_reading:
            self._say("history", story.id, f"no headline_changed: {known.headline!r} → {row.headline!r}")

    def _check_premium(self, seen: Seen, known: Known) -> None:
        story, stored = seen.story, bool(seen.row.premium)
        flips = {kind for kind in FLIPS if seen.has(kind)}
        if seen.has("new_premium") and not known.premium and known.page_at is None and seen.page == "there":
            flips.add("became_premium")  # nobody has seen the story open: its page was not read before
        if stored == story.premium and seen.beside and seen.row.listed_at is None:
            return  # no listing has ever spoken of it: a list beside another story may
        if not (seen.listed or seen.page == "there") or story.premium == known.premium:
            if flips:
                self._say("flip", story.id, f"{flips}, and it {'is' if story.premium else 'is not'} premium")
            if stored != known.premium:
                self._say("flip", story.id, f"stored as premium={stored}, nothing showed that")
        elif story.premium:
            if flips != {"became_premium"} or not stored:
                self._say("history", story.id, f"it became premium: {flips or 'no event'}, stored {stored}")
        else:
            marked_at = None if seen.listed else known.marked_at
            held = marked_at is not None and self.at - marked_at <= LIST_HOLDS
            certain = (seen.page == "there" and not held) or (seen.listed and known.page_at is None)
            if flips - {"became_free"} or bool(flips) == stored:
                self._say("flip", story.id, f"it became free: {flips or 'no event'}, stored {stored}")
            elif certain and not flips:
                self._say("history", story.id, "it became free: no event")

    def _check_text(self, seen: Seen, known: Known) -> None:
        story, event = seen.story, seen.event("body_changed")
        if seen.page == "there" and not _same_text(seen.row.body, story):
            wanted = plain_text(story.shown_paragraphs)
            self._say("history", story.id, f"stored text {seen.row.body!r} is not {wanted!r}")
        if seen.page != "there" or known.shown is None:
            if event:
                self._say("false", story.id, "body_changed, and nobody has read it twice")
            return
        now = _shown(story)
        paywall_moved = now[0] != known.shown[0]
        if event and (paywall_moved or now == known.shown):
            why = "the paywall moved" if paywall_moved else "its text is as it was"
            self._say("false", story.id, f"body_changed, and {why}: {event.difference}")
        elif not event and not paywall_moved and now != known.shown and not seen.has(*FLIPS):
            self._say("history", story.id, "its text changed: no event")

    def _check_status(self, seen: Seen, known: Known) -> None:
        story, wanted = seen.story, known.status
        if seen.page == "gone":
            known.gone_since = known.gone_since or self.at
            if self.at - known.gone_since >= GONE_FOR:
                wanted = "removed"
        elif seen.page == "there":
            known.gone_since = None
            wanted = "published"
        expected = {"removed": "removed", "published": "restored"}[wanted] if wanted != known.status else None
        for kind in ("removed", "restored"):
            if seen.has(kind) and kind != expected:
                where = f"page {seen.page or 'not read'}, gone since {known.gone_since}"
                self._say("false", story.id, f"{kind}: {where}")
            elif kind == expected and not seen.has(kind):
                self._say("history", story.id, f"{kind}: no event")
        if seen.row.status != wanted:
            self._say("history", story.id, f"status {seen.row.status}, expected {wanted}")
        if seen.row.gone_since != known.gone_since:
            self._say("false", story.id, f"gone since {seen.row.gone_since}, in truth {known.gone_since}")

    # All stories after one crawl

    def _check_missed(self) -> None:
        """After a run that succeeded."""
        truth = self.truth
        for language in truth.newsroom.languages:
            first = {story.id for story in truth.listed(language, "news", 1)}
            for story in truth.listed(language, "news"):
                if self._articles.get(story.id) or story.id in self._alike:
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
                if row is None or story.id in self._alike or row.look_failures:
                    continue  # a page that could not be read is tried again ever later, up to a day
                if story.has_link and (row.headline, bool(row.premium)) != (story.headline, story.premium):
                    self._say("history", story.id, "the first page shows something newer than what is stored")
        for story_id, known in self._known.items():
            story = truth.stories[story_id]
            row = rows.get(known.article_id)
            if row is None or row.url is None or not known.premium or known.status != "published":
                continue
            if story_id in self._alike or row.look_failures:
                continue
            young = self.at - max(row.first_seen_at, truth.published_at[story_id]) < PREMIUM_FOR
            if young and known.page_at is not None and self.at - known.page_at > PREMIUM_EVERY:
                self._say("history", story_id, f"premium, and not looked at since {known.page_at}")


def _names(looks: Iterable[Look]) -> str:
    return ", ".join(sorted({look.place for look in looks}))


def _near(one: Story, two: Story) -> bool:
    """Whether two were published on one day, or in one night."""
    return one.day == two.day or abs(one.published_at - two.published_at) <= timedelta(hours=12)


def _shown(story: Story) -> tuple[bool, str]:
    return story.premium, plain_text(story.shown_paragraphs)


def _same_text(body: list[str], story: Story) -> bool:
    """Whether a stored body is what a story shows to all, the dateline and the lead aside."""
    wanted = _plain(plain_text(story.shown_paragraphs))
    found = _plain("\n".join(body))
    return (
        found.endswith(wanted)
        and len(found) - len(wanted) <= len(story.dateline or "") + len(story.lead or "") + 2
    )


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())
