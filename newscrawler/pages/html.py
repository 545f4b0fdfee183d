"""Reading an HTML page: an article with the news beside it, or a listing."""

from __future__ import annotations

from collections.abc import Mapping

from newscrawler.exceptions import ParseError
from newscrawler.items import PageKind, ParsedPage
from newscrawler.normalize.text import loose
from newscrawler.pages import elements as el
from newscrawler.pages import premium, walls, words
from newscrawler.pages.article import build_article
from newscrawler.pages.body import Body, BodyReader
from newscrawler.pages.clock import Clock
from newscrawler.pages.document import Document
from newscrawler.pages.drawn_words import drop_drawn_words
from newscrawler.pages.found import Found
from newscrawler.pages.headline import Headline, find_headline
from newscrawler.pages.labels import LabelScanner
from newscrawler.pages.listing import EntryReader, usable
from newscrawler.pages.main_list import main_list
from newscrawler.pages.metadata import Metadata, read_metadata
from newscrawler.pages.page_language import language_of
from newscrawler.pages.paging import is_first_page, next_page
from newscrawler.pages.paywall import closing_mark
from newscrawler.pages.profile import Address
from newscrawler.pages.running_text import is_strong
from newscrawler.pages.stories import StoryFinder
from newscrawler.pages.story import OWN, Story, is_box_title
from newscrawler.pages.token_runs import settle
from newscrawler.pages.tokens import MARKER, OTHER, STORY, Token, Tokenizer


def read_html(document: Document, clock: Clock, headers: Mapping[str, str]) -> ParsedPage:
    """Read a page. Raises ParseError for a wall or error page in the place of a page."""
    url = document.url
    metadata = read_metadata(document)
    if walls.is_challenge(document, metadata):
        raise ParseError(url, "a challenge page stands before it")
    scanner = LabelScanner(document.profile.sections, clock.fetched_at)
    drop_drawn_words(document, scanner)
    tokens = Tokenizer(document, scanner).run()
    settle(tokens, document.profile)
    here = document.profile.identify(url) if url else None
    address = _own_address(document, metadata, here)
    own_id = address.external_id if address else None
    opening = _opening_line(document, tokens, address is not None)
    headline = find_headline(document, tokens, metadata, opening, own_id)
    if (
        address is None
        and opening is None
        and here
        and here.kind == "listing"
        and "article" not in metadata.types
    ):
        headline = None
    _mark_own(tokens, headline, address)
    stories = StoryFinder(document, tokens, own_id, opening).run()
    language = language_of(here or address, metadata, document, headline.text if headline else None)
    own = next((s for s in stories if s.own), None)
    longread = bool(address and address.kind == "longread")
    entries_of = usable(stories, language, own_id, headline.text if headline else None)
    paid = premium.is_stated(metadata, own)
    body, listed = _read_body(document, scanner, stories, entries_of, headline, opening, longread, paid)
    kind = _kind(document, metadata, here, address, body, entries_of, headline)
    reader = EntryReader(document, tokens, clock)
    if kind == "listing":
        longreads = bool(here and "/longreads" in here.url)
        chosen = main_list(usable(_without_own(stories), language, None), listing=True, longreads=longreads)
        entries = reader.read(chosen, dated=True, newest_first=is_first_page(url))
        if not entries and (reason := walls.wall(document, metadata)):
            raise ParseError(url, reason)
        end = max((s.row.end for s in chosen), default=0)
        following = next_page(document, metadata, headers, end)
        page = here or _listing_address(document, metadata)
        return ParsedPage(
            kind="listing",
            language=language,
            url=page.url if page else (document.profile.canonical(url) if url else None),
            entries=entries,
            next_page=document.profile.canonical(following) if following else None,
        )
    size = sum(map(len, body.paragraphs)) + len(body.lead or "")
    if not body.dateline and (size < 400 or "article" not in metadata.types):
        # Little or no text at an article's address: it may not be the page that was asked for.
        stated = headline is not None and _is_stated(metadata, address, own, headline, size)
        if reason := walls.wall(document, metadata, paywalled=stated):
            raise ParseError(url, reason)
        if size < 150 and not stated:
            raise ParseError(url, "no text of an article in it")
    body.notice = body.notice or closing_mark(document, tokens, stories, body)
    found = Found(document, metadata, tokens, clock, address, language, headline, body, own, stories)
    article = build_article(found)
    article.partial = size == 0 and not article.premium
    recommended = {id(s) for s in body.recommended}
    chosen = main_list([s for s in listed if id(s) not in recommended], listing=False)
    entries = reader.read(chosen, dated=False)
    final: PageKind = (
        "longread" if longread or (address is None and body.lead and not body.dateline) else "article"
    )
    return ParsedPage(final, language, article.url, article, entries)


def _own_address(document: Document, metadata: Metadata, here: Address | None) -> Address | None:
    """The address of the page's own article: where it was fetched, else what the page says."""
    if here and here.is_story:
        return here
    if "website" in metadata.types and "article" not in metadata.types and here and here.kind == "listing":
        return None
    for url in metadata.canonical:
        address = document.profile.identify(url)
        if address:
            return address if address.is_story else None
    return None


def _opening_line(document: Document, tokens: list[Token], article_address: bool) -> int | None:
    """The line with the article's dateline; those of cards stand in links, are clipped, or in small rows."""
    linked = {t.line.index for t in tokens if t.kind == STORY and t.line is not None}
    candidates = [
        line
        for line in document.lines
        if len(line.text) < 4000 and line.opening and not line.flags & (el.NAV | el.FOOTER | el.DIALOG)
    ]
    own = [
        n
        for n in candidates
        if not n.text.rstrip(' »”"').endswith(("…", "...", "[…]")) and not (n.link and n.index in linked)
    ]
    own = [n for n in own if not n.flags & el.ASIDE] or own
    if len(own) > 2 and not article_address:
        return None  # a listing with the openings of its stories
    return own[0].index if own else None


