"""Lines that are labels and not text: section names, dates and times, and what stands between them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime

from newscrawler.normalize.dates import WHEN_PATTERN, When, read_when

MAX_LABEL = 90
"""No label is longer: `Updated: Friday, October 24, 2025, 14:05 / Politics, Society` has 60 characters."""

_DAYS = (
    "mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
    "|понедельник|вторник|сред[ау]|четверг|пятниц[ау]|суббот[ау]|воскресенье|пн|вт|ср|чт|пт|сб|вс"
    "|панядзелак|аўторак|серад[ау]|чацвер|пятніц[ау]|субот[ау]|нядзел[яю]|аў|нд"
)
_UPDATED = (
    r"(?:last )?(?:updated|modified|edited)(?: on| at)?|обновлен[оа]|изменен[оа]|отредактировано"
    r"|абноўлен[аы]|зменен[аы]|адрэдагавана"
)
_FILL = (
    r"published(?: on| at)?|posted(?: on| at)?|publication date|опубликован[оаы]|дата публикации|размещено"
    r"|апублікаван[аы]|дата публікацыі|date|дата|время|час|at|on|в|у|ў|а|г\.|г|года|год|от|ад|гг\."
    r"|sections?|category|categories|раздел|рубрика|раздзел|рубрыка|тема|тэма|filed under|in"
    r"|utc\s?[+-]?\d*|gmt\s?[+-]?\d*|msk"
)
_CITY = "minsk|минск|мінск"


@dataclass(slots=True)
class Labels:
    """What a label line says."""

    sections: list[str] = field(default_factory=list)
    when: When | None = None
    updated: When | None = None
    clock: bool = False
    """`Minsk 23:08`: the time it was when the page was made, not when anything was published."""
    news: bool = False
    stated: bool = False
    """With words such as `Published:`."""

    def __bool__(self) -> bool:
        return bool(self.sections or self.when or self.updated)


class LabelScanner:
    """Reads label lines of one site. A line is a label only if nothing in it is left over."""

    def __init__(self, sections: tuple[str, ...], fetched_at: datetime) -> None:
        self.fetched_at = fetched_at
        """Local to the site."""
        names = "|".join(re.escape(s).replace(r"\ ", r"\s+") for s in sorted(sections, key=len, reverse=True))
        names = names or r"(?!)"
        self._token = _compiled(names)
        self._known: dict[str, Labels | None] = {}

    def scan(self, text: str) -> Labels | None:
        """Labels in a line; None if the line is text. A line of separators alone gives empty labels."""
        if len(text) > MAX_LABEL:
            return None
        try:
            return self._known[text]
        except KeyError:
            result = self._known[text] = self._scan(text)
            return result

    def _scan(self, text: str) -> Labels | None:
        labels = Labels()
        position, token = 0, self._token
        updated = False
        while position < len(text):
            match = token.match(text, position)
            if match is None:
                return None
            position = match.end()
            if match["separator"]:
                continue
            if match["section"]:
                if match["section"] not in labels.sections:
                    labels.sections.append(match["section"])
            elif match["city"]:
                labels.clock = True
            elif match["fill"] or match["weekday"]:
                labels.stated = labels.stated or len(match[0]) > 4
            elif match["updated"]:
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


_CACHE: dict[str, re.Pattern[str]] = {}


def _compiled(names: str) -> re.Pattern[str]:
    if names not in _CACHE:
        _CACHE[names] = re.compile(
            rf"(?P<separator>[\s,;|/·•∙—–\-:()\[\].#»«›>→‧⋅&]+)"
            rf"|(?P<section>(?:{names})(?!\w))"
            rf"|(?:{WHEN_PATTERN})"
            rf"|(?P<updated>(?:{_UPDATED})(?!\w))"
            rf"|(?P<weekday>(?:{_DAYS})(?!\w)\.?)"
            rf"|(?P<city>(?:{_CITY})(?!\w))"
            rf"|(?P<fill>(?:{_FILL})(?!\w))",
            re.IGNORECASE,
        )
    return _CACHE[names]
