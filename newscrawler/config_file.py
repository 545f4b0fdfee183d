"""Writing into newscrawler.toml, and leaving alone what else is in it."""

from __future__ import annotations

from pathlib import Path

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Table

from newscrawler.exceptions import NewscrawlerError, UsageError
from newscrawler.site_description import SiteDescription
from newscrawler.site_survey import table_of


def site_table(name: str, settings: SiteDescription) -> str:
    """The table of a site, as it stands in the file."""
    return tomlkit.dumps(_with_table(tomlkit.document(), name, settings)).strip() + "\n"


def add_site(path: Path, name: str, settings: SiteDescription) -> None:
    """Write the table of a site into a file, which is made where there is none. Comments and order stay.

    Raises UsageError for a file that is not valid or has such a table already, NewscrawlerError for one that
    cannot be written.
    """
    try:
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        document = tomlkit.parse(before)
    except (TOMLKitError, UnicodeDecodeError) as exc:
        raise UsageError(f"{path} is not valid TOML: {exc}") from exc
    if name in document.get("sites", {}):
        raise UsageError(f"{path} has a table sites.{name} already; choose another --name, or edit it")
    after = tomlkit.dumps(_with_table(document, name, settings)).lstrip()
    written = path.with_name(f"{path.name}.new")
    try:
        written.write_text(after, encoding="utf-8")
        written.replace(path)
    except OSError as exc:
        raise NewscrawlerError(f"cannot write {path}: {exc.strerror or exc}") from exc


def _with_table(document: tomlkit.TOMLDocument, name: str, settings: SiteDescription) -> tomlkit.TOMLDocument:
    table = tomlkit.table()
    for key, value in table_of(settings):
        table.add(key, value)
    sites = document.get("sites")
    if sites is None:
        sites = tomlkit.table(is_super_table=True)
        document.add("sites", sites)
    assert isinstance(sites, Table) or hasattr(sites, "append")
    sites.append(name, table)
    return document
