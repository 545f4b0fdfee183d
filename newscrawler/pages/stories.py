"""Stories a page lists: which tokens belong to one entry.

A theme may give each entry an element of its own (li, tr, card) or write headlines, section names and
marks one after another. Rows are found first: the largest element around a headline that speaks of
one story only. What is left between rows is cut by the order in which the page repeats itself.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field

from newscrawler.normalize.text import loose
from newscrawler.pages import elements as el
from newscrawler.pages import words
from newscrawler.pages.document import Document, Element
from newscrawler.pages.profile import Address
from newscrawler.pages.tokens import BADGE, LABEL, MARKER, NOISE, OTHER, STORY, Token

OWN = "own"
"""Kind of a token that is the headline of the page's own article."""
MAX_HEADLINE = 250
MIN_HEADLINE = 8
_OUTSIDE = el.NAV | el.FOOTER | el.DIALOG


@dataclass(slots=True, eq=False)
class Story:
    """One story as a page lists it."""

    start: int
    row: Element
    address: Address | None
    tokens: list[Token] = field(default_factory=list)
    box: Token | None = None
    """The nearest title of a list or box above it."""
    own: bool = False

    @property
    def marks(self) -> list[Token]:
        """Premium marks that belong to it."""
        return [t for t in self.tokens if t.kind == MARKER] or [t for t in self.tokens if t.kind == BADGE]

    def headline(self) -> Token | None:
        """The token that is its headline."""
        linked = [t for t in self.tokens if t.kind in (STORY, OWN) and t.text and not t.excerpt]
        other = [t for t in self.tokens if t.kind == OTHER and is_headline(t)]
        if self.address is None:
            linked = []
        for group in (linked, other):
            headings = [t for t in group if t.level]
            if headings:
                return headings[0]
            if group is linked and linked and not any(t.level for t in other):
                break
        candidates = linked or [t for t in other if t.level] or [t for t in other if _bold(t)] or other
        if candidates:
            return candidates[0]
        clipped = [t for t in self.tokens if t.kind in (STORY, OTHER) and t.text]
        return clipped[0] if clipped and self.address else None


def is_headline(token: Token) -> bool:
    """Whether a text could be a headline."""
    return (
        token.kind in (OTHER, STORY)
        and not token.excerpt
        and MIN_HEADLINE <= len(token.text) <= MAX_HEADLINE
        and not is_box_title(token)
        and not words.SHARE.fullmatch(token.text)
    )


def is_box_title(token: Token) -> bool:
    """Whether a text is the title of a list or box."""
    text = token.text
    if not text or len(text) > 50:
        return False
    text = text.strip(" :—–-»›→")
    return any(p.fullmatch(text) for p in (words.NEWS_TITLE, words.OTHER_BOX, words.RELATED))


def _bold(token: Token) -> bool:
    return bool(token.element.flags & el.BOLD)


