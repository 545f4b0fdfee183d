"""Which blocks of a page are the story's text.

The text is where running text is the densest: from the page's body down to the smallest element that
still holds nearly all of it. What stands in there beside the text is told by `beside`, single lines by
their links and words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from newscrawler.normalize.text import loose
from newscrawler.pages import elements as el
from newscrawler.pages.anywhere import phrases
from newscrawler.pages.anywhere.beside import Beside
from newscrawler.pages.anywhere.blocks import Block, Blocks, Make, Part

_WIDE = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_END = re.compile(r"[.!?…:;。！？」』»”\"’')\]]\s*$")
OUTSIDE = el.NAV | el.FOOTER | el.DIALOG | el.ASIDE | el.FIGURE | el.CAPTION | el.CONTROL | el.HIDDEN
MIN_PROSE = 60
MIN_STATED = 400
MIN_SEEN = 150
OWN_MAKE = 0.15
OWN_STORY = 600
DOMINANT = 0.7


@dataclass(slots=True)
class Text:
    """The story's text."""

    blocks: list[Block] = field(default_factory=list)
    container: Part | None = None

    @property
    def size(self) -> int:
        """Characters of it."""
        return sum(len(b.text) for b in self.blocks)


def weight(block: Block) -> float:
    """How much running text a block is: its length, or nothing."""
    length = len(block.text)
    if length < 25 or block.part.level:
        return 0.0
    wide = len(_WIDE.findall(block.text)) if not block.text.isascii() else 0
    full = length + 1.5 * wide
    if full < MIN_PROSE or block.linked > 0.5 * length:
        return 0.0
    if full < 140 and not wide and not _END.search(block.text):
        return 0.0
    return full - block.linked


