"""WordPress REST: a collection of posts or a single one (`/wp-json/wp/v2/…`)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from typing import Any, Final

from newscrawler.exceptions import ParseError
from newscrawler.items import Article, Entry, ParsedPage
from newscrawler.normalize.dates import read_stamp
from newscrawler.normalize.text import clean, unescape
from newscrawler.pages.article_dates import day_of_dateline
from newscrawler.pages.body import Body, BodyReader
from newscrawler.pages.clock import Clock
from newscrawler.pages.document import Document
from newscrawler.pages.feeds import is_json_feed, read_json_feed
from newscrawler.pages.labels import LabelScanner
from newscrawler.pages.line_marks import mark_at_end
from newscrawler.pages.page_language import guess_language
from newscrawler.pages.paging import rest_next
from newscrawler.pages.post_premium import premium_of
from newscrawler.pages.post_sections import sections_of
from newscrawler.pages.stories import StoryFinder
from newscrawler.pages.token_runs import settle
from newscrawler.pages.tokens import BADGE, MARKER, NOISE, Tokenizer

MAX_POSTS: Final = 200


def looks_like_rest(value: Any) -> bool:
    """Whether a JSON value is posts, a post, or the empty page of a collection."""
    if isinstance(value, list):
        return all(isinstance(p, dict) and "id" in p for p in value[:5])
    return (
        isinstance(value, dict)
        and "id" in value
        and ("title" in value or "link" in value or "content" in value)
    )


def read_rest(text: str, url: str, headers: Mapping[str, str], clock: Clock) -> ParsedPage:
    """Read posts. Raises ParseError for JSON that is none (an error object, another endpoint)."""
    try:
        value = json.loads(text)
    except RecursionError as exc:
        raise ParseError(url, "JSON nested too deep") from exc
    except ValueError as exc:
        value = _cut(text)
        if value is None:
            raise ParseError(url, f"JSON that is not valid: {exc}") from exc
    if is_json_feed(value):
        return read_json_feed(value, url, clock)
    if isinstance(value, dict) and isinstance(value.get("posts"), list):
        value = value["posts"]
    elif isinstance(value, dict) and isinstance(value.get("headers"), dict) and "body" in value:
        value, headers = value["body"], {**headers, **_texts(value["headers"])}  # `?_envelope`
    if not looks_like_rest(value):
        code = value.get("code") if isinstance(value, dict) else None
        raise ParseError(url, f"JSON without posts{f': {code}' if isinstance(code, str) else ''}")
    single = isinstance(value, dict)
    posts = [value] if single else value[:MAX_POSTS]
    here = clock.profile.identify(url) if url else None
    articles = [_article(p, clock, here.language if here else None) for p in posts if isinstance(p, dict)]
    language = (here.language if here else None) or next((a.language for a in articles if a.language), None)
    for article in articles:
        article.language = article.language or language
    following = None if single else rest_next(url, headers)
    return ParsedPage(
        kind="wp_rest",
        language=language,
        url=here.url if here else (url or None),
        article=articles[0] if single and articles else None,
        entries=[_entry(a) for a in articles],
        next_page=clock.profile.canonical(following) if following else None,
    )


def _texts(values: dict[str, Any]) -> dict[str, str]:
    """The headers of an envelope, which may have numbers for values."""
    return {name: str(value) for name, value in values.items()}


def _cut(text: str) -> Any:
    """The whole posts of a collection that was cut off."""
    text = text.strip().lstrip("\ufeff")
    if not text.startswith("["):
        return None
    decoder, position = json.JSONDecoder(), 1
    posts: list[Any] = []
    try:
        while len(posts) < MAX_POSTS:
            while position < len(text) and text[position] in " \r\n\t,":
                position += 1
            post, position = decoder.raw_decode(text, position)
            posts.append(post)
    except (ValueError, RecursionError):
        pass
    return posts or None


def _rendered(post: dict[str, Any], name: str) -> str:
    value = post.get(name)
    if isinstance(value, dict):
        value = value.get("rendered") or value.get("raw")
    return value if isinstance(value, str) else ""


def _article(post: dict[str, Any], clock: Clock, language: str | None) -> Article:
    article = Article()
    sources = article.sources
    number = post.get("id")
    article.external_id = str(number) if isinstance(number, (int, str)) and str(number).isdigit() else None
    link = post.get("link")
    address = clock.profile.identify(link) if isinstance(link, str) else None
    if address and address.is_story:
        article.url, article.external_id = address.url, article.external_id or address.external_id
        article.language = address.language
    elif isinstance(link, str) and link:
        article.url = clock.profile.canonical(link)
    if not article.url:
        guid = clock.profile.identify(_rendered(post, "guid"))
        if guid and guid.is_story:
            article.url, article.language = guid.url, guid.language
    lang = post.get("lang") or post.get("language")
    article.language = article.language or (lang[:2].lower() if isinstance(lang, str) else None) or language
    _dates(post, clock, article)
    title, marked = _title(_rendered(post, "title"), clock)
    article.headline = title or None
    body, mark = _body(
        _rendered(post, "content"),
        clock,
        post.get("type") == "longreads" or "/longreads/" in (article.url or ""),
    )
    article.body, article.dateline, article.lead = body.paragraphs, body.dateline, body.lead
    article.photo_credits = body.credits
    article.related = [u or t for u, t in body.related]
    article.related_titles = [t for _, t in body.related]
    excerpt = unescape(_rendered(post, "excerpt").replace("</p>", " "))
    article.description = excerpt or None
    if not article.language:
        article.language = guess_language(f"{title} {' '.join(body.paragraphs)}", clock.profile.languages)
    article.sections = sections_of(post, clock, article.language)
    article.premium, article.premium_evidence = premium_of(post, clock, marked, body, mark)
    if article.published_date is None and body.dateline:
        article.published_date = day_of_dateline(body.dateline, clock, article.external_id)
    for name in (
        "url",
        "external_id",
        "headline",
        "body",
        "dateline",
        "description",
        "sections",
        "published_at",
        "modified_at",
        "lead",
    ):
        if getattr(article, name):
            sources[name] = "wp rest"
    sources["premium"] = article.premium_evidence.signal if article.premium_evidence else ""
    return article


def _title(markup: str, clock: Clock) -> tuple[str, str | None]:
    """The headline without the premium mark, and that mark: its text, or of an image or tooltip in it."""
    if "<" in markup:
        document = Document(f"<body><h1>{markup}</h1></body>", "", clock.profile)
        tokens = Tokenizer(document, LabelScanner(clock.profile.sections, clock.fetched_at)).run()
        if mark := next((t for t in tokens if t.kind == MARKER), None):
            return " ".join(t.text for t in tokens if t.kind not in (MARKER, BADGE, NOISE)), mark.text
    title = unescape(markup)
    if marked := mark_at_end(title, clock.profile.marker):
        return (title[: marked.start()] + title[marked.end() :]).strip(" |·—–-:()[]"), clean(marked[0])
    return title, None


def _dates(post: dict[str, Any], clock: Clock, article: Article) -> None:
    for name, key in (("published_at", "date"), ("modified_at", "modified")):
        gmt = post.get(f"{key}_gmt")
        # `…_gmt` has no zone and is UTC; the plain field has none either and is the site's.
        stamp = (
            f"{gmt}+00:00"
            if isinstance(gmt, str) and gmt and "+" not in gmt and not gmt.endswith("Z")
            else gmt
        )
        moment, day = read_stamp(stamp, clock.tz)
        if moment is None:
            moment, day = read_stamp(post.get(key), clock.tz)
        setattr(article, name, moment)
        if name == "published_at":
            article.published_date = day


def _body(content: str, clock: Clock, longread: bool) -> tuple[Body, str | None]:
    """The body, and a premium mark in it that is not a card's."""
    document = Document(f"<body><main>{content}</main></body>", "", clock.profile)
    scanner = LabelScanner(clock.profile.sections, clock.fetched_at)
    tokens = Tokenizer(document, scanner).run()
    settle(tokens, document.profile)
    stories = StoryFinder(document, tokens).run()
    cards = {id(t) for s in stories for t in s.tokens if t.kind == MARKER}
    mark = next((t.text for t in tokens if t.kind == MARKER and id(t) not in cards), None)
    stories = [s for s in stories if s.address is not None]
    reader = BodyReader(document, scanner, stories, None, paid=False)
    body = reader.read(len(document.lines), longread)
    if not body.paragraphs and not body.lead:
        body.paragraphs = [
            n.text
            for n in document.lines
            if n.index not in reader.skipped() and not clock.profile.marker.search(n.text)
        ]
    return body, mark


def _entry(article: Article) -> Entry:
    """The same post as a line of the collection."""
    return Entry(**{f.name: getattr(article, f.name) for f in fields(Entry)})