class StoryFinder:
    """Finds the stories of one page."""

    def __init__(self, document: Document, tokens: list[Token], own_id: str | None = None) -> None:
        self.document = document
        self.tokens = tokens
        self.starts = [t.start for t in tokens]
        self.own_id = own_id
        self.covered: set[int] = set()
        self.stories: list[Story] = []

    def run(self) -> list[Story]:
        """All stories in the page's order, the page's own article among them as `own`."""
        self._linked()
        self._marked()
        self._flat()
        self._labelled()
        self.stories.sort(key=lambda s: s.start)
        self._boxes()
        return self.stories

    # --- elements that hold one story ---

    def _range(self, element: Element) -> range:
        return range(bisect_left(self.starts, element.start), bisect_left(self.starts, element.end))

    def _key(self, token: Token) -> object:
        if token.kind == OWN:
            return OWN
        address = token.address
        return address.external_id or address.url if address else None

    def _several(self, element: Element) -> bool:
        """Whether an element speaks of more than one story."""
        keys: set[object] = set()
        sections = whens = marks = 0
        after_section = after_when = after_mark = False
        first = last = ""
        for i in self._range(element):
            token = self.tokens[i]
            kind = token.kind
            if kind == NOISE:
                continue
            if kind in (STORY, OWN):
                keys.add(self._key(token))
                if len(keys) > 1:
                    return True
            if kind == LABEL and token.labels:
                if token.labels.sections:
                    sections += not after_section
                    after_section = True
                if token.labels.when and not token.labels.clock:
                    whens += not after_when
                    after_when = True
                if sections > 1 or whens > 1:
                    return True
                continue
            if kind == MARKER:
                marks += not after_mark
                after_mark = True
            elif kind == BADGE or token.excerpt or not token.text:
                continue
            else:
                after_section = after_when = after_mark = False
            first = first or kind
            last = kind
        return marks > 2 or (marks == 2 and not (first == last == MARKER))

    def _row(self, token: Token, need_headline: bool = False) -> Element | None:
        """The largest element around a token that speaks of one story only."""
        row: Element | None = None
        found = not need_headline
        for element in token.element.ancestors():
            if element.tag in ("body", "main") or self._several(element):
                break
            span = self._range(element)
            if need_headline and any(i in self.covered for i in span):
                break
            found = found or any(self.tokens[i].kind == OTHER and is_headline(self.tokens[i]) for i in span)
            if found:
                row = element
                if element.tag in el.ITEMS:
                    break
        return row

    def _add(self, row: Element, address: Address | None, tokens: Iterable[int], own: bool = False) -> Story:
        members = [i for i in tokens if i not in self.covered]
        self.covered.update(members)
        story = Story(self.starts[members[0]] if members else row.start, row, address, [self.tokens[i] for i in members])
        story.own = own
        self.stories.append(story)
        return story

    def _linked(self) -> None:
        for i, token in enumerate(self.tokens):
            if i in self.covered or token.kind not in (STORY, OWN):
                continue
            row = self._row(token)
            if row is None:
                self._add(token.element, token.address, [i], own=token.kind == OWN)
            else:
                self._add(row, token.address, self._range(row), own=token.kind == OWN)

    def _marked(self) -> None:
        """Premium entries that are no links."""
        for i, token in enumerate(self.tokens):
            if token.kind != MARKER or i in self.covered or token.element.flags & _OUTSIDE:
                continue
            row = self._row(token, need_headline=True)
            if row is not None:
                self._add(row, None, self._range(row))

    # --- lists without rows ---

    def _flat(self) -> None:
        rows = sorted(self.stories, key=lambda s: s.start)
        done: set[int] = set()
        for i, token in enumerate(self.tokens):
            if i in self.covered or token.kind not in (MARKER, LABEL) or token.element.flags & _OUTSIDE:
                continue
            if token.kind == LABEL and not token.labels:
                continue
            container = next((e for e in token.element.ancestors() if self._holds(e, rows) > 1), None)
            if container is None or id(container) in done:
                continue
            done.add(id(container))
            self._cut(container, rows)

    @staticmethod
    def _holds(element: Element, rows: list[Story]) -> int:
        starts = [s.start for s in rows]
        return bisect_left(starts, element.end) - bisect_left(starts, element.start)

    def _cut(self, container: Element, rows: list[Story]) -> None:
        """Cut a list without rows where its pattern begins anew."""
        items: list[tuple[str, int, Story | None]] = []
        owner = {id(t): s for s in rows for t in s.tokens}
        for i in self._range(container):
            token = self.tokens[i]
            story = owner.get(id(token))
            if story is not None:
                if not items or items[-1][2] is not story:
                    items.append(("row", i, story))
                continue
            if i in self.covered or token.kind in (NOISE, BADGE) or token.element.flags & _OUTSIDE:
                continue
            kind = {LABEL: "label", MARKER: "mark"}.get(token.kind, "text")
            if token.excerpt:
                continue
            if kind == "label" and not token.labels:
                continue
            items.append((kind, i, None))
        kinds = [self._is_title(items, n) for n in range(len(items))]
        titles = [n for n, kind in enumerate(kinds) if kind in ("row", "headline")]
        if not titles:
            return
        before, after = kinds[: titles[0]], kinds[titles[-1] + 1 :]
        labels_first = "label" in before[-4:] or "label" not in after
        has_labels = "label" in kinds
        marks_first = "mark" in before[-4:] and "mark" not in after[:2]
        begins = ("label",) if has_labels and labels_first else ("mark",) if marks_first else ("row", "headline")
        chunk: list[tuple[str, int, Story | None]] = []
        previous = ""
        for (_, i, story), kind in zip(items, kinds, strict=True):
            titled = any(k in ("row", "headline") for k, _, _ in chunk)
            starts = kind in begins and (previous != kind or kind in ("row", "headline"))
            if begins == ("label",) and kind == "mark" and titled and marks_first:
                starts = True
            if kind == "text" or (starts and (titled or begins != ("row", "headline"))):
                self._close(chunk)
                chunk = []
            elif kind in ("row", "headline") and titled and begins != ("label",):
                self._close(chunk)
                chunk = []
            elif kind == "row" and titled:
                self._close(chunk)
                chunk = []
            if kind != "text":
                chunk.append((kind, i, story))
            previous = kind
        self._close(chunk)

    def _is_title(self, items: list[tuple[str, int, Story | None]], n: int) -> str:
        """What an item is; a text with a mark next to it is a headline."""
        kind, i, _ = items[n]
        if kind != "text":
            return kind
        if not is_headline(self.tokens[i]):
            return "text"
        for step in (1, -1):
            m = n + step
            while 0 <= m < len(items) and items[m][0] == "label":
                m += step
            if 0 <= m < len(items) and items[m][0] == "mark":
                # A mark after a row's headline and before this text may be the row's.
                return "headline" if step == 1 or not (m and items[m - 1][0] == "row") else "text"
        return "text"

    def _close(self, chunk: list[tuple[str, int, Story | None]]) -> None:
        """Give labels and marks of a chunk to its story."""
        loose_ends = [i for kind, i, _ in chunk if kind in ("label", "mark")]
        sections = sum(bool(self.tokens[i].labels and self.tokens[i].labels.sections) for i in loose_ends)  # type: ignore[union-attr]
        if sections > 3:
            return  # a menu of sections
        story = next((s for _, _, s in chunk if s is not None), None)
        if story is not None:
            if not story.own:
                story.tokens += [self.tokens[i] for i in loose_ends]
                self.covered.update(loose_ends)
            else:
                story.tokens += [self.tokens[i] for i in loose_ends]
                self.covered.update(loose_ends)
            return
        titles = [i for kind, i, _ in chunk if kind == "headline"]
        if titles and loose_ends:
            self._add(self.tokens[titles[0]].element, None, sorted([titles[0], *loose_ends]))

    # --- entries with neither link nor mark ---

    def _labelled(self) -> None:
        """Unmarked texts with a section name, in rows like those of other stories."""
        parents = {(id(s.row.parent), s.row.tag) for s in self.stories if not s.own}
        for i, token in enumerate(self.tokens):
            if i in self.covered or token.kind != LABEL or not token.labels or not token.labels.sections:
                continue
            row = self._row(token, need_headline=True)
            if row is not None and (id(row.parent), row.tag) in parents and row.tag not in el.INLINE:
                self._add(row, None, self._range(row))

    def _boxes(self) -> None:
        titles = [
            t
            for i, t in enumerate(self.tokens)
            if i not in self.covered
            and t.kind in (OTHER, NOISE)
            and not t.element.flags & (_OUTSIDE | el.HEADER * (not t.level))
            and (t.level or not t.element.link)
            and (t.level or is_box_title(t))
            and len(t.text) < 60
            and t.text
        ]
        starts = [t.start for t in titles]
        for story in self.stories:
            n = bisect_left(starts, story.start)
            story.box = titles[n - 1] if n else None


def same_headline(a: str, b: str) -> bool:
    """Whether two prints are of one headline."""
    return loose(a) == loose(b)
