"""Lines that are labels and not text: section names, dates and times, and what stands between them."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache
from typing import Final

from newscrawler.normalize.dates import MONTHS, WHEN_PATTERN, When, read_when
from newscrawler.normalize.text import clean

MAX_LABEL: Final = 90
"""No label is longer: `Updated: Friday, October 24, 2025, 14:05 / Politics, Society` has 60 characters."""

_DAYS: Final = (
    "mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
    "|понедельник|вторник|сред[ау]|четверг|пятниц[ау]|суббот[ау]|воскресенье|пн|вт|ср|чт|пт|сб|вс"
    "|панядзелак|аўторак|серад[ау]|чацвер|пятніц[ау]|субот[ау]|нядзел[яю]|аў|нд"
)
_UPDATED: Final = (
    r"(?:last )?(?:updated|modified|edited)(?: on| at)?|обновлен[оа]|изменен[оа]|отредактировано"
    r"|абноўлен[аы]|зменен[аы]|адрэдагавана"
)
_FILL: Final = (
    r"published(?: on| at)?|posted(?: on| at)?|publication date|опубликован[оаы]|дата публикации|размещено"
    r"|апублікаван[аы]|дата публікацыі|date|дата|время|час|at|on|в|у|ў|а|г\.|г|года|год|от|ад|гг\."
    r"|sections?|category|categories|раздел|рубрика|раздзел|рубрыка|тема|тэма|filed under|in|posted in"
    r"|posted under|this entry was posted in"
    r"|utc\s?[+-]?\d*|gmt\s?[+-]?\d*|msk"
)
_BY: Final = (
    "by|posted by|published by|submitted by|written by|author|автор|аўтар|разместила?|добавила?|опубликовала?"
    "|размясціў|размясціла|дадаў|дадала|апублікаваў|апублікавала"
)
_NAME: Final = r"[^\W\d_][\w.’'-]*(?: [^\W\d_][\w.’'-]*){0,2}"
_COUNTED: Final = (
    r"views?|reads?|comments?|просмотр(?:ов|ы|а)?|прочтени[йея]|комментари(?:ев|и|я|й)"
    r"|прагляд(?:аў|ы)|каментар(?:оў|ыі|ыяў|ый)"
)
_CITY: Final = "minsk|минск|мінск"


class Labels:
    """What a label line says."""

    __slots__ = ("clock", "sections", "stated", "updated", "when")

    def __init__(self) -> None:
        self.sections: list[str] = []
        self.when: When | None = None
        self.updated: When | None = None
        self.clock = False
        """`Minsk 23:08`: the time it was when the page was made, not when anything was published."""
        self.stated = False
        """With words such as `Published:`."""

    def __bool__(self) -> bool:
        return bool(self.sections or self.when or self.updated)


class LabelScanner:
    """Reads label lines of one site. A line is a label only if nothing in it is left over."""

    def __init__(self, sections: tuple[str, ...], fetched_at: datetime) -> None:
        self.fetched_at = fetched_at
        """Local to the site."""
        self._token = _compiled(sections)
        self._first_words = _first_words(sections)
        self._known: dict[str, Labels | None] = {}
        self._known_raw: dict[str, Labels | None] = {}

    def scan(self, text: str) -> Labels | None:
        """Labels in a line; None if the line is text. A line of separators alone gives empty labels."""
        if len(text) > MAX_LABEL:
            return None
        labels = self._known.get(text, _NOT_SEEN)
        if labels is _NOT_SEEN:
            labels = self._known[text] = self._scan(text) if self._may_be_label(text) else None
        return labels

    def scan_raw(self, raw: str) -> Labels | None:
        """Labels in a text as it stands in the page."""
        labels = self._known_raw.get(raw, _NOT_SEEN)
        if labels is _NOT_SEEN:
            labels = self._known_raw[raw] = self.scan(clean(raw))
        return labels

    def _may_be_label(self, text: str) -> bool:
        """Whether labels can begin with a text's first word: told before the long expression is tried."""
        first = _first_word(text)
        return not first or first.casefold() in self._first_words

    def _scan(self, text: str) -> Labels | None:
        position, token = 0, self._token
        small = text.lower()
        if len(small) != len(text):
            return None  # a letter that is two when small, which no label has
        labels, updated = Labels(), False
        while position < len(text):
            if position and small[position].isalpha() and not self._may_be_label(small[position:]):
                return None
            match = token.match(small, position)
            if match is None:
                return None
            position = match.end()
            kind = match.lastgroup  # one of those that WHEN_PATTERN has, where it is none of these
            if kind == "separator":
                continue
            if kind == "section":
                section = text[match.start() : position]
                if section not in labels.sections:
                    labels.sections.append(section)
            elif kind == "city":
                labels.clock = True
            elif kind in ("fill", "weekday", "beside"):
                labels.stated = labels.stated or len(match[0]) > 4
            elif kind == "updated":
                updated = True
            elif when := read_when(match, self.fetched_at):
                if updated:
                    labels.updated = labels.updated | when if labels.updated else when
                else:
                    labels.when = labels.when | when if labels.when else when
            else:
                return None
        if labels.clock and (labels.when is None or (labels.when.day or labels.when.month_day) is None):
            labels.when = None
        return labels


