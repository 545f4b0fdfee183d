"""What a page says of itself to machines: meta tags, JSON-LD, microdata, link elements."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from newscrawler.normalize.text import clean, unescape
from newscrawler.normalize.urls import absolute
from newscrawler.pages.json_ld import ARTICLE_TYPES, flag, keywords, names, read_json_ld, strings
from newscrawler.pages.page_titles import read_titles
from newscrawler.pages.source import Source

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
    read_json_ld(document, data, own_ids)
    _microdata(data, properties)
    _meta_fields(document, data, metas)
    read_titles(document, data, metas)
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
                and kind not in ARTICLE_TYPES
                and kind not in ("webpage", "creativework", "itempage", "")
            ):
                return True
            items += kind in ARTICLE_TYPES
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


def _microdata(data: Metadata, properties: dict[str, list[str]]) -> None:
    first = {k: v[0] for k, v in properties.items()}
    if "headline" in first:
        data.titles.append((first["headline"], "microdata"))
    data.offer("published_at", first.get("datepublished") or first.get("datecreated"), "microdata")
    data.offer("modified_at", first.get("datemodified"), "microdata")
    data.offer("sections", strings(properties.get("articlesection")), "microdata")
    data.offer("authors", names(properties.get("author")), "microdata")
    data.offer("free", flag(first.get("isaccessibleforfree")), "microdata")
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
    tags = metas.get("article:tag") or strings(metas.get("news_keywords") or metas.get("keywords"))
    data.offer("keywords", keywords(tags), "meta")
    authors = [a for a in metas.get("article:author", []) if not a.startswith(("http", "@"))]
    data.offer(
        "authors",
        authors or names(metas.get("author") or metas.get("dc.creator") or metas.get("parsely-author")),
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
