"""Crawls for simulations: many in one process without a Twisted reactor, or one in a child, to be killed.

A `newscrawler crawl` of its own takes 1.5 s, nearly all of it imports; a crawl in this process a quarter of
that, one in a forked child a little more.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from scrapy.crawler import AsyncCrawlerRunner
from scrapy.settings import Settings

from newscrawler.crawl import new_process, run_spider
from newscrawler.exceptions import NewscrawlerError
from newscrawler.spiders.news import NewsSpider
from tests.children import context

SITE = "pozirk"
TIMEOUT_SECONDS = 20
"""Far more than an answer of the newsroom takes, on a busy machine too: a fault has to be the cause. Only the
fault `hang`, a single answer now and then, is waited for so long."""


def played(now: datetime) -> dict[str, object]:
    """The settings of a crawl at the simulated moment `now`."""
    return {
        "NEWSCRAWLER_NOW": now.isoformat(),
        "DOWNLOAD_DELAY": 0,
        "RETRY_TIMES": 0,
        "DOWNLOAD_TIMEOUT": TIMEOUT_SECONDS,
        "LOG_ENABLED": False,
        "DOWNLOAD_VERIFY_CERTIFICATES": False,  # loading them takes longer than most crawls; http only here
    }


@contextmanager
def using(database_url: str) -> Iterator[None]:
    """Crawls started within use this database."""
    before = os.environ.get("NEWSCRAWLER_DATABASE_URL")
    os.environ["NEWSCRAWLER_DATABASE_URL"] = database_url
    try:
        yield
    finally:
        del os.environ["NEWSCRAWLER_DATABASE_URL"]
        if before is not None:
            os.environ["NEWSCRAWLER_DATABASE_URL"] = before


async def crawl_in_process(base_url: str, *, now: datetime, **arguments: str) -> NewsSpider:
    """Crawl in this process's event loop; the spider with its outcome and balance.

    As often as wanted, and several at once: Scrapy runs without Twisted's reactor, which starts only once.
    """
    settings = Settings()
    settings.setmodule("newscrawler.settings", priority="project")
    settings.update({**played(now), "TWISTED_REACTOR_ENABLED": False}, priority="cmdline")
    runner = AsyncCrawlerRunner(settings)
    crawler = runner.create_crawler(SITE)
    await runner.crawl(crawler, base_url=base_url, **arguments)
    assert isinstance(crawler.spider, NewsSpider)
    return crawler.spider


@dataclass(frozen=True, slots=True)
class Ended:
    """A crawl in a child process that is over."""

    killed: bool
    code: int
    """0 for a run that succeeded, 1 for one that failed; without meaning for a killed one."""
    seconds: float


def crawl_in_child(
    base_url: str, database_url: str, *, now: datetime, kill_after: float | None = None
) -> Ended:
    """Crawl in a process of its own, as `newscrawler crawl` does, on Twisted's reactor.

    With `kill_after` the process is ended by SIGKILL after so many seconds, unless it was faster.
    """
    child = context.Process(target=_crawl_as_child, args=(base_url, database_url, now))
    began = time.monotonic()
    child.start()
    child.join(kill_after)
    killed = child.is_alive() and kill_after is not None
    if killed:
        child.kill()
    child.join()
    assert child.exitcode is not None
    return Ended(killed, child.exitcode, time.monotonic() - began)


def _crawl_as_child(base_url: str, database_url: str, now: datetime) -> None:
    logging.disable(logging.CRITICAL)
    with using(database_url):
        try:
            spider = run_spider(new_process(played(now)), SITE, {"base_url": base_url})
        except NewscrawlerError:
            raise SystemExit(2) from None
    assert spider.outcome is not None
    raise SystemExit(0 if spider.outcome.status == "ok" else 1)
