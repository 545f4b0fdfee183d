"""Lists in which each entry is the same number of siblings: `<dt>`, `<dd>`; three rows of a table.

Where the siblings repeat without a remainder there is nothing to guess: what stands in a group is of its
story, before or after the headline.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from newscrawler.pages import elements as el
from newscrawler.pages.parts import Element
from newscrawler.pages.story import OUTSIDE, OWN, is_headline, running
from newscrawler.pages.tokens import DAY, LABEL, MARKER, OTHER, STORY, Token

if TYPE_CHECKING:
    from newscrawler.pages.stories import StoryFinder

MIN_GROUPS: Final = 2
MAX_PERIOD: Final = 5
MAX_CHILDREN: Final = 400
MAX_LEVELS: Final = 4
_ROWS: Final = frozenset(("li", "article"))
"""What holds one entry by itself."""
_SIBLINGS: Final = frozenset(("tr", "dt", "dd", "p", "div", "h2", "h3", "h4", "h5"))


class SiblingRows:
    """Finds such lists; works on the state of a StoryFinder."""

    def __init__(self, finder: StoryFinder) -> None:
        self.finder = finder

    def run(self) -> None:
        """Make a story of every group."""
        containers: dict[int, tuple[Element, dict[int, Element]]] = {}
        for token in self.finder.tokens:
            if token.kind not in (STORY, OTHER) or token.element.flags & OUTSIDE:
                continue
            if (token.kind == OTHER and running(token.text)) or not _titles(token):
                continue
            child, level = token.element, 0
            while (parent := child.parent) and level < MAX_LEVELS and child.tag not in _ROWS:
                if child.tag in _SIBLINGS and parent.tag not in _ROWS:
                    containers.setdefault(id(parent), (parent, {}))[1][id(child)] = child
                child, level = parent, level + 1
        for container, titled in containers.values():
            if len(titled) >= MIN_GROUPS and container.tag not in (
                "body",
                "main",
            ):
                self._cut(container, titled)

    def _cut(self, container: Element, titled: dict[int, Element]) -> None:
        finder = self.finder
        children = list(container.node.iter(include_text=False))[: MAX_CHILDREN + 1]
        if not 2 * len(titled) <= len(children) <= min(MAX_CHILDREN, 2 * MAX_PERIOD * len(titled)):
            return  # a row each: nearly all lists
        inside = [i for i in finder.range_of(container) if i not in finder.covered]
        child_of: dict[int, Element] = {}
        for i in inside:
            child = container.child_around(finder.tokens[i].element)
            if child is None or child.tag in el.INLINE:
                return
            child_of[i] = child
        days = {child.node.mem_id for i, child in child_of.items() if finder.tokens[i].kind == DAY}
        children = [n for n in children if n.mem_id not in days]
        period, rest = divmod(len(children), len(titled))
        if rest or not 2 <= period <= MAX_PERIOD:
            return
        number = {n.mem_id: index for index, n in enumerate(children)}
        places = {number.get(child.node.mem_id, -1) % period for child in titled.values()}
        tags = [n.tag for n in children]
        if len(places) != 1 or tags != tags[:period] * len(titled):
            return
        groups: dict[int, list[int]] = {}
        for i, child in child_of.items():
            if child.node.mem_id in number:
                groups.setdefault(number[child.node.mem_id] // period, []).append(i)
        heads = {g: [i for i in members if _titles(finder.tokens[i])] for g, members in groups.items()}
        if len(groups) != len(titled) or any(not _one_story(finder, h) for h in heads.values()):
            return
        if all(len({id(child_of[i]) for i in members}) == 1 for members in groups.values()):
            return  # rows with empty siblings between them
        for group, members in sorted(groups.items()):
            head = finder.tokens[heads[group][0]]
            marked = any(finder.tokens[i].kind in (MARKER, LABEL) for i in members)
            if head.kind == STORY or marked:
                row = next((c for i in members if (c := child_of[i]) and i == heads[group][0]), head.element)
                finder.add(row, head.address, members)


def _titles(token: Token) -> bool:
    return token.kind in (STORY, OTHER) and bool(token.text) and is_headline(token)


def _one_story(finder: StoryFinder, heads: list[int]) -> bool:
    """Whether a group has one headline: the second text may only be a link to the same story."""
    if not heads or any(finder.tokens[i].kind == OWN for i in heads):
        return False
    return len(heads) == 1 or len({id(finder.tokens[i].line) for i in heads}) == 1
