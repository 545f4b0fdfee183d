"""The authors of a story: stated for machines, else printed in its byline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from newscrawler.normalize.text import clean, unescape
from newscrawler.pages.anywhere import phrases
from newscrawler.pages.anywhere.blocks import Block, Blocks, words_of
from newscrawler.pages.anywhere.title import folded
from newscrawler.pages.metadata import Metadata

MAX_NAME, MAX_LINE, MAX_LINKS, MAX_CASELESS = 80, 120, 40, 10
_METAS = (
    "author", "article:author", "parsely-author", "sailthru.author", "cxenseparse:author", "dc.creator",
    "dcterms.creator", "citation_author", "byl", "og:article:author", "articleauthor",
)  # fmt: skip
_URL = re.compile(r"https?:|www\.|/|\.(?:com|org|net)\b", re.I)
_BY = re.compile(rf"^\W*(?:{phrases.BY})\b[\s:]*", re.I)
_SPLIT = re.compile(rf"\s*(?:[;,、•·|]|\s&\s|\s(?:{phrases.AND})\s)\s*", re.I)
_SLUG = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)+|\S+@\S+")
_ROLE = re.compile(r"\s*(?:기자|특파원|記者|记者)$|\s+[Ff]or [A-Z].*$")
"""What follows a name: Ann Hill for Valley Post."""
_MAIL = re.compile(r"\S+@\S+")


def find_authors(
    metadata: Metadata, page: Blocks, names: set[str], headline: int | None, first: int | None
) -> tuple[list[str], str]:
    """Names of authors and where they came from.

    `names` are the site's own, folded: an author of that name gives way to a person named elsewhere.
    `headline` and `first` are the blocks of the headline and of the text's beginning.
    """
    stated: list[tuple[list[str], str]] = []
    if people := list(_of_story(metadata)):
        stated.append((people, "json-ld"))
    for key in _METAS:
        value = metadata.metas.get(key)
        found = [
            n
            for v in (value if isinstance(value, list) else [value])
            if isinstance(v, str)
            for n in _of_meta(v)
        ]
        if found:
            stated.append((list(dict.fromkeys(found)), "meta"))
    for people, where in stated:
        if any(folded(n) not in names for n in people):
            return people, where
    if printed := [
        n for n in _of_byline(page, headline, first) if not folded(n).startswith(tuple(names) or ("\0",))
    ]:
        return printed, "byline"
    return stated[0] if stated else ([], "")


def _of_story(metadata: Metadata) -> Iterator[str]:
    known = {t["@id"]: t for t in metadata.things if isinstance(t.get("@id"), str)}
    pending: list[Any] = [metadata.story.get("author") or metadata.story.get("creator")]
    seen: set[str] = set()
    while pending:
        author = pending.pop(0)
        if isinstance(author, list):
            pending[:0] = author[:30]
            continue
        if isinstance(author, dict):
            name = author.get("name")
            if not name and isinstance(author.get("@id"), str):
                name = known.get(author["@id"], {}).get("name")
            author = name[0] if isinstance(name, list) and name else name
        if isinstance(author, str) and (name := clean_name(unescape(author))) and name not in seen:
            seen.add(name)
            yield name


def _of_meta(value: str) -> list[str]:
    value = unescape(value)
    if _URL.match(value) or _SLUG.fullmatch(value):
        return []
    if (
        re.fullmatch(r"[^\W\d_][\w’'.-]*, [^\W\d_][\w’'. -]*", value)
        and value.count(",") == 1
        and value.split(", ")[1].count(" ") < 2
        and len(value.split(", ")[0].split()) == 1
    ):
        last, first = value.split(", ")
        return [f"{first} {last}"]
    return [n for part in _SPLIT.split(value) if (n := clean_name(part))]


def clean_name(text: str) -> str:
    """A name without `By`, role and address; empty where it is none."""
    text = _BY.sub("", text)
    text = _ROLE.sub("", _MAIL.sub("", text).strip())
    text = re.split(r"\s+[/|–—]\s+|\s*\(|\s{2,}", text)[0].strip(" ,;:|/")
    if not text or len(text) > MAX_NAME or _URL.match(text) or not any(c.isalpha() for c in text):
        return ""
    return text


def _of_byline(page: Blocks, headline: int | None, first: int | None) -> list[str]:
    """Names around the headline: those that link to pages of authors, else of the first line about them."""
    low = max(0, (headline if headline is not None else first or 0) - 6)
    high = (first if first is not None else (headline or 0) + 8) + 2
    lines = [b for b in page.all[low:high] if len(b.text) <= MAX_LINE and not b.part.level]
    if linked := [name for block in lines if block.links for name in _linked(block)]:
        return list(dict.fromkeys(linked))
    for block in lines:
        marked = any(p.words & phrases.BYLINE for p in (block.part, block.part.parent) if p)
        if (marked or _BY.match(block.text)) and (names := _names_in(block.text)):
            return list(dict.fromkeys(names))
    return []


def _linked(block: Block) -> Iterator[str]:
    """Names in a line that link to their bearer: `rel=author`, or an address such as `/author/ann-hill`."""
    for link in block.part.node.css("a[href]")[:MAX_LINKS]:
        href = link.attributes.get("href") or ""
        if href in block.links and (
            "author" in (link.attributes.get("rel") or "").lower().split()
            or words_of(urlsplit(href).path) & phrases.BYLINE
        ):
            yield from _names_in(clean(link.text(deep=True) or ""))


def _names_in(text: str) -> list[str]:
    text = _BY.sub("", text)
    text = re.split(r"\d|\||•|·| – | - ", text)[0]
    return [name for part in _SPLIT.split(text) if _is_name(name := clean_name(part))]


def _is_name(text: str) -> bool:
    """Two to five words in capitals; in scripts without capitals a short one as well."""
    words = text.split()
    if text.lower() == text.upper():
        return 1 <= len(words) <= 3 and 2 <= len(text) <= MAX_CASELESS
    return 2 <= len(words) <= 5 and all(w[0].isupper() or w.casefold() in phrases.PARTICLES for w in words)
