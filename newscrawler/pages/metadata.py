"""What a page says of itself to machines: meta tags, JSON-LD, microdata, link elements."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final

from newscrawler.normalize.text import clean, unescape
from newscrawler.normalize.urls import absolute
from newscrawler.pages.source import Source

MAX_JSON: Final = 500_000
_ARTICLE_TYPES: Final = frozenset((
    "article", "newsarticle", "reportagenewsarticle", "analysisnewsarticle", "blogposting", "report",
    "backgroundnewsarticle", "opinionnewsarticle", "reviewnewsarticle", "liveblogposting",
    "socialmediaposting", "advertisercontentarticle", "scholarlyarticle",
))  # fmt: skip
_PUBLISHED: Final = (
    "article:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "dcterms.created",
    "dcterms.date", "publish-date", "pubdate", "publication_date", "parsely-pub-date", "sailthru.date",
    "cxenseparse:recs:publishtime", "og:published_time", "published_time", "citation_date",
)  # fmt: skip
_LISTED: Final = frozenset((
    "article:tag", "article:section", "article:author", "author", "dc.creator", "parsely-author", "byl",
    "sailthru.author", "dcterms.creator", "citation_author",
))  # fmt: skip
"""Meta tags that a page may repeat, one for each value."""
_PUBLISHED_ENDS: Final = (
    ":published_time", ":published:time", "published-date", "publish_date", "publishdate", "publicationdate",
    "publishtime", "publication-date", "published-time", "datepublished", "pub_date", "issued",
    "article:published",
)  # fmt: skip
"""Other names that end so speak of the same."""
_COMMENT: Final = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>)\s*;?\s*$"
)
_TRAILING_COMMA: Final = re.compile(r",(\s*[}\]])")
_BETWEEN: Final = re.compile(r"\s*[|»›·•/]\s*|\s+[-–—:]+\s+|\s*::\s*")


@dataclass(slots=True)
class Metadata:
    """Statements about the page's own article, with the name of the source that made each."""

    values: dict[str, tuple[Any, str]] = field(default_factory=dict)
    """Field → (value as found, source). The first source wins: JSON-LD, microdata, meta tags."""
    titles: list[tuple[str, str]] = field(default_factory=list)
    """Candidates for the headline, without the site's name, with their source."""
    canonical: list[str] = field(default_factory=list)
    """Addresses the page gives as its own, best first."""
    types: set[str] = field(default_factory=set)
    """`article` or `website`, where something says it."""
    translations: dict[str, str] = field(default_factory=dict)
    language: str | None = None
    next_page: str | None = None
    site_name: str | None = None
    metas: dict[str, Any] = field(default_factory=dict)
    """Meta tags by name or property in lower case; those of `_LISTED` as lists."""
    things: list[dict[str, Any]] = field(default_factory=list)
    """All objects of the page's JSON-LD, not those within others."""
    story: dict[str, Any] = field(default_factory=dict)
    """The one of them that is the page's own article."""

    others: dict[str, list[tuple[Any, str]]] = field(default_factory=dict)
    """What further sources say of the same fields, the better ones first."""

    def get(self, name: str) -> Any:
        """The value of a field, None where nothing states it."""
        found = self.values.get(name)
        return found[0] if found else None

    def offer(self, name: str, value: Any, source: str) -> None:
        """Take a value unless a better source gave one."""
        if value in (None, "", [], {}):
            return
        if name in self.values:
            self.others.setdefault(name, []).append((value, source))
        else:
            self.values[name] = (value, source)


def read_metadata(document: Source) -> Metadata:
    """Collect all statements of a page."""
    data = Metadata()
    metas, properties = _metas(document)
    data.metas = metas
    data.site_name = metas.get("og:site_name")
    _links(document, data, metas)
    own_ids = _own_ids(document, data)
    _json_ld(document, data, own_ids)
    _microdata(data, properties)
    _meta_fields(document, data, metas)
    _titles(document, data, metas)
    return data


def _metas(document: Source) -> tuple[dict[str, Any], dict[str, list[str]]]:
    metas: dict[str, Any] = {}
    properties: dict[str, list[str]] = {}
    for node in document.tree.tags("meta"):
        attributes = node.attributes
        content = attributes.get("content")
        if not content:
            continue
        name = (attributes.get("property") or attributes.get("name") or "").strip().lower()
        if name:
            if name in _LISTED:
                metas.setdefault(name, []).append(unescape(content))
            else:
                metas.setdefault(name, unescape(content))
    for node in document.tree.css("[itemprop]"):
        attributes = node.attributes
        prop = (attributes.get("itemprop") or "").strip().lower()
        if prop in (
            "headline",
            "datepublished",
            "datemodified",
            "articlesection",
            "isaccessibleforfree",
            "author",
            "keywords",
            "inlanguage",
            "datecreated",
        ):
            if _in_other_item(node):
                continue
            value = (
                attributes.get("datetime") or attributes.get("content") or clean(node.text(deep=True) or "")
            )
            if value and len(value) < 500:
                properties.setdefault(prop, []).append(unescape(value))
    return metas, properties


