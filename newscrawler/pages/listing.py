"""Entries of a page out of the stories found on it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from datetime import UTC, date, time
from typing import Final

from newscrawler.items import Entry
from newscrawler.normalize.dates import WHEN_PATTERN, When, read_stamp, read_when
from newscrawler.normalize.text import clean, loose
from newscrawler.pages import elements as el
from newscrawler.pages import premium, words
from newscrawler.pages.bare_clocks import moments_of
from newscrawler.pages.clock import Clock
from newscrawler.pages.document import Document
from newscrawler.pages.labels import Labels
from newscrawler.pages.line_marks import mark_at_end, unjoined
from newscrawler.pages.parts import Element
from newscrawler.pages.story import Story
from newscrawler.pages.tokens import DAY, LABEL, STORY, Token

MIN_SECTIONS: Final = 2
"""Groups by section are at least so many: one heading may be the page's."""
MAX_LEVEL: Final = 2
"""Headings below this level are of boxes."""
_DAY_ADDRESS: Final = re.compile(r"(?:/|[?&]da(?:te|y)=)(\d{4})[/-](\d{1,2})[/-](\d{1,2})/?(?:$|[?&#])")
_WHEN: Final = re.compile(WHEN_PATTERN, re.IGNORECASE)
MAX_PHRASE: Final = 40
"""No name of a language and no link to the next page is longer."""
_LANGUAGE_NAMES: Final = re.compile(
    r"(?:en|ru|be|by|eng|rus|bel|english|русский|беларуская|па-беларуску|по-русски|in english|рус|бел|англ)"
    r"(?: version)?",
    re.IGNORECASE,
)


def usable(
    stories: list[Story], language: str | None, own_id: str | None, title: str | None = None
) -> list[Story]:
    """Stories that can be entries: not translations, not links to the page itself such as `Full version`.

    The list of news on an article page may hold the article, of the headline `title` or with labels; there
    it is an entry like others.
    """
    kept = []
    for story in stories:
        if story.own:
            continue
        address = story.address
        if address and language and address.language and address.language != language:
            continue
        headline = story.headline()
        text = headline.text if headline is not None else ""
        if 0 < len(text) <= MAX_PHRASE and (
            _LANGUAGE_NAMES.fullmatch(text) or words.NEXT_PAGE.fullmatch(text)
        ):
            continue
        itself = address is not None and own_id is not None and address.external_id == own_id
        if headline is None and (address is None or itself):
            continue
        if (
            itself
            and title
            and headline is not None
            and loose(headline.text) != loose(title)
            and not any(t.kind == LABEL for t in story.tokens)
        ):
            continue
        kept.append(story)
    return kept


