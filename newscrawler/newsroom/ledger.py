"""What truly happened in the newsroom, for tests that ask what should have been seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from newscrawler.newsroom.stories import Story, StoryKind
from newscrawler.newsroom.wording import Language

HappeningKind = Literal[
    "published",
    "headline_edited",
    "body_edited",
    "became_premium",
    "became_free",
    "linked",
    "removed",
    "restored",
]

Moment: TypeAlias = datetime | int | None
"""A time, a mark (see `Ledger.mark`), or None for now. A time includes what happened at that time."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One change of one story."""

    at: datetime
    kind: HappeningKind
    story_id: int
    language: Language
    old: str | None
    new: str | None
    story: Story
    """The story right after it."""


class Ledger:
    """The list of happenings, in order, and questions about it.

    Happenings are only ever added; a list of a moment is rebuilt from them, by other code than the one
    that serves pages.
    """

    def __init__(self, page_size: int = 20) -> None:
        self.happenings: list[Happening] = []
        self._page_size = page_size

    def __len__(self) -> int:
        return len(self.happenings)

    def __iter__(self) -> Iterator[Happening]:
        return iter(self.happenings)

    def mark(self) -> int:
        """The present moment, exactly: how many happenings there have been."""
        return len(self.happenings)

    def add(self, happening: Happening) -> None:
        """Write down what happened."""
        self.happenings.append(happening)

    def until(self, moment: Moment = None) -> list[Happening]:
        """What had happened by a moment."""
        if moment is None:
            return list(self.happenings)
        if isinstance(moment, int):
            return self.happenings[:moment]
        return [happening for happening in self.happenings if happening.at <= moment]

    def between(self, start: Moment, end: Moment = None) -> list[Happening]:
        """What happened after `start`, up to and including `end`."""
        return self.until(end)[len(self.until(start)) :]

    def history(self, story_id: int) -> list[Happening]:
        """Everything that happened to one story."""
        return [happening for happening in self.happenings if happening.story_id == story_id]

    def story(self, story_id: int, at: Moment = None) -> Story | None:
        """One story as it stood at a moment; None before it was published."""
        return self._states(at).get(story_id)

    def ever_published(self, *, language: str | None = None, at: Moment = None) -> list[Story]:
        """Every story there has been, removed ones too, as it stood at a moment, in order of id."""
        return [
            story
            for _, story in sorted(self._states(at).items())
            if language is None or story.language == language
        ]

    def visible(
        self, *, language: str | None = None, kind: StoryKind | None = None, at: Moment = None
    ) -> list[Story]:
        """The stories on the site at a moment, newest first."""
        found = [
            story
            for story in self._states(at).values()
            if not story.removed
            and (language is None or story.language == language)
            and (kind is None or story.kind == kind)
        ]
        return sorted(found, key=lambda story: story.order, reverse=True)

    def premium(self, *, language: str | None = None, at: Moment = None) -> list[Story]:
        """The premium stories on the site at a moment, newest first."""
        return [story for story in self.visible(language=language, at=at) if story.premium]

    def listing(
        self,
        language: str,
        kind: StoryKind = "news",
        page: int = 1,
        *,
        at: Moment = None,
        page_size: int | None = None,
    ) -> list[Story]:
        """What a listing page showed at a moment, in its order."""
        size = page_size or self._page_size
        return self.visible(language=language, kind=kind, at=at)[(page - 1) * size : page * size]

    def _states(self, at: Moment) -> dict[int, Story]:
        return {happening.story_id: happening.story for happening in self.until(at)}
