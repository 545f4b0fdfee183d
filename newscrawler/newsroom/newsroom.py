"""The newsroom: publishes, edits, opens, closes and removes invented stories, on its own clock."""

from __future__ import annotations

import heapq
import random
import re
import threading
from bisect import insort
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, Literal, get_args

from newscrawler.newsroom import prose
from newscrawler.newsroom.ledger import Happening, HappeningKind, Ledger
from newscrawler.newsroom.stories import Story, StoryKind
from newscrawler.newsroom.wording import LANGUAGES, Language, Section

ActionName = Literal[
    "publish",
    "publish_any",
    "publish_longread",
    "publish_twin",
    "edit_headline",
    "edit_body",
    "make_premium",
    "make_free",
    "link",
    "remove",
    "restore",
]

FIRST_ID = 165_500

_RECENT = 60
"""How many of the newest stories an action without a named story chooses from."""
_WINDOW = 400
"""How many of the newest headlines a new one must differ from."""
_TOO_ALIKE = 0.6
"""Share of common words from which two headlines count as too alike to tell their stories apart."""


class NoSuchStoryError(LookupError):
    """An action was asked for and no story fits it; `Newsroom.advance` passes over it."""


@dataclass(order=True, frozen=True, slots=True)
class PlannedAction:
    """One line of a script: what to do when the clock passes `at`."""

    at: datetime
    number: int
    action: ActionName = field(compare=False)
    arguments: dict[str, Any] = field(compare=False, default_factory=dict)


