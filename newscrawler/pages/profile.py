"""What a site's pages have of their own, as the readers in this package need it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Final, Literal, NamedTuple
from urllib.parse import urlsplit

from newscrawler.normalize.dates import MONTHS
from newscrawler.pages import words

AddressKind = Literal["article", "longread", "listing", "wp_rest"]

# Belarusian і is often typed as the Latin letter.
_STARTS: Final = frozenset(
    f"{spelled}{after}"[:3] for name in MONTHS for spelled in (name, name.replace("і", "i")) for after in " ."
)
"""How the names of months begin, in three characters: one of them has two."""
_SIGNS: Final = ("люс", "lus", "ЛЮС", "LUS", "＋", "⁺", "➕")
"""Of `POZIRK plus`, `Плюс` and the sign, what any spelling holds."""
MAX_APPEAL: Final = 400

NEVER: Final = re.compile(r"(?!)")
"""A pattern of something a site does not have."""


class Address(NamedTuple):
    """What an address of a site points at."""

    kind: AddressKind
    language: str | None
    external_id: str | None
    url: str
    """The canonical form."""

    @property
    def is_story(self) -> bool:
        """Whether it is the page of a story: news or a longread."""
        return self.kind in ("article", "longread")


@dataclass(frozen=True)
class Profile:
    """Wordings and addresses of one site."""

    base_url: str
    languages: tuple[str, ...]
    timezone: str
    identify: Callable[[str], Address | None]
    canonical: Callable[[str], str]
    story: Callable[[str, bool], str | None] = lambda url, _: url
    """The canonical address of a story of the site; None for any other address. The second argument: whether
    the publisher lists it as a story (feed), or among all that the site has (sitemap)."""
    numbered: Callable[[str], bool] = lambda _: False
    """Whether the number in the guid or REST address of a WordPress post means one story on all the site."""
    names: tuple[str, ...] = ()
    """How the site calls itself in titles and datelines."""
    sections: tuple[str, ...] = ()
    """Names of sections in all languages, as printed."""
    dateline: re.Pattern[str] = NEVER
    """The opening of a story: groups `day` and `month`; matched at the start of a paragraph."""
    marker: re.Pattern[str] = NEVER
    """The whole wording of the premium mark."""
    marker_parts: re.Pattern[str] = NEVER
    """The start of that wording, cut at any word: a mark split over adjacent nodes."""
    plus: re.Pattern[str] = NEVER
    """The name of the subscription on its own: `POZIRK+`."""
    appeal: re.Pattern[str] = NEVER
    """The opening, in small letters, of a line that asks the reader for something by the site's name:
    `follow pozirk on telegram`."""
    section_names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Names of the sections by language, in one order: the same section at the same place."""
    day_of_id: Callable[[str], date | None] = lambda _: None
    """About when a story of this number appeared."""
    certain_from: int = 0
    """The first number of which `day_of_id` is certain; of an older story it is a guess."""

    @property
    def worded(self) -> bool:
        """Whether the site's stories are told by wordings of its own: datelines and marks."""
        return self.dateline is not NEVER or self.marker is not NEVER

    @staticmethod
    def signed(text: str) -> bool:
        """Whether a text holds what every whole mark ends in: told at once where there is none."""
        if "+" in text:
            return True
        if text.isascii():
            return "plus" in text.lower()
        for sign in _SIGNS:  # noqa: SIM110 - a generator takes twice as long, and each line of a page is asked
            if sign in text:
                return True
        return False

    def asks(self, text: str) -> bool:
        """Whether a line asks the reader for something, in words of all sites or of this one.

        What names the site's own address for mail or account does: `news@pozirk.online`, `@pozirk_bot`.
        """
        if words.is_promo(text) or (len(text) <= MAX_APPEAL and bool(self.appeal.match(text.lower()))):
            return True
        return ("@" in text or "_" in text) and bool(_own_contact(self.base_url).search(text))

    def opening(self, text: str) -> re.Match[str] | None:
        """The dateline a text opens with. Nearly all lines are told by their first letters."""
        if text[:1].isalpha() and text[:3].lower() not in _STARTS:
            return None
        return self.dateline.match(text)


@lru_cache(maxsize=32)
def _own_contact(base_url: str) -> re.Pattern[str]:
    """Addresses for mail, and accounts in networks, that are the site's by its domain."""
    host = (urlsplit(base_url).hostname or "").removeprefix("www.")
    name = host.split(".")[0]
    if not name.isalpha():
        return NEVER
    return re.compile(
        rf"[\w.+-]@(?:[\w-]+\.)*{re.escape(host)}\b|(?<![\w/.])@?{name}_\w|(?<!\w)@{name}\b", re.I
    )
