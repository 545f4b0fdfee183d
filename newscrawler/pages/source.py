"""A response as a tree: what every way of reading it begins with."""

from __future__ import annotations

import re
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from newscrawler.normalize.urls import absolute
from newscrawler.pages.profile import Profile

_SHADOW: Final = re.compile(r"<template(?=[^>]*\bshadowroot)", re.I)


class Source:
    """A parsed response."""

    def __init__(self, html: str, url: str, profile: Profile, encoded: bytes | None = None) -> None:
        """`encoded`: the same text in UTF-8, where it is at hand; else lexbor's binding encodes it."""
        self.tree = LexborHTMLParser(html if encoded is None else encoded)
        if any(_is_shadow(template) for template in self.tree.tags("template")):
            # Declarative shadow DOM is shown to readers; other templates are not.
            html = _SHADOW.sub("<x-shadow", html)
            self.tree = LexborHTMLParser(html)
        self.html = html
        self.url = url
        self.profile = profile
        base = next((b for b in self.tree.tags("base") if "href" in b.attributes), None)
        self.base = (absolute(url, base.attributes.get("href") or "") if base else None) or url


def _is_shadow(template: LexborNode) -> bool:
    return any(name.startswith("shadowroot") for name in template.attributes)
