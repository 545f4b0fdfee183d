"""How an article and its timeline are printed for people."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from newscrawler.cli.events import describe_evidence
from newscrawler.cli.output import premium_mark, zoned_time
from newscrawler.differences import Paragraph, Part, paragraphs_changed, shortened, words_changed
from newscrawler.printable import printable
from newscrawler.sites import known_sites
from newscrawler.storage.records import Article, History, Relative
from newscrawler.timeline import Step

_WIDEST = 100
"""Longer lines are hard to read."""
_LABEL = 14
_KEPT_WORDS = 12
"""How many words of a long unchanged stretch are left before and after a change."""
_NAMES = {
    "seen_earlier": "was there already, as a page shows that was taken in later",
    "first_seen": "first seen",
    "fetched": "its own page read for the first time",
    "new_premium": "premium",
    "became_premium": "became premium",
    "found_free": "free",
    "became_free": "became free",
    "headline_changed": "headline changed",
    "body_changed": "text changed",
    "sections_changed": "sections changed",
    "dates_changed": "date changed",
    "removed": "removed",
    "restored": "back again",
    "last_seen": "last seen",
}
_PLACES = {
    "listing": "in a listing",
    "side_list": "in a list on the side",
    "article": "on its own page",
}
_STYLES = {
    "new_premium": "bold yellow",
    "became_premium": "bold yellow",
    "became_free": "bold green",
    "removed": "bold red",
    "restored": "bold green",
    "found_free": "",
}


def print_history(history: History, steps: Sequence[Step]) -> None:
    """The article, its text and its timeline."""
    page = _Page(Console(highlight=False))
    _print_article(page, history, steps)
    page.put(Text("Timeline", style="bold"))
    for (at, run_id, run_kind, page_url), group in groupby(steps, key=_occasion):
        ran = f"run {run_id}" if run_id is not None else ""
        ran += ", from a file" if run_kind == "ingest" else ""
        where = [Text(said, style="dim") for said in (ran, page_url) if said]
        page.put()
        page.put(Text("  ").join([Text(zoned_time(at), style="bold"), *where]))
        for step in group:
            _print_step(page, step)


def _occasion(step: Step) -> tuple[Any, ...]:
    return step.at, step.run_id, step.run_kind, step.page_url


class _Page:
    """Prints text that wraps at words on a terminal and, for other programs, a paragraph to a line."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._width = min(console.width, _WIDEST) if console.is_terminal else sys.maxsize
        self._marks = console.no_color or console.color_system is None

    def put(self, text: Text | str = "", *, indent: int = 0, label: str = "") -> None:
        """Print a paragraph; a label stands before its first line."""
        text = text.copy() if isinstance(text, Text) else Text(text)
        text.plain = printable(text.plain)
        for n, line in enumerate(_wrapped(text, self._width - indent)):
            head = (label if n == 0 else "").ljust(indent)
            self._console.print(Text.assemble((head, "dim"), line), soft_wrap=True)

    def field(self, name: str, value: Text | str) -> None:
        """Print a field, unless nothing is known of it."""
        if value:
            self.put(value, indent=_LABEL, label=name)

    def marked(self, parts: Sequence[Part]) -> Text:
        """Words with what was deleted and inserted: in colour where there is any."""
        text = Text()
        for part in parts:
            said = printable(part.text)
            if part.kind == "deleted":
                text.append(f"[-{said}-]" if self._marks else said, "" if self._marks else "red strike")
            elif part.kind == "inserted":
                text.append(f"{{+{said}+}}" if self._marks else said, "" if self._marks else "green")
            else:
                text.append(said)
            text.append(" " * part.space)
        text.rstrip()
        return text


def _wrapped(text: Text, width: int) -> Iterable[Text]:
    """The lines of a text. A word longer than a line stays in one piece: an address is to be clicked on."""
    breaks: list[int] = []
    used = 0
    for word in re.finditer(r"\S+\s*", text.plain):
        if used and used + cell_len(word[0].rstrip()) > width:
            breaks.append(word.start())
            used = 0
        used += cell_len(word[0])
    lines = text.divide(breaks)
    for line in lines:
        line.rstrip()
    return lines


def _print_article(page: _Page, history: History, steps: Sequence[Step]) -> None:
    article = history.article
    page.put(Text(article.headline or "(no headline)", style="bold"))
    page.put(Text(article.url or "no address: the entry is not a link", style="dim"))
    page.put()
    page.field("article", f"{article.id}" + (f"  ({_own_id(article)})" if article.external_id else ""))
    page.field("site", article.site)
    page.field("language", article.language)
    page.field("sections", ", ".join(article.sections))
    page.field("authors", ", ".join(article.authors))
    page.field("published", _published(article))
    page.field("modified", zoned_time(article.modified_at) if article.modified_at else "")
    page.field("premium", _premium(article, steps))
    page.field("status", _status(history))
    if article.duplicate_of is not None:
        original = history.original
        page.field("duplicate of", _relative(original) if original else str(article.duplicate_of))
    for n, translation in enumerate(history.translations):
        said = Text.assemble(f"{translation.language}  ", _relative(translation))
        page.put(said, indent=_LABEL, label="translations" if n == 0 else "")
    page.put()
    for paragraph in article.body:
        page.put(paragraph)
        page.put()
    if not article.body:
        page.put(Text("no text was seen", style="dim"))
        page.put()


