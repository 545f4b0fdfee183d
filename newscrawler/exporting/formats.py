"""One writer for each format."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from dataclasses import fields
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import IO, Any, get_type_hints

from newscrawler.exceptions import UsageError
from newscrawler.storage.records import Article, Event, Run

Exported = Article | Event | Run
_ROW_GROUP = 5000


def write_jsonl(rows: Iterable[Exported], out: IO[str]) -> None:
    """One JSON object per line, as `--json` prints it."""
    for row in rows:
        out.write(json.dumps(row.to_json(), ensure_ascii=False) + "\n")


def write_csv(rows: Iterable[Exported], cls: type[Exported], out: IO[str]) -> None:
    """CSV with a head; lists and objects as JSON.

    A headline that begins with `=` stays as it is: whoever adds a sign to keep spreadsheets from calculating
    changes what the publisher said. Import as text instead.
    """
    names = [field.name for field in fields(cls)]
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    for row in rows:
        writer.writerow([cell(getattr(row, name)) for name in names])


def write_parquet(rows: Iterable[Exported], cls: type[Exported], path: Path) -> None:
    """Parquet with typed columns; objects as JSON. Raises UsageError where pyarrow is not installed."""
    try:
        import pyarrow
        from pyarrow import parquet
    except ModuleNotFoundError:
        raise UsageError("Parquet needs the extra [parquet]: pip install 'newscrawler[parquet]'") from None
    types: dict[Any, Any] = {
        int: pyarrow.int64(),
        bool: pyarrow.bool_(),
        datetime: pyarrow.timestamp("us", tz="UTC"),
        date: pyarrow.date32(),
        list[str]: pyarrow.list_(pyarrow.string()),
    }
    kinds = _kinds(cls)
    schema = pyarrow.schema([(name, types.get(kind, pyarrow.string())) for name, kind in kinds.items()])
    remaining = iter(rows)
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        while some := list(islice(remaining, _ROW_GROUP)):
            columns = {
                name: [
                    getattr(row, name) if kind in types else cell(getattr(row, name), none=None)
                    for row in some
                ]
                for name, kind in kinds.items()
            }
            writer.write_table(pyarrow.table(columns, schema=schema))


def cell(value: Any, *, none: str | None = "") -> Any:
    """A value in one cell: times in ISO form with `Z`, lists and objects as JSON."""
    if value is None:
        return none
    if isinstance(value, str):
        return value
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return str(value)
    plain = (
        value if isinstance(value, (list, dict)) else {f.name: getattr(value, f.name) for f in fields(value)}
    )
    return json.dumps(plain, ensure_ascii=False)


def _kinds(cls: type[Exported]) -> dict[str, Any]:
    """Field → its type, without `| None`."""
    found = {}
    for name, hint in get_type_hints(cls).items():
        if name in {field.name for field in fields(cls)}:
            some = [each for each in getattr(hint, "__args__", ()) if each is not type(None)]
            found[name] = some[0] if type(None) in getattr(hint, "__args__", ()) and len(some) == 1 else hint
    return found
