"""Lists in which an entry has no element of its own: `<h3>`, `<p>`, `<p>`, `<h3>` … or lines between `<br>`.

They are cut where their pattern begins anew: what stands before the first headline shows what stands
before each.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from newscrawler.pages import elements as el
from newscrawler.pages.parts import Element
from newscrawler.pages.story import OUTSIDE, Story
from newscrawler.pages.tokens import BADGE, LABEL, MARKER, NOISE, OTHER, Token

_NO_BLOCKS: Final = el.OF_LINE | {"button", "svg"}
_CELLS: Final = frozenset(("td", "th", "dd", "dt", "li"))

if TYPE_CHECKING:
    from newscrawler.pages.stories import StoryFinder


class FlatLists:
    """Cuts lists without rows; works on the state of a StoryFinder that has found all rows."""

    def __init__(self, finder: StoryFinder) -> None:
        self.finder = finder

    def run(self) -> None:
        """Give what is left between rows to the story it belongs to."""
        rows = sorted(self.finder.stories, key=lambda s: s.start)
        row_starts = [s.start for s in rows]
        done: set[int] = set()
        for i, token in enumerate(self.finder.tokens):
            if i in self.finder.covered or token.kind not in (MARKER, LABEL) or token.element.flags & OUTSIDE:
                continue
            if token.kind == LABEL and not token.labels:
                continue
            container = next((e for e in token.element.ancestors() if holds(e, row_starts) > 1), None)
            if container is None or id(container) in done:
                continue
            done.add(id(container))
            self._cut(container, rows)

    def _cut(self, container: Element, rows: list[Story]) -> None:
        """Cut a list without rows where its pattern begins anew."""
        items: list[tuple[str, int, Story | None]] = []
        owner = {id(t): s for s in rows for t in s.tokens}
        # Where rows name their sections themselves, names beside them are a filter's or a menu's; and where
        # they have their times, one beside them is the clock at the top of the page.
        inside = [s for s in rows if container.start <= s.start < container.end and not s.own]
        said = [
            says
            for says in (_names, _dates)
            if 2 * sum(any(says(t) for t in s.tokens) for s in inside) > len(inside)
        ]
        for i in self.finder.range_of(container):
            token = self.finder.tokens[i]
            story = owner.get(id(token))
            if story is not None:
                if not items or items[-1][2] is not story:
                    items.append(("row", i, story))
                continue
            if i in self.finder.covered or token.kind in (NOISE, BADGE) or token.element.flags & OUTSIDE:
                continue
            kind = {LABEL: "label", MARKER: "mark"}.get(token.kind, "text")
            if token.excerpt:
                continue
            if kind == "label" and (
                not token.labels or (any(says(token) for says in said) and not self._is_beside_title(i))
            ):
                continue
            items.append((kind, i, None))
        kinds = [self._is_title(items, n, container) for n in range(len(items))]
        titles = [n for n, kind in enumerate(kinds) if kind in ("row", "headline")]
        if not titles:
            return
        before, after = kinds[: titles[0]], kinds[titles[-1] + 1 :]
        if len(titles) > 2 and "label" not in kinds[titles[0] :]:
            # What stands before the first headline alone is of the page: its clock, its sections.
            kinds = ["text" if kind == "label" else kind for kind in kinds]
            before = kinds[: titles[0]]
        labels_first = "label" in before[-4:] or "label" not in after
        if "label" in before[-4:]:
            # Sections may stand before the headline and the time after it.
            head = range(max(0, titles[0] - 4), titles[0])
            first = {self._label_kind(items[n][1]) for n in head if kinds[n] == "label"}
            tail = range(titles[-1] + 1, min(titles[-1] + 5, len(items)))
            last = {self._label_kind(items[n][1]) for n in tail if kinds[n] == "label"} - first
            kinds = [
                "tail" if kind == "label" and self._label_kind(items[n][1]) in last else kind
                for n, kind in enumerate(kinds)
            ]
        has_labels = "label" in kinds
        marks_first, both_sides = _side_of_marks(kinds, before, after)
        begins = (
            ("label",) if has_labels and labels_first else ("mark",) if marks_first else ("row", "headline")
        )
        chunk: list[tuple[str, int, Story | None]] = []
        previous = ""
        for n, ((_, i, story), kind) in enumerate(zip(items, kinds, strict=True)):
            titled = any(k in ("row", "headline") for k, _, _ in chunk)
            starts = kind in begins and (previous != kind or kind in ("row", "headline"))
            following = kinds[n + 1] if n + 1 < len(kinds) else ""
            if kind == "mark" and titled and following in ("row", "headline"):
                # Between two headlines, right before the second.
                starts = starts or marks_first or (both_sides and previous not in ("row", "headline"))
            if (
                kind == "text"
                or (starts and (titled or begins != ("row", "headline")))
                or (kind in ("row", "headline") and titled)
                or (kind == "row" and titled)
            ):
                self._close(chunk)
                chunk = []
            if kind != "text":
                chunk.append((kind, i, story))
            previous = kind
        self._close(chunk)

    def _is_beside_title(self, i: int) -> bool:
        """Whether a label shares its line or table row with a title that has a mark and no link."""
        label = self.finder.tokens[i]
        row = next((e for e in label.element.ancestors() if e.tag == "tr"), None)
        for step in (1, -1):
            n = self._next(i, step)
            title = self.finder.tokens[n] if n is not None else None
            if n is None or title is None or title.kind != OTHER or not self.finder.may_title(title):
                continue
            m = self._next(n, 1)
            if m is None or self.finder.tokens[m].kind != MARKER:
                continue
            if title.line is label.line or (row is not None and row.start <= title.start < row.end):
                return True
        return False

    def _next(self, i: int, step: int) -> int | None:
        """The nearest token before or after one that is no label."""
        n = i + step
        while 0 <= n < len(self.finder.tokens) and self.finder.tokens[n].kind in (LABEL, NOISE):
            n += step
        return n if 0 <= n < len(self.finder.tokens) else None

    def _label_kind(self, i: int) -> str:
        """Whether a label names sections, a time, or both."""
        labels = self.finder.tokens[i].labels
        if labels is None or not (labels.sections and labels.when):
            return "sections" if labels and labels.sections else "when"
        return "both"

    def _is_title(self, items: list[tuple[str, int, Story | None]], n: int, container: Element) -> str:
        """What an item is; a text with a mark next to it is a headline."""
        kind, i, _ = items[n]
        if kind != "text":
            return kind
        if not self.finder.may_title(self.finder.tokens[i]):
            return "text"
        for step in (1, -1):
            m = n + step
            while 0 <= m < len(items) and items[m][0] == "label":
                m += step
            if (
                0 <= m < len(items)
                and items[m][0] == "mark"
                and self._alike(items[n][1], items[m][1], container)
            ):
                # A mark after a row's headline and before this text may be the row's.
                return "headline" if step == 1 or not (m and items[m - 1][0] == "row") else "text"
        return "text"

    def _alike(self, text: int, mark: int, container: Element) -> bool:
        """Whether a text and a mark stand in blocks of one list: not one in a footer and one in a window."""
        places = [self.finder.tokens[i].element for i in (text, mark)]
        mine, other = map(_block, places)
        if mine is other or mine.parent is other.parent:
            return True
        one, two = (_cell(place, container) for place in places)
        return one is not None and two is not None and one.depth == two.depth

    def _close(self, chunk: list[tuple[str, int, Story | None]]) -> None:
        """Give labels and marks of a chunk to its story."""
        tokens = self.finder.tokens
        loose_ends = [i for kind, i, _ in chunk if kind in ("label", "mark", "tail")]
        if not loose_ends:
            return
        if sum(len(labels.sections) for i in loose_ends if (labels := tokens[i].labels)) > 3:
            return  # a menu of sections
        story = next((s for _, _, s in chunk if s is not None), None)
        if story is not None and story.own:
            return  # `OwnMarks` has given the page's own story what is its
        if story is not None:
            story.tokens = sorted([*story.tokens, *(tokens[i] for i in loose_ends)], key=lambda t: t.start)
            self.finder.covered.update(loose_ends)
            return
        titles = [i for kind, i, _ in chunk if kind == "headline"]
        if titles:
            self.finder.add(tokens[titles[0]].element, None, sorted([titles[0], *loose_ends]))


def _names(token: Token) -> bool:
    """Whether a token is a label that names sections."""
    return token.kind == LABEL and token.labels is not None and bool(token.labels.sections)


def _dates(token: Token) -> bool:
    """Whether a token is a label that tells a time and nothing else."""
    labels = token.labels
    return token.kind == LABEL and labels is not None and labels.when is not None and not labels.sections


def _side_of_marks(kinds: list[str], before: list[str], after: list[str]) -> tuple[bool, bool]:
    """Whether marks stand before their headlines, and whether on both sides of them.

    The ends of a list say it for certain: nothing stands before its first headline but what is its own.
    """
    titles = ("row", "headline")
    if "mark" in before[-4:] or "mark" in after[:4]:
        return "mark" in before[-4:] and "mark" not in after[:2], "mark" in before[-4:] and "mark" in after[
            :4
        ]
    first = last = 0
    for n, kind in enumerate(kinds):
        if kind == "mark":
            follows = n > 0 and kinds[n - 1] in titles
            precedes = n + 1 < len(kinds) and kinds[n + 1] in titles
            first += precedes and not follows
            last += follows and not precedes
    return first > 0 and last == 0, first > 0 and last > 0


def _block(element: Element) -> Element:
    """The block an element stands in."""
    for around in element.ancestors():
        if around.tag not in _NO_BLOCKS:
            return around
    return element


def _cell(element: Element, container: Element) -> Element | None:
    """The cell or item around an element, in a list."""
    return next((e for e in element.ancestors() if e.tag in _CELLS and e.depth > container.depth), None)


def holds(element: Element, starts: list[int]) -> int:
    """How many rows begin in an element."""
    return bisect_left(starts, element.end) - bisect_left(starts, element.start)
