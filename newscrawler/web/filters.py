"""The filters of a view as a form shows them. What they mean, `newscrawler.parameters` says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from newscrawler.sites import known_sites
from newscrawler.web.addresses import Address

_PERIODS = {
    "": "Any time",
    "today": "Today",
    "24h": "24 hours",
    "2d": "2 days",
    "1w": "A week",
    "30d": "30 days",
}
_LANGUAGES = {
    "be": "Belarusian", "de": "German", "en": "English", "fr": "French", "lt": "Lithuanian",
    "pl": "Polish", "ru": "Russian", "uk": "Ukrainian",
}  # fmt: skip
_PREMIUM = {"": "Premium or not", "true": "Premium", "false": "Free", "unknown": "Not said"}
_ORDERS = {"": "Newest first", "seen": "Seen last first", "relevance": "Best match first"}
_NOT_FILTERS = ("cursor", "limit", "order", "text")


@dataclass(frozen=True, slots=True)
class Tab:
    """One of a few ready filters."""

    name: str
    address: Address
    current: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a field."""

    value: str
    name: str
    selected: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is on, and the address without it."""

    said: str
    without: Address


def language_name(code: str) -> str:
    """In English; the code of one that we have no name for."""
    return _LANGUAGES.get(code, code)


def fields_of(address: Address) -> dict[str, list[Choice]]:
    """The values to choose from, by field. One that the address has beside them is offered as well."""
    languages = sorted({language for site in known_sites().values() for language in site.languages})
    offered = {
        "language": {"": "All languages"} | {code: language_name(code) for code in languages},
        "site": {"": "All sites"} | {name: name for name in known_sites()},
        "since": _PERIODS,
        "premium": _PREMIUM,
        "order": _ORDERS,
    }
    return {name: _choices(address, name, values) for name, values in offered.items()}


def kept(address: Address, *shown: str) -> list[tuple[str, str]]:
    """What a form has to carry on beside the fields that it shows."""
    return [(name, value) for name, value in address.pairs if name not in (*shown, "cursor")]


def chosen(address: Address, *, hidden: Iterable[str] = ()) -> list[Chip]:
    """The filters that are on, but for those that the view shows in other ways."""
    left_out = {*_NOT_FILTERS, "kind", *hidden}
    return [
        Chip(f"{name.replace('_', ' ')}: {value}", address.without(name, value))
        for name, value in dict.fromkeys(address.pairs)
        if name not in left_out
    ]


def _choices(address: Address, name: str, values: dict[str, str]) -> list[Choice]:
    said: Sequence[str] = address.values(name) or [""]
    offered = values | {value: value for value in said if value not in values}
    return [Choice(value, label, value in said) for value, label in offered.items()]
