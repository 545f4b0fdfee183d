"""A story's page of any publisher, as one article."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from urllib.parse import urlsplit

from newscrawler.items import Article, PageKind, ParsedPage
from newscrawler.normalize.dates import read_stamp
from newscrawler.pages import elements as el
from newscrawler.pages import walls
from newscrawler.pages.anywhere import paywall
from newscrawler.pages.anywhere.blocks import Blocks
from newscrawler.pages.anywhere.people import find_authors
from newscrawler.pages.anywhere.printed_date import date_in_address, printed_date
from newscrawler.pages.anywhere.scripted import scripted_text
from newscrawler.pages.anywhere.text import Text, TextFinder
from newscrawler.pages.anywhere.title import Title, find_title, site_names
from newscrawler.pages.clock import Clock
from newscrawler.pages.metadata import Metadata, read_metadata
from newscrawler.pages.profile import Address
from newscrawler.pages.source import Source

MIN_TEXT = 250
"""Characters of text that make a page a story's where no metadata says that it is one."""
MIN_SHOWN = 100
"""A page that shows less than this may have its text in a script."""

BEFORE, AFTER = 6, 6
"""How many lines before the headline, and of the text, may have the day of the story."""
TEASER = 40
"""Characters of a headline in a list."""
MAX_WALL = 600
"""A page titled like a challenge (`Access denied`) with more text than this is a story of that title."""


def read_story(source: Source, clock: Clock) -> ParsedPage | None:
    """The story of a page; None where the page is not a story's."""
    here = source.profile.identify(source.url) if source.url else None
    if here is not None and not here.is_story:
        return None
    metadata = read_metadata(source)
    page = Blocks(source.tree.body)
    title = find_title(source, page, metadata)
    if title is None:
        return None
    finder = TextFinder(page, title.block)
    shown = text = finder.find()
    if text.size < MIN_SHOWN and (scripted := scripted_text(source)).size > MIN_TEXT:
        text = scripted
    if not _is_story(here, metadata, finder, text) or (text.size < MAX_WALL and walls.is_title(title.text)):
        return None
    article = Article(headline=title.text)
    article.sources["headline"] = title.source
    _address(source, metadata, here, article)
    _people(source, metadata, finder, text, article)
    article.premium, article.premium_evidence = paywall.of_story(source, metadata, finder, shown)
    # Of a premium story only what its page shows: what a script holds back is left alone.
    _body(metadata, finder, shown if article.premium else text, article)
    _dates(source, metadata, clock, finder, text, article)
    article.sources["premium"] = article.premium_evidence.signal
    _stated(source, metadata, title, article)
    kind: PageKind = "longread" if here is not None and here.kind == "longread" else "article"
    return ParsedPage(kind, article.language, article.url, article, [])


def _is_story(here: Address | None, metadata: Metadata, finder: TextFinder, text: Text) -> bool:
    """Whether a page is a story's: by what it states, or by a text of some length.

    Little text that no metadata vouches for may be a wall in the story's place.
    """
    if "article" in metadata.types:
        return text.size > 0
    if text.size < MIN_TEXT or (here is None and "listing" in metadata.types):
        return False
    if here is not None:
        return True
    # A page of teasers has more of them than text of its own.
    return "website" not in metadata.types or text.size > finder.beside.cards * TEASER


def _address(source: Source, metadata: Metadata, here: Address | None, article: Article) -> None:
    if here is not None:
        article.url, article.external_id = here.url, here.external_id
        article.sources["url"] = article.sources["external_id"] = "address"
        return
    host = urlsplit(source.url).hostname
    stated = next((u for u in metadata.canonical if not host or urlsplit(u).hostname == host), None)
    if url := stated or source.url:
        article.url = source.profile.canonical(url)
        article.sources["url"] = "canonical" if stated else "address"


