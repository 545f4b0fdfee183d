"""The ways in which a site's stories are found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

WayKind = Literal["listing", "feed", "sitemap", "rest"]


@dataclass(frozen=True, slots=True)
class Way:
    """One address that leads to stories."""

    kind: WayKind
    url: str
    languages: tuple[str, ...]
    """Of the stories it may lead to; the first is assumed where nobody says it."""
    required: bool = True
    """Whether a run has failed that could not read it, nor found stories of these languages in another
    way."""
    leads: bool = True
    """Whether its word on a headline and on premium is kept as the listing's. Other ways make stories known
    and say when they change: two lists that word a headline differently would look like an edit at every
    turn."""
    every: timedelta | None = None
    """How often it is asked at most; None: in every run."""
