"""Whether a story is for subscribers only, by any publisher's page, and the evidence.

A word somewhere on a page says nothing: every site that sells subscriptions says so on all its pages. What
counts is a statement for machines about this story, a wording in the story's own region, and the marks of
the elements that hold its text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from newscrawler.items import Evidence
from newscrawler.pages import elements as el
from newscrawler.pages.anywhere import paywords
from newscrawler.pages.anywhere.blocks import Block, Part, words_of
from newscrawler.pages.anywhere.text import Text, TextFinder
from newscrawler.pages.metadata import Metadata
from newscrawler.pages.source import Source

AFTER, BEFORE = 12, 4
"""How many blocks after the text, and before the headline, belong to the story's region."""
MAX_NOTICE = 350
TEASER, NEAR = 2000, 6
"""Characters of a text that may be the beginning of one, and how near the call stands."""
_ENDED = re.compile(r"[.!?。！？][”\"»’)\]」』\s]*$")
_YES = frozenset(
    [
        "1",
        "true",
        "yes",
        "y",
        "paid",
        "premium",
        "locked",
        "metered",
        "subscriber",
        "subscribers",
        "subscription",
        "plus",
        "abo",
        "paywall",
    ]
)
_PAID = _YES - {"1", "true", "yes", "y"}
_TRUE = frozenset(("1", "true", "yes", "!0"))
_BOOLEAN = _TRUE | {"0", "false", "no", "!1"}
_ACCESS = ("access", "tier", "level", "type", "status")
"""Ends of names whose value must say what it is: `articleAccess: yes` says nothing."""
_NAME = re.compile(
    r"(?:^|[:._-])(?:is[_-]?)?(?:paid|paid[_-]?content|paywall(?:ed)?|premium|metered|subscri(?:ber|bers|ption)(?:[_-]?only)?"
    r"|(?:content|article|page)?[_-]?(?:tier|access[_-]?(?:level|type)?))$",
    re.I,
)
"""A meta tag or attribute about who may read."""
_PAY = frozenset((
    "premium", "freemium", "paid", "metered", "locked", "paywall", "paywalled", "subscriber", "subscribers",
))  # fmt: skip
_OF_TEXT = frozenset(["is", "has", "only", "article", "content", "story", "post", "text", "body"])
_LOCKS = _PAY | {"lock", "plus"}
_ICONS = frozenset(
    ("icon", "icons", "badge", "label", "lock", "symbol", "flag", "marker", "tag", "sign", "svg")
)
MAX_HEAD, MAX_ICONS = 6, 40
MOST = 0.6
"""The share of the text that an element holds, for its marks to speak of the story."""
_STEMS = ("premium", "freemium", "paywalled", "paid", "subscriber", "member", "locked", "access", "tier")
"""One of them is in every flag below. Looked for one by one: a hundred times as fast as the pattern."""
MAX_FLAGS = 400
MAX_TIMES = 4
"""A flag that stands more often is of the stories of a list."""
_STATE = re.compile(
    r"""["']?\b(?P<key>(?:is|has|page|article|content|post|story)[_-]?(?:is[_-]?)?(?:premium|freemium|paywalled|paid|subscribers?[_-]?only|members?[_-]?only|locked(?=[_-]?(?:article|content|post|story)))[_-]?(?:article|content|post|story|page)?"""
    r"""|paywalled|(?:premium|freemium|paid|locked)[_-]?(?:article|content|post|story)|(?:content|article|page)[_-]?(?:access|tier)|access[_-]?(?:level|type)|paid[_-]?status)\\?["']?\s*[:=]\s*\\?["']?(?P<value>true|false|!0|!1|[01]\b|yes|no|premium|paid|free|locked|metered|subscribers?|open|public)\b""",
    re.I,
)
"""What a script knows of the story: `"isPremium": true`."""


def of_story(
    source: Source, metadata: Metadata, finder: TextFinder, text: Text
) -> tuple[bool | None, Evidence]:
    """Premium of the story, None where the page does not say, and why."""
    free, where = metadata.values.get("free", (None, ""))
    if free is not None:
        return not free, Evidence("isAccessibleForFree", str(free).lower(), f"head > {where}")
    tier, _ = metadata.values.get("tier", (None, ""))
    if tier in ("locked", "metered"):
        return True, Evidence("article:content_tier", tier, "head > meta")
    for name, value in metadata.metas.items():
        if isinstance(value, str) and _NAME.search(name) and value.strip().casefold() in _YES:
            return True, Evidence("meta tag", f"{name}: {value}", "head > meta")
    if (block := _notice(finder, text)) is not None:
        return True, Evidence("wording in the story", block.text, path(block.part))
    if (found := _marked(finder, text)) is not None:
        part, words = found
        return True, Evidence("mark on the text's element", words, path(part))
    if (block := _cut_off(finder, text)) is not None:
        return True, Evidence("text breaks off before a call to subscribe", block.text, path(block.part))
    if (said := _state(source.html)) is not None:
        return True, Evidence("state in a script", said, "script")
    if (block := _label(finder, text)) is not None:
        return True, Evidence("badge at the headline", block.text, path(block.part))
    if (mark := _icon(finder)) is not None:
        part, words = mark
        return True, Evidence("icon at the headline", words, path(part))
    if tier == "free":
        return False, Evidence("article:content_tier", "free", "head > meta")
    return None, Evidence("nothing said")


