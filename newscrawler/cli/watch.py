"""`newscrawler watch`."""

from __future__ import annotations

import click

from newscrawler.logs import LogFormat, set_up_logging


@click.command()
@click.argument("sites", nargs=-1, metavar="[SITE]...")
@click.option(
    "--log-format", type=click.Choice(["text", "json"]), default="text", show_default=True,
    help="Lines for people, or one JSON object per line.",
)  # fmt: skip
def watch(sites: tuple[str, ...], log_format: LogFormat) -> None:
    """Crawl sites in their turn, until told to stop: those of the settings, or those named.

    `[sites.NAME]` of newscrawler.toml says how often (newscrawler init writes one). SIGHUP reads it again.
    SIGTERM or Ctrl-C ends the crawls under way and keeps what they have seen.
    """
    from newscrawler.watch.service import watch as run

    set_up_logging(log_format)
    run(sites, log_format=log_format)
