"""Where a request stands in a crawl."""

from __future__ import annotations

from dataclasses import dataclass

from newscrawler.items import Observation, Visit
from newscrawler.sites.ways import Way


@dataclass(frozen=True, slots=True)
class Place:
    """A page that is asked for, and what is known of it beforehand."""

    url: str
    """Canonical: the name under which its visit is kept."""
    language: str
    """Of what it says, where nobody else says it."""
    way: Way | None = None
    """The way that a list belongs to; None for the page of a story."""
    number: int = 1
    """Which page of its list."""
    required: bool = False
    """Whether the run has failed when this page cannot be read: a language's news would go unseen."""
    past_known: bool = False
    """Beyond a page on which everything was known: older than what earlier runs have seen."""
    asked_as: str | None = None
    """The address to ask for, where it is another than `url`."""
    external_id: str | None = None
    """Of the story whose page it is."""
    known: bool = True
    """Whether the story is stored already, or one of its headline without address, which it may be."""
    told: Observation | None = None
    """What a list said of an address never seen, kept back until the page has been asked; see `Asking`."""
    last_visit: Visit | None = None
    """When the page was last read, if it may be answered "not modified"."""
