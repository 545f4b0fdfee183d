"""The article of a page: every field with where it came from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from newscrawler.items import Article
from newscrawler.normalize.dates import When, month_number, read_stamp
from newscrawler.pages import elements as el
from newscrawler.pages import premium, words
from newscrawler.pages.body import Body
from newscrawler.pages.clock import Clock
from newscrawler.pages.document import Document
from newscrawler.pages.headline import Headline
from newscrawler.pages.metadata import Metadata
from newscrawler.pages.parts import IMAGE, Line
from newscrawler.pages.profile import Address
from newscrawler.pages.story import Story
from newscrawler.pages.tokens import DAY, LABEL, NOISE, OTHER, Token

MIN_MENU, MAX_MENU_ITEM = 4, 30
"""So many links one under another, so short, are a menu: a story has three sections at most."""
MAX_UPDATE = 25
SLACK = timedelta(minutes=15)
"""How much clocks may differ."""
ONE_DAY = timedelta(days=1)
_UPLOADED = re.compile(r"/uploads/(20\d\d)/(0[1-9]|1[0-2])/")


@dataclass(slots=True)
class Found:
    """What the steps of reading a page have found so far."""

    document: Document
    metadata: Metadata
    tokens: list[Token]
    clock: Clock
    address: Address | None
    language: str | None
    headline: Headline | None
    body: Body
    own: Story | None
    stories: list[Story]


def build_article(found: Found) -> Article:
    """Put the article together."""
    article = Article()
    sources = article.sources
    metadata, body, address = found.metadata, found.body, found.address
    if address:
        article.url, article.external_id = address.url, address.external_id
        sources["url"] = sources["external_id"] = "address"
    if found.language:
        article.language = found.language
        sources["language"] = "address" if address else "page"
    if found.headline:
        article.headline, sources["headline"] = found.headline.text, found.headline.source
    if body.dateline:
        article.dateline, sources["dateline"] = body.dateline, "first paragraph"
    _dates(found, article)
    _sections(found, article)
    article.premium, article.premium_evidence = premium.of_article(
        found.document, metadata, found.own, body.notice, bool(body.paragraphs or body.lead)
    )
    sources["premium"] = article.premium_evidence.signal
    article.lead, article.body = body.lead, body.paragraphs
    if body.lead:
        sources["lead"] = "bold opening"
    if body.paragraphs:
        sources["body"] = f"text in {found.document.path(body.container)}" if body.container else "text"
    for name in ("authors", "description", "keywords", "image"):
        value = metadata.get(name)
        if value:
            setattr(article, name, value)
            sources[name] = metadata.values[name][1]
    if not article.authors and body.authors:
        article.authors, sources["authors"] = body.authors, "byline"
    article.photo_credits = body.credits
    if body.credits:
        sources["photo_credits"] = "captions"
    own_urls = {article.url}
    for url, title in body.related:
        if url in own_urls and url is not None:
            continue
        article.related.append(url or title)
        article.related_titles.append(title)
    if article.related:
        sources["related"] = "recommended in the text"
    for language, url in metadata.translations.items():
        target = found.document.profile.identify(url)
        code = language[:2]
        if (
            target
            and target.kind in ("article", "longread")
            and code != article.language
            and code in found.document.profile.languages
        ):
            article.translations[code] = target.url
            sources["translations"] = "hreflang"
    return article


def _dates(found: Found, article: Article) -> None:
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


_UPDATE = re.compile(r"\W*(?:last )?(?:updated|modified|обновлен|изменен|абноўлен|зменен)", re.I)


def _own_span(found: Found) -> tuple[int, int]:
    """The pieces from a little before the headline to a little after the text."""
    lines = found.document.lines
    headline = _headline_line(found)
    start = headline if headline is not None else found.body.first or 0
    first = lines[max(0, start - 8)].start if lines else 0
    end = max(found.body.last or 0, found.body.first or 0, start)
    limit = found.body.limit if found.body.limit is not None else len(lines)
    last = lines[max(0, min(len(lines) - 1, end + 6, limit - 1))].end if lines else 0
    return first, last


def _sections(found: Found, article: Article) -> None:
    sources = article.sources
    if found.own is not None:
        named = [t for t in found.own.tokens if t.kind == LABEL and t.labels and not _in_menu(found, t)]
        for token in [t for t in named if not _in_site_header(t)] or named:
            sections = token.labels.sections if token.labels else []
            article.sections += [s for s in sections if s not in article.sections]
        if article.sections:
            sources["sections"] = "printed at the headline"
            return
    printed = _printed_sections(found)
    stated = found.metadata.get("sections")
    stated = stated if isinstance(stated, list) else [stated] if stated else []
    known = {s.casefold() for s in found.document.profile.sections}
    stated = [s for s in stated if not known or s.casefold() in known]
    if printed:
        article.sections, sources["sections"] = printed, "printed at the headline"
    elif stated:
        article.sections = list(dict.fromkeys(stated))
        sources["sections"] = found.metadata.values["sections"][1]
    else:
        article.sections = _breadcrumbs(found)
        if article.sections:
            sources["sections"] = "breadcrumbs"


def _in_menu(found: Found, token: Token) -> bool:
    """Whether a label is part of the site's menus: by its element, or in a row of so many links."""
    if token.element.flags & (el.NAV | el.FOOTER | el.DIALOG | el.ASIDE):
        return True
    headline = _headline_line(found)
    if token.line is None or token.line.link is None or headline is None:
        return False
    lines, n = found.document.lines, token.line.index
    # What stands beside the headline is none of a menu that ends above it.
    around = token.line.element
    for element in around.ancestors():
        if element.start <= lines[headline].start < element.end:
            break
        around = element
    first, end = n, n + 1
    while first > 0 and lines[first - 1].start >= around.start and _is_menu_item(lines[first - 1]):
        first -= 1
    while end < len(lines) and lines[end].start < around.end and _is_menu_item(lines[end]):
        end += 1
    return end - first >= MIN_MENU


