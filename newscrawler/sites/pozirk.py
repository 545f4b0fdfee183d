"""Pozirk, the Belarusian news agency: https://pozirk.online in English, Russian and Belarusian.

Seen on the live site: custom post types `news` and `longreads`, addresses without a slug, one rising
sequence of numbers over all languages and types. No class name or template is relied on.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise
from urllib.parse import parse_qs, urlencode

from newscrawler.normalize import urls
from newscrawler.normalize.dates import MONTH_PATTERN
from newscrawler.pages.profile import Address, AddressKind, Profile
from newscrawler.sites.base import Site

SECTIONS = {
    "en": ("Politics", "Economy", "Society", "Security", "Sport", "Germany news"),
    "ru": ("Политика", "Экономика", "Общество", "Безопасность", "Спорт", "Новости Германии"),
    "be": ("Палітыка", "Эканоміка", "Грамадства", "Бяспека", "Спорт", "Навіны Германіі"),
}
NAMES = (
    "Pozirk", "Позірк", "Позирк", "BPN", "БПН", "pozirk.online", "Pozirk news agency", "News agency Pozirk",
    "Belarusian news agency Pozirk", "Агентство «Позірк»", "Агенцтва «Позірк»",
)  # fmt: skip

# і is often typed as the Latin letter, in the name as elsewhere.
_NAME = r"(?:pozirk|поз[іiи]рк)"
_PLUS = rf"[«»“”\"„‟]?{_NAME}[«»“”\"„‟]?\s*(?:[+＋⁺➕]|плюс|plus)(?:[»”]|[«“\"„‟](?!\w))?"

# `October 24, Pozirk.`, `17 июля, Позірк.`, before autumn 2023 `December 31, BPN.`; no year, no city.
DATELINE = re.compile(
    rf"[\s(«“\"]*(?:(?P<day>\d{{1,2}})\s+(?P<month>{MONTH_PATTERN})|(?P<month_first>{MONTH_PATTERN})\s+(?P<day_last>\d{{1,2}}))"
    rf"(?:,?\s+(?P<year>20\d\d)(?:\s*(?:г|года)\b\.?)?)?,?\s*[«“\"/]?(?:{_NAME}|bpn|бпн)[»”\"/)]*\s*[.:—–-]+",
    re.IGNORECASE,
)

# Seen in English and Russian; the Belarusian wording is assumed. Words may be cut by any space.
_EN = (
    r"(?:the|this)\s+(?:material|article|content|story)\s+is\s+(?:only\s+)?available\s+(?:only\s+)?(?:to|for)\s+"
    rf"(?:subscribers\s+(?:of|to)\s+)?{_PLUS}(?:\s+subscribers)?"
)
_RU = rf"(?:этот\s+)?материал\s+доступен\s+(?:только\s+)?(?:для\s+)?(?:подписчик(?:ам|ов)\s+)?{_PLUS}"
_BE = (
    rf"(?:гэты\s+)?матэрыял\s+даступны\s+(?:толькі\s+|тольki\s+)?(?:для\s+)?(?:падпісчык(?:ам|аў)\s+)?{_PLUS}"
)
# The letters a mark begins with are looked for first: a search takes a third of the time.
MARKER = re.compile(rf"(?-i:(?=[TtЭэМмГг]))(?:{_EN}|{_RU}|{_BE})", re.IGNORECASE)
MARKER_PARTS = re.compile(
    r"(?-i:(?=[TtЭэМмГг]))(?:(?:the|this)\s+(?:material|article|content|story)\s+is\s+(?:only\s+)?available\s+only\s+(?:to|for)"
    r"|(?:этот\s+)?материал\s+доступен\s+только\s+(?:для|(?:для\s+)?подписчик(?:ам|ов))"
    r"|(?:гэты\s+)?матэрыял\s+даступны\s+толькі\s+(?:для|(?:для\s+)?падпісчык(?:ам|аў)))\W*",
    re.IGNORECASE,
)

# `Follow Pozirk on Telegram`, `Поддержите Позірк`: the general lists of appeals name no publisher.
APPEAL = re.compile(
    r"\W*(?:(?:follow|find|join|read|watch|get|share|support|subscribe|sign up|register|log ?in|sign in)"
    r"(?: (?:to|for|with|on|in))?"
    r"|(?:читайте|смотрите|поделиться|поделитесь|подпишитесь|подписывайтесь|подписаться|присоединяйтесь|присоединиться"
    r"|поддержите|поддержать|поддерживайте|следите|войти|вступайте)(?: (?:на|в|за|к|с))?"
    r"|(?:чытайце|глядзіце|падзяліцца|падзяліцеся|падпішыцеся|падпісвайцеся|падпісацца|далучайцеся|далучыцца"
    r"|падтрымайце|падтрымаць|падтрымлівайце|сачыце|увайсці|уступайце)(?: (?:на|ў|у|за|да|з))?)"
    rf" [«“\"]?{_NAME}"
)

_PLAIN = re.compile(
    r"https?://(?P<host>[a-z0-9.:-]+)/(?P<lang>en|ru|be)/(?P<kind>news|longreads)/(?P<id>[1-9]\d{0,11})/?"
)
_PLACE = re.compile(r"https?://(?P<host>[a-z0-9.-]+)(?=[/?#]|$)(?P<path>/[\w/.~-]*+(?=[?#]|$))?")
_KNOWN = re.compile(r"/+(?:(?:en|ru|be)/+(?:news|longreads|wp-json)|wp-json)(?:/|$)")
_ARTICLE = re.compile(
    r"/+(?P<lang>en|ru|be)/+(?P<kind>news|longreads)/+(?P<id>\d{1,12})"
    r"(?:/+(?:amp|feed|embed|print(?:able|-version)?|comment-page-\d{1,6}))?/*"
)
_LISTING = re.compile(r"/+(?P<lang>en|ru|be)/+(?P<kind>news|longreads)(?:/+page/+(?P<page>\d{1,9}))?/*")
_HOME = re.compile(r"/+(?:(?P<lang>en|ru|be)/*)?")
_REST = re.compile(
    r"/+(?:(?P<lang>en|ru|be)/+)?wp-json/wp/v2/(?P<kind>news|longreads|posts)(?:/(?P<id>\d{1,12}))?/*"
)
_REST_ROUTE = re.compile(r"/wp/v2/(?P<kind>news|longreads|posts)(?:/(?P<id>\d{1,12}))?/*")
_KINDS: dict[str, AddressKind] = {"news": "article", "longreads": "longread", "posts": "article"}

# Numbers whose day is known; between two of them numbers rise about evenly. The first is a guess.
_ANCHORS = (
    (1, date(2021, 6, 1)), (44620, date(2022, 11, 24)), (78001, date(2024, 4, 6)), (103300, date(2024, 9, 4)),
    (119443, date(2024, 12, 23)), (161418, date(2025, 10, 24)), (165457, date(2025, 11, 24)),
)  # fmt: skip


@dataclass(frozen=True)
class Pozirk(Site):
    """Addresses and wordings of Pozirk."""

    def listing_urls(self, language: str) -> list[str]:
        """News, then longreads."""
        return [f"{self.base_url}/{language}/news/", f"{self.base_url}/{language}/longreads/"]

    def canonical_url(self, url: str) -> str:
        """The one address of a page; a shortlink `/en/?p=161428` becomes `/en/news/161428/`."""
        address = self.identify(url)
        return address.url if address else super().canonical_url(url)

    def identify(self, url: str) -> Address | None:
        """Articles, longreads, listings and REST; also on mirrors and as a bare path."""
        if match := _PLAIN.fullmatch(url):
            # Nearly all links of a page have this form; the long way takes twenty times as long.
            host, lang, kind, number = match.groups()
            if host in self.hosts:
                return Address(_KINDS[kind], lang, number, f"{self.base_url}/{lang}/{kind}/{number}/")
        if (match := _PLACE.match(url)) and (
            match["host"] not in self.hosts
            or (
                (path := match["path"])
                and not _KNOWN.match(path)
                and not ("?" in url and _HOME.fullmatch(path))
            )
        ):
            return None
        plain = urls.plain(url.strip())
        parts = urls.split(plain)
        if parts is None or (
            parts.netloc and (parts.netloc not in self.hosts or parts.scheme not in ("http", "https", ""))
        ):
            return None
        path = parts.path
        if match := _ARTICLE.fullmatch(path):
            lang, kind, number = match["lang"], match["kind"], match["id"].lstrip("0") or "0"
            return Address(_KINDS[kind], lang, number, f"{self.base_url}/{lang}/{kind}/{number}/")
        query = urls.without_tracking(parts.query)
        if match := _LISTING.fullmatch(path):
            lang, kind = match["lang"], match["kind"]
            page = f"page/{match['page']}/" if match["page"] else ""
            listing = f"{self.base_url}/{lang}/{kind}/{page}"
            return Address("listing", lang, None, f"{listing}?{query}" if query else listing)
        if match := _REST.fullmatch(path):
            lang_part = f"/{match['lang']}" if match["lang"] else ""
            rest = f"{self.base_url}{lang_part}/wp-json/wp/v2/{match['kind']}" + (
                f"/{match['id']}" if match["id"] else ""
            )
            return Address("wp_rest", match["lang"], match["id"], f"{rest}?{query}" if query else rest)
        if query and (match := _HOME.fullmatch(path)):
            return self._queried(match["lang"], parse_qs(query))
        return None

    def _queried(self, lang: str | None, query: dict[str, list[str]]) -> Address | None:
        """WordPress's own forms: `/en/?p=161428` and `/en/?rest_route=/wp/v2/news`."""
        number = query.get("p", [""])[0]
        if lang and number.isdigit():
            kind = "longreads" if query.get("post_type") == ["longreads"] else "news"
            return Address(_KINDS[kind], lang, number, f"{self.base_url}/{lang}/{kind}/{number}/")
        if match := _REST_ROUTE.fullmatch(query.get("rest_route", [""])[0]):
            rest = {k: v for k, v in query.items() if k != "rest_route"}
            url = f"{self.base_url}{f'/{lang}' if lang else ''}/wp-json/wp/v2/{match['kind']}"
            url += f"/{match['id']}" if match["id"] else ""
            return Address(
                "wp_rest", lang, match["id"], f"{url}?{urlencode(rest, doseq=True)}" if rest else url
            )
        return None

    @cached_property
    def profile(self) -> Profile:
        """The wordings, for the readers of pages."""
        return replace(
            super().profile,
            names=NAMES,
            sections=tuple(dict.fromkeys(name for names in SECTIONS.values() for name in names)),
            section_names=SECTIONS,
            dateline=DATELINE,
            marker=MARKER,
            marker_parts=MARKER_PARTS,
            plus=re.compile(_PLUS, re.IGNORECASE),
            appeal=APPEAL,
            day_of_id=day_of_id,
            certain_from=_ANCHORS[1][0],
        )


def day_of_id(external_id: str | None) -> date | None:
    """About when a story of this number appeared, to tell the year of a dateline."""
    if not external_id or not external_id.isdigit():
        return None
    number = int(external_id)
    n = min(max(bisect_right([a for a, _ in _ANCHORS], number) - 1, 0), len(_ANCHORS) - 2)
    (low, first), (high, last) = list(pairwise(_ANCHORS))[n]
    days = (last - first).days * (number - low) / (high - low)
    return first + timedelta(days=min(days, 20_000))


POZIRK = Pozirk(
    name="pozirk",
    base_url="https://pozirk.online",
    languages=("en", "ru", "be"),
    timezone="Europe/Minsk",
    mirrors=("www.pozirk.online", "mstagmanager.com", "www.mstagmanager.com"),
)
