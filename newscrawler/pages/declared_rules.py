"""What a site's table declares about its pages: premium wordings, CSS selectors, names of sections."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from newscrawler.items import Article, Entry, Evidence, ParsedPage
from newscrawler.normalize.dates import read_stamp, zone
from newscrawler.normalize.text import clean
from newscrawler.normalize.urls import absolute
from newscrawler.pages.decode import decode
from newscrawler.pages.profile import Profile

_ROW_STEPS: Final = 6
_BLOCKS: Final = "p, li, h2, h3, h4, blockquote"


@dataclass(frozen=True)
class DeclaredRules:
    """The rules of one site; empty ones change nothing."""

    sections: tuple[str, ...] = ()
    wordings: tuple[str, ...] = ()
    premium_selectors: tuple[str, ...] = ()
    selectors: Mapping[str, str] = field(default_factory=dict)

    @property
    def premium(self) -> bool:
        """Whether it is declared what marks a premium story."""
        return bool(self.wordings or self.premium_selectors)

    @cached_property
    def marker(self) -> re.Pattern[str]:
        """Any of the wordings, with any spaces between their words."""
        words = (r"\s+".join(map(re.escape, wording.split())) for wording in self.wordings)
        return re.compile("|".join(words) or "(?!)", re.I)


def apply_rules(
    page: ParsedPage, raw: bytes, headers: Mapping[str, str], rules: DeclaredRules, profile: Profile
) -> None:
    """Let the rules of a site overrule what was read from a page in general."""
    if not rules.premium and not rules.selectors:
        return
    for entry in page.entries:
        _mark_in_words(entry, rules)
    if page.kind not in ("article", "longread", "listing", "unknown"):
        return
    content_type = next((v for k, v in headers.items() if k.lower() == "content-type"), "")
    tree = LexborHTMLParser(decode(raw, content_type).text)
    if page.article is not None:
        for name, selector in rules.selectors.items():
            _take(page.article, name, tree.css(selector), profile)
        _mark_of_page(page.article, tree, rules, profile)
    else:
        _marks_in_rows(page, tree, rules, profile)


def _take(article: Article, name: str, nodes: list[LexborNode], profile: Profile) -> None:
    """Set a field to what its selector found, if it found anything."""
    texts = [text for node in nodes if (text := clean(node.text(deep=True, separator=" ") or ""))]
    value: Any = None
    if name == "body":
        blocks = [b for node in nodes for b in node.css(_BLOCKS) if not _nested(b)]
        value = [text for b in blocks if (text := clean(b.text(deep=True) or ""))] or texts
    elif name in ("authors", "sections"):
        value = list(dict.fromkeys(texts))
    elif name in ("published_at", "modified_at"):
        tz = zone(profile.timezone)
        for node in nodes:
            said = node.attributes.get("datetime") or node.attributes.get("content") or node.text(deep=True)
            moment, day = read_stamp(clean(said or ""), tz)
            if moment is not None:
                value = moment
            if name == "published_at" and day is not None:
                article.published_date = day
            if day is not None:
                break
    elif texts:
        value = texts[0]
    if value:
        setattr(article, name, value)
        article.sources[name] = "selector"


def _nested(block: LexborNode) -> bool:
    """Whether a block stands within another that is read whole: `li > p`."""
    parent = block.parent
    return parent is not None and parent.tag in ("li", "blockquote", "p")


def _mark_in_words(entry: Entry, rules: DeclaredRules) -> None:
    """A wording in what a list says of an entry; in its headline it is no part of it."""
    for name in ("headline", "description"):
        text = getattr(entry, name)
        match = rules.marker.search(text) if text and rules.wordings else None
        if match is None:
            continue
        entry.premium, entry.premium_evidence = True, Evidence("declared wording", match[0], name)
        if name == "headline":
            entry.headline = clean(text[: match.start()] + text[match.end() :]).strip(" |·—–-:()[]") or None


def _mark_of_page(article: Article, tree: LexborHTMLParser, rules: DeclaredRules, profile: Profile) -> None:
    for selector in rules.premium_selectors:
        node = tree.css_first(selector)
        if node is not None and _story_of(node, article, profile) is None:
            text = clean(node.text(deep=True, separator=" ") or "")[:200] or None
            article.premium, article.premium_evidence = True, Evidence("declared selector", text, selector)
            return
    for node in _with_words(tree, rules):
        if _story_of(node, article, profile) is None:
            match = rules.marker.search(clean(node.text(deep=True) or ""))
            evidence = Evidence("declared wording", match[0] if match else None, _path(node))
            article.premium, article.premium_evidence = True, evidence
            article.body = [p for p in article.body if not rules.marker.fullmatch(p.strip(' .!»«"“”'))]
            return


def _marks_in_rows(page: ParsedPage, tree: LexborHTMLParser, rules: DeclaredRules, profile: Profile) -> None:
    """Marks in the rows of a list: each speaks of the story whose links stand nearest around it."""
    by_url = {entry.url: entry for entry in page.entries}
    nodes = [(node, "declared wording") for node in _with_words(tree, rules)]
    nodes += [(node, "declared selector") for s in rules.premium_selectors for node in tree.css(s)]
    for node, signal in nodes:
        entry = by_url.get(_story_of(node, None, profile))
        if entry is not None:
            text = clean(node.text(deep=True, separator=" ") or "")[:200] or None
            entry.premium, entry.premium_evidence = True, Evidence(signal, text, _path(node))
            if entry.headline and rules.wordings:
                entry.headline = clean(rules.marker.sub("", entry.headline)) or entry.headline


def _with_words(tree: LexborHTMLParser, rules: DeclaredRules) -> list[LexborNode]:
    """The innermost elements that hold a wording."""
    if not rules.wordings or tree.body is None:
        return []
    if not rules.marker.search(clean(tree.body.text(deep=True, separator=" ") or "")):
        return []
    found = []
    for node in tree.body.traverse(include_text=False):
        if node.tag in ("script", "style", "template", "noscript"):
            continue
        own = clean(node.text(deep=True) or "")
        if rules.marker.search(own) and not any(
            rules.marker.search(clean(child.text(deep=True) or "")) for child in node.iter(include_text=False)
        ):
            found.append(node)
    return found


def _story_of(node: LexborNode, article: Article | None, profile: Profile) -> str | None:
    """The one story to which the nearest links around a node lead; None for none or several."""
    around: LexborNode | None = node
    for _ in range(_ROW_STEPS):
        if around is None or around.tag in ("body", "main", "html"):
            return None
        links = [around] if around.tag == "a" else around.css("a[href]")
        stories = {
            story
            for link in links
            if (url := absolute(profile.base_url, link.attributes.get("href") or ""))
            and (story := profile.story(url, False)) is not None
            and (article is None or story != article.url)
        }
        if len(stories) == 1:
            return next(iter(stories))
        if len(stories) > 1:
            return None
        if article is not None and around.css_first("h1") is not None:
            return None
        around = around.parent
    return None


def _path(node: LexborNode) -> str:
    tags: list[str] = []
    step: LexborNode | None = node
    while step is not None and len(tags) < 5 and step.tag not in (None, "html", "-undef"):
        tags.append(str(step.tag))
        step = step.parent
    return " > ".join(reversed(tags))
