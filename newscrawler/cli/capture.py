"""`newscrawler capture`."""

from __future__ import annotations

import re
from pathlib import Path

import click

from newscrawler.captures import save_case
from newscrawler.cli.parse import pages_of
from newscrawler.exceptions import UsageError
from newscrawler.saved_pages import EXPECTED_FILE
from newscrawler.single_fetch import is_url
from newscrawler.sites import find_site, get_site


@click.command()
@click.argument("source", metavar="URL|FILE")
@click.option("--case", required=True, help="Name of the case, such as article-premium.")
@click.option("--site", help="Read it as a page of this site.  [default: told from address and content]")
@click.option(
    "--fixtures", type=click.Path(path_type=Path, file_okay=False), default=Path("fixtures"),
    show_default=True, help="Where cases are kept, one folder for each site.",
)  # fmt: skip
@click.option("--note", default="", help="A remark for meta.json.")
@click.option("--force", is_flag=True, help="Replace a case of this name.")
def capture(source: str, case: str, site: str | None, fixtures: Path, note: str, force: bool) -> None:
    """Save a page as a test case, with what is read from it now, to be reviewed.

    Correct expected.json where the reading is wrong: from then on the test demands what it says.
    """
    if not re.fullmatch(r"[\w.-]+", case) or case.startswith("."):
        raise UsageError(f"--case is {case!r}, expected letters, digits and dashes")
    pages = pages_of(source)
    if len(pages) != 1:
        raise UsageError(f"{source} holds {len(pages)} pages, expected one")
    page = pages[0]
    found = get_site(site) if site else find_site(page.raw, page.url, page.headers)
    reading = found.parse(page.raw, url=page.url, headers=page.headers, fetched_at=page.fetched_at)
    folder = fixtures / found.name / case
    if folder.exists() and not force:
        raise UsageError(f"{folder} exists; --force replaces it")
    save_case(folder, page, reading, note, captured=is_url(source))
    click.echo(f"{folder}: {reading.kind}, {len(reading.entries)} entries; review {folder / EXPECTED_FILE}")
