"""When an article was published and changed: as stated, printed, or by its dateline and number."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Final

from newscrawler.items import Article
from newscrawler.normalize.dates import When, month_number, read_stamp
from newscrawler.pages import elements as el
from newscrawler.pages.clock import Clock
from newscrawler.pages.found import Found
from newscrawler.pages.metadata import Metadata
from newscrawler.pages.parts import IMAGE
from newscrawler.pages.tokens import DAY, LABEL

MAX_UPDATE: Final = 25
SLACK: Final = timedelta(minutes=15)
"""How much clocks may differ."""
ONE_DAY: Final = timedelta(days=1)
_UPLOADED: Final = re.compile(r"/uploads/(20\d\d)/(0[1-9]|1[0-2])/")


def set_dates(found: Found, article: Article) -> None:
    """Set the times and the day of an article, each with where it came from."""
    metadata, clock, sources = found.metadata, found.clock, article.sources
    for name in ("published_at", "modified_at"):
        moment, day, source = _stated_time(metadata, clock, name)
        if moment:
            setattr(article, name, moment)
            sources[name] = source
        if name == "published_at" and day:
            article.published_date, sources["published_date"] = day, source
    dateline_day = _dateline_day(found)
    if article.published_at is None or article.modified_at is None:
        _printed_dates(found, article, article.published_date or dateline_day)
    if article.published_date is None and dateline_day:
        article.published_date, sources["published_date"] = dateline_day, "dateline"


def _stated_time(metadata: Metadata, clock: Clock, name: str) -> tuple[datetime | None, date | None, str]:
    """A time that the page states, its day, and where: the first that had come when the page was fetched.

    Some plugins print the local time as UTC: `11:20:00+00:00` for what `og` says was at `11:20:00+03:00`.
    """
    stated = [metadata.values[name], *metadata.others.get(name, ())] if name in metadata.values else []
    times = [(*read_stamp(value, clock.tz), source) for value, source in stated]
    latest = clock.fetched_at + SLACK
    past = (told for told in times if told[0] is not None and told[0] <= latest)
    if times and times[0][0] is not None and times[0][0] > latest:
        return next(past, times[0])
    return times[0] if times else (None, None, "")


def _dateline_day(found: Found) -> date | None:
    number = found.address.external_id if found.address else None
    # A picture is evidence where the number is none: later stories have pictures from the archive.
    guessed = number is not None and number.isdigit() and int(number) < found.document.profile.certain_from
    return day_of_dateline(
        found.body.dateline, found.clock, number, _newest_picture(found) if guessed else None
    )


def _newest_picture(found: Found) -> date | None:
    """The month in which the newest of the story's own pictures was uploaded: it is not older than that.

    WordPress keeps them by month: `/wp-content/uploads/2023/03/mill.jpg`.
    """
    headline, body = found.headline, found.body
    if body.first is None or body.container is None:
        return None
    first = headline.token.start if headline and headline.token else found.document.lines[body.first].start
    last = found.document.lines[body.last or body.first].end
    others = [s.row for s in found.stories if not s.own]
    months = []
    for piece in found.document.pieces[min(first, body.container.start) : last]:
        if piece.kind == IMAGE and not any(row.start <= piece.index < row.end for row in others):
            for value in piece.element.node.attributes.values():
                months += [date(int(m[1]), int(m[2]), 1) for m in _UPLOADED.finditer(value or "")]
    return max((m for m in months if m <= found.clock.fetched_at.date()), default=None)


def day_of_dateline(
    dateline: str | None, clock: Clock, external_id: str | None, not_before: date | None = None
) -> date | None:
    """The day a dateline names, with the year that fits the story's number and the time fetched.

    `not_before`: a day the story cannot be older than.
    """
    match = clock.profile.opening(dateline) if dateline else None
    if not match:
        return None
    month = month_number(match["month"] or match["month_first"])
    number = int(match["day"] or match["day_last"])
    if not month or not 1 <= number <= 31:
        return None
    if year := match["year"]:
        try:
            return date(int(year), month, number)
        except ValueError:
            return None
    return clock.day(When(month_day=(month, number)), external_id, not_before)


def _printed_dates(found: Found, article: Article, expected: date | None) -> None:
    """A date printed beside the headline or under the text: `<time>`, `24.10.2025, 14:30`, `Updated: …`."""
    document, clock, sources = found.document, found.clock, article.sources
    first, last = _own_span(found)
    taken = {id(t) for s in found.stories if not s.own for t in s.tokens}
    other_rows = [s.row for s in found.stories if not s.own]
    dated = article.published_at is not None
    guessed = article.published_date is None
    for element, stamp in document.stamps:
        if not first <= element.start <= last or any(r.start <= element.start < r.end for r in other_rows):
            continue
        moment, day = read_stamp(stamp, clock.tz)
        if _is_update(found, element.start):
            if moment and article.modified_at is None:
                article.modified_at, sources["modified_at"] = moment, "time element"
        elif day and not dated and _fits(day, expected, guessed):
            if moment:
                article.published_at, sources["published_at"] = moment, "time element"
            if article.published_date is None:
                article.published_date, sources["published_date"] = day, "time element"
            expected, dated = day, True
    for token in found.tokens:
        labels = token.labels
        if (
            token.kind not in (LABEL, DAY)
            or not labels
            or not first <= token.start <= last
            or id(token) in taken
            or labels.clock
        ):
            continue
        if (
            token.element.flags & (el.NAV | el.FOOTER | el.DIALOG | el.ASIDE)
            and not token.element.flags & el.ARTICLE
        ):
            continue
        when = labels.when
        if when and not when.relative and (when.day or when.month_day or when.moment):
            day = clock.day(when, article.external_id)
            if day and _fits(day, expected, guessed):
                moment = clock.moment(when, day)
                if moment and article.published_at is None:
                    article.published_at, sources["published_at"] = moment, "printed date"
                if article.published_date is None:
                    article.published_date, sources["published_date"] = day, "printed date"
                expected = expected or day
        if labels.updated and article.modified_at is None:
            day = clock.day(labels.updated, article.external_id) or article.published_date or expected
            if moment := clock.moment(labels.updated, day):
                article.modified_at, sources["modified_at"] = moment, "printed date"


def _fits(day: date, expected: date | None, guessed: bool) -> bool:
    """Whether a printed day is the one expected; `guessed`: of a year that only the story's number tells."""
    if expected is None or abs(day - expected) <= ONE_DAY:
        return True
    return guessed and (day.month, day.day) == (expected.month, expected.day)


