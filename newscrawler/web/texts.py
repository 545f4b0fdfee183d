"""How things read on a page."""

from __future__ import annotations

from urllib.parse import urlsplit

from newscrawler.items import Evidence
from newscrawler.printable import printable

_KINDS = {
    "new": ("New", "plain"),
    "new_premium": ("New, premium", "premium"),
    "became_premium": ("Became premium", "premium"),
    "became_free": ("Became free", "free"),
    "headline_changed": ("Headline changed", "edit"),
    "body_changed": ("Text changed", "edit"),
    "removed": ("Removed", "gone"),
    "restored": ("Back again", "free"),
    "site_blocked": ("Site blocked", "gone"),
    "site_failing": ("Site failing", "gone"),
    "site_drifting": ("Layout drifting", "edit"),
    "site_silent": ("Site silent", "edit"),
    "site_recovered": ("Site recovered", "free"),
    "first_seen": ("First seen", "plain"),
    "seen_earlier": ("Was there already, as a page shows that was taken in later", "plain"),
    "fetched": ("Its own page read for the first time", "plain"),
    "found_free": ("Found to be free", "plain"),
    "sections_changed": ("Sections changed", "edit"),
    "dates_changed": ("Date changed", "edit"),
    "paywall_text": ("Other text to be read: the paywall opened or closed", "edit"),
    "last_seen": ("Last seen", "plain"),
}
_SPANS = ((86400 * 2, 86400, "day"), (3600, 3600, "hour"), (60, 60, "minute"), (0, 1, "second"))


def shown(text: object) -> str:
    """Text from a page: control characters become visible, and none turns the line around."""
    return printable(str(text))


def outside_link(url: str | None) -> str | None:
    """An address that may be followed: http or https; None for any other."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None


def local_link(url: str) -> str:
    """An address of this server, without scheme and host; `/` for one that leads elsewhere."""
    safe = url.startswith("/") and not url.startswith(("//", "/\\")) and printable(url) == url
    return url if safe and "\\" not in url else "/"


def words_of_kind(kind: str) -> tuple[str, str]:
    """What to call a kind of event, and its tone: plain, premium, free, edit or gone."""
    return _KINDS.get(kind, (kind.replace("_", " ").capitalize(), "plain"))


def count(number: int, noun: str) -> str:
    """`1 page`, `2 pages`, `1,200 entries`."""
    plural = noun[:-1] + "ies" if noun.endswith("y") else noun + "s"
    return f"{number:,} {noun if number == 1 else plural}"


def duration(seconds: float | None) -> str:
    """`45 seconds`, `12 minutes`, `3.5 hours`, `4 days`; a dash where it is not known."""
    if seconds is None:
        return "–"
    for least, size, noun in _SPANS:
        if seconds >= least:
            amount = seconds / size
            said = f"{amount:.1f}".removesuffix(".0") if amount < 10 and size >= 3600 else f"{amount:.0f}"
            return f"{said} {noun}" + ("" if said == "1" else "s")
    return "0 seconds"


def evidence_words(evidence: Evidence) -> str:
    """What was found, in words."""
    return f"{evidence.signal}: “{evidence.text}”" if evidence.text else evidence.signal
