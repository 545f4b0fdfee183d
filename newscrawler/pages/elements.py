"""What standard HTML says about an element: how it breaks text, and what part of a page it marks."""

from __future__ import annotations

from typing import Final

# Flags of an element, inherited by everything in it. They are hints: a theme of divs has none.
NAV: Final = 1
HEADER: Final = 2
FOOTER: Final = 4
ASIDE: Final = 8
MAIN: Final = 16
ARTICLE: Final = 32
FORM: Final = 64
FIGURE: Final = 128
CAPTION: Final = 256
QUOTE: Final = 512
LIST: Final = 1024
TABLE: Final = 2048
CONTROL: Final = 4096
HIDDEN: Final = 8192
DIALOG: Final = 16384
BOLD: Final = 32768
HEADING: Final = 65536
TIME: Final = 131072
LINK: Final = 262144
UNREAD: Final = -1

INLINE: Final = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em",
    "font", "i", "ins", "kbd", "link", "mark", "meta", "nobr", "q", "rp", "rt", "ruby", "s", "samp", "small",
    "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
))  # fmt: skip
# Elements whose text is not read: code, drawings, alternatives for old browsers, choices of a form.
SKIPPED: Final = frozenset((
    "script", "style", "svg", "template", "noscript", "head", "iframe", "object", "embed", "canvas",
    "video", "audio", "math", "select", "datalist", "textarea", "map", "noframes", "applet",
))  # fmt: skip
IMAGES: Final = frozenset(("img", "amp-img", "picture", "image"))
OF_LINE: Final = INLINE | IMAGES
"""What stands within a line, and does not end it."""
HEADINGS: Final = {f"h{n}": n for n in range(1, 7)}
# Containers that hold one thing each: a story does not reach beyond its list item, row or article.
ITEMS: Final = frozenset(("li", "tr", "article", "dd"))

OF_TAG: Final = {
    "nav": NAV, "search": NAV, "amp-sidebar": NAV, "header": HEADER, "footer": FOOTER, "aside": ASIDE,
    "main": MAIN, "article": ARTICLE, "form": FORM, "figure": FIGURE, "figcaption": CAPTION,
    "caption": CAPTION, "blockquote": QUOTE, "li": LIST, "td": TABLE, "th": TABLE, "button": CONTROL,
    "label": CONTROL, "legend": CONTROL, "input": CONTROL, "dialog": DIALOG, "amp-consent": DIALOG,
    "strong": BOLD, "b": BOLD, "time": TIME, "a": LINK, **dict.fromkeys(HEADINGS, HEADING),
    **dict.fromkeys((*SKIPPED, "br", "-comment"), UNREAD),
}  # fmt: skip
"""Flags of elements by their tag; none for others. `UNREAD` of what is not read as an element."""
_OF_ROLE: Final = {
    "navigation": NAV, "banner": HEADER, "contentinfo": FOOTER, "complementary": ASIDE, "main": MAIN,
    "article": ARTICLE, "search": NAV, "dialog": DIALOG, "alertdialog": DIALOG, "menu": NAV, "menubar": NAV,
    "button": CONTROL, "heading": HEADING, "figure": FIGURE, "form": FORM,
}  # fmt: skip
TELLING: Final = frozenset(("role", "hidden", "style"))
"""Attributes that give an element flags."""


def flags_of(tag: str, attributes: dict[str, str | None]) -> int:
    """The flags an element adds to those of its ancestors."""
    flags = max(OF_TAG.get(tag, 0), 0)
    return flags if TELLING.isdisjoint(attributes) else flags | flags_told(attributes)


def flags_told(attributes: dict[str, str | None]) -> int:
    """The flags that attributes alone give."""
    flags = 0
    if "role" in attributes:
        role = attributes["role"]
        flags |= _OF_ROLE.get(role.lower(), 0) if role else 0
    if "hidden" in attributes:
        flags |= HIDDEN
    if "style" in attributes:
        style = attributes["style"]
        if style:
            style = style.replace(" ", "").lower()
            if "display:none" in style or "visibility:hidden" in style:
                flags |= HIDDEN
            if "font-weight:bold" in style or "font-weight:7" in style or "font-weight:6" in style:
                flags |= BOLD
    return flags
