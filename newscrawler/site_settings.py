"""The table `[sites.NAME]` of newscrawler.toml: what a user says of one site."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field

from newscrawler.schedule_settings import ScheduleSettings
from newscrawler.site_description import SiteDescription


class SiteSettings(SiteDescription, ScheduleSettings):
    """A site of the user's own, or how a bundled one is crawled, and when.

    What is said with a single crawl wins over it.
    """

    budget: int | None = Field(default=None, ge=1)
    """How many pages one crawl may ask for; None for what `budget` says for all sites."""
    base_url: str | None = None
    """A mirror to crawl instead: scheme and host."""

    def arguments(self, given: Mapping[str, str]) -> dict[str, str]:
        """The arguments of a crawl (`-a` of `scrapy crawl`): those given, then those of the settings."""
        own = {
            "languages": ",".join(self.languages) or None,
            "budget": str(self.budget) if self.budget is not None else None,
            "base_url": self.base_url,
        }
        return {name: value for name, value in own.items() if value is not None} | dict(given)
