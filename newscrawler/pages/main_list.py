"""Which of the stories found on a page form its list: not the cards above it, nor the boxes beside it."""

from __future__ import annotations

from typing import Final

from newscrawler.pages import elements as el
from newscrawler.pages import words
from newscrawler.pages.parts import Element
from newscrawler.pages.story import Story
from newscrawler.pages.tokens import LABEL, NOISE

MAX_BOX: Final = 10
MIN_CHART: Final = 3
"""Fewer stories may be numbered by chance."""


def main_list(stories: list[Story], listing: bool, longreads: bool = False) -> list[Story]:
    """The stories of the page's list, without cards and boxes beside it."""
    runs = _runs(_without_charts(stories))
    if listing:
        runs = [run for run in runs if not _beside(run, longreads)]
    if not runs:
        return []
    wanted = [run for run in runs if _news(run) != longreads]
    runs = wanted or runs
    # On the page of longreads `Longreads` is the title of the list.
    named = [run for run in runs if _box(run) == "other" and (_news(run) or not longreads)]
    if len(named) < len(runs):
        runs = [run for run in runs if run not in named]
    best = max(runs, key=lambda run: (_box(run) == "news") * 3 + len(run) + sum(bool(s.marks) for s in run))
    kept = []
    shape, place, whole = _shape(best[0]), runs.index(best), _holding(best)
    for n, run in enumerate(runs):
        same = (
            run is best
            or (home(run[0]).parent is home(best[0]).parent and not _is_other_box(run, best))
            or _shape(run[0]) == shape
            # One of its entries may be wrapped once more than others.
            or (run[0].box is best[0].box and whole.start <= home(run[0]).start < whole.end)
            # Of entries that begin with an unclosed `<p>` the first stands before it.
            or (run[0].box is best[0].box and home(best[0]).parent is home(run[0]))
        )
        before = n < place
        aside = run[0].row.flags & el.ASIDE and not best[0].row.flags & el.ASIDE
        if same or (listing and not aside and (before or _continues(run, best))):
            kept.extend(run)
    return kept


def _without_charts(stories: list[Story]) -> list[Story]:
    """Stories without those that are counted 1, 2, 3 beside others that are not: the most read."""
    chart: list[Story] = []
    counted: set[int] = set()
    for story in stories:
        numbers = _numbers(story)
        if str(len(chart) + 1) not in numbers:
            chart = []
        if str(len(chart) + 1) in numbers:
            chart.append(story)
        if len(chart) >= MIN_CHART:
            counted.update(map(id, chart))
    return [s for s in stories if id(s) not in counted] or stories


def _numbers(story: Story) -> list[str]:
    """Numbers that stand by themselves before its headline."""
    found = []
    for token in story.tokens:
        if token.kind != NOISE:
            break
        found.append(token.text.strip(" .)#№"))
    return found


def _runs(stories: list[Story]) -> list[list[Story]]:
    """Stories that follow one another at the same depth under the same title."""
    runs: list[list[Story]] = []
    last: object = None
    for story in stories:
        if (
            story.row.flags & (el.NAV | el.DIALOG | el.HIDDEN | el.FOOTER)
            and not story.row.flags & el.ARTICLE
        ):
            continue
        shape = _shape(story)
        if shape == last:
            runs[-1].append(story)
        else:
            runs.append([story])
        last = shape
    return runs


def home(story: Story) -> Element:
    """The block a story stands in: where a list has no rows, linked and unlinked headlines share it."""
    return story.row.block()


def _is_other_box(run: list[Story], best: list[Story]) -> bool:
    """Whether a run stands under a heading of its own, and the list under one that says `News`."""
    title = run[0].box
    return _box(best) == "news" and title is not None and title.level > 0 and title is not best[0].box


def _continues(run: list[Story], best: list[Story]) -> bool:
    """Whether a run after the list goes on with it, and is no box under a title of its own.

    Where each entry of the list has its time or sections, those of a box have neither.
    """
    if _box(run) not in ("", "news"):
        return False
    poorer = all(map(_is_labelled, best)) and not any(map(_is_labelled, run))
    return not poorer or run[0].box is best[0].box


def _is_labelled(story: Story) -> bool:
    return any(token.kind == LABEL for token in story.tokens)


def _holding(run: list[Story]) -> Element:
    """The smallest block that holds all stories of a run."""
    first, last = home(run[0]), home(run[-1])
    return next((e for e in first.ancestors() if e.end >= last.end), first)


def _shape(story: Story) -> tuple[int, str, bool, int]:
    title = story.box
    kind = words.box_kind(title.text) if title is not None else ""
    return home(story).depth, kind, bool(story.row.flags & el.ASIDE), id(title) if kind else 0


def _beside(run: list[Story], longreads: bool) -> bool:
    """Whether a run is a box beside the page's list: that list may be empty, then there are no entries."""
    title, above = run[0].box, run[0].above
    if title is None or above is None or _box(run) != "other" or len(run) >= MAX_BOX:
        return False
    return not longreads or above.text.casefold() == title.text.casefold()


def _box(run: list[Story]) -> str:
    title = run[0].box
    kind = words.box_kind(title.text) if title is not None else ""
    return "other" if kind == "related" else kind


def _news(run: list[Story]) -> bool:
    """Whether a run is of news: an address of news, or no address at all.

    Among entries that have one, those without are of the same kind: paid longreads may have none.
    """
    return {s.address.kind for s in run if s.address} != {"longread"}