def _in_other_item(node: Any) -> bool:
    """Whether a microdata property belongs to an entry of a list and not to the page's article."""
    items = 0
    parent = node.parent
    for _ in range(60):
        if parent is None:
            break
        attributes = parent.attributes or {}
        if "itemscope" in attributes:
            kind = (attributes.get("itemtype") or "").rsplit("/", 1)[-1].lower()
            if (
                not items
                and kind not in _ARTICLE_TYPES
                and kind not in ("webpage", "creativework", "itempage", "")
            ):
                return True
            items += kind in _ARTICLE_TYPES
            if (attributes.get("itemprop") or "").lower() in (
                "itemlistelement",
                "mentions",
                "citation",
                "haspart",
                "comment",
            ):
                return True
        if parent.tag in ("li", "aside", "nav"):
            return True
        parent = parent.parent
    return items > 1


def _links(document: Source, data: Metadata, metas: dict[str, Any]) -> None:
    base = document.base
    shortlink = None
    for node in document.tree.tags("link"):
        attributes = node.attributes
        rel = (attributes.get("rel") or "").lower().split()
        href = attributes.get("href") or ""
        if not rel or not href:
            continue
        if "canonical" in rel and (url := absolute(base, href)):
            data.canonical.insert(0, url)
        elif "shortlink" in rel:
            shortlink = absolute(base, href)
        elif "next" in rel and data.next_page is None:
            data.next_page = absolute(base, href)
        elif "alternate" in rel and attributes.get("hreflang") and (url := absolute(base, href)):
            data.translations.setdefault((attributes.get("hreflang") or "").lower(), url)
        elif "amphtml" in rel and (url := absolute(base, href)):
            data.canonical.append(url)
    for name in ("og:url", "twitter:url", "al:web:url"):
        if (value := metas.get(name)) and (url := absolute(base, value)):
            data.canonical.append(url)
    if shortlink:
        data.canonical.append(shortlink)


def _own_ids(document: Source, data: Metadata) -> set[str]:
    """Numbers under which the page's own article may appear in its metadata."""
    ids = set()
    for url in (document.url, *data.canonical[:2]):
        address = document.profile.identify(url) if url else None
        if address and address.external_id:
            ids.add(address.external_id)
            break
    return ids


def _json_ld(document: Source, data: Metadata, own_ids: set[str]) -> None:
    best: dict[str, Any] | None = None
    own_urls = {_bare(u) for u in (document.url, *data.canonical[:1]) if u}
    sure = False
    page: dict[str, Any] | None = None
    for node in document.tree.tags("script"):
        if "ld+json" not in (node.attributes.get("type") or "").lower():
            continue
        for thing in _things(_load(node.text(deep=True) or "")):
            data.things.append(thing)
            kinds = _kinds(thing)
            if kinds & _ARTICLE_TYPES:
                ids = _ids(document, thing)
                if own_ids and ids and not ids & own_ids:
                    continue  # another story's object: related news, a list
                if best is None or (own_ids and ids & own_ids and not _ids(document, best) & own_ids):
                    best = thing
                if not own_ids and not sure and _addresses(document, thing) & own_urls:
                    best, sure = thing, True
            elif kinds & {"webpage", "newspage", "itempage"} and page is None:
                ids = _ids(document, thing)
                if not own_ids or not ids or ids & own_ids:
                    page = thing
            elif kinds & {"collectionpage", "searchresultspage"}:
                data.types.add("listing")
    if best is not None:
        data.story = best
        data.types.add("article")
        _from_object(document, data, best, "json-ld")
    if page is not None:
        _from_object(
            document,
            data,
            {
                k: v
                for k, v in page.items()
                if k in ("datePublished", "dateModified", "inLanguage", "isAccessibleForFree", "hasPart")
            },
            "json-ld",
        )


def _load(text: str) -> Any:
    """The value of a JSON-LD block; what servers wrap around the JSON is taken off where it does not load."""
    text = text[:MAX_JSON]
    for mend in (None, _without_comments, _without_trailing_commas):
        text = mend(text) if mend else text
        with suppress(ValueError, RecursionError):
            return json.loads(text, strict=False)
    return None


def _without_comments(text: str) -> str:
    return _COMMENT.sub("", text).strip().rstrip(";")


