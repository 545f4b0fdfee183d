"""The sections of a WordPress post: of its embedded terms, or named by a field, a class, a slug."""

from __future__ import annotations

import re
from typing import Any, Final

from newscrawler.normalize.text import unescape
from newscrawler.pages.clock import Clock

_SECTION_KEY: Final = re.compile(r"section|categor|rubric|(?:^|_)terms?$", re.I)


def sections_of(post: dict[str, Any], clock: Clock, language: str | None) -> list[str]:
    """Names of terms: embedded, or given by the theme; numbers alone say nothing."""
    names: list[str] = []
    embedded = post.get("_embedded")
    terms = embedded.get("wp:term") if isinstance(embedded, dict) else None
    for group in terms if isinstance(terms, list) else []:
        names += [
            unescape(term["name"])
            for term in (group if isinstance(group, list) else [])
            if isinstance(term, dict)
            and isinstance(term.get("name"), str)
            and term.get("taxonomy") != "post_tag"
        ]
    known = {s.casefold() for s in clock.profile.sections}
    yoast = post.get("yoast_head_json")
    schema = yoast.get("schema") if isinstance(yoast, dict) else None
    graph = schema.get("@graph") if isinstance(schema, dict) else None
    for thing in graph if not names and isinstance(graph, list) else []:
        stated = thing.get("articleSection") if isinstance(thing, dict) else None
        names += [
            unescape(s) for s in (stated if isinstance(stated, list) else [stated]) if isinstance(s, str)
        ]
    if not any(n.casefold() in known for n in names):
        names += _stated(post, 0)
    if not any(n.casefold() in known for n in names):
        # `category-germany-news`: the slug of an English section is its name.
        names += _of_slugs(post, clock, language)
    return list(dict.fromkeys(n for n in names if n and (not known or n.casefold() in known)))


def _stated(value: dict[str, Any], depth: int) -> list[str]:
    """Names in a field that a theme or plugin added: `sections`, `acf.rubric`, `category_names`."""
    names: list[str] = []
    for key, item in value.items():
        if (
            isinstance(item, dict)
            and depth < 2
            and key in ("acf", "meta", "fields", "custom_fields", "taxonomies")
        ):
            names += _stated(item, depth + 1)
        elif _SECTION_KEY.search(str(key)):
            for one in item if isinstance(item, list) else [item]:
                name = (
                    (one.get("name") or one.get("label") or one.get("title"))
                    if isinstance(one, dict)
                    else one
                )
                if isinstance(name, str):
                    names += [unescape(n) for n in name.split(",")]
    return names


def _of_slugs(post: dict[str, Any], clock: Clock, language: str | None) -> list[str]:
    """Sections named only by the slugs of classes or terms, as the language of the post prints them."""
    printed = {
        s.casefold().replace(" ", "-"): (n, s)
        for names in clock.profile.section_names.values()
        for n, s in enumerate(names)
    }
    own = clock.profile.section_names.get(language or "")
    slugs = [
        re.sub(r"^(?:category|section|rubric|news[_-]category|tax(?:onomy)?)-", "", c) for c in classes(post)
    ]
    slugs += [s for s in _stated(post, 0) if s == s.lower()]
    found = []
    for slug in slugs:
        slug = re.sub(r"[-_](?:en|ru|be|by)$", "", slug)
        if slug in printed:
            number, name = printed[slug]
            found.append(own[number] if own and number < len(own) else name)
    return found


def classes(post: dict[str, Any]) -> list[str]:
    """The classes of a post, which PHP may give as an object with numbers for keys."""
    given = post.get("class_list")
    values = given.values() if isinstance(given, dict) else given if isinstance(given, list) else ()
    return [v for v in values if isinstance(v, str)]
