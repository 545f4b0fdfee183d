"""Watches news sites: what is new, what is behind the paywall, what changed."""

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

from newscrawler.sites import parse

if TYPE_CHECKING:
    from newscrawler.archive import open

__all__ = ["__version__", "open", "parse"]


def __getattr__(name: str) -> Any:
    """`newscrawler.open`, loaded when it is used: reading a page needs no database."""
    if name == "open":
        from newscrawler.archive import open

        return open
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
