"""The user's settings: `newscrawler.toml` in the working directory and `NEWSCRAWLER_…` variables."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from newscrawler import __version__
from newscrawler.exceptions import UsageError
from newscrawler.schedule import Schedule
from newscrawler.site_settings import SiteSettings
from newscrawler.sites.base import Site
from newscrawler.watch_settings import WatchSettings

CONFIG_FILE = Path("newscrawler.toml")
ENV_PREFIX = "NEWSCRAWLER_"


def _header_value(value: str) -> str:
    if not value.strip() or not value.isprintable():
        raise ValueError("must be printable text on one line")
    return value


class Config(BaseSettings):
    """What a user can set. An environment variable wins over the file."""

    model_config = SettingsConfigDict(
        env_prefix=ENV_PREFIX, env_nested_delimiter="__", toml_file=CONFIG_FILE, extra="forbid"
    )

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
    busy_wait_seconds: float = Field(default=600.0, ge=0)
    """How long a crawl waits for another one of the same site to end."""
    drift_folder: Path = Path("newscrawler-drift")
    """Where pages are saved that show that a site's layout has changed, as test cases to be reviewed."""
    sites: dict[str, SiteSettings] = Field(default_factory=dict)
    """`[sites.NAME]`: the sites that `watch` crawls, and when."""
    watch: WatchSettings = Field(default_factory=WatchSettings)
    """`[watch]`: the program that does it."""

    def site_settings(self, name: str) -> SiteSettings:
        """What is said about a site; the defaults for one of which nothing is."""
        return self.sites.get(name, SiteSettings())

    def schedule_of(self, site: Site) -> Schedule:
        """When a site is crawled."""
        return Schedule(self.site_settings(site.name), ZoneInfo(site.timezone))

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


_in_use: Config | None = None


def use_config(config: Config) -> None:
    """Make `load_config` give these settings from now on: a crawl of `watch` has them from there."""
    global _in_use
    _in_use = config


def load_config() -> Config:
    """Read and check the settings. Raises UsageError naming key, value and what was expected."""
    if _in_use is not None:
        return _in_use
    try:
        return Config()
    except ValidationError as exc:
        problems = "; ".join(
            f"{'.'.join(map(str, e['loc']))} = {e['input']!r}: {e['msg']}" for e in exc.errors()
        )
        raise UsageError(f"settings ({CONFIG_FILE} or {ENV_PREFIX}…): {problems}") from None
    except ValueError as exc:  # tomllib.TOMLDecodeError
        raise UsageError(f"{CONFIG_FILE} is not valid TOML: {exc}") from exc