_NOT_SEEN: Final = Labels()
_LETTERS: Final = re.compile(r"[^\W\d_]+")


def _first_word(text: str) -> str:
    """The letters a text begins with: in nearly all texts they are all that stands before the first space."""
    word = text.split(" ", 1)[0]
    if not word.isalpha():
        match = _LETTERS.match(word)
        return match[0] if match else ""
    return word


_EXPANDED: Final = re.compile(r"[^\W\d_]{2,}|[^\W\d_]")


@lru_cache(maxsize=32)
def _first_words(sections: tuple[str, ...]) -> frozenset[str]:
    """Words a label can begin with, in all their forms."""
    found = {word.casefold() for name in sections for word in name.split()[:1]} | set(MONTHS)
    found |= {w.replace("і", "i") for w in MONTHS}
    for pattern in (_DAYS, _UPDATED, _FILL, _CITY, _BY, _COUNTED):
        found |= _words_of(pattern)
    # Amounts, today, ago: what WHEN_PATTERN can begin with besides months and digits.
    found |= {
        "a", "an", "one", "just", "only", "today", "yesterday", "now", "сегодня", "вчера", "только",
        "сейчас", "сёння", "сення", "учора", "ўчора", "толькі", "цяпер", "минуту", "минут", "час",
        "часа", "часов", "день", "дня", "дней", "неделю", "недели", "недель", "месяц", "месяца",
        "месяцев", "мин", "ч", "хвіліну", "хвілін", "хвіліны", "гадзіну", "гадзіны", "гадзін", "гадз",
        "дзень", "дні", "дзён", "тыдзень", "тыдні", "месяцаў", "месяцы", "хв", "minute", "minutes",
        "min", "hour", "hours", "hr", "hrs", "day", "days", "week", "weeks", "month", "months",
    }  # fmt: skip
    return frozenset(found)


def _words_of(pattern: str) -> set[str]:
    """The first words of the alternatives of a pattern, endings in brackets with and without."""
    words: set[str] = set()
    for alternative in re.split(r"\|(?![^(]*\))", pattern):
        first = alternative.removeprefix("(?:last )?").split(" ")[0].replace("\\.", "").split("\\s")[0]
        forms = {""}
        for part in re.findall(
            r"\(\?:([^()]*(?:\([^()]*\)\??)?[^()]*)\)(\??)|\[([^\]]*)\](\??)|([^\W\d_])(\??)", first
        ):
            group, group_optional, letters, letters_optional, letter, letter_optional = part
            options = {letter} if letter else set(letters) if letters else _words_of(group) if group else {""}
            if group_optional or letters_optional or letter_optional:
                options = options | {""}
            forms = {form + option for form in forms for option in options}
        words |= {form.casefold() for form in forms if form}
    return words | ({"last"} if "last" in pattern else set())


@lru_cache(maxsize=32)
def _compiled(sections: tuple[str, ...]) -> re.Pattern[str]:
    """Of small letters: faster than a pattern that takes any."""
    names = "|".join(
        re.escape(s.lower()).replace(r"\ ", r"\s+") for s in sorted(sections, key=len, reverse=True)
    )
    return re.compile(
        rf"(?P<separator>[\s,;|/·•∙—–\-:()\[\].#»«›>→‧⋅&]+)"
        rf"|(?P<section>(?:{names or '(?!)'})(?!\w))"
        rf"|(?:{WHEN_PATTERN})"
        rf"|(?P<updated>(?:{_UPDATED})(?!\w))"
        rf"|(?P<weekday>(?:{_DAYS})(?!\w)\.?)"
        rf"|(?P<city>(?:{_CITY})(?!\w))"
        # Who posted it and how often it was read: `Posted by admin, 24.10.2025 | Views: 179`.
        rf"|(?P<beside>(?:{_BY})(?!\w)\s*:?\s*{_NAME}(?=\s*(?:[,|·•/(—–]|on\b|at\b|$))"
        rf"|(?:{_COUNTED})\s*:?\s*\d+|\d+\s*(?:{_COUNTED})(?!\w))"
        rf"|(?P<fill>(?:{_FILL})(?!\w))"
    )
