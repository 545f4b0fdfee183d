"""A response as a tree: what every way of reading it begins with."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

from newscrawler.normalize.urls import absolute
from newscrawler.pages.profile import Profile

_SHADOW = re.compile(r"<template(?=[^>]*\bshadowroot)", re.I)


class Source:
    """A parsed response."""

    def __init__(self, html: str, url: str, profile: Profile) -> None:
        if "shadowroot" in html:
            # Declarative shadow DOM is shown to readers; other templates are not.
            html = _SHADOW.sub("<x-shadow", html)
        self.html = html
        self.tree = LexborHTMLParser(html)
        self.url = url
        self.profile = profile
        base = self.tree.css_first("base[href]")
        self.base = (absolute(url, base.attributes.get("href") or "") if base else None) or url