class TextFinder:
    """Finds the text of one page."""

    def __init__(self, page: Blocks, headline: int | None) -> None:
        self.page = page
        self.headline = headline
        """The block with the headline."""
        self.weights = [weight(b) for b in page.all]
        self.beside = Beside(page, self.weights, headline)
        self.outside = OUTSIDE

    def find(self) -> Text:
        """The text; without blocks where the page has none."""
        total = self._measure(judged=False)
        if total < MIN_SEEN:
            # A page that is hidden until its scripts have run.
            self.outside &= ~el.HIDDEN
            total = self._measure(judged=False)
        if not total:
            return Text()
        self.beside.judge(total)
        judged = self._measure(judged=True)
        if judged < MIN_SEEN:
            self.beside.clear()
            judged = self._measure(judged=False)
        container = self._descend(judged)
        self.beside.judge_boxes(container, self._running(container.start, container.end))
        self.beside.judge_appeals(container)
        return Text(self._read(container), container)

    def trim(self, text: Text, authors: list[str], stated: str | None) -> None:
        """Take from the end what is about the authors; check against the text stated in JSON-LD, if any."""
        blocks = text.blocks
        if stated and len(stated) > MIN_STATED:
            self._compare(text, loose(stated))
        while len(blocks) > 3:
            last = blocks[-1].text
            about = any(-1 < last.find(name) <= 25 for name in authors if len(name) > 5)
            if (len(last) < 400 and (about or blocks[-1].part.level)) or (len(last) < 200 and "@" in last):
                blocks.pop()
            else:
                break

    def _compare(self, text: Text, stated: str) -> None:
        """Leave out running text that stands among stated paragraphs without being stated itself."""
        inside = [_said(loose(b.text), stated) for b in text.blocks]
        size = sum(len(b.text) for b, known in zip(text.blocks, inside, strict=True) if known)
        if size < 0.6 * text.size:
            return
        first = inside.index(True)
        last = len(inside) - 1 - inside[::-1].index(True)
        text.blocks[:] = [
            b
            for n, (b, known) in enumerate(zip(text.blocks, inside, strict=True))
            if known or not first <= n <= last or b.part.flags & el.QUOTE or weight(b) == 0
        ]

    # --- where ---

    def _measure(self, judged: bool) -> float:
        """Sum up the running text in each element, and return that of the page."""
        sums = [0.0]
        for value, block in zip(self.weights, self.page.all, strict=True):
            if value and (
                block.part.flags & self.outside
                or (judged and block.part in self.beside)
                or self._before(block)
            ):
                value = 0.0
            sums.append(sums[-1] + value)
        for part in self.page.parts:
            part.prose = sums[part.end] - sums[part.start]
        return sums[-1]

    def _before(self, block: Block) -> bool:
        return self.headline is not None and block.index < self.headline

    def _descend(self, total: float) -> Part:
        """The smallest element that holds nearly all of the running text."""
        children: dict[int, list[Part]] = {}
        for part in self.page.parts:
            if part.parent is not None and part.prose:
                children.setdefault(id(part.parent), []).append(part)
        here = self.page.parts[0]
        while True:
            inside = children.get(id(here))
            if not inside:
                break
            best = max(inside, key=lambda p: p.prose)
            if best.prose < DOMINANT * here.prose:
                # Several stories in one page: the first is the page's own.
                own = next((p for p in inside if self._holds_headline(p)), None)
                if own is None or own.prose < max(OWN_STORY, 0.25 * here.prose):
                    break
                best = own
            here = best
        if here.tag in ("p", "li", "blockquote", "span") and here.parent is not None:
            here = here.parent
        return self._widened(here)

    def _holds_headline(self, part: Part) -> bool:
        return self.headline is not None and part.start <= self.headline < part.end

    def _widened(self, here: Part) -> Part:
        """The element, or one around it that holds more of the story.

        Running text between the headline and the element is the story's opening. What follows it is the
        story's if it is of the same make.
        """
        makes = {b.make for b in self._running(here.start, here.end)}
        tags = {tag for tag, _, _ in makes}
        opened = self.headline is not None and self.headline < here.start
        for around in list(here.ancestors())[1:4]:
            before = self._running(around.start, here.start)
            after = self._running(here.end, around.end)
            alike = sum(len(b.text) for b in after if b.make in makes)
            own = sum(len(b.text) for b in before if b.make in makes or (opened and b.part.tag in tags))
            if own < 0.5 * sum(len(b.text) for b in before):
                break
            if alike < 0.7 * sum(len(b.text) for b in after):
                break
            if before or after:
                here = around
        return here

    def _running(self, start: int, end: int) -> list[Block]:
        return [
            b
            for b in self.page.all[start:end]
            if self.weights[b.index]
            and not b.part.flags & self.outside
            and b.part not in self.beside
            and not self._before(b)
        ]

    # --- what of it ---

    def _read(self, container: Part) -> list[Block]:
        blocks = self.page.all[container.start : container.end]
        kept: list[Block] = []
        pending: list[Block] = []
        strong = self._running(container.start, container.end)
        if not strong:
            return []
        strong = self._of_one_make(strong)
        first, last = strong[0].index, strong[-1].index
        makes = {b.make for b in strong}
        seen: set[str] = set()
        for block in blocks:
            if block.part.flags & self.outside or block.part in self.beside or self._before(block):
                continue
            within = first <= block.index <= last
            kind = self._kind(block, within, within or block.index > last, makes, kept)
            if kind == "heading":
                pending.append(block)
            elif kind == "text":
                if self.weights[block.index] and block.text in seen:
                    continue
                seen.add(block.text)
                kept += pending
                pending = []
                kept.append(block)
        return kept

    def _of_one_make(self, strong: list[Block]) -> list[Block]:
        """The running text without what follows the last paragraph of the text's own make: other stories."""
        share: dict[object, float] = {}
        for block in strong:
            make = block.make
            share[make] = share.get(make, 0.0) + self.weights[block.index]
        least = OWN_MAKE * sum(share.values())
        own = [b for b in strong if share[b.make] >= least]
        if not own:
            return strong
        around = {id(b.part.parent) for b in own} | {id(b.part) for b in own}
        return [
            b
            for b in strong
            if b.index <= own[-1].index or any(id(p) in around for p in list(b.part.ancestors())[:3])
        ]

    def _kind(
        self,
        block: Block,
        within: bool,
        started: bool,
        makes: set[Make],
        kept: list[Block],
    ) -> str:
        """What a block of the container is: `text`, `heading` or `skip`."""
        text = block.text
        length = len(text)
        if block.part.level:
            if block.linked > 0.7 * length or block.part.level == 1 or block.part.flags & el.HEADER:
                return "skip"
            return "heading"
        if not any(map(str.isalnum, text)) or (block.linked > 0.7 * length and length < 400):
            return "skip"
        if (
            (length < 300 and phrases.CREDIT.search(text))
            or (length < 250 and phrases.APPEAL.search(text))
            or (length < 200 and phrases.COPYRIGHT.match(text))
            or (length < 250 and block.linked > 0.3 * length and phrases.ALSO.match(text))
            or phrases.ADVERT.fullmatch(text)
        ):
            return "skip"
        if self.weights[block.index]:
            return "text" if within or not started or block.make in makes else "skip"
        alike = block.make in makes
        if block.part.tag in ("li", "dd", "dt", "td", "th", "pre"):
            return "text" if within or (started and kept and _follows(block, kept[-1])) else "skip"
        if not within:
            return "text" if alike and block.part.tag == "p" and not block.part.flags & el.HEADER else "skip"
        if length < 60 and not alike and not block.part.flags & el.QUOTE and not _END.search(text):
            return "skip"
        return "text"


def _said(text: str, stated: str) -> bool:
    """Whether a paragraph is in the stated text: by its start, middle or end, for links may differ."""
    middle = len(text) // 2
    return text[:30] in stated or text[-30:] in stated or text[middle : middle + 30] in stated


def _follows(item: Block, before: Block) -> bool:
    """Whether an item of a list goes on with the paragraph or item before it."""
    if item.index - before.index > 2:
        return False
    around = item.part.parent
    return before.part.tag == item.part.tag or (around is not None and around.parent is before.part.parent)
