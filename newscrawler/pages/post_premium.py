"""Whether a WordPress post is for subscribers: by a mark in it, or by a field or class that says so."""

from __future__ import annotations

import re
from typing import Any, Final

from newscrawler.items import Evidence
from newscrawler.normalize.text import clean
from newscrawler.pages.body import Body
from newscrawler.pages.clock import Clock
from newscrawler.pages.post_sections import classes
from newscrawler.pages.premium import NO_MARK, UNSAID

_PREMIUM_KEY: Final = re.compile(
    r"premium|paywall|subscri|paid|locked|members?_?only|is_?plus|(?:^|_)plus(?:_|$)|restricted|closed|is_?free|access",
    re.I,
)
_FREE_KEY: Final = re.compile(r"free", re.I)
_PREMIUM_CLASS: Final = re.compile(
    r"(?:^|[-_])(?:premium|paywall(?:ed)?|subscribers?|subscription|plus|paid|locked|members?|restricted)(?:$|[-_])",
    re.I,
)
_YES: Final = frozenset(
    ("1", "true", "yes", "on", "premium", "paid", "subscribers", "subscriber", "plus", "locked", "members",
     "closed", "private")
)  # fmt: skip
_NO: Final = frozenset(("", "0", "false", "no", "off", "free", "public", "open", "all", "none"))
_GROUPS: Final = frozenset(("meta", "acf", "fields", "paywall", "access", "premium"))
"""Where themes and plugins keep their fields."""
MAX_NESTED: Final = 2
MAX_NOTE: Final = 200


def premium_of(
    post: dict[str, Any], clock: Clock, marked: str | None, body: Body, mark: str | None
) -> tuple[bool | None, Evidence]:
    """Premium of a post, and why: `marked` is the mark in its title, `mark` one in its text.

    None where nothing is said on a site whose mark is not known.
    """
    if marked:
        return True, Evidence("mark in the title", marked, "title")
    if (noted := _noted(post, clock.profile.marker)) is not None:
        return True, noted
    found = _field(post, "", 0)
    if found is not None and found[0]:
        return found
    for name in classes(post):
        if _PREMIUM_CLASS.search(name):
            return True, Evidence("class of the post", name, "class_list")
    if mark is not None:
        return True, Evidence("mark in the text", mark, "content")
    for name in ("content", "excerpt"):
        value = post.get(name)
        if isinstance(value, dict) and value.get("protected") is True:
            return True, Evidence("protected", "true", f"{name}.protected")
    if body.notice:
        return True, Evidence("paywall in the text", body.notice[0], "content")
    if found is not None:
        return found
    return (False, Evidence(NO_MARK)) if clock.profile.worded else (None, Evidence(UNSAID))


def _noted(post: dict[str, Any], marker: re.Pattern[str]) -> Evidence | None:
    """A mark that is the whole value of a field which the theme added: `access_note`, `acf.label`."""
    fields = [(name, value) for name, value in post.items() if isinstance(value, str)]
    fields += [
        (f"{group}.{name}", value)
        for group in ("meta", "acf", "fields")
        if isinstance(inner := post.get(group), dict)
        for name, value in inner.items()
        if isinstance(value, str)
    ]
    for name, value in fields:
        if len(value) <= MAX_NOTE and marker.fullmatch(clean(value)):
            return Evidence("mark in a field", clean(value), name)
    return None


def _field(value: dict[str, Any], path: str, depth: int) -> tuple[bool, Evidence] | None:
    """A field that says it outright: `premium: true`, `meta.is_free: "0"`, `acf.access: "subscribers"`."""
    answer: tuple[bool, Evidence] | None = None
    for key, item in value.items():
        where = f"{path}.{key}" if path else str(key)
        if isinstance(item, dict) and depth < MAX_NESTED and key in _GROUPS:
            nested = _field(item, where, depth + 1)
            if nested and (nested[0] or answer is None):
                answer = nested
        elif (
            isinstance(item, (bool, int, str))
            and _PREMIUM_KEY.search(str(key))
            and not str(key).endswith(("_status", "_url", "_id"))
        ):
            said = _truth(item)
            if said is None:
                continue
            if _FREE_KEY.search(str(key)):
                said = not said
            evidence = Evidence("field", str(item).lower() if isinstance(item, bool) else str(item), where)
            if said:
                return True, evidence
            answer = answer or (False, evidence)
    return answer


def _truth(item: bool | int | str) -> bool | None:
    if isinstance(item, bool):
        return item
    text = str(item).strip().casefold()
    return True if text in _YES else False if text in _NO else None
