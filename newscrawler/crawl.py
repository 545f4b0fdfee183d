"""Runs one spider in this process. A process can do so once: Twisted's reactor does not start again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

from newscrawler.config import load_config
from newscrawler.exceptions import NewscrawlerError, UsageError
from newscrawler.spiders.news import NewsSpider
from newscrawler.spiders.plan import CrawlPlan
from newscrawler.storage.database import parse_address

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


def new_process(overrides: Mapping[str, object]) -> AsyncCrawlerProcess:
    """A Scrapy process with the project's settings, wherever it is started."""
    settings = Settings()
    settings.setmodule("newscrawler.settings", priority="project")
    settings.update(overrides, priority="cmdline")
    return AsyncCrawlerProcess(settings)


def run_spider(
    process: AsyncCrawlerProcess,
    name: str,
    arguments: Mapping[str, str],
    *,
    on_created: Callable[[Crawler], None] | None = None,
) -> NewsSpider:
    """Crawl, and return the spider with its outcome and balance.

    Raises UsageError for an unknown site or argument, before anything is fetched or stored, and
    NewscrawlerError where the run could not even be recorded.
    """
    try:
        crawler = process.create_crawler(name)
    except KeyError:
        sites = ", ".join(sorted(process.spider_loader.list()))
        raise UsageError(f"unknown site {name!r}: known are {sites}") from None
    spider_class = crawler.spidercls
    if not issubclass(spider_class, NewsSpider):
        raise UsageError(f"{name!r} is not a news spider")
    # The spider checks both again. Here, a mistake does not end inside Scrapy, with a traceback.
    config = load_config()
    CrawlPlan.from_arguments(spider_class.site, config.site_settings(name).arguments(arguments))
    parse_address(config.database_url)
    if on_created is not None:
        on_created(crawler)
    process.crawl(crawler, **arguments)
    process.start()
    spider = crawler.spider
    if not isinstance(spider, NewsSpider) or spider.outcome is None:
        raise NewscrawlerError(f"the crawl of {name} did not start; the log says why")
    if spider.outcome.run_id is None:
        raise NewscrawlerError(spider.outcome.reason)
    return spider