def _is_update(found: Found, start: int) -> bool:
    """Whether a time stands after a word such as `Updated`."""
    pieces = found.document.pieces
    if start >= len(pieces) or pieces[start].line < 0:
        return False
    text = found.document.lines[pieces[start].line].text
    before = pieces[start - 1] if start and pieces[start - 1].line == pieces[start].line else None
    if before is not None and len(before.raw) < MAX_UPDATE and _UPDATE.match(before.raw):
        return True
    labels = None
    for token in found.tokens:
        if token.line is not None and token.line.text == text and token.labels:
            labels = token.labels
            break
    return bool(labels and labels.updated and not labels.when) or bool(_UPDATE.match(text))


_UPDATE: Final = re.compile(r"\W*(?:last )?(?:updated|modified|обновлен|изменен|абноўлен|зменен)", re.I)


def _own_span(found: Found) -> tuple[int, int]:
    """The pieces from a little before the headline to a little after the text."""
    lines = found.document.lines
    headline = found.headline_line
    start = headline if headline is not None else found.body.first or 0
    first = lines[max(0, start - 8)].start if lines else 0
    end = max(found.body.last or 0, found.body.first or 0, start)
    limit = found.body.limit if found.body.limit is not None else len(lines)
    last = lines[max(0, min(len(lines) - 1, end + 6, limit - 1))].end if lines else 0
    return first, last
