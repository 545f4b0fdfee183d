"""`newscrawler refresh`."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from newscrawler.config import load_config
from newscrawler.exceptions import UsageError
from newscrawler.printable import printable
from newscrawler.refresh import refresh as refresh_cases
from newscrawler.saved_pages import EXPECTED_FILE
from newscrawler.single_fetch import Session, is_url
from newscrawler.sites import get_site


@click.command()
@click.argument("site")
@click.option(
    "--fixtures", type=click.Path(path_type=Path, file_okay=False), default=Path("fixtures"),
    show_default=True, help="Where cases are kept, one folder for each site.",
)  # fmt: skip
@click.option("--base-url", help="Ask a mirror or a local copy instead of the site.")
def refresh(site: str, fixtures: Path, base_url: str | None) -> None:
    """Capture a site's pages anew as test cases, to be reviewed.

    Its listings, a free and a premium story of each, and every page captured before are fetched one after
    the other, with the delay of the settings, as robots.txt allows. They become new cases; no case is
    replaced.
    """
    if base_url is not None and not is_url(base_url):
        raise UsageError(f"--base-url is {base_url!r}, expected an address such as http://127.0.0.1:8000")
    config = load_config()
    session = Session(config.user_agent, config.delay_seconds, max_requests=None)
    now = datetime.now(UTC)
    saved = failed = 0
    for page in refresh_cases(
        get_site(site), fixtures, session, f"{now:%Y-%m-%d}", base_url.rstrip("/") if base_url else None
    ):
        if page.folder is None or page.reading is None:
            failed += 1
            print(f"{page.url}: {printable(page.problem or '')}", file=sys.stderr)
            continue
        saved += 1
        click.echo(
            f"{page.folder}: {page.reading.kind}, {len(page.reading.entries)} entries; "
            f"review {page.folder / EXPECTED_FILE}"
        )
    print(f"{saved} cases to review, {failed} pages without one", file=sys.stderr)
    if failed:
        raise SystemExit(1)
