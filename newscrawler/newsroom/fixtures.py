"""The bundled sample pages, and saved pages of the same shape."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from newscrawler.exceptions import UsageError

_PAGE_NAMES = ("page.html", "page.json", "page.txt", "page.xml")


@dataclass(frozen=True)
class Case:
    """A saved page with what is known of it."""

    name: str
    raw: bytes
    headers: Mapping[str, str]
    """As it was served, in lower case."""
    url: str
    """Empty where its address is unknown."""
    page_file: Path

    @property
    def path(self) -> str:
        """Where the newsroom serves it by default."""
        if not self.url:
            return f"/fixtures/{self.name}"
        parts = urlsplit(self.url)
        return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def fixtures_dir() -> Path:
    """Where the bundled cases are, `<site>/<case>/`: in the installed package, or the checkout's own.

    Raises UsageError where there are none.
    """
    here = Path(__file__).resolve()
    for candidate in (here.parent / "fixtures", here.parents[2] / "fixtures"):
        if candidate.is_dir():
            return candidate
    raise UsageError("the bundled sample pages are missing: neither in the package nor in a checkout")


def load_case(directory: Path) -> Case:
    """Read one case. Raises UsageError where it is not one."""
    page_file = next((directory / name for name in _PAGE_NAMES if (directory / name).is_file()), None)
    if page_file is None:
        raise UsageError(f"{directory} holds no saved page: expected one of {', '.join(_PAGE_NAMES)}")
    try:
        meta = json.loads((directory / "meta.json").read_text(encoding="utf-8"))
        return Case(
            name=directory.name,
            raw=page_file.read_bytes(),
            headers=dict(meta.get("headers") or {}),
            url=meta.get("url") or "",
            page_file=page_file,
        )
    except (OSError, ValueError, AttributeError) as exc:
        raise UsageError(f"cannot read {directory / 'meta.json'}: {exc}") from exc


def cases(directory: Path | None = None) -> Iterator[Case]:
    """Every case below `<directory>/<site>/`, the bundled ones by default, by name."""
    for meta_file in sorted((directory or fixtures_dir()).glob("*/*/meta.json")):
        yield load_case(meta_file.parent)
