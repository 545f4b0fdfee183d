"""Pages saved to disk, with the `meta.json` beside them that says where they came from.

A case is a folder of one saved page (`page.html`, `page.json` or `page.txt`), its `meta.json` and,
in `fixtures/`, its `expected.json`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from newscrawler.exceptions import UsageError

PAGE_FILES = ("page.html", "page.json", "page.txt")
META_FILE = "meta.json"
EXPECTED_FILE = "expected.json"


@dataclass(frozen=True, slots=True)
class SavedPage:
    """One response as it was saved."""

    raw: bytes
    """The body, byte for byte."""
    url: str
    """Where it was fetched; empty where nobody knows."""
    headers: Mapping[str, str]
    """Response headers, names in lower case."""
    fetched_at: datetime
    """Aware. Without `meta.json` and without an explicit time: when the file was last written."""
    path: Path
    """The file it was read from."""
    meta: Mapping[str, Any] = field(default_factory=dict)
    """All of `meta.json`, for what only tests and people read (`kind`, `note`)."""


def load(path: str | Path, url: str | None = None, fetched_at: datetime | None = None) -> list[SavedPage]:
    """Read a saved page, a case folder, or a folder of cases (at any depth), sorted by path.

    `url` and `fetched_at` replace what `meta.json` says. Raises UsageError for a path that does not
    exist, a folder without pages, a file that cannot be read and a `meta.json` that is not valid.
    """
    path = Path(path)
    if path.is_dir():
        found = case_pages(path)
        if not found:
            raise UsageError(f"no saved pages in {path}: expected {', '.join(PAGE_FILES)} in it or below it")
        return [_load_file(page, url, fetched_at) for page in found]
    if not path.exists():
        raise UsageError(f"no such file or folder: {path}")
    return [_load_file(path, url, fetched_at)]


def case_pages(folder: Path) -> list[Path]:
    """The saved page of every case in a folder and below it, sorted."""
    return sorted(page for name in PAGE_FILES for page in folder.rglob(name))


def _load_file(path: Path, url: str | None, fetched_at: datetime | None) -> SavedPage:
    try:
        raw = path.read_bytes()
        written_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except OSError as exc:
        raise UsageError(f"cannot read {path}: {exc.strerror or exc}") from exc
    meta_path = path.with_name(META_FILE)
    # `meta.json` describes the page of its case, not any file that happens to lie beside it.
    meta = _read_meta(meta_path) if path.name in PAGE_FILES and meta_path.exists() else {}
    return SavedPage(
        raw=raw,
        url=_text(meta, "url", meta_path) if url is None else url,
        headers=_headers(meta, meta_path),
        fetched_at=fetched_at or _moment(meta, meta_path) or written_at,
        path=path,
        meta=meta,
    )


def _read_meta(path: Path) -> dict[str, Any]:
    try:
        meta = json.loads(path.read_bytes())
    except OSError as exc:
        raise UsageError(f"cannot read {path}: {exc.strerror or exc}") from exc
    except (ValueError, RecursionError) as exc:
        raise UsageError(f"{path} is not valid JSON: {exc}") from exc
    if not isinstance(meta, dict):
        raise UsageError(f"{path} holds {type(meta).__name__}, expected an object with url and fetched_at")
    return meta


def _text(meta: Mapping[str, Any], key: str, path: Path) -> str:
    value = meta.get(key) or ""
    if not isinstance(value, str):
        raise UsageError(f"{path}: {key} is {value!r}, expected a string")
    return value


def _headers(meta: Mapping[str, Any], path: Path) -> dict[str, str]:
    headers = meta.get("headers") or {}
    if not isinstance(headers, dict) or not all(isinstance(v, str) for v in headers.values()):
        raise UsageError(f"{path}: headers is {headers!r}, expected an object of strings")
    return {name.lower(): value for name, value in headers.items()}


def _moment(meta: Mapping[str, Any], path: Path) -> datetime | None:
    value = meta.get("fetched_at")
    if value is None:
        return None
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError) as exc:
        raise UsageError(
            f"{path}: fetched_at is {value!r}, expected a time such as 2025-10-24T15:05:00+03:00"
        ) from exc
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
