"""What was read from a page, as JSON: in full for programs, and in the form of `expected.json`."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from typing import Any

from newscrawler.items import Article, Entry, ParsedPage

_ARTICLE = (
    "url", "external_id", "language", "headline", "dateline", "published_date", "published_at", "modified_at",
    "sections", "premium", "lead", "body", "photo_credits", "related", "related_titles",
)  # fmt: skip
_ENTRY = ("headline", "sections", "premium", "url", "external_id")
_DATED = (*_ENTRY, "published_at", "published_date")
_REST = (*_DATED, "modified_at", "dateline", "body")


def to_json(value: Any) -> Any:
    """A reading with all its fields; moments in UTC with `Z`."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: to_json(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, list):
        return [to_json(item) for item in value]
    if isinstance(value, dict):
        return {key: to_json(item) for key, item in value.items()}
    return value


def to_expected(page: ParsedPage) -> dict[str, Any]:
    """A reading in the form of a fixture's `expected.json`, to be reviewed by a person."""
    if page.kind in ("listing", "wp_rest", "unknown"):
        names = _REST if page.kind == "wp_rest" else _DATED
        return {
            "language": page.language,
            "next_page": page.next_page,
            "entries": [_pick(entry, names) for entry in page.entries],
            "entries_optional": [],
        }
    expected = _pick(page.article or Article(language=page.language), _ARTICLE)
    evidence = page.article.premium_evidence if page.article else None
    expected["premium_reason"] = (
        evidence.signal if evidence and page.article and page.article.premium else None
    )
    expected["entries"] = [_pick(entry, _ENTRY) for entry in page.entries]
    expected["body_optional"] = []
    expected["entries_optional"] = []
    return expected


def _pick(item: Article | Entry, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: to_json(getattr(item, name)) for name in names}
