"""JSON-LD: which of a page's objects is its own article, and what that one says (https://schema.org/NewsArticle)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from newscrawler.normalize.text import unescape
from newscrawler.normalize.urls import absolute
from newscrawler.pages.source import Source

if TYPE_CHECKING:
    from newscrawler.pages.metadata import Metadata

_SOURCE: Final = "json-ld"
MAX_JSON: Final = 500_000
MAX_KEYWORD: Final = 99
ARTICLE_TYPES: Final = frozenset((
    "article", "newsarticle", "reportagenewsarticle", "analysisnewsarticle", "blogposting", "report",
    "backgroundnewsarticle", "opinionnewsarticle", "reviewnewsarticle", "liveblogposting",
    "socialmediaposting", "advertisercontentarticle", "scholarlyarticle",
))  # fmt: skip
_COMMENT: Final = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>)\s*;?\s*$"
)
_TRAILING_COMMA: Final = re.compile(r",(\s*[}\]])")


def read_json_ld(document: Source, data: Metadata, own_ids: set[str]) -> None:
    """Take what the page's JSON-LD says of its own article; of several objects that of `own_ids`."""
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
            if kinds & ARTICLE_TYPES:
                ids = _ids(document, thing)
                if own_ids and ids and not ids & own_ids:
                    continue  # another story's object: related news, a list
                if best is None or (own_ids and ids & own_ids and not _ids(document, best) & own_ids):
                    best = thing
                if not own_ids and not sure and own_urls.intersection(map(_bare, _urls(document, thing))):
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
        _from_object(document, data, best)
    if page is not None:
        _from_object(
            document,
            data,
            {
                k: v
                for k, v in page.items()
                if k in ("datePublished", "dateModified", "inLanguage", "isAccessibleForFree", "hasPart")
            },
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


def _urls(document: Source, thing: dict[str, Any]) -> Iterator[str]:
    """The addresses by which an object names its page."""
    for key in ("mainEntityOfPage", "url", "@id"):
        value = thing.get(key)
        value = (value.get("@id") or value.get("url")) if isinstance(value, dict) else value
        if isinstance(value, str) and (url := absolute(document.base, value)):
            yield url


def _ids(document: Source, thing: dict[str, Any]) -> set[str]:
    """The numbers of the stories that these addresses are of."""
    addresses = map(document.profile.identify, _urls(document, thing))
    return {address.external_id for address in addresses if address and address.external_id}


def _from_object(document: Source, data: Metadata, thing: dict[str, Any]) -> None:
    if isinstance(headline := thing.get("headline") or thing.get("name"), str):
        data.titles.append((unescape(headline), _SOURCE))
    for name, key in (
        ("published_at", "datePublished"),
        ("modified_at", "dateModified"),
        ("description", "description"),
    ):
        value = thing.get(key)
        if isinstance(value, str):
            data.offer(name, unescape(value), _SOURCE)
    data.offer("sections", strings(thing.get("articleSection")), _SOURCE)
    data.offer("keywords", keywords(thing.get("keywords")), _SOURCE)
    data.offer("authors", names(thing.get("author")), _SOURCE)
    data.offer("free", _free(thing), _SOURCE)
    image = thing.get("image")
    image = image[0] if isinstance(image, list) and image else image
    image = (image.get("url") or image.get("contentUrl")) if isinstance(image, dict) else image
    if isinstance(image, str):
        data.offer("image", absolute(document.base, image), _SOURCE)
    if isinstance(thing.get("thumbnailUrl"), str):
        data.offer("image", absolute(document.base, thing["thumbnailUrl"]), _SOURCE)
    if isinstance(language := thing.get("inLanguage"), str) and not data.language:
        data.language = language[:2].lower()
    for url in (thing.get("mainEntityOfPage"), thing.get("url")):
        url = url.get("@id") if isinstance(url, dict) else url
        if isinstance(url, str) and (full := absolute(document.base, url)):
            data.canonical.append(full)


def strings(value: Any) -> list[str]:
    """The texts of a list, or of a text with commas; empty for anything else."""
    values = value if isinstance(value, list) else value.split(",") if isinstance(value, str) else []
    return [c for v in values if isinstance(v, str) and (c := unescape(v))]


def keywords(value: Any) -> list[str]:
    """The keywords of a list or of a text with commas, each once; a sentence is none."""
    return list(dict.fromkeys(word for word in strings(value) if len(word) <= MAX_KEYWORD))


def names(value: Any) -> list[str]:
    """The names of people or publishers, given as texts or objects, each once; an address is none."""
    found = []
    for author in value if isinstance(value, list) else [value]:
        name = author.get("name") if isinstance(author, dict) else author
        if (
            isinstance(name, str)
            and (name := unescape(name))
            and not name.startswith("http")
            and len(name) < 120
        ):
            found.append(name)
    return list(dict.fromkeys(found))


def flag(value: Any) -> bool | None:
    """A truth in any of its spellings: `true`, `"False"`, `https://schema.org/True`, `[1]`; None for none."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, (bool, int)):
        return bool(value)
    text = value.strip().rsplit("/", 1)[-1].lower() if isinstance(value, str) else ""
    return True if text in ("true", "1", "yes") else False if text in ("false", "0", "no") else None


def _free(thing: dict[str, Any]) -> bool | None:
    """`isAccessibleForFree` of an object; where only one of its parts is closed, it is."""
    said = flag(thing.get("isAccessibleForFree"))
    parts = thing.get("hasPart")
    parts = parts if isinstance(parts, list) else [parts]
    if said is None and any(
        isinstance(p, dict) and flag(p.get("isAccessibleForFree")) is False for p in parts
    ):
        return False
    return said