def _is_stated(
    metadata: Metadata, address: Address | None, own: Story | None, headline: Headline, size: int
) -> bool:
    """Whether a page says that it is an article, in its metadata or by a mark at its headline over a teaser.

    Then what it says is worth having, even where its text cannot be found.
    """
    if walls.is_title(headline.text) or any(
        walls.is_title(t) for t, source in metadata.titles if source == "title"
    ):
        return False
    if "article" in metadata.types or (address is not None and metadata.get("published_at") is not None):
        return True
    return size > 0 and own is not None and any(t.kind == MARKER for t in own.tokens)


def _mark_own(tokens: list[Token], headline: Headline | None, address: Address | None) -> None:
    """Turn prints of the page's own headline into tokens of its own story."""
    if headline is None:
        return
    folded = loose(headline.text)
    if headline.token is not None:
        headline.token.kind = OWN
    elif address is not None:
        for token in tokens:
            if token.kind in (OTHER, STORY) and loose(token.text) == folded and token.level:
                token.kind = OWN
                headline.token = token
                break


def _without_own(stories: list[Story]) -> list[Story]:
    """On a listing nothing is the page's own: a story that was taken for it is an entry."""
    for story in stories:
        if story.own:
            for token in story.tokens:
                if token.kind == OWN:
                    token.kind = STORY if token.address else OTHER
            story.address = next((t.address for t in story.tokens if t.address), None)
            # The subscription's name beside a page's title is of a menu.
            story.own = story.address is None and not any(t.kind == MARKER for t in story.tokens)
    return stories


def _read_body(
    document: Document,
    scanner: LabelScanner,
    stories: list[Story],
    entries_of: list[Story],
    headline: Headline | None,
    opening: int | None,
    longread: bool,
    paid: bool,
) -> tuple[Body, list[Story]]:
    """The body, and the stories that may form the page's list."""
    line = headline.token.line if headline and headline.token else None
    start = line.index if line is not None else -1
    if opening is not None and start > opening:
        start = opening - 1
    limit, listed = _limit(document, stories, entries_of, start, opening)
    reader = BodyReader(document, scanner, stories, start if start >= 0 else None, paid=paid)
    body = reader.read(limit, longread or opening is None)
    return body, listed


def _limit(
    document: Document, stories: list[Story], entries_of: list[Story], start: int, opening: int | None
) -> tuple[int, list[Story]]:
    """The line where the lists after the article begin, and the stories of those lists."""
    lines = document.lines
    first = opening if opening is not None else start
    first_piece = lines[first].start if 0 <= first < len(lines) else 0
    after = [s for s in entries_of if s.start > first_piece]
    # The last running text before the largest list: what stands before it is the article's.
    chosen = main_list(after, listing=False)
    title = chosen[0].box if chosen else None
    kind = words.box_kind(title.text) if title is not None and title.start > first_piece else ""
    if not chosen or kind == "related" or (len(chosen) < 3 and kind != "news"):
        return len(lines), entries_of
    begin = chosen[0].start
    strong_after = sum(
        len(n.text)
        for n in lines
        if n.start > chosen[-1].row.end
        and is_strong(n)
        and not n.flags & (el.FOOTER | el.ASIDE | el.NAV | el.DIALOG)
    )
    strong_before = sum(len(n.text) for n in lines if first_piece <= n.start < begin and is_strong(n))
    if strong_after > 2 * strong_before and strong_before < 200:
        begin = len(document.pieces)
    if (
        title is not None
        and title.start < begin
        and title.line is not None
        and is_box_title(title)
        and title.start > first_piece
    ):
        begin = title.start
    limit = next((n.index for n in lines if n.start >= begin), len(lines))
    row = chosen[0].row
    while limit > first + 1 and row.start <= lines[limit - 1].start and lines[limit - 1].start < row.end:
        limit -= 1
    return limit, entries_of


def _kind(
    document: Document,
    metadata: Metadata,
    here: Address | None,
    address: Address | None,
    body: Body,
    entries: list[Story],
    headline: Headline | None,
) -> str:
    """Article or listing: by address where the content agrees, else by content."""
    size = sum(map(len, body.paragraphs)) + len(body.lead or "")
    datelines = sum(1 for n in document.lines if n.opening)
    if here and here.is_story:
        if size or len(entries) < 3:
            return "article"
        stated = [document.profile.identify(u) for u in metadata.canonical[:1]]
        return (
            "listing"
            if any(a and a.kind == "listing" for a in stated) or "website" in metadata.types
            else "article"
        )
    if address is not None and (size or "article" in metadata.types):
        return "article"
    if "article" in metadata.types and size > 200 and headline is not None:
        return "article"
    if body.dateline and size > 100 and not (len(entries) >= 3 and datelines >= 3):
        first = document.lines[body.first] if body.first is not None else None
        if first is not None and (len(body.paragraphs) > 1 or here is None or here.kind != "listing"):
            return "article"
    if here is None and size >= 600 and (len(body.paragraphs) >= 3) and headline is not None:
        return "article"
    if here is not None or len(entries) >= 2:
        return "listing"
    if size >= 300 and headline is not None:
        return "article"
    return "listing" if entries or not size else "article"


def _listing_address(document: Document, metadata: Metadata) -> Address | None:
    for url in metadata.canonical:
        address = document.profile.identify(url)
        if address and address.kind == "listing":
            return address
    return None
