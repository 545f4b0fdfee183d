"""What attributes and style sheets say that no text does: premium marks, addresses of cards, times."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Final

from selectolax.lexbor import SelectolaxError

from newscrawler.normalize.text import clean

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

    from newscrawler.pages.profile import Profile

Attributes = dict[str, str | None]

DULL: Final = frozenset((
    "class", "id", "style", "href", "src", "srcset", "sizes", "d", "action", "rel", "type", "name", "role",
    "lang", "hreflang", "dir", "width", "height", "size", "color", "bgcolor", "face", "align", "valign",
    "border", "cellpadding", "cellspacing", "colspan", "rowspan", "nowrap", "loading", "decoding", "tabindex",
    "aria-hidden", "itemprop", "itemscope", "itemtype",
))  # fmt: skip
"""Attributes that hold neither words for a reader nor the address of a button."""

_QUOTED: Final = re.compile(r"""["']((?:https?:)?\\?/[^"'\s]{1,300}|\?[^"'\s]{1,300})["']""")
_ADDRESS_NAME: Final = re.compile(
    r"(?:data-|x-|:|ng-|v-bind:)?(?:[\w-]*-)?(?:href|url|link|permalink|uri|to|target|path|location|src)|on\w+"
)
_POINTING: Final = ("describedby", "labelledby", "target", "tip")
"""What the names of attributes end in that name another element."""
_ID: Final = re.compile(r"#?([A-Za-z][\w:.-]*)")
_CONTENT: Final = re.compile(r"content\s*:\s*(?:\"([^\"]{10,120})\"|'([^']{10,120})')")
_PSEUDO: Final = re.compile(r"::?(?:before|after)\b")
_STAMP: Final = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d\S*(?: [+-]\d\d:?\d\d)?)?|1\d{9}(?:\d{3})?")
_TIME_NAME: Final = re.compile(r"time|date|stamp|utc|publish|epoch|(?:^|-)ts$")
_CHANGED: Final = re.compile(r"modif|updat|edit|chang", re.I)
MAX_TARGETS: Final = 60
MAX_POINTERS: Final = 300


def mark_in(value: str, profile: Profile, longest: int = 400) -> str | None:
    """The premium mark in an attribute, or in other text of at most so many characters."""
    if len(value) > longest or not profile.signed(value):
        return None
    match = profile.marker.search(clean(value))
    return match[0] if match else None


def story_address(attributes: Attributes) -> Iterator[str]:
    """What may be the address of an element that is no `<a>`: `data-href`, `onclick="location='…'"`."""
    for name, value in attributes.items():
        if not value or len(value) > 400 or ("/" not in value and "?" not in value):
            continue
        if not _ADDRESS_NAME.fullmatch(name):
            continue
        value = value.strip()
        if value[0] in "/?." or value.startswith("http"):
            yield value
        else:
            yield from (m.replace("\\/", "/") for m in _QUOTED.findall(value))


def stamp_of(tag: str, attributes: Attributes) -> tuple[str, bool] | None:
    """The machine-readable time of an element, and whether it is that of a change."""
    prop = attributes.get("itemprop") or attributes.get("property") or ""
    changed = bool(_CHANGED.search(prop))
    if tag == "time" and (stamp := attributes.get("datetime")):
        # `updated` without `published` is hAtom's word for the last change, in any theme that has it.
        words = (attributes.get("class") or "").split()
        return stamp, changed or ("updated" in words and not any("publish" in w for w in words))
    for name, value in attributes.items():
        if not value or not 10 <= len(value) <= 32 or not _STAMP.fullmatch(value):
            continue
        if name == "content":
            # Of a `<meta>`, or of any element in RDFa: `<span property="dc:date" content="…">`.
            return (value, changed) if "date" in prop.lower() or "time" in prop.lower() else None
        if name == "title" or name == "datetime" or (name.startswith("data-") and _TIME_NAME.search(name)):
            return value, changed or bool(_CHANGED.search(name))
    return None


def pointer(name: str, value: str) -> str | None:
    """The id of another element that an attribute names: `aria-describedby="tip"`, `data-target="#x"`."""
    return named_id(value) if name.endswith(_POINTING) else None


def named_id(value: str) -> str | None:
    """The id that an attribute's value begins with; None where it cannot be one: `<use href='#"]'>`."""
    match = _ID.match(value)
    return match[1] if match else None


def shared_marks(tree: LexborHTMLParser, names: Collection[str], profile: Profile) -> dict[str, str]:
    """Elements that hold the mark for others, which name them by id: tooltips, drawings, templates."""
    found: dict[str, str] = {}
    for name in islice(names, MAX_POINTERS):
        node = tree.css_first(f'[id="{name}"]')
        if node is not None and (mark := _only_mark(node, profile)):
            found[name] = mark
            if len(found) >= MAX_TARGETS:
                break
    return found


def _only_mark(node: LexborNode, profile: Profile) -> str | None:
    """The mark, where an element holds nothing else."""
    text = clean(node.text(deep=True, separator=" ") or "")
    if not text and node.tag == "template":
        text = clean(re.sub(r"<[^>]*>", " ", node.html or ""))
    if not text:
        text = next((v for v in node.attributes.values() if v and mark_in(v, profile)), "")
    # A tooltip may explain; a window that other elements open may hold the mark among much else.
    room = 400 if node.attributes.get("role") == "tooltip" else 12
    match = profile.marker.search(text) if len(text) < 500 else None
    return match[0] if match and len(text) - len(match[0]) < room else None


def pointed_at(attributes: Attributes, marks: dict[str, str]) -> str | None:
    """The mark that an element points at."""
    for name, value in attributes.items():
        if value and name != "id" and len(value) < 200:
            for word in value.split():
                if mark := marks.get(word.removeprefix("#")):
                    return mark
    return None


def styled_marks(tree: LexborHTMLParser, profile: Profile) -> dict[int, str]:
    """Elements to which a style sheet adds the premium mark: `.x::after { content: "…" }`."""
    found: dict[int, str] = {}
    for style in tree.tags("style"):
        text = style.text(deep=True) or ""
        if "content" not in text:
            continue
        for rule in _CONTENT.finditer(text):
            match = profile.marker.search(_unescaped(rule[1] or rule[2]))
            if not match:
                continue
            brace = text.rfind("{", 0, rule.start())
            selector = text[max(text.rfind("}", 0, brace), text.rfind("{", 0, brace), 0) : brace].lstrip("{}")
            if not _PSEUDO.search(selector):
                continue
            try:
                nodes = tree.css(_PSEUDO.sub("", selector.strip()))
            except SelectolaxError:  # a selector of CSS that lexbor does not know
                continue
            found.update((node.mem_id, match[0]) for node in nodes)
    return found


def _unescaped(text: str) -> str:
    r"""A string of a style sheet: `\A` is a line break, `\041C` a letter."""
    return clean(
        re.sub(r"\\([0-9a-fA-F]{1,6})\s?", lambda m: chr(min(int(m[1], 16), 0x10FFFF)), text).replace(
            "\\", ""
        )
    )
