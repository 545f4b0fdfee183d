"""What the commands that list something share: options made of the vocabulary of queries, and formats."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, Generic, TypeVar

import click
from click.shell_completion import CompletionItem
from rich.console import Console
from rich.text import Text

from newscrawler.cli.output import TABLE_LIMIT, Record, json_line, print_table
from newscrawler.parameters import Parameter, Q, Query, parameters, read_query
from newscrawler.printable import printable
from newscrawler.sites import known_sites
from newscrawler.storage.paging import Stream

FORMATS = ("table", "json", "csv")
R = TypeVar("R", bound=Record)
F = TypeVar("F", bound=Callable[..., Any])
# What the command line says in its own way.
_OWN = {"premium", "baseline", "limit"}


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """A column of a table for people."""

    name: str
    cell: Callable[[R], Text | str]
    options: dict[str, Any]
    """Of rich's `Table.add_column`."""
    from_width: int = 0
    """Left out where the terminal is narrower."""


def query_options(query: type[Query], *, without: Sequence[str] = ()) -> Callable[[F], F]:
    """The words of a query as options: they reach the command as its keywords, for `query_from`."""

    def add(command: F) -> F:
        for parameter in reversed(parameters(query)):
            if parameter.name not in _OWN and parameter.name not in without:
                command = _option(parameter)(command)
        known = {parameter.name for parameter in parameters(query)}
        if "baseline" in known:
            help_text = "Only what a first look saw, or none of it."
            command = click.option("--baseline/--no-baseline", default=None, help=help_text)(command)
        if "premium" in known and "premium" not in without:
            for flag, value, what in (
                ("--premium-unknown", "unknown", "stories of which nobody says"),
                ("--free", "false", "free stories"),
                ("--premium", "true", "premium stories"),
            ):
                says = f"Only {what}; may be combined."
                command = click.option(flag, "premium", flag_value=value, multiple=True, help=says)(command)
        for name in ("until", "since"):
            says = f"Short for --{'published' if 'order' in known else 'seen'}-{name}."
            command = click.option(f"--{name}", help=says)(command)
        return command

    return add


def format_options(command: F) -> F:
    """`--limit`, `--format` and `--json`."""
    command = click.option("--json", "as_json", is_flag=True, help="The same as --format json.")(command)
    command = click.option(
        "--format",
        "form",
        type=click.Choice(FORMATS),
        help="A table, JSON objects, or CSV.  [default: table]",
    )(command)
    return click.option(
        "--limit",
        type=click.IntRange(min=0),
        help=f"At most so many, newest first; 0 for all.  [default: {TABLE_LIMIT} in a table, else all]",
    )(command)


def query_from(query: type[Q], options: dict[str, Any], *, limit: int | None = None) -> Q:
    """The query that options describe. Raises UsageError."""
    return read_query(query, options | {"limit": limit}, now=datetime.now().astimezone())


def chosen_format(form: str | None, as_json: bool) -> str:
    """The format that was asked for. Raises click's usage error where two were."""
    if as_json and form not in (None, "json"):
        raise click.UsageError(f"--json and --format {form} contradict each other")
    return "json" if as_json else form or "table"


def row_limit(limit: int | None, form: str) -> int | None:
    """How many rows to ask for."""
    if limit is None:
        return TABLE_LIMIT if form == "table" else None
    return limit or None


def print_rows(
    rows: Iterable[R], form: str, columns: Sequence[Column[R]], *, found: Stream[Any], empty: str
) -> None:
    """Rows in a format: a table holds what fits the terminal's width, JSON and CSV every field.

    `found` is the answer that they are made of. Where its limit leaves rows out, the last JSON object has
    `next_cursor`, and beside the other formats standard error says how to go on.
    """
    if form == "json":
        _print_json(rows, found)
        return
    if form == "csv":
        print_csv(rows)
    else:
        shown = [column for column in columns if column.from_width <= _width()]
        cells = [[column.cell(row) for column in shown] for row in rows]
        print_table([(column.name, column.options) for column in shown], cells, empty=empty)
    if found.cursor is not None:
        print(f"there are more: --limit 0 for all, --cursor {found.cursor} for the next", file=sys.stderr)


def _print_json(rows: Iterable[R], found: Stream[Any]) -> None:
    last = None
    for row in rows:
        if last is not None:
            print(json_line(last))
        last = row.to_json()
    if last is not None:
        print(json_line(last if found.cursor is None else last | {"next_cursor": found.cursor}))


def print_csv(found: Iterable[Record]) -> None:
    """CSV with a head, in UTF-8. Cells are what the page says, also where that begins with `=`."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    safe = printable if sys.stdout.isatty() else str
    rows = iter(found)
    for first in islice(rows, 1):
        values = first.to_json()
        writer.writerow(values)
        writer.writerow([safe(csv_cell(value)) for value in values.values()])
    for row in rows:
        writer.writerow([safe(csv_cell(value)) for value in row.to_json().values()])


def csv_cell(value: Any) -> str:
    """A value of a JSON object in a cell: nothing for None, text as it is, all else as JSON."""
    if value is None or isinstance(value, str):
        return value or ""
    return json.dumps(value, ensure_ascii=False)


def complete_site(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Names of sites for the shell."""
    return [CompletionItem(name) for name in known_sites() if name.startswith(incomplete)]


def _complete_language(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    languages = sorted({language for site in known_sites().values() for language in site.languages})
    return [CompletionItem(language) for language in languages if language.startswith(incomplete)]


_COMPLETIONS = {"site": complete_site, "language": _complete_language}


def _option(parameter: Parameter) -> Callable[[F], F]:
    more = " May be repeated." if parameter.multiple else ""
    return click.option(
        f"--{parameter.name.replace('_', '-')}",
        parameter.name,
        multiple=parameter.multiple,
        type=click.Choice(parameter.choices) if parameter.choices else None,
        help=parameter.help + more,
        shell_complete=_COMPLETIONS.get(parameter.name),
    )


def _width() -> int:
    return Console().width if sys.stdout.isatty() else sys.maxsize
