"""A story as the newsroom knows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from newscrawler.newsroom.wording import SITE_ZONE, Language, Section, dateline

StoryKind = Literal["news", "longreads"]
"""Also the word in the story's address."""


@dataclass(frozen=True, slots=True)
class Story:
    """One story in one language, as it stands at one moment; every change makes a new one."""

    id: int
    """From one rising sequence over all languages and kinds."""
    language: Language
    kind: StoryKind
    headline: str
    sections: tuple[Section, ...]
    paragraphs: tuple[str | tuple[str, ...], ...]
    """Without dateline; a tuple is a list of items."""
    published_at: datetime
    modified_at: datetime
    premium: bool = False
    linked: bool = True
    """False for a premium story whose entries in lists have no address; its page exists all the same."""
    removed: bool = False
    removed_status: int = 404
    """What its address answers while it is removed: 404 or 410."""
    lead: str | None = None
    """The bold opening of a longread."""
    photo_credit: str | None = None
    caption: str | None = None
    tags: tuple[str, ...] = ()
    related_id: int | None = None
    """The story in the related card at the end of the page."""
    group: int = 0
    """The id of the first of the stories that are translations of each other; its own id if it is that."""
    twin_of: int | None = None
    """The id of the same story, published once more under this id."""

    @property
    def path(self) -> str:
        """The path of its page, with the slash: `/en/news/165500/`."""
        return f"/{self.language}/{self.kind}/{self.id}/"

    @property
    def has_link(self) -> bool:
        """Whether its entries in lists are links."""
        return self.linked or not self.premium

    @property
    def shown_paragraphs(self) -> tuple[str | tuple[str, ...], ...]:
        """What a reader without subscription sees: of a premium story the first paragraph, its teaser."""
        return self.paragraphs[:1] if self.premium else self.paragraphs

    @property
    def day(self) -> date:
        """The day of publication in the site's time zone."""
        return self.published_at.astimezone(SITE_ZONE).date()

    @property
    def dateline(self) -> str | None:
        """What its first paragraph opens with; None for a longread."""
        return dateline(self.day, self.language) if self.kind == "news" else None

    @property
    def order(self) -> tuple[datetime, int]:
        """Lists are sorted by this, newest first."""
        return self.published_at, self.id
