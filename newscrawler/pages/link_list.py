"""The list of stories of any site's listing or front page, found by structure: links that lead to stories.

Nothing of a theme is known. A link is an entry where its address looks like a story's and its words like a
headline; what holds the links of one story and of no other is the entry's row, and says its time.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from newscrawler.exceptions import ParseError
from newscrawler.items import Entry, ParsedPage
from newscrawler.normalize.dates import read_stamp
from newscrawler.normalize.text import clean
from newscrawler.pages import elements as el
from newscrawler.pages import walls, words
from newscrawler.pages.clock import Clock
from newscrawler.pages.document import Document
from newscrawler.pages.metadata import read_metadata
from newscrawler.pages.page_language import language_of
from newscrawler.pages.paging import next_page
from newscrawler.pages.parts import Element

MAX_HEADLINE: Final = 300
_BESIDE: Final = el.NAV | el.FOOTER | el.ASIDE | el.DIALOG | el.HIDDEN
_FEW: Final = 3
"""Under so many entries in its main part, a page is taken for one whose parts mean something else."""
_STEPS: Final = 8
_PAGE_NUMBER: Final = re.compile(r"\d{1,5}")
_HEADINGS: Final = "h1, h2, h3, h4, h5, h6, [role=heading]"


def read_link_list(document: Document, clock: Clock, headers: Mapping[str, str]) -> ParsedPage:
    """Read a page as a list of stories. Raises ParseError for a wall in its place."""
    metadata = read_metadata(document)
    if walls.is_challenge(document, metadata):
        raise ParseError(document.url, "a challenge page stands before it")
    entries = _entries(document, clock)
    if not entries and (reason := walls.wall(document, metadata)):
        raise ParseError(document.url, reason)
    following = next_page(document, metadata, headers, 0) or _numbered(document)
    return ParsedPage(
        kind="listing",
        language=language_of(None, metadata, document, None),
        url=clock.profile.canonical(document.url) if document.url else None,
        entries=entries,
        next_page=clock.profile.canonical(following) if following else None,
    )


def _entries(document: Document, clock: Clock) -> list[Entry]:
    links: dict[str, list[Element]] = {}
    here = clock.profile.canonical(document.url) if document.url else None
    for link in document.links:
        story = clock.profile.story(link.url, False) if link.url else None
        if story is not None and story != here:
            links.setdefault(story, []).append(link.element)
    main = {
        story: elements for story, elements in links.items() if any(_in_main(document, e) for e in elements)
    }
    chosen = main if len(main) >= _FEW else links
    rows = _rows(chosen)
    entries = []
    for story, elements in chosen.items():
        headline = _headline(document, elements)
        if headline is None:
            continue  # a picture alone, or `Read more`: no line of a list
        entry = Entry(headline=headline, url=story)
        for stamp in (s for e, s in document.stamps if any(id(a) in rows[story] for a in e.ancestors())):
            entry.published_at, entry.published_date = read_stamp(stamp, clock.tz)
            if entry.published_date is not None:
                break
        entries.append(entry)
    return entries


def _in_main(document: Document, element: Element) -> bool:
    """Whether a link stands in the page's list and not in a box beside it."""
    return not element.flags & _BESIDE and words.box_kind(_title_above(document, element)) != "other"


def _title_above(document: Document, element: Element) -> str:
    """The title of the box that a link stands in: the first heading of the nearest block with one."""
    for around in list(element.ancestors())[1:_STEPS]:
        if around.tag in ("main", "body"):
            break
        heading = around.node.css_first(_HEADINGS)
        if heading is not None and heading.css_first("a[href]") is None:
            inside = next((e for e in element.ancestors() if e.node.mem_id == heading.mem_id), None)
            if inside is None:
                return clean(heading.text(deep=True) or "")
    return ""


def _rows(links: Mapping[str, list[Element]]) -> dict[str, set[int]]:
    """For each story the elements around its links that hold the links of no other."""
    around: dict[int, set[str]] = {}
    for story, elements in links.items():
        for element in elements:
            for ancestor in element.ancestors():
                around.setdefault(id(ancestor), set()).add(story)
    rows: dict[str, set[int]] = {story: set() for story in links}
    for element_id, stories in around.items():
        if len(stories) == 1:
            rows[next(iter(stories))].add(element_id)
    return rows


def _headline(document: Document, elements: list[Element]) -> str | None:
    """The words of the link that are most likely the headline: those in a heading, else the longest."""
    candidates: list[tuple[int, int, str]] = []
    for element in elements:
        inner = element.node.css_first(_HEADINGS)
        if inner is not None:
            text, rank = clean(inner.text(deep=True, separator=" ") or ""), 2
        else:
            text, rank = _line(document, element), 2 if element.flags & el.HEADING else 1
        if 12 <= len(text) <= MAX_HEADLINE and " " in text and not words.is_noise(text):
            candidates.append((rank, len(text), text))
    return max(candidates)[2] if candidates else None


def _line(document: Document, element: Element) -> str:
    """The longest line within a link: a card that is one link holds its time and section as well."""
    parts: dict[int, list[str]] = {}
    for piece in document.pieces[element.start : element.end]:
        if not piece.element.flags & el.TIME:
            parts.setdefault(piece.line, []).append(piece.raw)
    return max((clean("".join(raws)) for raws in parts.values()), key=len, default="")


def _numbered(document: Document) -> str | None:
    """The link with the next number in a row of page numbers, whatever form their addresses have."""
    numbers: dict[int, str] = {}
    rows: Counter[int] = Counter()
    texts: dict[int, tuple[int, str]] = {}
    for link in document.links:
        text = "".join(p.raw for p in document.pieces[link.element.start : link.element.end]).strip()
        if not _PAGE_NUMBER.fullmatch(text) or not link.url:
            continue
        if urlsplit(link.url).netloc != urlsplit(document.url).netloc:
            continue
        row = next((a for a in list(link.element.ancestors())[1:4] if a.end - a.start > 2), None)
        rows[id(row)] += 1
        texts[int(text)] = id(row), link.url
    if not rows:
        return None
    pager, size = rows.most_common(1)[0]
    if size < 2:
        return None
    numbers = {n: url for n, (row, url) in texts.items() if row == pager}
    here = document.url.rstrip("/")
    current = next((n for n, url in numbers.items() if url.rstrip("/") == here), None)
    if current is None:
        # The page one is on is no link: it is the number that is missing.
        current = next((n for n in range(1, max(numbers)) if n not in numbers), 1)
    return numbers.get(current + 1)
