"""`newscrawler show`."""

from __future__ import annotations

import click

from newscrawler.cli.history import print_history
from newscrawler.cli.output import json_line, open_database
from newscrawler.exceptions import NewscrawlerError
from newscrawler.naming import parse_name
from newscrawler.storage.reading import find_history
from newscrawler.timeline import timeline


@click.command()
@click.argument("name", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def show(name: str, as_json: bool) -> None:
    """Show an article: what it says, and all that was seen to happen to it.

    ID is its number in `newscrawler articles`, the site's own id (pozirk:165639), or its address.
    """
    database = open_database()
    history = find_history(database, parse_name(name))
    if history is None:
        raise NewscrawlerError(f"no article {name!r} in database {database.name}")
    steps = timeline(history)
    if as_json:
        print(json_line(history.to_json() | {"timeline": [step.to_json() for step in steps]}))
    else:
        print_history(history, steps)
