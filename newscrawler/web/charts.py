"""Small bar charts: where each bar stands. A template draws them, and says them in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 300
HEIGHT = 64
_GAP = 0.3
"""Between two bars, as a part of the room for one."""
_LEAST = 1.5
"""Height of a bar for a value that is small and not 0: it has to be seen."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle in units of the chart, and what it says."""

    x: float
    y: float
    width: float
    height: float
    label: str
    tone: str
    """`main` or `second`: the part of it that stands out."""


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars from left to right, `WIDTH` by `HEIGHT`."""

    title: str
    summary: str
    """What it shows, for those who do not see it."""
    top: str
    """What the greatest value is, in words."""
    first: str
    last: str
    """What the ends of the axis are called."""
    bars: list[Bar]
    table: Sequence[tuple[str, object]] = ()
    """Every bar in words and figures, where no table of its own stands beside it."""
    width: int = WIDTH
    height: int = HEIGHT


@dataclass(frozen=True, slots=True)
class Value:
    """One bar; None for a day of which nothing is known."""

    label: str
    amount: float | None
    second: float = 0
    """How much of it stands out."""


def bars(values: Sequence[Value], *, highest: float | None = None) -> list[Bar]:
    """The bars of some values, the greatest as high as the chart, or what `highest` says."""
    top = highest or max((value.amount or 0 for value in values), default=0)
    room = WIDTH / max(1, len(values))
    width = room * (1 - _GAP)
    found: list[Bar] = []
    for n, value in enumerate(values):
        if not value.amount or not top:
            continue
        x = n * room + (room - width) / 2
        height = max(_LEAST, value.amount / top * HEIGHT)
        found.append(_bar(x, width, height, value.label, "main"))
        if value.second:
            found.append(_bar(x, width, max(_LEAST, value.second / top * HEIGHT), value.label, "second"))
    return found


def _bar(x: float, width: float, height: float, label: str, tone: str) -> Bar:
    return Bar(round(x, 2), round(HEIGHT - height, 2), round(width, 2), round(height, 2), label, tone)
