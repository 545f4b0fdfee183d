"""What has been followed all the way down to what was known before: each way, in each language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, time, timedelta

from newscrawler.items import Observation, Visit
from newscrawler.sites.ways import Way

LATE = timedelta(days=2)
"""How long after the time it states a story may appear, and still be news."""


class Sweeps:
    """The sweeps of earlier runs, and what becomes of this one.

    A way that has never been swept in a language shows what was there before: a baseline, not news. That is
    so also for a way that is added to a site later.
    """

    def __init__(self, swept_at: Mapping[str, datetime], languages: Sequence[str]) -> None:
        self._swept_at = swept_at
        self._languages = languages
        self._read: dict[Way, None] = {}
        self._gaps: dict[Way, str] = {}
        # Before ways had sweeps of their own, a site had listings alone and a sweep was one of a language.
        self._by_language = not any("://" in key for key in swept_at)

    def at(self, way: Way, language: str) -> datetime | None:
        """When a way was last swept in a language; None for never."""
        if self._by_language and way.kind == "listing":
            return self._swept_at.get(language)
        return self._swept_at.get(_key(way, language))

    def oldest(self, way: Way) -> datetime | None:
        """When a way was last swept in all of its languages that are crawled; None where one never was."""
        moments = [self.at(way, language) for language in self._of(way)]
        known = [moment for moment in moments if moment is not None]
        return min(known) if known and len(known) == len(moments) else None

    def has_swept(self, language: str) -> bool:
        """Whether any way was ever swept in a language."""
        return language in self._swept_at

    def is_history(self, seen: Observation) -> bool:
        """Whether a story never seen was published so long before the last sweep that it is no news.

        It was edited, and so came into a list of what changed.
        """
        moments = [at for key, at in self._swept_at.items() if key.partition(" ")[0] == seen.language]
        published = seen.published_at
        if published is None and seen.published_date is not None:
            published = datetime.combine(seen.published_date, time(23, 59), UTC)
        return bool(moments) and published is not None and published < max(moments) - LATE

    def usable(self, visit: Visit | None, way: Way) -> Visit | None:
        """A list's last visit, if "not modified since" would mean that nothing has been missed.

        After a run that failed half-way the first page may be old news and what it led to still unread.
        """
        swept_at = self.oldest(way)
        return None if visit is None or swept_at is None or visit.at > swept_at else visit

    def read(self, way: Way) -> None:
        """Note that a way's first page was read."""
        self._read[way] = None

    def leave_gap(self, way: Way, why: str) -> None:
        """Note that what a way leads to has not all been seen: the next run must not take it for known."""
        self._gaps.setdefault(way, why)

    def unswept(self) -> dict[str, str]:
        """Languages whose stories have not all been seen, with the first reason."""
        found: dict[str, str] = {}
        for way, why in self._gaps.items():
            for language in self._of(way) if way.required else ():
                found.setdefault(language, why)
        return found

    def was_read(self, way: Way) -> bool:
        """Whether another way, of another kind, can have shown its stories."""
        return any(
            other.kind != way.kind and set(way.languages) <= set(other.languages) and other not in self._gaps
            for other in self._read
        )

    def made(self) -> list[str]:
        """What this run has swept, as runs keep it: languages, and each way of each language."""
        swept = [way for way in self._read if way not in self._gaps]
        main = {language for way in swept if way.required for language in self._of(way)}
        gaps = {language for way in self._gaps if way.required for language in self._of(way)}
        languages = [language for language in self._languages if language in main and language not in gaps]
        return [*languages, *(_key(way, language) for way in swept for language in self._of(way))]

    def _of(self, way: Way) -> Iterable[str]:
        return [language for language in self._languages if language in way.languages]


def _key(way: Way, language: str) -> str:
    return f"{language} {way.url}"