def _people(source: Source, metadata: Metadata, finder: TextFinder, text: Text, article: Article) -> None:
    first = text.blocks[0].index if text.blocks else None
    article.authors, where = find_authors(
        metadata, finder.page, site_names(source, metadata), finder.headline, first
    )
    if where:
        article.sources["authors"] = where


def _body(metadata: Metadata, finder: TextFinder, text: Text, article: Article) -> None:
    stated = metadata.story.get("articleBody")
    finder.trim(text, article.authors, stated if isinstance(stated, str) else None)
    article.body = [b.text for b in text.blocks]
    if text.container is not None:
        article.sources["body"] = f"text in {paywall.path(text.container)}"


def _dates(
    source: Source, metadata: Metadata, clock: Clock, finder: TextFinder, text: Text, article: Article
) -> None:
    for name in ("published_at", "modified_at"):
        value = metadata.get(name)
        moment, day = read_stamp(value, clock.tz)
        where = metadata.values[name][1] if name in metadata.values else ""
        if day is None and name == "published_at":
            value = _time_element(source)
            moment, day = read_stamp(value, clock.tz)
            where = "time element"
        if moment:
            setattr(article, name, moment)
            article.sources[name] = where
        if name == "published_at" and day:
            article.published_date = day if source.profile.base_url else _day_as_written(value) or day
            article.sources["published_date"] = where
    if article.published_date is None:
        last = clock.fetched_at.date() + timedelta(days=1)
        if day := printed_date(_around_headline(finder, text), metadata.language or "", last):
            article.published_date, article.sources["published_date"] = day, "line at the headline"
        elif day := date_in_address(source.url, last):
            article.published_date, article.sources["published_date"] = day, "address"


def _around_headline(finder: TextFinder, text: Text) -> Iterator[str]:
    """The lines from the headline to the text's first, then those right before the headline."""
    first = text.blocks[0].index if text.blocks else 0
    head = first if finder.headline is None else finder.headline
    blocks = finder.page.all
    for block in (*blocks[head : max(first, head) + AFTER], *reversed(blocks[max(0, head - BEFORE) : head])):
        apart = block.part.flags & (el.NAV | el.FOOTER) or finder.beside.in_card(block.part)
        if not apart and not finder.weights[block.index]:
            yield block.text


def _day_as_written(value: object) -> date | None:
    """The day of a stamp in its own zone: for a site whose zone nobody knows."""
    try:
        return date.fromisoformat(str(value).strip()[:10])
    except ValueError:
        return None


def _time_element(source: Source) -> str | None:
    """The first `<time datetime>` that stands in no list of other stories."""
    for node in source.tree.css("time[datetime]"):
        parent = node.parent
        while parent is not None and not (
            el.flags_of(parent.tag or "", parent.attributes)
            & (el.NAV | el.FOOTER | el.ASIDE | el.LIST | el.DIALOG)
        ):
            parent = parent.parent
        if parent is None:
            return node.attributes.get("datetime")
    return None


def _stated(source: Source, metadata: Metadata, title: Title, article: Article) -> None:
    """Fields that only metadata has."""
    languages = source.profile.languages
    if metadata.language and (not languages or metadata.language in languages):
        article.language, article.sources["language"] = metadata.language, "page"
    sections = metadata.get("sections")
    metadata.values.setdefault("sections", ([], ""))
    sections = [sections] if isinstance(sections, str) else sections or []
    article.sections = [s for s in dict.fromkeys(sections) if isinstance(s, str) and s != title.text]
    for name in ("description", "keywords", "image"):
        if value := metadata.get(name):
            setattr(article, name, value)
            article.sources[name] = metadata.values[name][1]
    if article.sections:
        article.sources["sections"] = metadata.values["sections"][1]
    for code, url in metadata.translations.items():
        target = source.profile.identify(url)
        code = code[:2]
        if target and code in languages and code != article.language:
            article.translations[code] = target.url
            article.sources["translations"] = "hreflang"
