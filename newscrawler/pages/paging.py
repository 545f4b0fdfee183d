"""The next page of a listing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

from newscrawler.normalize.text import clean
from newscrawler.normalize.urls import absolute
from newscrawler.pages import elements as el
from newscrawler.pages import words
from newscrawler.pages.document import Document
from newscrawler.pages.metadata import Metadata

_LINK: Final = re.compile(r"<([^<>]*)>((?:\s*;\s*[\w*!-]+\s*(?:=\s*(?:\"[^\"]*\"|[^\s;,\"]+))?)*)")
_REL: Final = re.compile(r"\brel\s*=\s*(?:\"([^\"]*)\"|([^\s;,\"]+))", re.I)
_PAGE_PATH: Final = re.compile(r"/(?:page|p)[/-]?(\d+)/?$", re.I)
_BLOCK_PAGE: Final = re.compile(r"query(?:-\d+)?-page")
"""The key of a list that WordPress's block editor makes: `?query-3-page=2`."""
_SHORT_NUMBER: Final = re.compile(r"[0-9]{1,4}")
_QUOTED: Final = re.compile(r"""["']((?:https?:)?\\?/[^"'\s]{1,300}|\?[^"'\s]{1,300})["']""")
_PAGE_KEYS: Final = (
    "page",
    "paged",
    "pg",
    "p",
    "PAGEN_1",
    "offset",
    "start",
    "before",
    "cursor",
    "after",
    "from",
    "skip",
)


def from_header(headers: Mapping[str, str], base: str) -> str | None:
    """The address of `Link: <…>; rel="next"`."""
    value = next((v for k, v in headers.items() if k.lower() == "link"), "")
    for match in _LINK.finditer(value):
        rel = _REL.search(match[2])
        if rel and "next" in (rel[1] or rel[2]).lower().split():
            return absolute(base, match[1])
    return None


def next_page(document: Document, metadata: Metadata, headers: Mapping[str, str], end: int) -> str | None:
    """The absolute address of the next page, None on the last one.

    `end` is the piece after which the list has ended: pagers and buttons stand there.
    """
    base = document.base
    current = (
        page_number(document.url) or page_number(metadata.canonical[0] if metadata.canonical else "") or 1
    )
    found = from_header(headers, base) or metadata.next_page
    if found:
        return found
    for link in document.links:
        rel = (link.element.node.attributes.get("rel") or "").lower().split()
        if "next" in rel and link.url and not link.story:
            return link.url
    return (
        _button(document, base, end)
        or _submitted(document, base)
        or _worded(document)
        or _numbered(document, current)
    )


def _button(document: Document, base: str, end: int) -> str | None:
    """A "load more" control with the address in a data attribute."""
    for element, attributes in document.buttons:
        early = element.end < end and not any("next" in key for key in attributes)
        if early or (element.flags & (el.NAV | el.FOOTER) and not element.flags & el.CONTROL):
            continue
        for key, value in attributes.items():
            if not value or not key.startswith(("data-", "hx-", "on", "formaction", "href")):
                continue
            url = next(
                (u for u in _addresses(base, value) if _is_list(document, u) and not _same(u, document.url)),
                None,
            )
            if url is None:
                continue
            text = " ".join(n.text for n in document.lines if element.start <= n.start < element.end)
            label = attributes.get("aria-label") or attributes.get("title") or ""
            if (
                words.NEXT_PAGE.fullmatch(text) or words.NEXT_PAGE.fullmatch(label) or "next" in key
                or page_number(url) is not None
            ) and (_pages(url) or "next" in key):  # fmt: skip
                return url
    return None


def _submitted(document: Document, base: str) -> str | None:
    """Where the button of a form leads: `<input type=hidden name=paged value=2><button>More</button>`."""
    for element, _ in document.buttons:
        text = " ".join(n.text for n in document.lines if element.start <= n.start < element.end)
        form = next((e for e in element.ancestors() if e.tag == "form"), None)
        if form is None or not words.NEXT_PAGE.fullmatch(text):
            continue
        stated = form.node.attributes
        if (stated.get("method") or "get").lower() != "get":
            continue
        hidden = [i.attributes for i in form.node.css("input[type=hidden]")]
        query = urlencode([(i.get("name") or "", i.get("value") or "") for i in hidden if i.get("name")])
        address = absolute(base, stated.get("action") or base)
        url = urlunsplit(urlsplit(address)._replace(query=query)) if address else ""
        if url and _pages(url) and _is_list(document, url) and not _same(url, document.url):
            return url
    return None


