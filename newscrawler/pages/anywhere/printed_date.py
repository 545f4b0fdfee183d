"""The day of a story where no metadata has it: printed at its headline, or in its address."""

from __future__ import annotations

# ruff: noqa: E501 - one line for each month reads better than lines of a given length.
import re
from collections.abc import Iterable, Iterator
from datetime import date
from urllib.parse import urlsplit

# How the names of the months begin in the languages written with an alphabet; the longest that fits counts.
_STEMS = (
    "jan ian oca сту ene gen gener janv ocak sty stycz led leden siječ sij tammi ιαν янв янва студ січ яну јан jaan xan ianu sau يناير جانفي كانون_الثاني ינו ژانویه जन जानु জানু มกราคม",
    "feb феб fev fév fevr févr febbr şub sub lut úno únor unor velj helmi φεβ фев лют veebr vas shk فبراير فيفري شباط פבר فوریه फर फ़र ফেব กุมภาพันธ์",
    "mar már mär mrz març mars maart mrt marz marzo mart märts bře břez brez ožu maalis μαρ μάρ мар март сак бер mac mach kov مارس آذار מרץ मार्च মার্চ มีนาคม",
    "apr кра abr avr ápr nis kwi kwie dub tra trav huhti απρ апр крас кві квіт aprill bal pri prill أبريل افريل أفريل نيسان אפר آوریل अप्र এপ্র เมษายน",
    "mai maj may mag maggio mei mayo maio maí máj mája mays mayıs květ kvě svi svib touko μαΐ μαι μάι май мая трав травень мај geg مايو ماي أيار מאי مه मई মে พฤษภาคม",
    "jun čvn iun юни jūn xuñ juin giu haz cze czerw červn června červen lipn lipanj kesä ιουν ιούν июн чэр чэрв черв јун juuni birž jún iunie qer يونيو جوان حزيران יונ ژوئن जून জুন มิถุนายน",
    "jul čvc юли jūl xul জুল juil lug tem lip lipc lipiec července červenec srpnj srpanj heinä ιουλ ιούλ июл ліп лип липень јул juuli liep júl iul korr يوليو جويلية تموز יול ژوئیه जुल জুলাই กรกฎาคม",
    "aug rugp ago août aou ağu agu sie sierp srp srpn srpen kol kolov elo αυγ αύγ авг жні жнів серп ágú rugpj avg gush أغسطس أوت آب אוג اوت अग আগ สิงหาคม",
    "sep set sept szept eyl wrz wrzes září zář ruj rujn rujan syys σεπ сен сент вер верас верес сеп sht rugs سبتمبر أيلول ספט سپتامبر सित সেপ กันยายน",
    "oct okt ott out ekim eki paź paźd říj říjn října loka οκτ окт кас кастр жов жовт oktoob spal tet أكتوبر تشرين_الأول אוק اکتبر अक्त अक्टू অক্ট ตุลาคม",
    "nov nóv noi kas kasım lis listop studen stud marras νοε νοέ ноя нояб ліс ліст лист листоп ное нов lapkr nën نوفمبر تشرين_الثاني נוב نوامبر नव নভে พฤศจิกายน",
    "dec dez dic déc des ara aralık gru grud pro pros prosin joulu δεκ дек снеж сне груд дец dets gruod dhj ديسمبر كانون_الأول דצמ دسامبر दिस ডিসে ธันวาคม",
)
_MONTHS = {stem.replace("_", " ").strip(): n for n, stems in enumerate(_STEMS, 1) for stem in stems.split()}
_LONGEST = max(map(len, _MONTHS))

_WORD = r"[^\s\d.,:;/|()-]{3,}(?: (?:الثاني|الأول))?"  # with marks that are no letters, as in Thai
_PRINTED = re.compile(
    rf"(?<![\d/.-])(?P<d1>\d{{1,2}})(?:st|nd|rd|th|er|º|ª|ος|-?a)?\.?,?\s*(?:de |of |d['’])?(?P<m1>{_WORD})\.?,?\s+(?:del? |г\.? )?(?P<y1>\d{{4}})(?!\d)"
    rf"|(?<!\w)(?P<m2>{_WORD})\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y2>\d{{4}})(?!\d)"
    rf"|(?<!\d)(?P<y3>\d{{4}})\.?\s*(?P<m3>{_WORD})\s+(?P<d3>\d{{1,2}})(?!\d)"
    r"|(?<![\d/.-])(?P<y4>\d{4})\s*(?:[./-]|年|년)\s*(?P<m4>\d{1,2})\s*(?:[./-]|月|월)\s*(?P<d4>\d{1,2})(?!\d)"
    r"|(?<![\d/.-])(?P<a>\d{1,2})(?P<s>[./-])\s?(?P<b>\d{1,2})(?P=s)\s?(?P<y5>\d{4})(?!\.?\d)"
)
_IN_PATH = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<s>[/-]?)(?P<m>0[1-9]|1[0-2]|(?<=[/-])[1-9])(?P=s)(?P<d>0[1-9]|[12]\d|3[01]|(?<=[/-])[1-9])(?!\d)"
)
MAX_LINE = 150
"""Longer lines are text, which tells of other days."""
FIRST = date(1990, 1, 1)


def printed_date(lines: Iterable[str], language: str, last: date) -> date | None:
    """The day that the first dated line says; of several in one line the earliest, for an update is later.

    `12/11/2026` is not read where the language is English, or not known: nobody can tell which is the month.
    `last` is the latest day it can be.
    """
    for line in lines:
        if len(line) <= MAX_LINE and (days := [d for d in _days(line, language) if FIRST <= d <= last]):
            return min(days)
    return None


def date_in_address(url: str, last: date) -> date | None:
    """The day in an address such as `/2026/11/20/bridge`."""
    for match in _IN_PATH.finditer(urlsplit(url).path):
        day = _date(match["y"], match["m"], match["d"])
        if day is not None and FIRST <= day <= last:
            return day
    return None


def _days(line: str, language: str) -> Iterator[date]:
    for match in _PRINTED.finditer(line):
        if match["y5"]:
            day, month, year = match["a"], match["b"], match["y5"]
            if int(month) > 12:
                day, month = month, day
            elif int(day) <= 12 and day != month and language in ("", "en"):
                continue
        else:
            day, month, year = next(
                (match[f"d{n}"], match[f"m{n}"], match[f"y{n}"]) for n in "1234" if match[f"y{n}"]
            )
        if (found := _date(year, month, day, language)) is not None:
            yield found


def _date(year: str, month: str, day: str, language: str = "") -> date | None:
    number = int(month) if month.isdigit() else _month(month, language)
    try:
        # Years of the Buddhist era are printed in Thai.
        return date(int(year) - 543 * (language == "th" and int(year) > 2400), number or 0, int(day))
    except ValueError:
        return None


def _month(word: str, language: str) -> int | None:
    """The number of a month by its name in whatever language."""
    word = word.casefold()
    if language in ("hr", "bs") and word.startswith("listop"):
        return 10  # in all other languages November
    for length in range(min(len(word), _LONGEST), 1, -1):
        if number := _MONTHS.get(word[:length]):
            return number
    return None
