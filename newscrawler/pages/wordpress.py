"""WordPress REST: a collection of posts or a single one (`/wp-json/wp/v2/…`)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import fields
from typing import Any, Final

from newscrawler.exceptions import ParseError
from newscrawler.items import Article, Entry, Evidence, ParsedPage
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
from newscrawler.pages.premium import NO_MARK, UNSAID
from newscrawler.pages.stories import StoryFinder
from newscrawler.pages.token_runs import settle
from newscrawler.pages.tokens import BADGE, MARKER, NOISE, Tokenizer

_PREMIUM_KEY: Final = re.compile(
    r"premium|paywall|subscri|paid|locked|members?_?only|is_?plus|(?:^|_)plus(?:_|$)|restricted|closed|is_?free|access",
    re.I,
)
_FREE_KEY: Final = re.compile(r"free", re.I)
_PREMIUM_CLASS: Final = re.compile(
    r"(?:^|[-_])(?:premium|paywall(?:ed)?|subscribers?|subscription|plus|paid|locked|members?|restricted)(?:$|[-_])",
    re.I,
)
_SECTION_KEY: Final = re.compile(r"section|categor|rubric|(?:^|_)terms?$", re.I)
MAX_POSTS: Final = 200
MAX_NOTE: Final = 200


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
    article.sections = _sections(post, clock, article.language)
    article.premium, article.premium_evidence = _premium(post, clock, marked, body, mark)
    if not clock.profile.worded and article.premium_evidence.signal == NO_MARK:
        article.premium, article.premium_evidence = None, Evidence(UNSAID)
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


def _sections(post: dict[str, Any], clock: Clock, language: str | None) -> list[str]:
    """Names of terms: embedded, or given by the theme; numbers alone say nothing."""
    names: list[str] = []
    embedded = post.get("_embedded")
    terms = embedded.get("wp:term") if isinstance(embedded, dict) else None
    for group in terms if isinstance(terms, list) else []:
        names += [
            unescape(term["name"])
            for term in (group if isinstance(group, list) else [])
            if isinstance(term, dict)
            and isinstance(term.get("name"), str)
            and term.get("taxonomy") != "post_tag"
        ]
    known = {s.casefold() for s in clock.profile.sections}
    yoast = post.get("yoast_head_json")
    schema = yoast.get("schema") if isinstance(yoast, dict) else None
    graph = schema.get("@graph") if isinstance(schema, dict) else None
    for thing in graph if not names and isinstance(graph, list) else []:
        stated = thing.get("articleSection") if isinstance(thing, dict) else None
        names += [
            unescape(s) for s in (stated if isinstance(stated, list) else [stated]) if isinstance(s, str)
        ]
    if not any(n.casefold() in known for n in names):
        names += _stated(post, 0)
    if not any(n.casefold() in known for n in names):
        # `category-germany-news`: the slug of an English section is its name.
        names += _of_slugs(post, clock, language)
    return list(dict.fromkeys(n for n in names if n and (not known or n.casefold() in known)))


def _stated(value: dict[str, Any], depth: int) -> list[str]:
    """Names in a field that a theme or plugin added: `sections`, `acf.rubric`, `category_names`."""
    names: list[str] = []
    for key, item in value.items():
        if (
            isinstance(item, dict)
            and depth < 2
            and key in ("acf", "meta", "fields", "custom_fields", "taxonomies")
        ):
            names += _stated(item, depth + 1)
        elif _SECTION_KEY.search(str(key)):
            for one in item if isinstance(item, list) else [item]:
                name = (
                    (one.get("name") or one.get("label") or one.get("title"))
                    if isinstance(one, dict)
                    else one
                )
                if isinstance(name, str):
                    names += [unescape(n) for n in name.split(",")]
    return names


def _of_slugs(post: dict[str, Any], clock: Clock, language: str | None) -> list[str]:
    """Sections named only by the slugs of classes or terms, as the language of the post prints them."""
    printed = {
        s.casefold().replace(" ", "-"): (n, s)
        for names in clock.profile.section_names.values()
        for n, s in enumerate(names)
    }
    own = clock.profile.section_names.get(language or "")
    slugs = [
        re.sub(r"^(?:category|section|rubric|news[_-]category|tax(?:onomy)?)-", "", c) for c in _classes(post)
    ]
    slugs += [s for s in _stated(post, 0) if s == s.lower()]
    found = []
    for slug in slugs:
        slug = re.sub(r"[-_](?:en|ru|be|by)$", "", slug)
        if slug in printed:
            number, name = printed[slug]
            found.append(own[number] if own and number < len(own) else name)
    return found


def _classes(post: dict[str, Any]) -> list[str]:
    """The classes of a post, which PHP may give as an object with numbers for keys."""
    classes = post.get("class_list")
    values = (
        list(classes.values()) if isinstance(classes, dict) else classes if isinstance(classes, list) else []
    )
    return [v for v in values if isinstance(v, str)]


def _premium(
    post: dict[str, Any], clock: Clock, marked: str | None, body: Body, mark: str | None
) -> tuple[bool | None, Evidence]:
    if marked:
        return True, Evidence("mark in the title", marked, "title")
    if (noted := _noted(post, clock.profile.marker)) is not None:
        return True, noted
    found = _field(post, "", 0)
    if found is not None and found[0]:
        return found
    classes = post.get("class_list")
    values = (
        list(classes.values()) if isinstance(classes, dict) else classes if isinstance(classes, list) else []
    )
    for name in values:
        if isinstance(name, str) and _PREMIUM_CLASS.search(name):
            return True, Evidence("class of the post", name, "class_list")
    if mark is not None:
        return True, Evidence("mark in the text", mark, "content")
    for name in ("content", "excerpt"):
        value = post.get(name)
        if isinstance(value, dict) and value.get("protected") is True:
            return True, Evidence("protected", "true", f"{name}.protected")
    if body.notice:
        return True, Evidence("paywall in the text", body.notice[0], "content")
    if found is not None:
        return found
    return False, Evidence(NO_MARK)


def _noted(post: dict[str, Any], marker: re.Pattern[str]) -> Evidence | None:
    """A mark that is the whole value of a field which the theme added: `access_note`, `acf.label`."""
    fields = [(name, value) for name, value in post.items() if isinstance(value, str)]
    fields += [
        (f"{group}.{name}", value)
        for group in ("meta", "acf", "fields")
        if isinstance(inner := post.get(group), dict)
        for name, value in inner.items()
        if isinstance(value, str)
    ]
    for name, value in fields:
        if len(value) <= MAX_NOTE and marker.fullmatch(clean(value)):
            return Evidence("mark in a field", clean(value), name)
    return None


def _field(value: dict[str, Any], path: str, depth: int) -> tuple[bool, Evidence] | None:
    """A field that says it outright: `premium: true`, `meta.is_free: "0"`, `acf.access: "subscribers"`."""
    answer: tuple[bool, Evidence] | None = None
    for key, item in value.items():
        where = f"{path}.{key}" if path else str(key)
        if (
            isinstance(item, dict)
            and depth < 2
            and key
            in ("meta", "acf", "fields", "paywall", "access", "premium", "yoast_head_json", "_embedded")
        ):
            nested = _field(item, where, depth + 1) if key not in ("_embedded", "yoast_head_json") else None
            if nested and (nested[0] or answer is None):
                answer = nested
        elif (
            isinstance(item, (bool, int, str))
            and _PREMIUM_KEY.search(str(key))
            and not str(key).endswith(("_status", "_url", "_id"))
        ):
            said = _truth(item)
            if said is None:
                continue
            if _FREE_KEY.search(str(key)):
                said = not said
            evidence = Evidence("field", str(item).lower() if isinstance(item, bool) else str(item), where)
            if said:
                return True, evidence
            answer = answer or (False, evidence)
    return answer


def _truth(item: bool | int | str) -> bool | None:
    if isinstance(item, bool):
        return item
    text = str(item).strip().casefold()
    if text in (
        "1",
        "true",
        "yes",
        "on",
        "premium",
        "paid",
        "subscribers",
        "subscriber",
        "plus",
        "locked",
        "members",
        "closed",
        "private",
    ):
        return True
    return False if text in ("0", "false", "no", "off", "free", "public", "open", "all", "none", "") else None


def _entry(article: Article) -> Entry:
    """The same post as a line of the collection."""
    return Entry(**{f.name: getattr(article, f.name) for f in fields(Entry)})