def _without_trailing_commas(text: str) -> str:
    return _TRAILING_COMMA.sub(r"\1", text)


def _things(value: Any) -> Iterator[dict[str, Any]]:
    """The top-level objects of a JSON-LD block; lists, graphs and main entities opened, nothing deeper."""
    pending, seen = [value], 0
    while pending and seen < 500:
        seen += 1
        thing = pending.pop(0)
        if isinstance(thing, list):
            pending.extend(thing[:200])
        elif isinstance(thing, dict):
            yield thing
            pending.extend(
                thing[k] for k in ("@graph", "mainEntity") if isinstance(thing.get(k), (list, dict))
            )


def _kinds(thing: dict[str, Any]) -> set[str]:
    kinds = thing.get("@type")
    values = kinds if isinstance(kinds, list) else [kinds]
    return {k.rsplit("/", 1)[-1].rsplit(":", 1)[-1].lower() for k in values if isinstance(k, str)}


def _bare(url: str) -> str:
    """An address as far as it names a page: without scheme, query, final slash."""
    return url.partition("#")[0].partition("?")[0].partition("//")[2].rstrip("/").removeprefix("www.")


def _addresses(document: Source, thing: dict[str, Any]) -> set[str]:
    found = set()
    for key in ("mainEntityOfPage", "url", "@id"):
        value = thing.get(key)
        value = (value.get("@id") or value.get("url")) if isinstance(value, dict) else value
        if isinstance(value, str) and (url := absolute(document.base, value)):
            found.add(_bare(url))
    return found


def _ids(document: Source, thing: dict[str, Any]) -> set[str]:
    found = set()
    for key in ("mainEntityOfPage", "url", "@id"):
        value = thing.get(key)
        value = (value.get("@id") or value.get("url")) if isinstance(value, dict) else value
        if isinstance(value, str) and (url := absolute(document.base, value)):
            address = document.profile.identify(url)
            if address and address.external_id:
                found.add(address.external_id)
    return found


def _from_object(document: Source, data: Metadata, thing: dict[str, Any], source: str) -> None:
    if isinstance(headline := thing.get("headline") or thing.get("name"), str):
        data.titles.append((unescape(headline), source))
    for name, key in (
        ("published_at", "datePublished"),
        ("modified_at", "dateModified"),
        ("description", "description"),
    ):
        value = thing.get(key)
        if isinstance(value, str):
            data.offer(name, unescape(value), source)
    data.offer("sections", _strings(thing.get("articleSection")), source)
    data.offer("keywords", _keywords(thing.get("keywords")), source)
    data.offer("authors", _names(thing.get("author")), source)
    data.offer("free", _free(thing), source)
    image = thing.get("image")
    image = image[0] if isinstance(image, list) and image else image
    image = (image.get("url") or image.get("contentUrl")) if isinstance(image, dict) else image
    if isinstance(image, str):
        data.offer("image", absolute(document.base, image), source)
    if isinstance(thing.get("thumbnailUrl"), str):
        data.offer("image", absolute(document.base, thing["thumbnailUrl"]), source)
    if isinstance(language := thing.get("inLanguage"), str) and not data.language:
        data.language = language[:2].lower()
    for url in (thing.get("mainEntityOfPage"), thing.get("url")):
        url = url.get("@id") if isinstance(url, dict) else url
        if isinstance(url, str) and (full := absolute(document.base, url)):
            data.canonical.append(full)


def _strings(value: Any) -> list[str]:
    values = value if isinstance(value, list) else value.split(",") if isinstance(value, str) else []
    return [c for v in values if isinstance(v, str) and (c := unescape(v))]


def _keywords(value: Any) -> list[str]:
    return list(dict.fromkeys(k for part in _strings(value) for k in [part] if len(k) < 100))


def _names(value: Any) -> list[str]:
    names = []
    for author in value if isinstance(value, list) else [value]:
        name = author.get("name") if isinstance(author, dict) else author
        if (
            isinstance(name, str)
            and (name := unescape(name))
            and not name.startswith("http")
            and len(name) < 120
        ):
            names.append(name)
    return list(dict.fromkeys(names))


def _flag(value: Any) -> bool | None:
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, (bool, int)):
        return bool(value)
    text = value.strip().rsplit("/", 1)[-1].lower() if isinstance(value, str) else ""
    return True if text in ("true", "1", "yes") else False if text in ("false", "0", "no") else None


def _free(thing: dict[str, Any]) -> bool | None:
    """`isAccessibleForFree` of an object; where only one of its parts is closed, it is."""
    said = _flag(thing.get("isAccessibleForFree"))
    parts = thing.get("hasPart")
    parts = parts if isinstance(parts, list) else [parts]
    if said is None and any(
        isinstance(p, dict) and _flag(p.get("isAccessibleForFree")) is False for p in parts
    ):
        return False
    return said


