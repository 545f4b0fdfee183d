"""`newscrawler init`."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import click

from newscrawler.config import CONFIG_FILE
from newscrawler.exceptions import UsageError

STARTER = "starter.toml"


@click.command()
@click.option("--force", is_flag=True, help="Replace the file that is there.")
def init(force: bool) -> None:
    """Write newscrawler.toml, with every setting explained, into the working directory."""
    text = (files("newscrawler") / STARTER).read_text(encoding="utf-8")
    try:
        with Path(CONFIG_FILE).open("w" if force else "x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise UsageError(f"{CONFIG_FILE} exists; --force replaces it") from None
    except OSError as exc:
        raise UsageError(f"cannot write {CONFIG_FILE}: {exc.strerror}") from exc
    click.echo(f"{CONFIG_FILE} written; next: newscrawler watch")
