"""`newscrawler crawl`."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    SpinnerColumn,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
)

from newscrawler.crawl import new_process, run_spider
from newscrawler.exceptions import UsageError
from newscrawler.summary import summary_lines

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


@click.command()
@click.argument("site")
@click.option("--languages", help="Such as en,ru.  [default: all of the site]")
@click.option("--base-url", help="Crawl a mirror or a local copy instead: http://127.0.0.1:8000")
@click.option("--max-pages", help="At most so many pages of each listing.")
@click.option("--since", help="Only stories of this day (YYYY-MM-DD) or later.")
@click.option("--budget", help="Ask for at most so many pages: listings, new stories, then known ones.")
@click.option("--backfill", is_flag=True, help="Follow each listing to its end.")
@click.option("--set", "-s", "overrides", multiple=True, metavar="NAME=VALUE", help="A setting of Scrapy.")
@click.option("--json", "as_json", is_flag=True, help="Print the run as a JSON object.")
@click.option("--verbose", "-v", is_flag=True, help="Log what is done to standard error.")
@click.pass_context
def crawl(
    ctx: click.Context, /, site: str, overrides: tuple[str, ...], as_json: bool, verbose: bool, **options: Any
) -> None:
    """Crawl SITE once, as `scrapy crawl` does, from any folder.

    Exit code 0: all well; 1: the run failed; 2: wrong usage.
    """
    arguments = {name: str(value) for name, value in options.items() if value}
    settings = {"LOG_LEVEL": "INFO" if verbose else "ERROR"} | dict(_setting(text) for text in overrides)
    process = new_process(settings)
    progress = None if verbose or not sys.stderr.isatty() else _Progress()
    spider = run_spider(process, site, arguments, on_created=progress.follow if progress else None)
    outcome, balance = spider.outcome, spider.balance
    assert outcome is not None
    if as_json:
        run = {"id": outcome.run_id, "site": site, "status": outcome.status, "reason": outcome.reason}
        print(json.dumps(run | balance.to_json(), ensure_ascii=False))
    else:
        print("\n".join(summary_lines(site, outcome, balance)))
    if outcome.status != "ok":
        ctx.exit(1)


def _setting(text: str) -> tuple[str, str]:
    name, separator, value = text.partition("=")
    if not separator or not name:
        raise UsageError(f"--set {text!r}: expected NAME=VALUE")
    return name, value


class _Progress:
    """A line on standard error that follows the crawl."""

    def __init__(self) -> None:
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(bar_width=30),
            TaskProgressColumn(),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            transient=True,
        )

    def follow(self, crawler: Crawler) -> None:
        """Show what a crawler does, from its start to its end."""
        from scrapy import signals

        task = self._progress.add_task("starting", total=None)

        def show(**_: Any) -> None:
            balance = getattr(crawler.spider, "balance", None)
            if balance is None:
                return
            done = balance.pages_parsed + balance.pages_unchanged + balance.pages_failed.total()
            self._progress.update(
                task,
                completed=done,
                total=balance.pages_asked or None,
                description=f"{done} of {balance.pages_asked} pages, {balance.entries_seen} entries",
            )

        crawler.signals.connect(self._progress.start, signal=signals.spider_opened, weak=False)
        crawler.signals.connect(show, signal=signals.response_received, weak=False)
        crawler.signals.connect(show, signal=signals.item_scraped, weak=False)
        crawler.signals.connect(lambda **_: self._progress.stop(), signal=signals.spider_closed, weak=False)
