"""What a table says that describes a site: its address, its languages, and the ways to its stories."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from selectolax.lexbor import LexborHTMLParser

from newscrawler.setting_types import Pattern, Zone

NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,40}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")


def _address(text: str) -> str:
    if not re.fullmatch(r"https?://[^\s/?#@]+\.?[^\s]*", text):
        raise ValueError("expected an address with http:// or https://")
    return text


def _path(text: str) -> str:
    if not text.startswith("/"):
        return _address(text)
    return text


def _language(text: str) -> str:
    if not _LANGUAGE.fullmatch(text):
        raise ValueError("expected a language code of ISO 639, such as en or be")
    return text


def _selector(text: str) -> str:
    try:
        LexborHTMLParser("<p></p>").css_first(text)
    except Exception as exc:  # selectolax raises its own and others, by the kind of mistake
        raise ValueError(f"expected a CSS selector: {exc}") from None
    return text


def _listed(value: object) -> object:
    """One in place of a list of one."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return {key: [v] if isinstance(v, str) else v for key, v in value.items()}
    return value


Language = Annotated[str, AfterValidator(_language)]
Selector = Annotated[str, AfterValidator(_selector)]
Texts = Annotated[tuple[Annotated[str, Field(min_length=2)], ...], BeforeValidator(_listed)]
Paths = tuple[Annotated[str, AfterValidator(_path)], ...]
Addresses = Annotated[Paths | dict[Language, Paths], BeforeValidator(_listed)]
"""Addresses, or addresses by language. A path is one of the site's own host."""

SelectedField = Literal[
    "headline", "body", "authors", "sections", "published_at", "modified_at", "description"
]


class SiteDescription(BaseModel):
    """A site. `url` and `languages` are needed, unless the table is that of a bundled site."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: Annotated[str, AfterValidator(_address)] | None = None
    """The start address; its host is the canonical one. None for a bundled site."""
    languages: tuple[Language, ...] = ()
    """The languages to watch, the one to assume where nobody says it first."""
    timezone: Zone = "UTC"
    """Where times without a zone are."""
    mirrors: Texts = ()
    """Other hosts that serve the same paths."""
    listings: Addresses = ()
    """Pages that list stories, the newest first. Where no way is given at all, the start address is one."""
    feeds: Addresses = ()
    """RSS, Atom or JSON Feed."""
    sitemaps: Addresses = ()
    """Sitemaps, news sitemaps, or indexes of them."""
    rest: Addresses = ()
    """Collections of WordPress REST: `/wp-json/wp/v2/posts`."""
    stories: Pattern | None = None
    """A regular expression found in the address of every story and of nothing else. None: they are told by
    what addresses of stories look like."""
    sections: Texts = ()
    """Names of sections, as the site prints them."""
    premium_wordings: Texts = ()
    """Words that stand at a story that is for subscribers only."""
    premium_selectors: Annotated[tuple[Selector, ...], BeforeValidator(_listed)] = ()
    """CSS selectors of what only a page for subscribers has."""
    selectors: dict[SelectedField, Selector] = Field(default_factory=dict)
    """Field → CSS selector, where the general rules are not enough."""
    note: str | None = None
    """For people who read the list of sites."""

    @property
    def description(self) -> tuple[str, ...]:
        """The keys given that describe a site, and not how it is to be watched."""
        return tuple(sorted(self.model_fields_set & DESCRIBING))


DESCRIBING = frozenset(SiteDescription.model_fields) - {"languages"}
"""Keys that are refused for a bundled site, which is described already."""
