"""Watches news sites: what is new, what is behind the paywall, what changed."""

__version__ = "0.1.0"

from newscrawler.sites import parse

__all__ = ["__version__", "parse"]
