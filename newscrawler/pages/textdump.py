"""The text of an article page as a text extraction left it: headline, story, related title, news list.

    - EconomyŁukašenka endorses cryptocurrency miningThe material is available only to POZIRK+
    - Politics, Society

Links are lost, so free entries of the list have no headline; section, headline and mark run together.
"""

from __future__ import annotations

import re
from typing import Final

from newscrawler.exceptions import ParseError
from newscrawler.items import Article, Entry, Evidence, ParsedPage
from newscrawler.normalize.dates import When
from newscrawler.normalize.text import clean
from newscrawler.pages import words
from newscrawler.pages.article_dates import day_of_dateline
from newscrawler.pages.clock import Clock
from newscrawler.pages.dump_lists import DumpList
from newscrawler.pages.page_language import guess_language
from newscrawler.pages.page_titles import without_name
from newscrawler.pages.premium import NO_MARK
from newscrawler.pages.profile import Address, Profile
from newscrawler.pages.wrapped_lines import unwrapped

MAX_LINES: Final = 5000
MENU: Final = 4
"""So many names of sections one under another are a menu."""
_BULLET: Final = re.compile(r"^(?:[*•▪●◦‣·+]\s+|[-–]\s+(?=[a-zа-яёіў]))")
"""A dash before a small letter is one of a list; direct speech begins with a capital."""
_DASH: Final = re.compile(r"^[-–—]\s+")
MIN_TITLE: Final = 15
"""A line above a caption that is shorter is of the site's header: its languages, its clock."""
_STOP: Final = re.compile(r"[.!?…:;»”\"“)\]’']\W*$")


def looks_like_dump(text: str, profile: Profile) -> bool:
    """Whether a text without markup is a story with a news list."""
    return bool(
        profile.marker.search(text)
        or any(profile.opening(line.strip()) for line in text.splitlines()[:200])
        or sum(len(line) > 60 for line in text.splitlines()[:200]) >= 3
    )


def read_dump(text: str, url: str, clock: Clock, here: Address | None) -> ParsedPage:
    """Read a dump. Raises ParseError where there is neither a story nor a list in it."""
    profile = clock.profile
    whole = unwrapped([raw.rstrip() for raw in text.splitlines()[:MAX_LINES]])
    lines = [c for raw in whole if (c := clean(raw))]
    dump = DumpList(profile, clock)
    listed = {i: entry for i, line in enumerate(lines) if (entry := dump.entry(line)) is not None}
    first_entry = _list_start(lines, listed, dump)
    article = _article(lines[:first_entry], dump, clock, here)
    entries = dump.read(lines[first_entry:])
    if article is None and not entries:
        raise ParseError(url, "text without a story or a list of news")
    language = (article.language if article else None) or (here.language if here else None)
    if language is None:
        language = guess_language(" ".join(lines[:100]), profile.languages)
    return ParsedPage(
        "text_dump", language, article.url if article else (here.url if here else None), article, entries
    )


def _list_start(lines: list[str], listed: dict[int, Entry], dump: DumpList) -> int:
    """Where the final run of entries begins; a lone look-alike inside the text is not one."""
    start = len(lines)
    gap = 0
    for i, line in enumerate(lines):
        # Under its title, with headlines on lines of their own.
        if words.box_kind(line.strip(" :#*=")) == "news" and any(dump.profile.opening(k) for k in lines[:i]):
            return i + 1 if sum(k > i for k in listed) > 1 else start
    for i in range(len(lines) - 1, -1, -1):
        if i in listed:
            start, gap = i, 0
        elif start < len(lines):
            gap += 1
            if gap > 2:
                break
    return start


