"""`scrapy list`, with clear errors for settings that cannot be used."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from scrapy.commands.list import Command as ScrapyList

from newscrawler.exceptions import UsageError

if TYPE_CHECKING:
    import argparse


class Command(ScrapyList):
    """Exit code 2 for wrong settings."""

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print the name of every known site."""
        try:
            super().run(args, opts)
        except UsageError as exc:
            print(f"error: {exc}", file=sys.stderr)
            self.exitcode = 2