def _own_id(article: Article) -> str:
    return f"{article.site}:{article.external_id}"


def _published(article: Article) -> str:
    if article.published_at is not None:
        return zoned_time(article.published_at)
    if article.published_date is None:
        return ""
    site = known_sites().get(article.site)
    return f"{article.published_date}" + (f", a day in {site.timezone}" if site else "")


def _premium(article: Article, steps: Sequence[Step]) -> Text:
    said = premium_mark(article.premium)
    if article.premium is None:
        return Text.assemble(said, "  nobody says")
    turns = ("new_premium", "became_premium") if article.premium else ("became_free",)
    if turn := next((step for step in reversed(steps) if step.what in turns), None):
        said = Text.assemble(said, f" since {zoned_time(turn.at)}")
    evidence = describe_evidence(article.premium_evidence)
    return Text.assemble(said, f", because of {evidence}" if evidence else "")


def _status(history: History) -> Text:
    status = history.article.status
    said = Text.assemble((status, "bold red" if status == "removed" else ""))
    if history.gone_since is not None:
        said.append(f", its page answers 404 or 410 since {zoned_time(history.gone_since)}")
    return said


def _relative(relative: Relative) -> Text:
    if relative.id is None:
        return Text(relative.url or "", style="dim")
    return Text.assemble(f"{relative.id}  ", relative.headline or relative.url or "")


def _print_step(page: _Page, step: Step) -> None:
    said = Text.assemble((_NAMES.get(step.what, step.what.replace("_", " ")), _STYLES.get(step.what, "")))
    match step.what:
        case "first_seen" | "last_seen" if step.source is not None:
            said.append(f" {_PLACES[step.source]}")
        case "removed":
            answers = step.evidence.text if step.evidence is not None else None
            said.append(f": its page answered {answers or '404 or 410'}")
        case "paywall_text":
            said = Text("more text to be read" if _opened(step) else "less text to be read")
    if step.what == "first_seen" and step.baseline:
        said.append(" (baseline)", style="dim")
    if step.evidence is not None and step.what not in ("removed", "restored"):
        said.append(f", because of {describe_evidence(step.evidence)}", style="dim")
    page.put(said, indent=2)
    for line in _details(page, step):
        page.put(line, indent=4)


def _opened(step: Step) -> bool:
    return len(" ".join(step.new)) > len(" ".join(step.old))


def _details(page: _Page, step: Step) -> Iterator[Text]:
    """What changed."""
    match step.what:
        case "headline_changed":
            yield from _changed(page, "headline", step.old, step.new)
        case "sections_changed":
            yield from _changed(page, "sections", step.old, step.new)
        case "body_changed":
            yield from _changed(page, "body", step.old, step.new)
        case "paywall_text":
            hidden = "inserted" if _opened(step) else "deleted"
            yield from _paragraphs(page, paragraphs_changed(step.old, step.new), hidden)
        case "fetched" | "dates_changed" if step.new:
            for name in step.new:
                yield from _changed(page, name, step.old[name], step.new[name], named=step.what == "fetched")


def _changed(page: _Page, name: str, old: Any, new: Any, *, named: bool = False) -> Iterator[Text]:
    if name == "body":
        if not old:
            words = sum(len(paragraph.split()) for paragraph in new)
            yield Text(f"{_count(len(new), 'paragraph')} of text, {_count(words, 'word')}", style="dim")
            return
        yield from _paragraphs(page, paragraphs_changed(old, new))
        return
    if not old:
        said = Text(_said(new))
    elif isinstance(new, date):
        said = page.marked([Part("deleted", _said(old)), Part("inserted", _said(new))])
    else:
        said = page.marked(words_changed(_said(old), _said(new)))
    yield Text.assemble(f"{name.replace('_', ' ')}: " if named else "", said)


def _said(value: str | list[str] | date | None) -> str:
    if isinstance(value, list):
        return ", ".join(value)
    return zoned_time(value) if isinstance(value, datetime) else str(value or "")


def _paragraphs(page: _Page, found: Sequence[Paragraph], hidden: str | None = None) -> Iterator[Text]:
    """The paragraphs that changed; the others, and the ones of the kind `hidden`, only counted."""
    for kind, group in groupby(found, key=lambda paragraph: paragraph.kind):
        paragraphs = list(group)
        if kind in ("same", hidden):
            did = {"same": "unchanged", "inserted": "more", "deleted": "less"}[kind]
            yield Text(f"… {_count(len(paragraphs), 'paragraph')} {did} …", style="dim")
        else:
            for paragraph in paragraphs:
                yield page.marked(shortened(paragraph.parts, _KEPT_WORDS))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("s" if number != 1 else "")
