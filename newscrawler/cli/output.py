"""How commands print: a table for people, one JSON object per line for programs."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, Protocol, TypeVar

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from newscrawler.config import load_config
from newscrawler.printable import printable
from newscrawler.storage.database import Database

TABLE_LIMIT = 50
_UNPRINTABLE_IN_JSON = re.compile("[\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
Column = tuple[str, dict[str, Any]]
"""A heading, and options of rich's `Table.add_column`."""
F = TypeVar("F", bound=Callable[..., Any])


class Record(Protocol):
    """What can be printed as JSON."""

    def to_json(self) -> dict[str, Any]: ...


def output_options(command: F) -> F:
    """`--limit` and `--json`, the same for every command that lists something."""
    command = click.option("--json", "as_json", is_flag=True, help="One JSON object per line.")(command)
    return click.option(
        "--limit",
        type=click.IntRange(min=0),
        help=f"At most so many, newest first; 0 for all.  [default: {TABLE_LIMIT} in a table, all in JSON]",
    )(command)


def row_limit(limit: int | None, *, as_json: bool) -> int | None:
    """How many rows to ask the database for: one more than a table shows, to know whether there are more."""
    if limit == 0 or (limit is None and as_json):
        return None
    return limit if limit is not None else TABLE_LIMIT + 1


def open_database() -> Database:
    """The database of the user's settings, closed when the command ends. Raises UsageError, StorageError."""
    config = load_config()
    database = Database.open(config.database_url, timeout_seconds=config.database_timeout_seconds)
    click.get_current_context().call_on_close(database.close)
    return database


def print_json(records: Iterable[Record]) -> None:
    """One JSON object per line, in UTF-8."""
    for record in records:
        print(json_line(record.to_json()))


def json_line(value: dict[str, Any]) -> str:
    """JSON on one line, readable, with what would steer a terminal escaped."""
    said = json.dumps(value, ensure_ascii=False)
    return _UNPRINTABLE_IN_JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", said)


def print_table(
    columns: Sequence[Column], rows: Sequence[Sequence[Text | str]], *, empty: str, at_most: int | None = None
) -> None:
    """A table as wide as the terminal; where standard output is none, lines of any length."""
    if not rows:
        print(empty, file=sys.stderr)
        return
    shown = rows[:at_most]
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name, options in columns:
        table.add_column(name, **options)
    for row in shown:
        table.add_row(*(_cell(value) for value in row))
    Console(highlight=False, width=None if sys.stdout.isatty() else 200).print(table)
    if len(shown) < len(rows):
        print(f"the newest {at_most}; --limit 0 shows all", file=sys.stderr)


def _cell(value: Text | str) -> Text:
    """A cell that is shown as it is: a plain string would be read for rich's own markup."""
    cell = value.copy() if isinstance(value, Text) else Text(value)
    cell.plain = printable(cell.plain)
    return cell


def local_time(moment: datetime | None) -> str:
    """A moment to the minute in the zone of this machine."""
    return moment.astimezone().strftime("%Y-%m-%d %H:%M") if moment is not None else ""


def zoned_time(moment: datetime) -> str:
    """A moment to the minute in the zone of this machine, which is named."""
    return moment.astimezone().strftime("%Y-%m-%d %H:%M %Z")


def premium_mark(premium: bool | None) -> Text:
    """`premium`, `free`, or `?` where nobody says."""
    if premium is None:
        return Text("?", style="dim")
    return Text("premium", style="bold yellow") if premium else Text("free", style="dim")
