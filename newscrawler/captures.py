"""Saves a page as a test case: the page, where it came from, and what is read from it now."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from newscrawler.exceptions import UsageError
from newscrawler.items import ParsedPage
from newscrawler.readings import to_expected
from newscrawler.saved_pages import EXPECTED_FILE, META_FILE, PAGE_FILES, SavedPage


def save_case(
    folder: Path, page: SavedPage, reading: ParsedPage | None, note: str = "", *, captured: bool = False
) -> None:
    """Write page, meta.json and expected.json: no expected.json for a page that could not be read.

    `captured`: the page came from the site itself, just now. Raises UsageError where the folder cannot be
    written.
    """
    kind = reading.kind if reading else None
    names: dict[str | None, str] = {"wp_rest": "page.json", "text_dump": "page.txt"}
    meta: dict[str, Any] = {
        "url": page.url,
        "fetched_at": page.fetched_at.isoformat(),
        "language": reading.language if reading else None,
        "kind": kind,
        "headers": dict(page.headers),
        "note": note,
    }
    if captured:
        meta["captured"] = True
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in PAGE_FILES:
            (folder / name).unlink(missing_ok=True)
        (folder / names.get(kind, "page.html")).write_bytes(page.raw)
        _write(folder / META_FILE, meta)
        if reading is not None:
            _write(folder / EXPECTED_FILE, to_expected(reading))
    except OSError as exc:
        raise UsageError(f"cannot write {folder}: {exc.strerror or exc}") from exc


def _write(path: Path, value: dict[str, Any]) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
