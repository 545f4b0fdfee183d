"""What the steps of reading a page have found so far."""

from __future__ import annotations

from dataclasses import dataclass

from newscrawler.pages.body import Body
from newscrawler.pages.clock import Clock
from newscrawler.pages.document import Document
from newscrawler.pages.headline import Headline
from newscrawler.pages.metadata import Metadata
from newscrawler.pages.profile import Address
from newscrawler.pages.story import Story
from newscrawler.pages.tokens import Token


@dataclass(slots=True)
class Found:
    """What the steps of reading a page have found so far."""

    document: Document
    metadata: Metadata
    tokens: list[Token]
    clock: Clock
    address: Address | None
    language: str | None
    headline: Headline | None
    body: Body
    own: Story | None
    stories: list[Story]

    @property
    def headline_line(self) -> int | None:
        """The line of the headline; None where it stands in no line."""
        token = self.headline.token if self.headline else None
        return token.line.index if token and token.line else None
