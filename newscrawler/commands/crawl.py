"""`scrapy crawl`, with clear errors and an exit code that tells whether the run succeeded.

Scrapy's own ends with 0 also when every request has failed.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.exceptions import UsageError as ScrapyUsageError

from newscrawler.crawl import run_spider
from newscrawler.exceptions import NewscrawlerError, UsageError
from newscrawler.summary import summary_lines

if TYPE_CHECKING:
    import argparse


class Command(ScrapyCrawl):
    """Exit code 0: the run succeeded; 1: it failed; 2: wrong usage."""

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Crawl one site."""
        if len(args) != 1:
            raise ScrapyUsageError("name one site: scrapy crawl pozirk")
        assert isinstance(self.crawler_process, AsyncCrawlerProcess)
        try:
            spider = run_spider(self.crawler_process, args[0], opts.spargs)
        except NewscrawlerError as exc:
            print(f"error: {exc}", file=sys.stderr)
            self.exitcode = 2 if isinstance(exc, UsageError) else 1
            return
        assert spider.outcome is not None
        print("\n".join(summary_lines(spider.name, spider.outcome, spider.balance)), file=sys.stderr)
        self.exitcode = 0 if spider.outcome.status == "ok" else 1