def _article(lines: list[str], dump: DumpList, clock: Clock, here: Address | None) -> Article | None:
    profile = dump.profile
    article = Article()
    marked: str | None = None
    notice: str | None = None
    opening = next(
        (i for i, n in enumerate(lines) if profile.opening(n) and not n.endswith(("…", "..."))), None
    )
    lead_start = opening
    if opening is None:
        # Without a dateline the story begins after its headline, with the first whole sentence.
        opening = next(
            (i for i, n in enumerate(lines) if len(n) > 50 and n.endswith((".", "!", "?", "”", "»"))), None
        )
        lead_start = None
        if opening is None:
            return None
    run: list[str] = []
    printed: When | None = None
    titled, above = -1, ""
    for number, line in enumerate(lines[:opening]):
        text = line
        if match := profile.marker.search(text):
            marked = clean(match[0])
            text = (text[: match.start()] + text[match.end() :]).strip(" |·—–-:()[]+")
        elif profile.plus.fullmatch(text):
            continue
        labels = dump.scanner.scan(text) if text else None
        if labels is not None:
            run += [s for s in labels.sections if s not in run]
            if labels.when and labels.when.clock and not (labels.clock or labels.updated):
                printed = printed or labels.when
            continue
        if text:
            article.sections += _story_sections(run, article.sections)
            run = []
        if number and text and words.CREDIT_LINE.fullmatch(text):
            if above and titled == number - 1:
                article.headline = above  # what stands between it and the credit is the caption
            article.photo_credits += [c["name"].strip(" .,;()[]") for c in words.credits_in(text)]
        if not text or words.is_noise(text) or words.CREDIT_LINE.fullmatch(text) or words.is_buttons(text):
            continue
        if _is_menu(text, profile):
            continue
        before = article.headline or ""
        follows = titled == number - 1 and len(before) >= MIN_TITLE and not words.box_kind(before)
        above, titled = before if follows else "", number
        article.headline = without_name(text, list(profile.names))
        article.sources["headline"] = "line before the text"
    article.sections += _story_sections(run, article.sections)
    if match := profile.opening(lines[opening]):
        article.dateline = match[0].strip(" —–-")
        article.sources["dateline"] = "first paragraph"
    paragraphs: list[str] = []
    related: list[str] = []
    for i, line in enumerate(lines[opening:], opening):
        text = line[match.end() :].strip(" —–-") if i == opening and match else line
        for credit in words.credits_in(text):
            article.photo_credits.append(credit["name"].strip(" .,;()[]"))
        if words.CREDIT_LINE.fullmatch(text):
            if len(paragraphs) > 1 and paragraphs[-1] == lines[i - 1] and not _STOP.search(paragraphs[-1]):
                paragraphs.pop()  # what stands right above a credit and is no sentence is the caption
            continue
        if words.credits_in(text) and len(text) < 250 and i != opening:
            continue
        if not text:
            continue
        if found := profile.marker.search(text):
            # Before any text it is the article's; after it, a stray line of the list.
            marked = marked or (clean(found[0]) if not paragraphs else None)
            continue
        if also := words.RELATED_LINE.match(text):
            title = text[also.end() :].strip()
            if title:
                related.append(title)
            continue
        if i != opening and profile.opening(text):
            if paragraphs and not _STOP.search(paragraphs[-1]):
                related.append(paragraphs.pop())
            continue
        if len(text) < 160 and profile.plus.search(text):
            if words.PAYWALL.search(text):
                notice = text
            if words.is_invitation(text):
                continue
        if words.LOGIN_LINE.fullmatch(text):
            continue
        if dump.scanner.scan(text) is not None or words.box_kind(text) == "news" or words.is_noise(text):
            continue
        if len(text) < 220 and (
            profile.asks(text) or words.is_labelled(text) or (words.is_buttons(text) and len(text) < 70)
        ):
            continue
        paragraphs.append(_BULLET.sub("", text))
    # The card under the story leaves its title: a last line that does not end as a sentence.
    tail: list[str] = []
    while len(paragraphs) > 1 and not _STOP.search(paragraphs[-1]) and len(paragraphs[-1]) < 200:
        if paragraphs[-2].endswith((":", ";")):
            break
        tail.insert(0, paragraphs.pop())
    related += [t for title in tail if (t := _DASH.sub("", title)) not in related and " " in t]
    if lead_start is None and article.headline and len(paragraphs) > 2:
        article.lead = paragraphs.pop(0)
    article.body, article.related, article.related_titles = paragraphs, related, list(related)
    article.premium = bool(marked or notice)
    article.premium_evidence = (
        Evidence("mark at the headline", marked)
        if marked
        else Evidence("paywall in the article", notice)
        if notice
        else Evidence(NO_MARK)
    )
    article.sources.update({"body": "text", "premium": article.premium_evidence.signal})
    if here and here.is_story:
        article.url, article.external_id = here.url, here.external_id
        article.sources["url"] = "address"
    article.language = (here.language if here else None) or guess_language(
        " ".join([article.headline or "", *paragraphs]), profile.languages
    )
    day = day_of_dateline(article.dateline, clock, article.external_id)
    if day:
        article.published_date, article.sources["published_date"] = day, "dateline"
    if printed and (moment := clock.moment(printed, clock.day(printed, article.external_id))):
        article.published_at, article.sources["published_at"] = moment, "line before the text"
        article.published_date = moment.astimezone(clock.tz).date()
    return article


def _story_sections(run: list[str], known: list[str]) -> list[str]:
    """The sections that are new in a run of labels; of a menu none: no story has so many."""
    return [s for s in run if s not in known] if len(run) < MENU else []


def _is_menu(text: str, profile: Profile) -> bool:
    """A line of the site's header: its name, its clock."""
    folded = text.casefold().strip(" .|·—–-")
    return folded in {n.casefold() for n in profile.names} or bool(
        re.fullmatch(r"(?:minsk|минск|мінск)\W+\d\d:\d\d", folded)
    )
