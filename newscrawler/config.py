"""The user's settings: `newscrawler.toml` in the working directory and `NEWSCRAWLER_…` variables."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

from newscrawler import __version__
from newscrawler.alerts.settings import AlertSettings, shown_value
from newscrawler.exceptions import UsageError
from newscrawler.looks import LookSchedule
from newscrawler.schedule import Schedule
from newscrawler.site_settings import SiteSettings
from newscrawler.sites.base import Site
from newscrawler.watch_settings import WatchSettings
from newscrawler.web_settings import WebSettings

CONFIG_FILE = Path("newscrawler.toml")
ENV_PREFIX = "NEWSCRAWLER_"
Minutes = Annotated[float, Field(gt=0, le=5_256_000)]


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
    web: WebSettings = Field(default_factory=WebSettings)
    """`[web]`: the page, the feeds and the API."""

    def site_settings(self, name: str) -> SiteSettings:
        """What is said about a site; the defaults for one of which nothing is."""
        return self.sites.get(name, SiteSettings())

    def schedule_of(self, site: Site) -> Schedule:
        """When a site is crawled."""
        return Schedule(self.site_settings(site.name), ZoneInfo(site.timezone))

    budget: int = Field(default=1000, ge=1)
    """How many pages a run may ask for; a first run and a backfill may ask for more."""
    look_ages_minutes: tuple[Minutes, ...] = (15, 60, 6 * 60, 24 * 60, 3 * 24 * 60, 7 * 24 * 60)
    """The ages at which a story's own page is looked at again, rising."""
    look_later_days: float = Field(default=30, gt=0, le=3650)
    """How often after the last of them."""
    look_premium_hours: float = Field(default=24, gt=0, le=87600)
    """How often a premium story is looked at, at least, …"""
    look_premium_days: float = Field(default=30, ge=0, le=3650)
    """… up to this age."""
    removed_after_hours: float = Field(default=24, ge=0, le=87600)
    """How far apart two answers of 404 or 410 have to be before a story counts as removed."""

    @field_validator("look_ages_minutes")
    @classmethod
    def _rising(cls, ages: tuple[float, ...]) -> tuple[float, ...]:
        if list(ages) != sorted(set(ages)):
            raise ValueError("must be rising")
        return ages

    @property
    def look_schedule(self) -> LookSchedule:
        """When known stories are looked at again."""
        return LookSchedule(
            ages=tuple(timedelta(minutes=age) for age in self.look_ages_minutes),
            later=timedelta(days=self.look_later_days),
            premium_every=timedelta(hours=self.look_premium_hours),
            premium_for=timedelta(days=self.look_premium_days),
            removed_after=timedelta(hours=self.removed_after_hours),
        )

    alerts: AlertSettings = Field(default_factory=AlertSettings)
    """Which events are told to whom; see docs/alerts.md."""

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
            f"{'.'.join(map(str, e['loc']))} = {shown_value(e['loc'], e['input'])}: {e['msg']}"
            for e in exc.errors()
        )
        raise UsageError(f"settings ({CONFIG_FILE} or {ENV_PREFIX}…): {problems}") from None
    except SettingsError as exc:
        raise UsageError(f"settings ({ENV_PREFIX}…): {exc}; expected JSON") from None
    except ValueError as exc:  # tomllib.TOMLDecodeError
        raise UsageError(f"{CONFIG_FILE} is not valid TOML: {exc}") from exc
