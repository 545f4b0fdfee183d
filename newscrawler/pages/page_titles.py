"""Titles that a page states for machines, without the site's name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from newscrawler.normalize.text import unescape
from newscrawler.pages.source import Source

if TYPE_CHECKING:
    from newscrawler.pages.metadata import Metadata

_BETWEEN: Final = re.compile(r"\s*[|»›·•/]\s*|\s+[-–—:]+\s+|\s*::\s*")
_GENERIC: Final = {"news", "новости", "навіны", "longreads", "лонгриды", "лонгрыды"}


def read_titles(document: Source, data: Metadata, metas: dict[str, Any]) -> None:
    """Add the titles of meta tags and of `<title>`; take the site's name off all that were found."""
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
