"""The command line. Each command parses its arguments, calls one function and prints."""

from __future__ import annotations

import importlib
import os
import sys
from typing import Any

import click

from newscrawler import __version__
from newscrawler.exceptions import NewscrawlerError, UsageError

_COMMANDS = {
    "alerts": "alerts",
    "articles": "articles",
    "capture": "capture",
    "crawl": "crawl",
    "demo": "demo",
    "events": "events",
    "export": "export",
    "ingest": "ingest",
    "init": "init",
    "newsroom": "newsroom",
    "parse": "parse",
    "premium": "premium",
    "refresh": "refresh",
    "runs": "runs",
    "search": "search",
    "serve": "serve",
    "show": "show",
    "status": "status",
    "watch": "watch",
    "sites": "sites",
}
"""Command → its module in this package, where it is a function of the same name."""


class _Commands(click.Group):
    """Loads a command's module when it is called: `articles` need not wait for Scrapy to be imported."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(f"newscrawler.cli.{_COMMANDS[cmd_name]}")
        command: click.Command = getattr(module, cmd_name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except NewscrawlerError as exc:
            print(f"error: {exc}", file=sys.stderr)
            ctx.exit(2 if isinstance(exc, UsageError) else 1)
        except BrokenPipeError:
            # The reader of our output (`head`, a pager) has gone. The interpreter would complain once
            # more when it flushes standard output at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(1)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="newscrawler")
def main() -> None:
    """Watch news sites: what is new, what is behind the paywall, what changed."""
