"""Styles and scripts that mean nothing, so that played pages weigh what real ones do."""

from __future__ import annotations

import random
from functools import cache


@cache
def style_filler(size: int, seed: int = 1) -> str:
    """About `size` bytes of style rules that mean nothing, as real pages carry."""
    choices = random.Random(seed)
    parts = [
        "card",
        "grid",
        "list",
        "item",
        "title",
        "meta",
        "media",
        "note",
        "wrap",
        "inner",
        "row",
        "col",
        "head",
        "foot",
        "link",
        "icon",
    ]
    rules: list[str] = []
    length = 0
    while length < size:
        rule = (
            f".{choices.choice(parts)}-{choices.choice(parts)}__{choices.choice(parts)}"
            f"{{margin:{choices.randint(0, 32)}px 0;padding:{choices.randint(0, 24)}px;"
            f"color:#{choices.getrandbits(24):06x};font-size:{choices.randint(11, 28)}px}}"
        )
        rules.append(rule)
        length += len(rule)
    return "".join(rules)


@cache
def script_filler(size: int, seed: int = 1) -> str:
    """About `size` bytes of script that means nothing."""
    choices = random.Random(seed)
    lines = ["window.nr=window.nr||{};"]
    length = 0
    while length < size:
        name = f"f{choices.getrandbits(20):x}"
        line = (
            f"nr.{name}=function(a,b){{var c=a.length>{choices.randint(2, 90)}?b:{choices.randint(1, 999)};"
            f"return c*{choices.randint(2, 9)}}};"
        )
        lines.append(line)
        length += len(line)
    return "".join(lines)
