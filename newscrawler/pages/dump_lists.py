"""The news list of a text dump: one line an entry, or section, headline and mark on lines of their own."""

from __future__ import annotations

import re
from typing import Final

from newscrawler.items import Entry, Evidence
from newscrawler.normalize.text import clean
from newscrawler.pages import words
from newscrawler.pages.clock import Clock
from newscrawler.pages.labels import LabelScanner
from newscrawler.pages.premium import NO_MARK
from newscrawler.pages.profile import Profile

_BULLET: Final = re.compile(r"(?:[-–—*•·●▪◦‣+o]|\d{1,3}[.)])\s+")
_CLOCK: Final = re.compile(r"\[?(?:[01]?\d|2[0-3]):[0-5]\d\]?[\s—–|,-]+")
_JOINERS: Final = " :|·—–-()[]"
_IN_LIST: Final = "line of the list"
MAX_HEADLINE: Final = 250


class DumpList:
    """Reads entries out of the lines of one dump."""

    def __init__(self, profile: Profile, clock: Clock) -> None:
        self.profile = profile
        names = "|".join(re.escape(s) for s in sorted(profile.sections, key=len, reverse=True)) or r"(?!)"
        self._sections = re.compile(
            rf"[\[(]?((?:{names})(?:\s*[,/|·]\s*(?:{names}))*)(?:[\])](?=\s))?", re.IGNORECASE
        )
        self._last = re.compile(
            rf"\s*[—–|(\[/]\s*((?:{names})(?:\s*,\s*(?:{names}))*)\s*[)\]]?\s*$", re.IGNORECASE
        )
        self.scanner = LabelScanner(profile.sections, clock.fetched_at)

    def entry(self, line: str) -> Entry | None:
        """A line of the news list; None for a line of text."""
        bullet = _BULLET.match(line)
        rest = line[bullet.end() :] if bullet else line
        if clock := _CLOCK.match(rest):
            rest = rest[clock.end() :]
        mark = self.profile.marker.search(rest)
        if mark is None and bullet and (badge := self.profile.plus.search(rest)):
            mark = badge if not rest[badge.end() :].strip(_JOINERS) else None
        if mark and not rest[: mark.start()].strip(_JOINERS):
            # The mark before its headline.
            rest, found = rest[mark.end() :].lstrip(_JOINERS), mark[0]
            title_end = len(rest)
        else:
            found, title_end = (mark[0] if mark else ""), mark.start() if mark else len(rest)
        match = self._sections.match(rest)
        if match is None:
            # `- Headline` with its mark but without a section is an entry still.
            if not (bullet and found and title_end):
                return None
            title = rest[:title_end]
            last = self._last.search(title.rstrip(" |·—–-:")) or self._last.search(
                rest[title_end + len(found) :]
            )
            sections = [clean(s) for s in last[1].split(",")] if last else []
            if last and last.string is not rest[title_end + len(found) :]:
                title = (
                    last.string[: last.start()] if title.startswith(last.string[: last.start()]) else title
                )
        else:
            sections = [clean(s) for s in re.split(r"[,/|·]", match[1])]
            title = rest[match.end() : title_end]
        title = title.strip(_JOINERS) if not title[:1].isalnum() else title.strip().rstrip(" |·—–-:([")
        if not bullet and not found and title:
            return None  # a sentence that begins with a section's name
        entry = Entry(headline=title or None, sections=sections)
        _mark(entry, clean(found) if found else None)
        return entry

    def is_mark(self, line: str) -> str | None:
        """The mark, where a line is nothing else."""
        match = self.profile.marker.search(line) if len(line) < 120 else None
        return (
            clean(match[0])
            if match and not (line[: match.start()] + line[match.end() :]).strip(_JOINERS + "!.*")
            else None
        )

    def read(self, lines: list[str]) -> list[Entry]:
        """The entries of a list, in its order."""
        found: list[Entry] = []
        several = self._several_lines(lines)
        mark_above: str | None = None
        marks_first = several and next((bool(self.is_mark(k)) for k in lines if not self._dull(k)), False)
        for line in lines:
            if mark := self.is_mark(line):
                if marks_first or not found:
                    mark_above = mark
                else:
                    _mark(found[-1], mark)
                continue
            entry = self.entry(line)
            if entry is None and several:
                bare = _bare(line)
                if self._dull(line):
                    continue
                if found and found[-1].headline is None and found[-1].sections:
                    found[-1].headline = bare
                continue
            if entry is not None:
                if mark_above:
                    _mark(entry, mark_above)
                    mark_above = None
                found.append(entry)
        return found

    def _several_lines(self, lines: list[str]) -> bool:
        """Whether headlines stand on lines of their own, under their sections."""
        bare = followed = 0
        for line, following in zip(lines, [*lines[1:], ""], strict=False):
            entry = self.entry(line)
            if entry is None or entry.headline or not entry.sections:
                continue
            bare += 1
            if self.is_mark(following) or (
                following and self.entry(following) is None and not self._dull(following)
            ):
                followed += 1
        return followed * 2 > bare

    def _dull(self, line: str) -> bool:
        """A title, time, button or line of a footer: no headline."""
        return (
            len(line) > MAX_HEADLINE
            or bool(words.box_kind(line) == "news" or words.is_noise(line) or words.is_buttons(line))
            or self.profile.asks(line)
            or (self.scanner.scan(line) is not None and self.entry(line) is None)
        )


def _bare(line: str) -> str:
    bullet = _BULLET.match(line)
    return line[bullet.end() :] if bullet else line


def _mark(entry: Entry, mark: str | None) -> None:
    """Set what the mark of an entry says, or its absence."""
    entry.premium = mark is not None
    entry.premium_evidence = Evidence("mark", mark, _IN_LIST) if mark else Evidence(NO_MARK)
