"""Which elements of a page stand beside the story's text.

Told by standard HTML, by what they hold (a picture with a line, linked titles in a row, an appeal to the
reader), and by words of their classes that any theme may use (`related`, `share`). Such words are weak:
they count only for an element that holds little of the page's text.
"""

from __future__ import annotations

from collections import Counter, defaultdict

from newscrawler.pages.anywhere import phrases
from newscrawler.pages.anywhere.blocks import Block, Blocks, Make, Part
from newscrawler.pages.anywhere.headings import leads_away

SMALL = 0.35
"""An element with less than this share of the page's running text may be judged by its classes."""
MOST, OPENING = 0.8, 250
"""An element with more than this share is the text, whatever its classes or headings say, unless there is
so much running text between it and the headline, in characters."""
MAX_CAPTION, MAX_PICTURE_CAPTION = 250, 700
"""Of a picture without and with a class that says so."""
MAX_APPEAL = 250
MAX_BOX, MAX_BOX_PROSE, BOX_SHARE = 14, 600, 0.12
"""Blocks, running text, and share of the page's running text that a box with an appeal may hold."""
MAX_CARD, MIN_ROW, MIN_LINKED = 7, 3, 12

Kind = tuple[str, frozenset[str]]
"""Tag and words of the classes of an element."""