class EntryReader:
    """Turns stories into entries."""

    def __init__(self, document: Document, tokens: list[Token], clock: Clock) -> None:
        self.document = document
        self.clock = clock
        self.tokens = tokens
        self.starts = [t.start for t in tokens]
        self.days: list[tuple[int, Labels]] = []
        self.groups: dict[int, list[str]] = {}
        """By story, the sections in the heading above its group."""
        self.page_day: date | None = None
        """The one day that a page is of: an archive's."""
        self.near: dict[int, str] = {}
        """For a story without a number that of the one beside it: the year of its day follows from it."""
        self.clocks: dict[int, time] = {}
        """By entry, an hour without a day."""

    def read(self, stories: list[Story], dated: bool, newest_first: bool = False) -> list[Entry]:
        """Entries in the page's order, each story once.

        `newest_first`: this is the first page of a listing.
        """
        if dated:
            taken = {id(t) for s in stories for t in s.tokens}
            self.days = [
                (t.start, t.labels)
                for t in self.tokens
                if t.labels and t.labels.when and (t.kind == DAY or (t.kind == LABEL and id(t) not in taken))
                and not t.labels.when.clock and (t.labels.when.day or t.labels.when.month_day)
                and not t.element.flags & (el.NAV | el.FOOTER | el.DIALOG | el.ASIDE)
            ]  # fmt: skip
            if not self.days:
                titles = [t.text for t in self.tokens if 0 < t.level <= MAX_LEVEL and id(t) not in taken]
                self.page_day = self._day_of_page(" ".join(titles))
        beside = Counter(id(story.row.parent) for story in stories)
        row_of: dict[int, Element] = {}
        merged: dict[object, Entry] = {}
        by_headline: dict[str, list[Entry]] = {}
        self.near = _neighbours(stories) if dated else {}
        self.groups = _groups(stories) if dated else {}
        for story in stories:
            entry = self._entry(story, dated)
            if entry.headline is None:
                continue
            folded = loose(entry.headline)
            known = merged.get(entry.external_id or entry.url) if entry.url else None
            if known is None:
                known = next((e for e in by_headline.get(folded, ()) if _may_be_one(e, entry)), None)
            if known is not None:
                # A hero card above the list repeats one of its lines: the line has the entry's place.
                later = bool(entry.sections or entry.published_date) and not (
                    known.sections or known.published_date
                )
                later = later or beside[id(story.row.parent)] > beside[id(row_of[id(known)].parent)]
                if later:
                    row_of[id(known)] = story.row
                _merge(known, entry)
                if later:
                    for key in [k for k, e in merged.items() if e is known]:
                        del merged[key]
                    merged[known.external_id or known.url or id(known)] = known
                if known.url:
                    merged[known.external_id or known.url] = known
                continue
            merged[entry.external_id or entry.url or id(entry)] = entry
            row_of[id(entry)] = story.row
            by_headline.setdefault(folded, []).append(entry)
        entries = list({id(e): e for e in merged.values()}.values())
        if newest_first:
            self._bare_clocks(entries)
        return entries

    def _day_of_page(self, titles: str) -> date | None:
        """The day of an archive: in the page's address (`/archive/2023/10/13/`), else that of its titles."""
        if match := _DAY_ADDRESS.search(self.document.url):
            try:
                return date(*map(int, match.groups()))
            except ValueError:
                pass  # an address may have any numbers
        found = [read_when(match, self.clock.fetched_at) for match in _WHEN.finditer(titles)]
        days = {when.day for when in found if when is not None and not when.relative}
        return days.pop() if len(days) == 1 else None

    def _bare_clocks(self, entries: list[Entry]) -> None:
        """Give entries with an hour and no day the day that follows from their order."""
        tz = self.clock.tz
        timed = [e for e in entries if e.published_at or id(e) in self.clocks]
        printed = [e.published_at.astimezone(tz) if e.published_at else self.clocks[id(e)] for e in timed]
        for entry, moment in zip(timed, moments_of(printed, self.clock.fetched_at) or (), strict=False):
            if entry.published_at is None:
                entry.published_at, entry.published_date = moment.astimezone(UTC), moment.date()

    def _entry(self, story: Story, dated: bool) -> Entry:
        headline = story.headline()
        address = story.address
        entry = Entry(headline=self._headline(story, headline))
        entry.url = address.url if address else None
        entry.external_id = address.external_id if address else None
        for token in story.tokens:
            if token.kind == LABEL and token.labels:
                entry.sections += [s for s in token.labels.sections if s not in entry.sections]
        entry.sections = entry.sections or self.groups.get(id(story), [])
        entry.premium, entry.premium_evidence = premium.of_entry(self.document, story)
        if dated:
            self._date(story, entry)
        return entry

    def _headline(self, story: Story, token: Token | None) -> str | None:
        text = token.text if token else ""
        if (not token or token.kind != STORY) and story.address and not text:
            for other in story.tokens:
                link = other.element.link
                if other.kind == STORY and link:
                    attributes = link.element.node.attributes
                    text = clean(attributes.get("title") or attributes.get("aria-label") or "")
                    if text:
                        break
        if text:
            match = mark_at_end(text, self.document.profile.marker)
            text = (text[: match.start()] + text[match.end() :]).strip(" .:;—–-|()[]") if match else text
        return unjoined(text) or None

    def _date(self, story: Story, entry: Entry) -> None:
        clock, row = self.clock, story.row
        number = entry.external_id or self.near.get(id(story))
        own: set[int] = set()
        if self.document.stamps:
            own = {
                id(e)
                for t in story.tokens
                if t.line and t.kind == LABEL
                for p in t.line.pieces
                for e in p.element.ancestors()
            }
        for element, stamp in self.document.stamps:
            if id(element) in own or any(e is row for e in element.ancestors()):
                moment, day = read_stamp(stamp, clock.tz)
                if moment or day:
                    entry.published_at, entry.published_date = moment, day
                    break
        when: When | None = None
        for token in story.tokens:
            if token.kind == LABEL and token.labels and token.labels.when and not token.labels.clock:
                when = when | token.labels.when if when else token.labels.when
        if entry.published_at is not None:
            return
        if when is not None and when.clock and not (when.day or when.month_day or when.moment):
            day = entry.published_date or self._header_day(story, number)
            entry.published_date = day
            entry.published_at = clock.moment(when, day)
            if day is None and not when.relative:
                self.clocks[id(entry)] = when.clock
        elif when is not None:
            day = entry.published_date or clock.day(when, number)
            entry.published_date = day
            entry.published_at = clock.moment(when, day)
        elif entry.published_date is None:
            entry.published_date = self._header_day(story, number)

    def _header_day(self, story: Story, external_id: str | None) -> date | None:
        """The day printed above the row, within it where the day has this one entry; else the page's."""
        own = next((t.labels for t in story.tokens if t.kind == DAY), None)
        n = bisect_left([start for start, _ in self.days], story.start)
        labels = own or (self.days[n - 1][1] if n else None)
        return self.clock.day(labels.when, external_id) if labels and labels.when else self.page_day


