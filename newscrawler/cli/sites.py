"""`newscrawler sites` and `newscrawler sites add`."""

from __future__ import annotations

import re
import sys
from typing import Any
from urllib.parse import urlsplit

import click
from rich.text import Text

from newscrawler.cli.output import Column, json_line, print_table
from newscrawler.config import CONFIG_FILE, load_config
from newscrawler.config_file import add_site, site_table
from newscrawler.exceptions import UsageError
from newscrawler.items import Article
from newscrawler.printable import printable
from newscrawler.single_fetch import Session, is_url
from newscrawler.site_description import NAME
from newscrawler.site_survey import Survey, survey, table_of
from newscrawler.sites import known_sites, origin_of
from newscrawler.sites.base import Site


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object per line.")
@click.pass_context
def sites(ctx: click.Context, as_json: bool) -> None:
    """List the sites that can be crawled, or add one."""
    if ctx.invoked_subcommand is not None:
        return
    known = list(known_sites().values())
    if as_json:
        for site in known:
            print(json_line(_record(site)))
        return
    rows: list[list[Text | str]] = [
        [
            site.name,
            origin_of(site.name),
            ", ".join(site.languages),
            ", ".join(dict.fromkeys(way.kind for way in site.ways(site.languages))),
            site.base_url,
            site.note or "",
        ]
        for site in known
    ]
    columns: list[Column] = [
        (name, {}) for name in ("name", "from", "languages", "found by", "address", "note")
    ]
    print_table(columns, rows, empty="no sites")


@sites.command()
@click.argument("url")
@click.option("--name", help="What to call the site.  [default: after its host]")
@click.option("--language", "languages", multiple=True, help="A language of the site; may be repeated.")
@click.option("--yes", is_flag=True, help="Write the table without asking.")
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print what was found as a JSON object.")
def add(
    url: str, name: str | None, languages: tuple[str, ...], yes: bool, dry_run: bool, as_json: bool
) -> None:
    """Look at the site at URL, read three of its stories, and write its table into newscrawler.toml.

    robots.txt is obeyed, and no more than 30 requests are made, one at a time.
    """
    if not is_url(url):
        raise UsageError(f"{url!r}: expected an address such as https://news.example/")
    name = name or _name_of(url)
    if not NAME.fullmatch(name):
        raise UsageError(f"--name {name!r}: expected lower-case letters, digits, - and _")
    if name in known_sites():
        raise UsageError(f"a site named {name} is known already; choose another with --name")
    if not (yes or dry_run or sys.stdin.isatty()):
        raise UsageError("there is nobody to ask whether to write it: give --yes or --dry-run")
    config = load_config()
    found = survey(url, Session(config.user_agent, config.delay_seconds), languages)
    settings = found.settings()
    if as_json:
        print(json_line(_found(name, found) | {"table": dict(table_of(settings))}))
    else:
        _show(found)
        print(f"\n{site_table(name, settings)}", end="")
    if dry_run:
        return
    if not any(isinstance(read, Article) for _, read in found.articles):
        print("warning: none of the stories tried could be read", file=sys.stderr)
    if not yes and not click.confirm(f"Write this into {CONFIG_FILE}?", err=True):
        return
    add_site(CONFIG_FILE, name, settings)
    print(f"written into {CONFIG_FILE}; next: newscrawler crawl {name}", file=sys.stderr)


def _record(site: Site) -> dict[str, Any]:
    return {
        "name": site.name,
        "from": origin_of(site.name),
        "url": site.base_url,
        "languages": list(site.languages),
        "timezone": site.timezone,
        "ways": [
            {"kind": way.kind, "url": way.url, "languages": list(way.languages)}
            for way in site.ways(site.languages)
        ],
        "note": site.note,
    }


def _name_of(url: str) -> str:
    """A name after the host: `https://www.news.example.org/` → `example`."""
    labels = [label for label in (urlsplit(url).hostname or "").split(".") if label != "www"]
    label = labels[-2] if len(labels) > 1 else (labels or [""])[0]
    name = re.sub(r"[^a-z0-9_-]", "", label.lower())
    return "example" if not name or name.isdigit() else name


def _show(found: Survey) -> None:
    """What was found, for people."""
    lines = [
        ("address", found.url),
        ("calls itself", found.name),
        ("languages", ", ".join(found.languages)),
        ("time zone", found.timezone),
        ("REST", ", ".join(found.rest)),
        ("feeds", ", ".join(found.feeds)),
        ("sitemaps", ", ".join(found.sitemaps)),
        ("listing", ", ".join(found.listings)),
        ("stories", f"{found.stories}, by {found.found_by}" if found.found_by else "none"),
        ("crawl delay", f"{found.crawl_delay_seconds:g} s" if found.crawl_delay_seconds else None),
        ("requests", str(found.requests)),
    ]
    for label, value in lines:
        if value:
            print(f"{label:>14}  {printable(value)}")
    for url, read in found.articles:
        print(f"\n{printable(url)}")
        if isinstance(read, str):
            print(f"{'not read':>14}  {printable(read)}")
            continue
        evidence = read.premium_evidence
        why = " ".join(filter(None, (evidence.signal, evidence.text))) if evidence else "nothing says"
        premium = {True: "premium", False: "free", None: "not said"}[read.premium]
        day = read.published_at or read.published_date
        for label, value in (
            ("headline", read.headline or "none"),
            ("published", day.isoformat() if day else "not said"),
            ("text", f"{len(read.body)} paragraphs, {sum(map(len, read.body))} characters"),
            ("premium", f"{premium} ({why})"),
        ):
            print(f"{label:>14}  {printable(value)}")
    for remark in found.remarks:
        print(f"note: {printable(remark)}", file=sys.stderr)


def _found(name: str, found: Survey) -> dict[str, Any]:
    return {
        "name": name,
        "url": found.url,
        "languages": found.languages,
        "timezone": found.timezone,
        "rest": found.rest,
        "feeds": found.feeds,
        "sitemaps": found.sitemaps,
        "listings": found.listings,
        "stories": found.stories,
        "found_by": found.found_by,
        "articles": [
            {
                "url": url,
                "headline": read.headline,
                "published": str(read.published_at or read.published_date or "") or None,
                "characters": sum(map(len, read.body)),
                "premium": read.premium,
                "premium_signal": read.premium_evidence.signal if read.premium_evidence else None,
            }
            if isinstance(read, Article)
            else {"url": url, "error": read}
            for url, read in found.articles
        ],
        "remarks": found.remarks,
        "requests": found.requests,
    }
