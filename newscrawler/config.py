"""The user's settings: `newscrawler.toml` in the working directory and `NEWSCRAWLER_…` variables."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from newscrawler import __version__
from newscrawler.exceptions import UsageError
from newscrawler.site_settings import SiteSettings

CONFIG_FILE = Path("newscrawler.toml")
ENV_PREFIX = "NEWSCRAWLER_"


def _header_value(value: str) -> str:
    if not value.strip() or not value.isprintable():
        raise ValueError("must be printable text on one line")
    return value


class Config(BaseSettings):
    """What a user can set. An environment variable wins over the file."""

    model_config = SettingsConfigDict(env_prefix=ENV_PREFIX, toml_file=CONFIG_FILE, extra="forbid")

    database_url: str = "sqlite:///newscrawler.db"
    """`sqlite:///FILE`, or `postgresql://USER@HOST/NAME` with the extra `[postgres]`."""
    database_timeout_seconds: float = Field(default=10.0, gt=0)
    """How long to wait for a database that another program has locked, or for a server to answer."""
    user_agent: Annotated[str, AfterValidator(_header_value)] = f"newscrawler/{__version__}"
    """Sent with every request. A site's owner is glad of a way to reach you: add one."""
    delay_seconds: float = Field(default=1.0, ge=0)
    """The least time between two requests to a host; robots.txt can make it longer, never shorter."""
    first_run_max_pages: int = Field(default=10, ge=1)
    """How many pages of each listing the first run reads, where everything is unknown."""
    sites: dict[str, SiteSettings] = Field(default_factory=dict)
    """`[sites.NAME]`: sites of the user's own, and how bundled ones are watched."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments first, then the environment, then the file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


def load_config() -> Config:
    """Read and check the settings. Raises UsageError naming key, value and what was expected."""
    try:
        return Config()
    except ValidationError as exc:
        problems = "; ".join(
            f"{'.'.join(map(str, e['loc']))} = {e['input']!r}: {e['msg']}" for e in exc.errors()
        )
        raise UsageError(f"settings ({CONFIG_FILE} or {ENV_PREFIX}…): {problems}") from None
    except ValueError as exc:  # tomllib.TOMLDecodeError
        raise UsageError(f"{CONFIG_FILE} is not valid TOML: {exc}") from exc