def _neighbours(stories: list[Story]) -> dict[int, str]:
    """The number of the nearest linked story before a story without one, else after it."""
    found: dict[int, str] = {}
    for order in (stories, stories[::-1]):
        number: str | None = None
        for story in order:
            if story.address:
                number = story.address.external_id or number
            elif number:
                found.setdefault(id(story), number)
    return found


def _may_be_one(one: Entry, other: Entry) -> bool:
    """Whether two entries of one headline can be one story printed twice. A digest has its every day."""
    if one.url is not None and other.url is not None:
        return False
    days = {one.published_date, other.published_date} - {None}
    # A card may have a stamp with seconds where the list prints hour and minute.
    minutes = {e.published_at.replace(second=0) for e in (one, other) if e.published_at is not None}
    few, many = sorted((set(one.sections), set(other.sections)), key=len)
    return len(days) < 2 and len(minutes) < 2 and few <= many


def _groups(stories: list[Story]) -> dict[int, list[str]]:
    """The sections of stories that stand in groups, each under a heading that names its section."""
    heads: dict[int, list[str]] = {}
    for story in stories:
        for token in story.tokens:
            if token.kind == LABEL and token.labels and token.labels.sections:
                if not token.level or token.start >= story.row.start:
                    return {}  # a section of the story's own
                heads[id(story)] = token.labels.sections
    if len(heads) < MIN_SECTIONS:
        return {}
    found: dict[int, list[str]] = {}
    above: list[str] = []
    for story in stories:
        above = heads.get(id(story), above)
        found[id(story)] = list(above)
    return found


def _merge(known: Entry, again: Entry) -> None:
    """A second print of a story: a card and a line of the list."""
    known.url = known.url or again.url
    known.external_id = known.external_id or again.external_id
    known.sections = known.sections or again.sections
    if again.published_at and not known.published_at:
        known.published_at = again.published_at
        known.published_date = again.published_date
    known.published_date = known.published_date or again.published_date
    if again.premium and not known.premium:
        known.premium, known.premium_evidence = again.premium, again.premium_evidence
