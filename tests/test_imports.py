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
    "coverage.py",
    "health.py",
    "rhythm.py",
    "schedule.py",
    "changes.py",
    "identity.py",
    "looks.py",
    "observations.py",
    "printable.py",
    "queries.py",
    "parameters.py",
    "moments.py",
    "naming.py",
    "search",
    "normalize",
    "pages",
    "sites",
}
PLAIN_RECORDS = {"newscrawler.storage.records", "newscrawler.storage.alert_records"}
PURE_OF_ALERTS = {"settings", "rules", "composing", "pacing", "wording", "message", "rehearsal"}
ABOVE = {
    "storage",
    "alerts",
    "cli",
    "web",
    "newsroom",
    "demo",
    "ingest",
    "crawl",
    "saved_pages",
    "config",
    *SCRAPY_HOMES,
}


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
    if home(path) != "web":
        assert not tops & {"fastapi", "starlette", "uvicorn"}


@pytest.mark.parametrize(
    "path", [p for p in modules() if home(p) in PURE], ids=lambda path: str(path.relative_to(PACKAGE))
)
def test_what_is_pure_imports_nothing_above_it(path: Path) -> None:
    ours = {name.split(".")[1] for name in imported(path) if name.startswith("newscrawler.")}
    assert not ours & (ABOVE - {"config"} if path == REGISTRY else ABOVE)


@pytest.mark.parametrize("name", sorted(PURE_OF_ALERTS))
def test_what_decides_on_alerts_knows_no_database_and_no_network(name: str) -> None:
    wanted = imported(PACKAGE / "alerts" / f"{name}.py")
    ours = {module for module in wanted if module.startswith("newscrawler.")}
    assert not {m for m in ours if m.startswith("newscrawler.storage.")} - PLAIN_RECORDS
    assert not {m for m in ours if m.startswith("newscrawler.alerts.")} - {
        f"newscrawler.alerts.{pure}" for pure in PURE_OF_ALERTS
    }


def test_storage_knows_nothing_of_rules_and_channels() -> None:
    for path in (PACKAGE / "storage").rglob("*.py"):
        assert not {name for name in imported(path) if name.startswith("newscrawler.alerts")}, path
