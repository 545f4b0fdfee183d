"""A spider for every known site, as Scrapy asks for it by name (SPIDER_LOADER_CLASS)."""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING, Self

from newscrawler.sites import known_sites
from newscrawler.spiders.news import NewsSpider

if TYPE_CHECKING:
    from scrapy import Request, Spider
    from scrapy.settings import BaseSettings


class SiteSpiderLoader:
    """Sites differ in what they declare, not in how they are crawled."""

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Self:
        return cls()

    def load(self, spider_name: str) -> type[Spider]:
        """The spider of a site. Raises KeyError for an unknown one, UsageError for wrong settings."""
        site = known_sites()[spider_name]
        return type("SiteSpider", (NewsSpider,), {"name": site.name, "site": site})

    def list(self) -> list[str]:
        """The names of the known sites. Raises UsageError."""
        return [*known_sites()]

    def find_by_request(self, request: Request) -> builtins.list[str]:
        """The names of the sites that a request's address is of. Raises UsageError."""
        return [site.name for site in known_sites().values() if site.owns(request.url)]
