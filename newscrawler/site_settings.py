"""`[sites.NAME]` of the settings: what a user says about one site."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field

from newscrawler.schedule_settings import ScheduleSettings


class SiteSettings(ScheduleSettings):
    """How a site is crawled, and when. What is said with a single crawl wins over it."""

    languages: list[str] = Field(default_factory=list)
    """Empty for all of the site."""
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
