"""Watches news sites: what is new, what is behind the paywall, what changed."""

from newscrawler.sites import parse

__version__ = "0.1.0"

__all__ = ["__version__", "parse"]