def _is_menu_item(line: Line) -> bool:
    return line.link is not None and len(line.text) < MAX_MENU_ITEM


def _in_site_header(token: Token) -> bool:
    """Whether a label stands at the top of the page, and not in the header of its article."""
    return bool(token.element.flags & el.HEADER) and not token.element.flags & el.ARTICLE


def _headline_line(found: Found) -> int | None:
    token = found.headline.token if found.headline else None
    return token.line.index if token and token.line else None


def _printed_sections(found: Found) -> list[str]:
    """Section names between the top of the article's block and its text, or right under the text."""
    headline = _headline_line(found)
    first = found.body.first if found.body.first is not None else headline
    if first is None:
        return []
    low = max(0, (headline if headline is not None and headline < first else first) - 5)
    last = found.body.last or first
    taken = {id(t) for s in found.stories if not s.own for t in s.tokens}
    for span in (range(low, first), range(last + 1, last + 7)):
        sections: list[str] = []
        for token in found.tokens:
            if token.kind != LABEL or not token.labels or id(token) in taken or token.line is None:
                continue
            if token.line.index in span and not _in_site_header(token) and not _in_menu(found, token):
                sections += [s for s in token.labels.sections if s not in sections]
        if 0 < len(sections) <= 3:
            return sections
    return []


def _breadcrumbs(found: Found) -> list[str]:
    """The section in `Home > News > Economy > Headline`, or `News » Economy` in one line."""
    headline = _headline_line(found)
    if headline is None:
        return []
    flat: list[str] = []
    for token in found.tokens:
        if token.line is None or not headline - 6 <= token.line.index < headline:
            continue
        if token.kind == LABEL and token.labels:
            flat += token.labels.sections
        elif token.kind in (OTHER, NOISE) and len(token.text) < 120:
            flat += _sections_on_path(found, token.text)
    return flat if 0 < len(flat) <= 2 else []


_STEP = re.compile(r"\s*[»›>→/⟩❯]+\s*")


def _sections_on_path(found: Found, text: str) -> list[str]:
    """The section names among the steps of `Home » News » Economy`; none where it leads elsewhere."""
    steps = [step for step in _STEP.split(text) if step]
    known = {s.casefold(): s for s in found.document.profile.sections}
    names = [step for step in steps if step.casefold() in known]
    headline = found.headline.text.casefold() if found.headline else ""
    own = {headline, *(name.casefold() for name in found.document.profile.names)}
    places = [step for step in steps if words.box_kind(step) == "news" or words.HOME.fullmatch(step)]
    passed = [step for step in steps if step.casefold() in own]
    complete = len(names) + len(places) + len(passed) == len(steps)
    return names if complete and len(steps) > 1 else []


def language_of(
    found_address: Address | None, metadata: Metadata, document: Document, headline: str | None
) -> str | None:
    """The page's language: its address, then what it states, then its letters."""
    if found_address and found_address.language:
        return found_address.language
    for url in metadata.canonical:
        address = document.profile.identify(url)
        if address and address.language:
            return address.language
    if metadata.language and (
        not document.profile.languages or metadata.language in document.profile.languages
    ):
        return metadata.language
    sample = (
        (headline or "") + " " + " ".join(n.text for n in document.lines[:400] if len(n.text) > 25)[:6000]
    )
    return guess_language(sample, document.profile.languages)


def guess_language(text: str, languages: tuple[str, ...]) -> str | None:
    """Which of the languages a text is written in, by its letters."""
    lower = text.lower()
    cyrillic = sum(1 for c in lower if "а" <= c <= "я" or c in "ёўі")
    latin = sum(1 for c in lower if "a" <= c <= "z")
    if cyrillic + latin < 20:
        return None
    if latin > cyrillic:
        guess = "en"
    else:
        guess = (
            "be"
            if lower.count("ў") + lower.count("і") > lower.count("и") + lower.count("щ") + lower.count("ъ")
            else "ru"
        )
    return guess if not languages or guess in languages else None