class Newsroom:
    """Plays the editors of a news site.

    The clock stands still until `advance` moves it. All choices come from `seed`: the same calls give the
    same site. Every action is written into `ledger`. Safe to use while a server shows the site.

    An action without a story chooses a fitting one among the newest, and raises NoSuchStoryError where
    there is none.
    """

    def __init__(
        self,
        seed: int = 1,
        now: datetime | None = None,
        *,
        languages: Iterable[Language] = LANGUAGES,
        layout: str = "classic",
        unlinked_share: float = 0.5,
        premium_share: float = 0.4,
        translated_share: float = 0.5,
        page_size: int = 20,
        news_list_length: int = 20,
        first_id: int = FIRST_ID,
    ) -> None:
        """`unlinked_share`: premium stories whose entries have no address; `translated_share`: stories
        that tell the same as one in another language; `page_size`: entries of a listing page;
        `news_list_length`: those of the `News` list beside an article."""
        now = now or datetime(2025, 11, 24, 9, 0, tzinfo=UTC)
        if now.tzinfo is None:
            raise ValueError(f"the newsroom's clock needs a time with a zone, not {now.isoformat()}")
        self.languages = tuple(languages)
        self.layout = layout
        """May be changed at any time: the site is redesigned."""
        self.unlinked_share = unlinked_share
        self.premium_share = premium_share
        self.translated_share = translated_share
        self.page_size = page_size
        self.news_list_length = news_list_length
        self.ledger = Ledger(page_size)
        self.lock = threading.RLock()
        """Held by every action, and by a server while it renders a page."""
        self._now = now.astimezone(UTC)
        self._choices = random.Random(seed)
        self._next_id = first_id
        self._stories: dict[int, Story] = {}
        self._visible: dict[tuple[Language, StoryKind], list[tuple[datetime, int]]] = {}
        self._topics: dict[int, prose.Topic] = {}
        self._groups: dict[int, list[int]] = {}
        self._used_headlines: set[str] = set()
        self._recent_words: deque[frozenset[str]] = deque(maxlen=_WINDOW)
        self._plan: list[PlannedAction] = []
        self._numbers = count()
        self._versions: dict[str, int] = dict.fromkeys(self.languages, 0)
        self._changed_at: dict[str, datetime] = dict.fromkeys(self.languages, self._second())

    # What is there

    @property
    def now(self) -> datetime:
        """The newsroom's time, UTC."""
        return self._now

    def story(self, story_id: int) -> Story:
        """A story as it stands. Raises NoSuchStoryError."""
        try:
            return self._stories[story_id]
        except KeyError:
            raise NoSuchStoryError(f"no story {story_id}") from None

    def stories(self, language: Language, kind: StoryKind = "news") -> list[Story]:
        """What is on the site, newest first."""
        with self.lock:
            visible = self._visible.get((language, kind), [])
            return [self._stories[story_id] for _, story_id in reversed(visible)]

    def count(self, language: Language, kind: StoryKind = "news") -> int:
        """How many stories are on the site."""
        return len(self._visible.get((language, kind), []))

    def page(self, language: Language, kind: StoryKind, number: int, size: int | None = None) -> list[Story]:
        """The stories of one listing page, newest first."""
        size = size or self.page_size
        with self.lock:
            visible = self._visible.get((language, kind), [])
            end = len(visible) - (number - 1) * size
            chosen = visible[max(end - size, 0) : max(end, 0)]
            return [self._stories[story_id] for _, story_id in reversed(chosen)]

    def translations(self, story: Story) -> dict[Language, Story]:
        """The same story in the other languages, as far as it is on the site."""
        with self.lock:
            others = (self._stories[other] for other in self._groups.get(story.group, ()))
            return {
                other.language: other
                for other in others
                if not other.removed and other.id != story.id and other.language != story.language
            }

    def version(self, language: str) -> int:
        """Rises whenever any page in this language may look different."""
        return self._versions[language]

    def changed_at(self, language: str) -> datetime:
        """When pages in this language last changed, in whole seconds and different for every change.

        Two changes within a second would otherwise share a Last-Modified, and the second go unseen.
        """
        return self._changed_at[language]

    # What editors do

    def publish(
        self,
        language: Language | None = None,
        *,
        kind: StoryKind = "news",
        premium: bool | None = None,
        linked: bool | None = None,
        headline: str | None = None,
        sections: tuple[Section, ...] | None = None,
        paragraphs: tuple[str | tuple[str, ...], ...] | None = None,
        translates: Story | int | None = None,
        published_at: datetime | None = None,
    ) -> Story:
        """Publish a story now. What is not given is invented.

        `translates` names a story in another language: the same text, linked as its translation.
        """
        with self.lock:
            original = None if translates is None else self._current(translates)
            spoken = self._choices.choice(self.languages) if language is None else language
            topic = self._topic(spoken, kind, original, wanted=headline)
            at = (published_at or self._now).replace(microsecond=0)
            if premium is None:
                premium = kind == "news" and self._choices.random() < self.premium_share
            if linked is None:
                linked = not premium or self._choices.random() >= self.unlinked_share
            self._next_id += self._choices.randint(1, 6)
            story = Story(
                id=self._next_id,
                language=spoken,
                kind=kind,
                headline=headline or topic.headline(spoken),
                sections=sections or topic.sections,
                paragraphs=paragraphs or (),
                published_at=at,
                modified_at=at,
                premium=premium,
                linked=linked,
                related_id=self._related(spoken),
                group=original.group if original else self._next_id,
            )
            text = (prose.news_text if kind == "news" else prose.longread_text)(topic, spoken, story.day)
            story = replace(
                story,
                paragraphs=paragraphs or text.paragraphs,
                lead=text.lead,
                photo_credit=text.photo_credit,
                caption=text.caption,
                tags=text.tags,
            )
            self._topics[story.group] = topic
            return self._add(story)

    def publish_any(self, *, longreads_share: float = 0.05, published_at: datetime | None = None) -> Story:
        """Publish what comes: news or a longread, in any language, of its own or as a translation."""
        with self.lock:
            kind: StoryKind = "longreads" if self._choices.random() < longreads_share else "news"
            language = self._choices.choice(self.languages)
            translates = None
            if self._choices.random() < self.translated_share:
                translates = self._untranslated(language, kind)
            return self.publish(language, kind=kind, translates=translates, published_at=published_at)

    def publish_longread(self, language: Language | None = None, **details: Any) -> Story:
        """Publish a longread now; takes what `publish` takes."""
        return self.publish(language, kind="longreads", **details)

    def publish_twin(self, story: Story | int | None = None) -> Story:
        """Publish the same story once more under another id, as editors do by mistake."""
        with self.lock:
            original = self._chosen(story, "publish twice", lambda other: other.twin_of is None)
            self._next_id += self._choices.randint(1, 6)
            twin = replace(
                original,
                id=self._next_id,
                published_at=self._second(),
                modified_at=self._second(),
                group=self._next_id,
                twin_of=original.id,
            )
            return self._add(twin)

    def edit_headline(self, story: Story | int | None = None, headline: str | None = None) -> Story:
        """Change a headline a little, or to the one given."""
        with self.lock:
            old = self._chosen(story, "edit")
            new = headline or prose.edited_headline(old.headline, old.language, self._choices)
            return self._change(
                "headline_edited", old, old.headline, new, headline=new, modified_at=self._second()
            )

    def edit_body(
        self,
        story: Story | int | None = None,
        paragraphs: tuple[str | tuple[str, ...], ...] | None = None,
    ) -> Story:
        """Replace the paragraphs by those given, or add something where every reader sees it.

        A free story grows a paragraph, a premium one a sentence in its teaser.
        """
        with self.lock:
            old = self._chosen(story, "edit")
            new = paragraphs or self._longer(old)
            return self._change(
                "body_edited",
                old,
                plain_text(old.paragraphs),
                plain_text(new),
                paragraphs=new,
                modified_at=self._second(),
            )

    def make_premium(self, story: Story | int | None = None, *, linked: bool = True) -> Story:
        """Put a free story behind the paywall; its entries stay links unless told otherwise."""
        with self.lock:
            old = self._chosen(
                story, "make premium", lambda other: not other.premium and other.kind == "news"
            )
            return self._change("became_premium", old, "false", "true", premium=True, linked=linked)

    def make_free(self, story: Story | int | None = None) -> Story:
        """Open a premium story; its entries become links."""
        with self.lock:
            old = self._chosen(story, "open", lambda other: other.premium)
            return self._change("became_free", old, "true", "false", premium=False, linked=True)

    def link(self, story: Story | int | None = None) -> Story:
        """Make the entries of a premium story links, which they were not."""
        with self.lock:
            old = self._chosen(story, "link", lambda other: not other.has_link)
            return self._change("linked", old, None, old.path, linked=True)

    def remove(self, story: Story | int | None = None, *, status: int = 404) -> Story:
        """Take a story off the site; its address answers 404 or 410."""
        with self.lock:
            old = self._chosen(story, "remove")
            self._visible[old.language, old.kind].remove(old.order)
            return self._change("removed", old, None, None, removed=True, removed_status=status)

    def restore(self, story: Story | int | None = None) -> Story:
        """Put a removed story back, as it was."""
        with self.lock:
            old = self._chosen(story, "restore", lambda other: other.removed, among_removed=True)
            insort(self._visible[old.language, old.kind], old.order)
            return self._change("restored", old, None, None, removed=False)

    def stock(self, number: int, *, days: float = 7.0, longreads_share: float = 0.05) -> list[Story]:
        """Back history: `number` stories spread evenly over the `days` before now, oldest first.

        Unless there are few stories or no longreads wanted, each language has a longread to begin with.
        """
        with self.lock:
            step = timedelta(days=days) / max(number, 1)
            start = self._now - step * number
            if not self._stories:
                self._changed_at = dict.fromkeys(self.languages, start.replace(microsecond=0))
            firsts = self.languages if longreads_share and number >= 4 * len(self.languages) else ()
            made: list[Story] = []
            for index in range(number):
                at = start + step * index + step * (0.8 * self._choices.random())
                if index < len(firsts):
                    made.append(self.publish_longread(firsts[index], published_at=at))
                else:
                    made.append(self.publish_any(longreads_share=longreads_share, published_at=at))
            return made

    # Time

    def plan(
        self,
        action: ActionName,
        *,
        at: datetime | None = None,
        after: timedelta | None = None,
        **arguments: Any,
    ) -> PlannedAction:
        """Have `advance` perform an action when the clock passes `at`, or `after` a while from now."""
        if action not in get_args(ActionName):
            raise ValueError(
                f"the newsroom knows no action {action!r}: one of {', '.join(get_args(ActionName))}"
            )
        with self.lock:
            when = at.astimezone(UTC) if at else self._now + (after or timedelta())
            planned = PlannedAction(when, next(self._numbers), action, arguments)
            heapq.heappush(self._plan, planned)
            return planned

    @property
    def script(self) -> list[PlannedAction]:
        """What is still to come, in order."""
        return sorted(self._plan)

    def clear_script(self) -> None:
        """Have nothing more happen by itself."""
        with self.lock:
            self._plan.clear()

    def advance(self, duration: timedelta | None = None, **parts: float) -> list[Happening]:
        """Move the clock on and perform what the script has in between; returns what happened.

        Takes a timedelta or the words of one: `advance(hours=6)`.
        """
        target = self._now + (duration or timedelta(**parts))
        if target < self._now:
            raise ValueError("the newsroom's clock does not run backwards")
        with self.lock:
            before = self.ledger.mark()
            while self._plan and self._plan[0].at <= target:
                planned = heapq.heappop(self._plan)
                self._now = max(self._now, planned.at)
                self.perform(planned)
            self._now = target
            return self.ledger.happenings[before:]

    def perform(self, planned: PlannedAction) -> Story | None:
        """Do what a line of a script says; None where no story fits it any more."""
        act: Callable[..., Story] = getattr(self, planned.action)
        try:
            return act(**planned.arguments)
        except NoSuchStoryError:
            return None

    # Inside

    def _add(self, story: Story) -> Story:
        insort(self._visible.setdefault((story.language, story.kind), []), story.order)
        self._groups.setdefault(story.group, []).append(story.id)
        happenings = self.ledger.happenings
        at = max(story.published_at, happenings[-1].at) if happenings else story.published_at
        return self._record(at, "published", story, None, story.headline)

    def _change(
        self, kind: HappeningKind, story: Story, old: str | None, new: str | None, **to: Any
    ) -> Story:
        changed = replace(story, **to)
        return self._record(self._now, kind, changed, old, new)

    def _record(
        self, at: datetime, kind: HappeningKind, story: Story, old: str | None, new: str | None
    ) -> Story:
        self._stories[story.id] = story
        self.ledger.add(Happening(at, kind, story.id, story.language, old, new, story))
        # A change shows in the page lists of its language, and as a link on its translations.
        for language in {self._stories[member].language for member in self._groups[story.group]}:
            self._versions[language] += 1
            second = at.replace(microsecond=0)
            self._changed_at[language] = max(second, self._changed_at[language] + timedelta(seconds=1))
        return story

    def _longer(self, story: Story) -> tuple[str | tuple[str, ...], ...]:
        added = prose.added_paragraph(story.language, self._choices)
        opening, *rest = story.paragraphs
        if story.premium and isinstance(opening, str):
            return (f"{opening} {added}", *rest)
        return (*story.paragraphs, added)

    def _second(self) -> datetime:
        """Now, as precisely as a publishing system says it."""
        return self._now.replace(microsecond=0)

    def _current(self, story: Story | int) -> Story:
        return self.story(story if isinstance(story, int) else story.id)

    def _chosen(
        self,
        story: Story | int | None,
        verb: str,
        fits: Callable[[Story], bool] = lambda _: True,
        *,
        among_removed: bool = False,
    ) -> Story:
        """The story an action is about, as it stands now."""
        if story is not None:
            current = self._current(story)
            if current.removed != among_removed or not fits(current):
                raise NoSuchStoryError(f"story {current.id} is not one to {verb}")
            return current
        newest = list(self._stories.values())[-_RECENT:]
        fitting = [other for other in newest if other.removed == among_removed and fits(other)]
        if not fitting:
            raise NoSuchStoryError(f"no story to {verb}")
        return self._choices.choice(fitting)

    def _topic(
        self, language: Language, kind: StoryKind, original: Story | None, wanted: str | None
    ) -> prose.Topic:
        """What to write about: something whose headline is new and resembles no recent one."""
        if original is not None and original.group in self._topics:
            return self._topics[original.group]
        invent = prose.news_topic if kind == "news" else prose.longread_topic
        topic = invent(self._choices)
        for _ in range(0 if wanted else 300):
            if not self._resembles_known(topic):
                break
            topic = invent(self._choices)
        self._used_headlines.add(topic.headline("en"))
        self._recent_words.append(_words(topic.headline("en")))
        return topic

    def _resembles_known(self, topic: prose.Topic) -> bool:
        """Compared in English: topics that differ there differ in the other languages."""
        if topic.headline("en") in self._used_headlines:
            return True
        words = _words(topic.headline("en"))
        return any(len(words & other) >= _TOO_ALIKE * len(words | other) for other in self._recent_words)

    def _related(self, language: Language) -> int | None:
        """An older story that has an address."""
        older = self._visible.get((language, "news"), [])[-50:-3]
        linked = [story_id for _, story_id in older if self._stories[story_id].has_link]
        return self._choices.choice(linked) if linked else None

    def _untranslated(self, language: Language, kind: StoryKind) -> Story | None:
        """A recent story of another language that is not there in this one."""
        for story in reversed(list(self._stories.values())[-12:]):
            members = {self._stories[member].language for member in self._groups[story.group]}
            if not story.removed and story.kind == kind and language not in members and not story.twin_of:
                return story
        return None


def plain_text(paragraphs: tuple[str | tuple[str, ...], ...]) -> str:
    """Paragraphs and list items, one a line, as they stand in a ledger."""
    return "\n".join(
        line
        for paragraph in paragraphs
        for line in ((paragraph,) if isinstance(paragraph, str) else paragraph)
    )


def _words(headline: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", headline.casefold()))