class Beside:
    """What stands beside the text of one page."""

    def __init__(self, page: Blocks, weights: list[float], headline: int | None) -> None:
        self.page = page
        self.weights = weights
        """How much running text each block is."""
        self.headline = headline
        self.total = 0.0
        self._known: dict[int, bool] = {}
        self._cards: set[int] = set()

    def __contains__(self, part: Part) -> bool:
        known = self._known.get(id(part))
        if known is None:
            known = self._known[id(part)] = part.parent is not None and part.parent in self
        return known

    def in_card(self, part: Part) -> bool:
        """Whether an element belongs to the entry of another story."""
        return any(id(p) in self._cards for p in part.ancestors())

    @property
    def cards(self) -> int:
        """How many entries of lists the page has."""
        return len(self._cards)

    def clear(self) -> None:
        """Forget everything: nothing would be left of the page."""
        self._known.clear()

    def judge(self, total: float) -> None:
        """Find them on a page with so much running text, whose elements know how much of it they hold."""
        self.total = total
        head = -1 if self.headline is None else self.headline
        kinds: defaultdict[Kind, float] = defaultdict(float)
        for part in self.page.parts:
            if part.words & phrases.BESIDE:
                kinds[part.tag, part.words] += part.prose
        for part in self.page.parts:
            if part.start <= head < part.end:
                continue
            words = part.words
            if (words & phrases.APART and head < part.start and self._may_be_apart(part, head)) or (
                part.prose < SMALL * total
                and (
                    (
                        words & phrases.BESIDE
                        and kinds[part.tag, words] < SMALL * total
                        and not self._is_quote(part)
                    )
                    or (words and any(pair <= words for pair in phrases.UNSEEN))
                    or (part.pictures and part.tag not in ("p", "blockquote") and self._is_caption(part))
                )
            ):
                self._known[id(part)] = True
        self._judge_headings(head)
        self._judge_cards()

    def _may_be_apart(self, part: Part, head: int) -> bool:
        """Whether there would be a story without an element."""
        return part.prose < MOST * self.total or sum(self.weights[head + 1 : part.start]) >= OPENING

    def _judge_headings(self, head: int) -> None:
        """What stands under a heading such as `Related stories`: its box, or what follows it."""
        for block in self.page.all[head + 1 :]:
            if not (block.part.level or block.bold > 0.7 * len(block.text)) or not leads_away(block.text):
                continue
            box = block.part
            while (
                box.parent is not None
                and box.parent.start == block.index
                and box.parent.parent is not None
                and self._may_be_apart(box.parent, head)
            ):
                box = box.parent
            if not self._may_be_apart(box, head):
                continue
            self._known[id(box)] = True
            if box.end == block.index + 1 and box.parent is not None:
                self._judge_below(box)

    def _judge_below(self, heading: Part) -> None:
        """What stands below a heading that has no box of its own, as far as it is not of the text's kind."""
        parts = [p for p in self.page.parts if p.parent is heading.parent]
        above = [p for p in parts if p.start < heading.start and p.prose]
        prose: defaultdict[Kind, float] = defaultdict(float)
        for part in above or parts:
            prose[part.tag, part.words] += part.prose
        least = 0.0 if above else SMALL * self.total
        for part in parts:
            if part.start > heading.start:
                if part.level or prose[part.tag, part.words] > least:
                    break
                self._known[id(part)] = True

    def _is_quote(self, part: Part) -> bool:
        """Whether an element embeds what somebody said, a post for instance: that is the story's."""
        return part.tag != "blockquote" and part.node.css_first("blockquote") is not None

    def _is_caption(self, part: Part) -> bool:
        """Whether all the words beside a picture are a line or two."""
        most = MAX_PICTURE_CAPTION if part.words & phrases.PICTURE else MAX_CAPTION
        inside = self.page.all[part.start : part.end]
        return len(inside) <= 3 and sum(len(b.text) for b in inside) < most

    def judge_appeals(self, container: Part) -> None:
        """Find the boxes within the text's element that speak to the reader."""
        for block in self.page.all[container.start : container.end]:
            if len(block.text) > MAX_APPEAL or not phrases.APPEAL.search(block.text):
                continue
            for part in block.part.ancestors():
                if (
                    part.prose > min(BOX_SHARE * self.total, MAX_BOX_PROSE)
                    or part.end - part.start > MAX_BOX
                    or part.parent is None
                    or (self.headline is not None and part.start <= self.headline < part.end)
                ):
                    break
                self._known[id(part)] = True
        # What was found not to be beside the text may be now.
        self._known = {key: True for key, beside in self._known.items() if beside}

    def judge_boxes(self, container: Part, blocks: list[Block]) -> None:
        """Find boxes under headings of their own among the text's paragraphs, told by being of another make.

        Boxes of one kind that hold much of the text are its sections.
        """
        sizes: Counter[Make] = Counter()
        for block in blocks:
            sizes[block.make] += round(self.weights[block.index])
        make, most = sizes.most_common(1)[0] if sizes else (None, 0)
        if most < 0.5 * sizes.total():
            return
        boxes: dict[Kind, list[Part]] = {}
        end = container.start
        for part in self.page.parts:
            inside = self.page.all[part.start : part.end]
            if (
                end <= part.start < part.end <= container.end
                and part is not container
                and 0 < part.prose < SMALL * self.total
                and inside[0].part.level
                and not any(b.part.level or (self.weights[b.index] and b.make == make) for b in inside[1:])
                and part not in self
            ):
                boxes.setdefault((part.tag, part.words), []).append(part)
                end = part.end
        for alike in boxes.values():
            if sum(part.prose for part in alike) < SMALL * self.total:
                self._known.update((id(part), True) for part in alike)

    def _judge_cards(self) -> None:
        """Entries of lists of stories: elements of one kind, side by side, each with a linked title."""
        rows: dict[tuple[int, str], dict[int, Part]] = {}
        for block in self.page.all:
            if block.linked < MIN_LINKED or (block.part.tag != "li" and block.linked < 0.8 * len(block.text)):
                continue
            for part in block.part.ancestors():
                inside = self.weights[part.start : part.end]
                if part.parent is None or len(inside) > MAX_CARD or sum(w > 0 for w in inside) > 1:
                    break
                if part.parent.end - part.parent.start > len(inside):
                    rows.setdefault((id(part.parent), part.tag), {})[id(part)] = part
        for row in rows.values():
            first = next(iter(row.values()))
            if first.tag == "li" and first.parent is not None and len(row) < 0.8 * _items(first.parent):
                continue
            if len(row) < MIN_ROW - (first.tag in ("li", "article")) or first.tag in ("p", "h2", "h3", "h4"):
                continue
            self._known.update(dict.fromkeys(row, True))
            self._cards.update(row)


def _items(part: Part) -> int:
    count, node = 0, part.node.first_child
    while node is not None:
        count += node.tag == "li"
        node = node.next
    return count
