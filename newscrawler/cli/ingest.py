"""`newscrawler ingest`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from newscrawler.cli.output import open_database
from newscrawler.exceptions import UsageError
from newscrawler.ingest import ingest as ingest_pages
from newscrawler.saved_pages import SavedPage, load
from newscrawler.sites import GENERIC, find_site, get_site
from newscrawler.sites.base import Site
from newscrawler.storage.ledger import Ledger
from newscrawler.summary import summary_lines


@click.command()
@click.option("--site", "site_name", help="The site that the pages are of, where their address does not say.")
@click.option("--url", help="Where the page was fetched, where no meta.json says so.")
@click.option("--fetched-at", help="When, in ISO form.  [default: meta.json, else when the file was written]")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.pass_context
def ingest(
    ctx: click.Context,
    site_name: str | None,
    url: str | None,
    fetched_at: str | None,
    paths: tuple[Path, ...],
) -> None:
    """Take in saved pages: HTML, REST JSON or text. PATHS are files, cases, or folders of them.

    A meta.json beside a page gives its address, time and headers.
    """
    moment = _moment(fetched_at) if fetched_at else None
    saved = [page for path in paths for page in load(path, url=url, fetched_at=moment)]
    by_site: dict[str, tuple[Site, list[SavedPage]]] = {}
    for page in saved:
        site = get_site(site_name) if site_name else find_site(page.raw, page.url, page.headers)
        if site is GENERIC:
            raise UsageError(f"{page.path}: which site is it of? Say it with --site, or give --url")
        by_site.setdefault(site.name, (site, []))[1].append(page)
    ledger = Ledger(open_database())
    results = [
        (name, ingest_pages(pages, site=site, ledger=ledger)) for name, (site, pages) in by_site.items()
    ]
    for name, result in results:
        print("\n".join(summary_lines(name, result, result.balance)))
    if any(result.status != "ok" for _, result in results):
        ctx.exit(1)


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(
            f"--fetched-at {text!r}: expected an ISO time such as 2025-10-22T09:00+03:00"
        ) from None
    return moment if moment.tzinfo else moment.astimezone()