def _addresses(base: str, value: str) -> list[str]:
    """Addresses in an attribute: the value itself, or strings in its JSON or script."""
    value = value.strip()
    found = [value] if value.startswith(("/", "http", "?", "./")) else []
    if not found and len(value) < 2000:
        found = [m.replace("\\/", "/") for m in _QUOTED.findall(value)]
    return [url for v in found if (url := absolute(base, v))]


def _worded(document: Document) -> str | None:
    """A link that says `Older posts`, `Далее`, `›`; in text, label or tooltip."""
    arrows: list[str] = []
    for link in document.links:
        if not link.url or link.story:
            continue
        if not _is_list(document, link.url) or _same(link.url, document.url):
            continue
        element = link.element
        if element.flags & el.FOOTER and not page_number(link.url):
            continue
        text = clean(" ".join(p.raw for p in document.pieces[element.start : element.end]))
        attributes = element.node.attributes
        labels = [text, attributes.get("aria-label") or "", attributes.get("title") or ""]
        if any(t and words.NEXT_PAGE.fullmatch(t) for t in labels) and _pages(link.url):
            return link.url  # `← Older`, too: arrows point either way
        if any(words.PREVIOUS_PAGE.match(t) for t in labels if t):
            continue
        if words.NEXT_ARROW.fullmatch(text) and _pages(link.url):
            arrows.append(link.url)
    current = page_number(document.url) or 1
    following = [
        u for u in arrows if page_number(u) in (current + 1, None) or (current == 1 and page_number(u) == 1)
    ]
    return following[0] if following else None


def _numbered(document: Document, current: int) -> str | None:
    """A link `current + 1` in a row of page numbers."""
    for link in document.links:
        element = link.element
        text = " ".join(p.raw for p in document.pieces[element.start : element.end])
        digits = re.sub(r"\D", "", text)
        if (
            digits == str(current + 1)
            and len(text.strip()) < 25
            and link.url
            and _pages(link.url)
            and _is_list(document, link.url)
        ):
            return link.url
    return None


def page_number(url: str) -> int | None:
    """The page an address names: `/page/2/`, `?page=1`."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if match := _PAGE_PATH.search(parts.path):
        return int(match[1][:9])
    query = parse_qs(parts.query)
    for key in ("page", "paged", "pg", "PAGEN_1", *filter(_BLOCK_PAGE.fullmatch, query)):
        if key in query and query[key][0].isdigit():
            # Drupal counts from zero: `?page=1` is the second page.
            return int(query[key][0][:9])
    # `?p=161418` is the number of a WordPress post.
    return int(query["p"][0]) if "p" in query and _SHORT_NUMBER.fullmatch(query["p"][0]) else None


def is_first_page(url: str) -> bool:
    """Whether an address is that of a listing's first page; not where nobody knows the address."""
    return bool(url) and (page_number(url) == 1 or not _pages(url))


def _pages(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    query = parse_qs(parts.query)
    return bool(_PAGE_PATH.search(parts.path)) or any(
        k in _PAGE_KEYS or _BLOCK_PAGE.fullmatch(k) for k in query
    )


def _is_list(document: Document, url: str) -> bool:
    """Whether an address is a page of this listing: same host and path but for the paging."""
    try:
        mine, other = (
            urlsplit(document.profile.canonical(document.url)),
            urlsplit(document.profile.canonical(url)),
        )
    except ValueError:
        return False
    if not document.url:
        address = document.profile.identify(url)
        return address is not None and address.kind == "listing"
    path, base = _bare(other.path), _bare(mine.path)
    return (not other.netloc or mine.netloc == other.netloc) and (path == base or path.startswith(base + "/"))


def _bare(path: str) -> str:
    """A path without its paging."""
    return _PAGE_PATH.sub("/", path).rstrip("/")


def _same(a: str, b: str) -> bool:
    return a.rstrip("/") == b.rstrip("/")


def rest_next(url: str, headers: Mapping[str, str]) -> str | None:
    """The next page of a REST collection: the Link header, else the count of pages."""
    if found := from_header(headers, url):
        return found
    total = next((v for k, v in headers.items() if k.lower() == "x-wp-totalpages"), "")
    if not total.isdigit() or not url:
        return None
    parts = urlsplit(url)
    query = parse_qs(parts.query)
    page = int(query.get("page", ["1"])[0]) if query.get("page", ["1"])[0].isdigit() else 1
    if page >= int(total):
        return None
    query["page"] = [str(page + 1)]
    return urlunsplit(parts._replace(query=urlencode(query, doseq=True)))
