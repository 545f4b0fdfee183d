"""The known sites."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from newscrawler.items import ParsedPage


def parse(
    raw: bytes,
    *,
    url: str,
    headers: Mapping[str, str],
    fetched_at: datetime,
    site: str | None = None,
) -> ParsedPage:
    """Read one saved or fetched page."""
    raise NotImplementedError
