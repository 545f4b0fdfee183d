"""`[web]` of the settings: the program that shows the database in a browser."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, SecretStr


class WebSettings(BaseModel):
    """Where `newscrawler serve` listens, and who may come in."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)

    host: str = "127.0.0.1"
    """An address of this machine. Any but a loopback address demands a token."""
    port: int = Field(default=8080, ge=0, le=65535)
    """0: any free one."""
    token: SecretStr | None = None
    """What programs send and people log in with, 16 characters or more; None for nobody asks."""
    token_file: Path | None = None
    """A file whose first line is the token, instead."""
    host_names: list[str] = Field(default_factory=list)
    """Names under which a proxy on this machine offers it to others. They demand a token, too."""
