"""The headline of a story's page, and the block that prints it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from newscrawler.normalize.text import loose, unescape
from newscrawler.pages.anywhere.blocks import Block, Blocks
from newscrawler.pages.metadata import Metadata
from newscrawler.pages.source import Source

_SEPARATOR = re.compile(r"\s+[-–—|:•·»«/~]+\s+|\s*[|ㅣ｜»：•]\s*|\s*::\s*|-(?=[^-]*[|ㅣ｜])")
_WORD = re.compile(r"[^\W_]+")
MIN_LENGTH = 4
CUT = range(107, 112)
"""Some publishers cut JSON-LD headlines at 110 characters."""


@dataclass(slots=True)
class Title:
    """The headline, where it came from, and its block."""

    text: str
    source: str
    block: int | None = None


def find_title(source: Source, page: Blocks, metadata: Metadata) -> Title | None:
    """The headline; None where nothing says one.

    First what the page states for machines: JSON-LD, then `og:title`; an h1 may hold kickers and labels.
    Without the site's name, which is told by what the page calls its site and by the other candidates.
    """
    names = site_names(source, metadata)
    story = metadata.story
    stated = [
        ("json-ld", story.get("headline")),
        ("json-ld", story.get("name")),
        ("og:title", metadata.metas.get("og:title")),
    ]
    printed = [b for b in page.all if b.part.level == 1 and len(b.text) >= MIN_LENGTH]
    heads = [b.text for b in printed if folded(b.text) not in names]
    raw = [(where, unescape(text)) for where, text in stated if isinstance(text, str)]
    raw += [("microdata", text) for text, where in metadata.titles if where == "microdata"]
    others = [*heads, *(text for where, text in raw if where == "json-ld")]
    candidates = [
        (where, short)
        for where, text in raw
        if len(short := without_site(text, names, others)) >= MIN_LENGTH and folded(short) not in names
    ]
    if heads:
        # One of several is the site's or a label's; the page's title tells which.
        told = [text for text, where in metadata.titles if where in ("meta", "title")]
        candidates.append(("h1", next((h for h in heads if _alike(h, told)), heads[0])))
    candidates += [
        (where, short)
        for text, where in metadata.titles
        if where in ("meta", "title")
        and len(short := without_site(text, names, others)) >= MIN_LENGTH
        and folded(short) not in names
    ]
    if not candidates:
        return None
    where, text = candidates[0]
    if text.endswith(("…", "...")) or len(text) in CUT:
        start = loose(text).rstrip(".… ")
        where, text = next(
            ((w, t) for w, t in candidates[1:] if len(t) > len(start) + 2 and loose(t).startswith(start)),
            (where, text),
        )
    return Title(text, where, _printed(page, text, [t for _, t in candidates], printed))


def _printed(page: Blocks, text: str, candidates: list[str], heads: list[Block]) -> int | None:
    """The block that prints the headline: one that equals a candidate, else the last h1 before the text."""
    wanted = {loose(t) for t in candidates}
    lengths = [len(t) for t in candidates]
    low, high = min(lengths) - 8, max(lengths) + 8
    same = [b for b in page.all if low <= len(b.text) <= high and loose(b.text) in wanted]
    levels = [b for b in same if b.part.level]
    if levels:
        return min(levels, key=lambda b: (b.part.level, b.index)).index
    if len(heads) == 1:
        return heads[0].index
    if same:
        return same[-1].index if len(same) == 1 else same[0].index
    near = [b for b in heads if _alike(b.text, candidates)]
    return near[0].index if near else heads[-1].index if heads else None


def _alike(text: str, candidates: list[str]) -> bool:
    mine = set(_WORD.findall(text.casefold()))
    return any(len(mine & set(_WORD.findall(c.casefold()))) >= 0.5 * max(1, len(mine)) for c in candidates)


def folded(text: str) -> str:
    """Letters and digits only, without case: so that a name is known however it is set."""
    return "".join(_WORD.findall(text.casefold()))


def site_names(source: Source, metadata: Metadata) -> set[str]:
    """What the page calls its site, folded: names it states, and its host with and without its ending."""
    names = {folded(n) for n in source.profile.names}
    stated: list[object] = [
        metadata.site_name,
        metadata.metas.get("application-name"),
        metadata.metas.get("apple-mobile-web-app-title"),
    ]
    for thing in (metadata.story, *metadata.things):
        for key in ("publisher", "isPartOf", "sourceOrganization"):
            maker = thing.get(key)
            stated += [maker.get("name"), maker.get("alternateName")] if isinstance(maker, dict) else [maker]
        kind = thing.get("@type")
        if isinstance(kind, str) and kind.endswith(("Organization", "WebSite")):
            stated += [thing.get("name"), thing.get("alternateName")]
    names |= {folded(n) for n in stated if isinstance(n, str)}
    for url in (source.url, *metadata.canonical[:1]):
        host = (urlsplit(url).hostname or "").removeprefix("www.")
        if host:
            names.add(folded(host))
            labels = host.split(".")
            names |= {folded(".".join(labels[:n])) for n in range(1, len(labels))}
            names |= {folded(label) for label in labels[:-1] if len(label) > 2}
    return {n for n in names if len(n) > 1}


def without_site(text: str, names: set[str], others: list[str]) -> str:
    """A title without the site's name at its end or start."""
    folded_others = {loose(o) for o in others}
    for match in _SEPARATOR.finditer(text):
        before = text[: match.start()].strip()
        # What another statement gives as the whole headline is the whole headline.
        if len(before) > 15 and loose(before) in folded_others:
            return before
    cut = True
    while cut:
        cut = False
        spans = list(_SEPARATOR.finditer(text))
        for match in reversed(spans):
            tail = text[match.end() :]
            if _is_name(tail, names) and len(text[: match.start()]) >= MIN_LENGTH:
                text, cut = text[: match.start()].strip(), True
                break
    opening = _SEPARATOR.search(text)
    if opening and folded(text[: opening.start()]) in names and len(text[opening.end() :]) > 10:
        text = text[opening.end() :].strip()
    return text


def _is_name(text: str, names: set[str]) -> bool:
    name = folded(text)
    return name in names or (
        len(name) < 40
        and any(len(n) > 3 and (name.startswith(n) or name.endswith(n)) for n in names)
        and len(_WORD.findall(text)) <= 5
    )
