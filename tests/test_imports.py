"""Imports point one way."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "newscrawler"
SCRAPY_HOMES = {
    "spiders",
    "pipelines",
    "middlewares",
    "extensions",
    "commands",
    "settings.py",
    "crawl.py",
    "ingest.py",
    "cli",
}
PURE = {
    "items.py",
    "exceptions.py",
    "balance.py",
    "changes.py",
    "identity.py",
    "observations.py",
    "queries.py",
    "normalize",
    "pages",
    "sites",
}
ABOVE = {"storage", "cli", "newsroom", "demo", "ingest", "crawl", "saved_pages", "config", *SCRAPY_HOMES}


def modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py"))


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


REGISTRY = PACKAGE / "sites" / "__init__.py"
"""Joins the sites that the user's settings declare to those that are bundled."""


def home(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0]


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_each_framework_has_one_home(path: Path) -> None:
    tops = {name.partition(".")[0] for name in imported(path)}
    if home(path) not in SCRAPY_HOMES:
        assert not tops & {"scrapy", "twisted", "itemadapter"}
    if home(path) != "storage":
        assert not tops & {"sqlalchemy", "alembic"}
    if home(path) not in {"cli"}:
        assert not tops & {"click", "rich"}


@pytest.mark.parametrize(
    "path", [p for p in modules() if home(p) in PURE], ids=lambda path: str(path.relative_to(PACKAGE))
)
def test_what_is_pure_imports_nothing_above_it(path: Path) -> None:
    ours = {name.split(".")[1] for name in imported(path) if name.startswith("newscrawler.")}
    assert not ours & (ABOVE - {"config"} if path == REGISTRY else ABOVE)
