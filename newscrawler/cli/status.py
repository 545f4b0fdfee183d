"""`newscrawler status`."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta

import click
from rich.console import Console
from rich.text import Text

from newscrawler.cli.output import local_time, open_database, print_json
from newscrawler.printable import printable
from newscrawler.storage.delays import SiteDelays
from newscrawler.storage.site_status import SiteStatus, site_statuses

_STYLES = {"ok": "bold green", "silent": "bold yellow", "late": "bold yellow"}


@click.command()
@click.argument("sites", nargs=-1, metavar="[SITE]...")
@click.option("--json", "as_json", is_flag=True, help="One JSON object per site and line.")
@click.pass_context
def status(ctx: click.Context, sites: tuple[str, ...], as_json: bool) -> None:
    """Show how each site is doing.

    Exit code 0: all well; 1: a site is late, failing, blocked, silent or drifting.
    """
    now = datetime.now(UTC)
    found = site_statuses(open_database(), now=now, names=sites)
    if as_json:
        print_json(found)
    else:
        _print(found, now)
    if missing := sorted(set(sites) - {each.site for each in found}):
        print(f"never crawled: {', '.join(missing)}", file=sys.stderr)
    if missing or any(each.state != "ok" for each in found):
        ctx.exit(1)


def _print(found: list[SiteStatus], now: datetime) -> None:
    if not found:
        print("no crawls yet: newscrawler crawl pozirk, or newscrawler watch", file=sys.stderr)
        return
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 200)
    for number, each in enumerate(found):
        if number:
            console.print()
        head = Text.assemble((each.site, "bold"), "  ", (each.state, _STYLES.get(each.state, "bold red")))
        if each.since is not None:
            head.append(f" for {_span(now - each.since)}")
        if each.reason:
            head.append(f": {printable(each.reason)}")
        console.print(head, soft_wrap=True)
        for name, told in each.conditions.items():
            if name != each.state:
                console.print(Text(f"  also {name}: {printable(str(told['reason']))}"), soft_wrap=True)
        for label, value in _lines(each, now):
            console.print(Text(f"  {label:<14}{value}"), soft_wrap=True)


def _lines(each: SiteStatus, now: datetime) -> list[tuple[str, str]]:
    return [
        ("last success", (_moment(each.last_success_at, now) or "never") + _failures(each)),
        ("next crawl", "now, under way" if each.crawling else _turn(each.next_run_at, now)),
        ("schedule", each.schedule or "none: newscrawler watch has not been told of it"),
        ("last 24 h", f"{each.new_24h} new, {each.premium_24h} premium"),
        ("delays", _delays(each.delays)),
    ]


def _failures(each: SiteStatus) -> str:
    if not each.failures_in_a_row:
        return ""
    crawls = "crawl" if each.failures_in_a_row == 1 else "crawls"
    return f"; {each.failures_in_a_row} {crawls} failed" + (" since" if each.last_success_at else "")


def _turn(moment: datetime | None, now: datetime) -> str:
    if moment is not None and moment <= now:
        return f"{local_time(moment)} (due for {_span(now - moment)})"
    return _moment(moment, now) or "not planned"


def _delays(delays: SiteDelays | None) -> str:
    """The median and, of ten, the ninth: from publication to first sight, and on to the first alert."""
    if delays is None:
        return "nothing new in 7 days"
    said = []
    for what, of in (
        ("published to seen", delays.published_to_seen),
        ("seen to told", delays.seen_to_alerted),
    ):
        if of.p50 is not None and of.p90 is not None:
            usual, slow = (_span(timedelta(seconds=seconds)) for seconds in (of.p50, of.p90))
            said.append(f"{what} {usual}, 9 of 10 within {slow}")
    return "; ".join(said) or "no time of publication is known"


def _moment(moment: datetime | None, now: datetime) -> str | None:
    if moment is None:
        return None
    away = f"{_span(now - moment)} ago" if moment <= now else f"in {_span(moment - now)}"
    return f"{local_time(moment)} ({away})"


def _span(duration: timedelta) -> str:
    seconds = duration.total_seconds()
    for size, unit in ((86400, "days"), (3600, "h"), (60, "min")):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:.0f} s"
