"""A story's page of any publisher, as one article."""

from __future__ import annotations

from datetime import date, datetime

from newscrawler.items import Article, ParsedPage
from newscrawler.normalize.dates import read_stamp
from newscrawler.pages.anywhere import paywall
from newscrawler.pages.anywhere.blocks import Blocks
from newscrawler.pages.anywhere.people import find_authors
from newscrawler.pages.anywhere.scripted import scripted_text
from newscrawler.pages.anywhere.text import TextFinder
from newscrawler.pages.anywhere.title import find_title, site_names
from newscrawler.pages.listing import Clock
from newscrawler.pages.metadata import read_metadata
from newscrawler.pages.source import Source

MIN_TEXT = 250
MIN_SHOWN = 100
"""A page that shows less than this may have its text in a script."""


def read_story(source: Source, clock: Clock) -> ParsedPage | None:
    """The story of a page; None where the page is not a story's."""
    here = source.profile.identify(source.url) if source.url else None
    if here is not None and here.kind not in ("article", "longread"):
        return None
    metadata = read_metadata(source)
    page = Blocks(source.tree.body)
    title = find_title(source, page, metadata)
    finder = TextFinder(page, title.block if title else None)
    text = finder.find()
    if text.size < MIN_SHOWN and (scripted := scripted_text(source)).size > MIN_TEXT:
        text = scripted
    if title is None or text.size < MIN_TEXT and here is None and "article" not in metadata.types:
        return None
    article = Article()
    sources = article.sources
    article.headline, sources["headline"] = title.text, title.source
    article.url = here.url if here else source.profile.canonical(source.url) if source.url else None
    article.external_id = here.external_id if here else None
    first = text.blocks[0].index if text.blocks else None
    article.authors, where = find_authors(metadata, page, site_names(source, metadata), title.block, first)
    if article.authors:
        sources["authors"] = where
    stated = metadata.story.get("articleBody")
    finder.trim(text, article.authors, stated if isinstance(stated, str) else None)
    article.body = [b.text for b in text.blocks]
    for name in ("published_at", "modified_at"):
        moment, day = read_stamp(metadata.get(name), clock.tz)
        if moment:
            setattr(article, name, moment)
        if name == "published_at":
            article.published_date = day
    article.premium, article.premium_evidence = paywall.of_story(source, metadata, finder, text)
    article.language = metadata.language
    return ParsedPage("article", article.language, article.url, article, [])
