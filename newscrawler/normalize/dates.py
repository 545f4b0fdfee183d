"""Dates as news sites print them, in English, Russian and Belarusian."""

from __future__ import annotations

import re
from bisect import bisect_left
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

_MONTHS: Final = [
    "january jan январь января янв студзень студзеня студз студ сту",
    "february feb февраль февраля фев февр люты лютага лют",
    "march mar март марта мар сакавік сакавіка сак",
    "april apr апрель апреля апр красавік красавіка крас кра",
    "may май мая май травень траўня травеня трав тра",
    "june jun июнь июня июн чэрвень чэрвеня чэрв чэр",
    "july jul июль июля июл ліпень ліпеня ліп",
    "august aug август августа авг жнівень жніўня жн жнів жні",
    "september sep sept сентябрь сентября сен сент верасень верасня вер",
    "october oct октябрь октября окт кастрычнік кастрычніка кастр кас",
    "november nov ноябрь ноября ноя нояб лістапад лістапада ліст ліс",
    "december dec декабрь декабря дек снежань снежня снеж сне",
]
MONTHS: Final[dict[str, int]] = {name: n for n, names in enumerate(_MONTHS, 1) for name in names.split()}
# Belarusian і is often typed as the Latin letter.
MONTH_PATTERN: Final = (
    "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)).replace("і", "[іi]") + r")(?![^\W\d_])\.?"
)

_TODAY: Final = "today|сегодня|сёння|сення"
_YESTERDAY: Final = "yesterday|вчера|учора|ўчора"
_NOW: Final = "just now|only just|только что|толькі што|сейчас|цяпер"
# Stems of units; the amount is left out for one of them ("an hour ago", "час назад", "гадзіну таму").
_UNITS: Final = {
    "minutes": r"min(?:ute)?s?|мин(?:ут[аыу]?)?|хв(?:ілін[аыу]?)?",
    "hours": r"h(?:ou)?rs?|h|час(?:а|ов)?|ч|гадз(?:ін[аыу]?)?",
    "days": r"days?|d|день|дня|дней|дн|дзень|дні|дзён|дня",
    "weeks": r"weeks?|недел[юияь]|недель|тыд(?:зень|ні|няў|ня)",
    "months": r"months?|месяц(?:а|ев|аў|ы)?",
}
_UNIT_PATTERN: Final = "|".join(f"(?P<{name}>{words})" for name, words in _UNITS.items())
_AGO: Final = r"(?:ago|назад|таму(?: назад)?)"

WHEN_PATTERN: Final = (
    r"(?P<iso>\d{4}-\d{2}-\d{2}(?:[Tt ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:[Zz]|[+-]\d{2}:?\d{2})?)?)"
    rf"|(?P<dotted>(?<!\d)\d{{1,2}}(?P<sep>[./-])\d{{1,2}}(?:(?P=sep)\d{{4}}|(?P=sep)\d{{2}})?(?![\d:]))"
    rf"|(?P<dmy>(?<!\d)\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?\s+{MONTH_PATTERN}(?:,?\s+\d{{4}})?)"
    rf"|(?P<mdy>{MONTH_PATTERN}\s+\d{{1,2}}(?:st|nd|rd|th)?(?![\d:])(?:,?\s+\d{{4}}(?!:))?)"
    rf"|(?P<clock>(?<![\d:])(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?:\s?(?P<half>[ap])\.?m\b\.?)?(?![\d:]))"
    rf"|(?P<ago>(?:(?P<amount>\d{{1,3}}|an?|one)\s*)?(?:{_UNIT_PATTERN})\.?\s+{_AGO})"
    rf"|(?P<today>{_TODAY})(?!\w)|(?P<yesterday>{_YESTERDAY})(?!\w)|(?P<now>{_NOW})(?!\w)"
)
_DATE_NUMBERS: Final = re.compile(r"\d+")
_WORD: Final = re.compile(r"[^\W\d_]+")


class When(NamedTuple):
    """What one printed date says; any part may be missing."""

    day: date | None = None
    clock: time | None = None
    moment: datetime | None = None
    """Aware, where the text itself has day, time and zone."""
    relative: bool = False
    """Counted back from the time fetched: the day is all it can give."""
    month_day: tuple[int, int] | None = None
    """A date without a year: month and day."""

    def __or__(self, other: When) -> When:
        """Both together: a day header and the time in a row, two parts of one line."""
        return When(
            self.day or other.day,
            self.clock or other.clock,
            self.moment or other.moment,
            self.relative or other.relative,
            self.month_day or other.month_day,
        )


def month_number(word: str) -> int | None:
    """The number of a month's name in any of the three languages."""
    word = word.casefold().rstrip(".")
    # Belarusian і is often typed as the Latin letter.
    return MONTHS.get(word) or (None if word.isascii() else MONTHS.get(word.replace("i", "і")))