def _microdata(data: Metadata, properties: dict[str, list[str]]) -> None:
    first = {k: v[0] for k, v in properties.items()}
    if "headline" in first:
        data.titles.append((first["headline"], "microdata"))
    data.offer("published_at", first.get("datepublished") or first.get("datecreated"), "microdata")
    data.offer("modified_at", first.get("datemodified"), "microdata")
    data.offer("sections", _strings(properties.get("articlesection")), "microdata")
    data.offer("authors", _names(properties.get("author")), "microdata")
    data.offer("free", _flag(first.get("isaccessibleforfree")), "microdata")
    data.offer("image", first.get("image"), "microdata")
    if "headline" in first and "datepublished" in first:
        data.types.add("article")


def _meta_fields(document: Source, data: Metadata, metas: dict[str, Any]) -> None:
    kind = str(metas.get("og:type") or "").lower()
    if kind in ("article", "website"):
        data.types.add(kind)
    for name in _PUBLISHED:
        data.offer("published_at", metas.get(name), "meta")
    for name, value in metas.items():
        if name.endswith(_PUBLISHED_ENDS) and isinstance(value, str):
            data.offer("published_at", value, "meta")
    for name in (
        "article:modified_time",
        "og:updated_time",
        "datemodified",
        "last-modified",
        "dcterms.modified",
        "dc.date.modified",
    ):
        data.offer("modified_at", metas.get(name), "meta")
    data.offer(
        "description",
        metas.get("og:description") or metas.get("description") or metas.get("twitter:description"),
        "meta",
    )
    data.offer("sections", metas.get("article:section"), "meta")
    tags = metas.get("article:tag") or _strings(metas.get("news_keywords") or metas.get("keywords"))
    data.offer("keywords", _keywords(tags), "meta")
    authors = [a for a in metas.get("article:author", []) if not a.startswith(("http", "@"))]
    data.offer(
        "authors",
        authors or _names(metas.get("author") or metas.get("dc.creator") or metas.get("parsely-author")),
        "meta",
    )
    image = (
        metas.get("og:image")
        or metas.get("og:image:url")
        or metas.get("twitter:image")
        or metas.get("twitter:image:src")
    )
    data.offer("image", absolute(document.base, image) if image else None, "meta")
    tier = str(metas.get("article:content_tier") or "").lower()
    if tier in ("locked", "metered", "free"):
        data.offer("tier", tier, "meta")
    if not data.language:
        root = document.tree.root
        html = (root.attributes.get("lang") or root.attributes.get("xml:lang") or "") if root else ""
        for value in (html, metas.get("og:locale"), metas.get("content-language"), metas.get("dc.language")):
            if value:
                data.language = str(value)[:2].lower()
                break


def _titles(document: Source, data: Metadata, metas: dict[str, Any]) -> None:
    for name in ("og:title", "twitter:title", "dc.title", "parsely-title", "sailthru.title", "title"):
        if value := metas.get(name):
            data.titles.append((value, "meta"))
    title = document.tree.css_first("head > title") or document.tree.css_first("title")
    if title is not None and (text := unescape(title.text(deep=True) or "")):
        data.titles.append((text, "title"))
    names = [n for n in (*document.profile.names, data.site_name) if n]
    data.titles = [(without_name(text, names), source) for text, source in data.titles if text]


def without_name(title: str, names: list[str]) -> str:
    """A title without the site's name, and without `News` between the two: `Headline | News | Pozirk`."""
    folded = {n.casefold() for n in names}
    spans = [m.span() for m in _BETWEEN.finditer(title)]
    # From the end, then from the start: a headline may hold dashes itself.
    end, start = len(title), 0
    for begin, finish in reversed(spans):
        part = title[finish:end].strip().casefold().strip('«»"“”')
        if (
            part in folded
            or (end < len(title) and part in _GENERIC)
            or any(part.startswith(f"{n} ") and len(part) < 60 for n in folded)
        ):
            end = begin
        else:
            break
    for begin, finish in spans:
        if finish >= end:
            break
        if title[start:begin].strip().casefold().strip('«»"“”') in folded:
            start = finish
        else:
            break
    rest = title[start:end].strip()
    if start == 0 and (colon := rest.find(": ")) > 0 and rest[:colon].casefold() in folded:
        rest = rest[colon + 2 :]
    return rest or title


_GENERIC: Final = {"news", "новости", "навіны", "longreads", "лонгриды", "лонгрыды"}