def path(part: Part) -> str:
    """Where an element is, in a few words that no theme's class names enter: `main > article > p`."""
    tags: list[str] = []
    for p in part.ancestors():
        if p.tag in ("div", "span") and tags and tags[-1] == p.tag:
            continue
        tags.append(p.tag)
        if p.tag in ("main", "aside", "body") or len(tags) == 5:
            break
    return " > ".join(reversed(tags))


def _region(finder: TextFinder, text: Text) -> Iterator[Block]:
    """The blocks from the headline to a little after the text, without lists of other stories."""
    blocks = finder.page.all
    first = text.blocks[0].index if text.blocks else finder.headline or 0
    low = first if finder.headline is None else min(first, finder.headline + 1)
    high = (text.blocks[-1].index if text.blocks else first) + AFTER
    for block in blocks[low : high + 1]:
        if not block.part.flags & (el.NAV | el.FOOTER) and not finder.beside.in_card(block.part):
            yield block


def _notice(finder: TextFinder, text: Text) -> Block | None:
    for block in _region(finder, text):
        if len(block.text) > MAX_NOTICE or (
            len(block.text) > 200 and finder.weights[block.index] and block.part not in finder.beside
        ):
            continue
        if paywords.RESERVED.search(block.text):
            return block
    return None


def _cut_off(finder: TextFinder, text: Text) -> Block | None:
    """A call to subscribe or log in right after a short text that ends in the middle of things."""
    if not text.blocks or text.size > TEASER:
        return None
    last = text.blocks[-1]
    if not last.text.rstrip('”"»’)] ').endswith(("…", "...")) and _ENDED.search(last.text):
        return None
    for block in _region(finder, text):
        near = last.index < block.index <= last.index + NEAR and len(block.text) <= MAX_NOTICE
        if near and not block.part.flags & el.ASIDE and paywords.CALL.search(block.text):
            return block
    return None


def _label(finder: TextFinder, text: Text) -> Block | None:
    """A badge right before or after the headline."""
    if finder.headline is None:
        return None
    head = finder.page.all[finder.headline]
    around = next((p for p in head.part.ancestors() if p.tag in ("header", "article", "main")), None)
    for block in finder.page.all[max(0, head.index - BEFORE) : head.index + 3]:
        if (
            len(block.text) <= 30
            and not block.linked
            and not block.part.flags & (el.NAV | el.FOOTER | el.LIST)
            and around is not None
            and around.start <= block.index < around.end
            and around.end - around.start < 0.8 * len(finder.page.all)
            and paywords.LABEL.fullmatch(block.text)
        ):
            return block
    return None


def _icon(finder: TextFinder) -> tuple[Part, str] | None:
    """A lock or badge drawn beside the headline: told by what it is called, or by its class."""
    if finder.headline is None:
        return None
    head = finder.page.all[finder.headline].part
    around = head
    for part in head.ancestors():
        if part.parent is None or part.end - part.start > MAX_HEAD or part.prose:
            break
        around = part
    for node in around.node.css("svg, img, i, span, use, [aria-label], [title]")[:MAX_ICONS]:
        attributes = node.attributes
        for name in ("aria-label", "title", "alt"):
            value = (attributes.get(name) or "").strip()
            if 3 < len(value) < 60 and (paywords.LABEL.fullmatch(value) or paywords.RESERVED.search(value)):
                return around, value
        names = (attributes.get("class") or "").split()
        if link := attributes.get("href") or attributes.get("xlink:href"):
            names.append(link.rpartition("#")[2])
        for name in names:
            words = words_of(name)
            if words & _LOCKS and words & _ICONS and words <= _LOCKS | _ICONS | _OF_TEXT:
                return around, name
    return None


def _marked(finder: TextFinder, text: Text) -> tuple[Part, str] | None:
    """Classes and attributes of the elements that hold the text."""
    total = sum(finder.weights[b.index] for b in text.blocks if b.index < len(finder.weights))
    if text.container is None or not total:
        return None
    for part in finder.page.parts[1:]:
        if (
            part.prose < MOST * total
            or part.start > text.blocks[-1].index
            or part.end <= text.blocks[0].index
        ):
            continue
        attributes = part.node.attributes
        for name in (*(attributes.get("class") or "").split(), attributes.get("id") or ""):
            words = words_of(name)
            if words & _PAY and words <= _PAY | _OF_TEXT:
                return part, name
        for name, value in attributes.items():
            known = name.startswith("data-") and _NAME.search(name)
            if known and value and value.casefold() in _YES:
                return part, f"{name}={value}"
    return None


def _state(html: str) -> str | None:
    """What the page's scripts state of the story: a flag that has one value wherever it stands."""
    values: dict[str, set[bool]] = {}
    said: dict[str, str] = {}
    times: Counter[str] = Counter()
    for match in _flags(html.lower()):
        key, value = match["key"], match["value"]
        if value in _BOOLEAN and "=" in match[0]:
            continue  # `isPaid = true` is a line of a program, not what it knows of this story
        closed = value in _PAID or (value in _TRUE and not key.endswith(_ACCESS))
        values.setdefault(key, set()).add(closed)
        times[key] += 1
        said.setdefault(key, match[0].strip("\"' "))
    return next((said[key] for key in values if values[key] == {True} and times[key] <= MAX_TIMES), None)


def _flags(lower: str) -> Iterator[re.Match[str]]:
    for stem in _STEMS:
        at = lower.find(stem)
        for _ in range(MAX_FLAGS):
            if at < 0:
                break
            after = at + len(stem)
            if match := _STATE.search(lower, max(0, at - 20), after + 40):
                yield match
            at = lower.find(stem, after)