def read_when(match: re.Match[str], fetched_at: datetime) -> When | None:
    """The date in a match of WHEN_PATTERN; `fetched_at` is local to the site."""
    text = match[0]
    kind = match.lastgroup if match.lastgroup in _READERS else next(k for k in _READERS if match[k])
    try:
        return _READERS[kind](match, text, fetched_at)
    except (ValueError, OverflowError):
        return None


def _iso(_: re.Match[str], text: str, fetched_at: datetime) -> When:
    if len(text) == 10:
        return When(day=date.fromisoformat(text))
    moment = datetime.fromisoformat(text.upper())
    return When(day=moment.date(), clock=moment.time()) if moment.tzinfo is None else When(moment=moment)


def _dotted(_: re.Match[str], text: str, fetched_at: datetime) -> When | None:
    numbers = [int(n) for n in _DATE_NUMBERS.findall(text)]
    if len(numbers) == 2:
        # `24.10` is a date, `1/2` and `3-4` need not be.
        return When(month_day=_valid(numbers[1], numbers[0])) if "." in text and len(text) == 5 else None
    day, month, year = numbers
    return When(day=date(year + 2000 if year < 100 else year, month, day))


def _named(_: re.Match[str], text: str, fetched_at: datetime) -> When | None:
    for word in _WORD.findall(text):
        if month := month_number(word):
            day, *year = map(int, _DATE_NUMBERS.findall(text))
            return When(day=date(year[0], month, day)) if year else When(month_day=_valid(month, day))
    return None


def _clock(match: re.Match[str], text: str, fetched_at: datetime) -> When:
    hour, minute = (int(n) for n in _DATE_NUMBERS.findall(text)[:2])
    if half := match["half"]:
        hour = hour % 12 + (12 if half in "pP" else 0)
    return When(clock=time(hour, minute))


def _ago(match: re.Match[str], text: str, fetched_at: datetime) -> When:
    amount = int(match["amount"]) if (match["amount"] or "").isdigit() else 1
    unit = next(name for name in _UNITS if match[name])
    back = timedelta(days=30 * amount) if unit == "months" else timedelta(**{unit: amount})
    return When(day=(fetched_at - back).date(), relative=True)


def _today(match: re.Match[str], text: str, fetched_at: datetime) -> When:
    back = timedelta(days=1) if match["yesterday"] else timedelta()
    return When(day=(fetched_at - back).date())


def _now(_: re.Match[str], text: str, fetched_at: datetime) -> When:
    return When(day=fetched_at.date(), relative=True)


_READERS: Final = {
    "iso": _iso, "dotted": _dotted, "dmy": _named, "mdy": _named, "clock": _clock, "ago": _ago,
    "today": _today, "yesterday": _today, "now": _now,
}  # fmt: skip


def _valid(month: int, day: int) -> tuple[int, int]:
    date(2024, month, day)  # a leap year: 29 February is a day
    return month, day


def day_of_year(
    month_day: tuple[int, int],
    fetched_at: datetime,
    near: date | None = None,
    not_before: date | None = None,
) -> date | None:
    """The date that a day without a year stands for.

    It is the one nearest to `near` (what the story's number says), else the last one that was not
    yet in the future when the page was fetched: `December 31` fetched on 1 January is of last year.
    Days before `not_before` are left out, unless nothing is left then.
    """
    days = _past_days(month_day, fetched_at.date() + timedelta(days=1))
    if not_before and days and days[-1] >= not_before:
        days = days[bisect_left(days, not_before) :]
    if not days or near is None:
        return days[-1] if days else None
    place = bisect_left(days, near)
    return min(reversed(days[max(place - 1, 0) : place + 1]), key=lambda d: abs(d - near))


@lru_cache(maxsize=512)
def _past_days(month_day: tuple[int, int], last: date) -> tuple[date, ...]:
    """That day of the last 30 years up to `last`, oldest first."""
    days = []
    for year in range(last.year - 29, last.year + 1):
        try:
            days.append(date(year, *month_day))
        except ValueError:  # 29 February
            continue
    return tuple(day for day in days if day <= last)


@lru_cache(maxsize=8)
def zone(name: str) -> ZoneInfo:
    """The time zone of a site."""
    return ZoneInfo(name)


def read_stamp(value: object, tz: ZoneInfo) -> tuple[datetime | None, date | None]:
    """A machine-readable time as (UTC moment, day in the site's zone); (None, None) if it is none.

    A time without a zone is the site's. A bare day gives no moment.
    """
    if not isinstance(value, str) or not (value := value.strip()) or len(value) > 40:
        return None, None
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            return None, date.fromisoformat(value)
        if re.fullmatch(r"\d{10}", value):
            moment = datetime.fromtimestamp(int(value), UTC)
        else:
            moment = datetime.fromisoformat(re.sub(r"\s+(?=[+-]\d\d:?\d\d$)", "", value))
        return to_utc(moment, tz), moment.astimezone(tz).date() if moment.tzinfo else moment.date()
    except (ValueError, OverflowError, OSError):
        return None, None


def to_utc(moment: datetime, tz: ZoneInfo) -> datetime:
    """The moment in UTC; without a zone it is the site's."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=tz)).astimezone(UTC)
