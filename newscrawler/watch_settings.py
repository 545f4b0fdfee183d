"""`[watch]` of the settings: the program that crawls sites in their turn."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field


class WatchSettings(BaseModel):
    """Limits and places of `newscrawler watch`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    max_crawls: int = Field(default=2, ge=1)
    """How many sites are crawled side by side."""
    stop_seconds: float = Field(default=30, gt=0)
    """How long crawls may take to end when they are asked to, before they are killed."""
    log_folder: Path = Path("newscrawler-logs")
    """Where each crawl leaves its log: `SITE/TIME-run-NUMBER.log`."""
    keep_logs: int = Field(default=200, ge=1)
    """How many logs of a site are kept."""
    metrics_port: int | None = Field(default=None, ge=1, le=65535)
    """Where Prometheus finds metrics, on this machine only; None for nowhere."""
