"""`newscrawler newsroom`: an invented news site on this machine, to try things on."""

from __future__ import annotations

import sys
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal, get_args

import click

from newscrawler.exceptions import UsageError
from newscrawler.newsroom.faults import Fault
from newscrawler.newsroom.ledger import Happening
from newscrawler.newsroom.newsroom import Newsroom
from newscrawler.newsroom.other_sites import Make, serve_as
from newscrawler.newsroom.rendering import LAYOUTS
from newscrawler.newsroom.script import random_script
from newscrawler.newsroom.server import ServedSite, serve
from newscrawler.newsroom.wording import LANGUAGES, Language

_TICK_SECONDS = 0.5
_PLANNED_AHEAD = timedelta(days=1)


@click.command()
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0: any free one."
)
@click.option("--layout", type=click.Choice(sorted(LAYOUTS)), default="classic", show_default=True)
@click.option("--stock", type=click.IntRange(min=0), default=120, show_default=True, help="Stories at first.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed, the same stories.")
@click.option(
    "--tempo",
    type=click.FloatRange(min=0.0),
    default=1.0,
    show_default=True,
    help="Minutes that pass there in a minute here; 0: nothing happens.",
)
@click.option(
    "--per-hour",
    type=click.FloatRange(min=0.01),
    default=6.0,
    show_default=True,
    help="What happens in an hour there.",
)
@click.option(
    "--plays",
    type=click.Choice(["pozirk", *get_args(Make)]),
    default="pozirk",
    show_default=True,
    help="What make of site: Pozirk, a WordPress, one with sitemaps or with feeds alone.",
)
@click.option("--rest", is_flag=True, help="Offer the WordPress REST interface as well.")
@click.option("--crawl-delay", type=click.FloatRange(min=0.0), help="Ask for so many seconds in robots.txt.")
@click.option(
    "--fixture",
    "fixtures",
    multiple=True,
    metavar="PATH=CASE_DIR",
    help="Serve a saved page byte for byte at a path; may be repeated.",
)
@click.option("--bundled", is_flag=True, help="Serve the bundled sample pages at their own addresses.")
@click.option(
    "--fault",
    "faults",
    multiple=True,
    metavar="RULE",
    help="Misbehave: status,status=503,path=/en/*,probability=0.1; may be repeated.",
)
def newsroom(
    port: int,
    layout: str,
    stock: int,
    seed: int,
    tempo: float,
    per_hour: float,
    plays: Literal["pozirk", "wordpress", "sitemap", "feed"],
    rest: bool,
    crawl_delay: float | None,
    fixtures: tuple[str, ...],
    bundled: bool,
    faults: tuple[str, ...],
) -> None:
    """Serve an invented news site on this machine, which publishes as time passes."""
    languages: tuple[Language, ...] = LANGUAGES if plays == "pozirk" else ("en",)
    room = Newsroom(seed, datetime.now(UTC), layout=layout, languages=languages)
    room.stock(stock)
    rules = [Fault.parse(rule) for rule in faults]
    cases = [_parse_fixture(fixture) for fixture in fixtures]
    if plays == "pozirk":
        served = serve(room, port=port, rest=rest, crawl_delay_seconds=crawl_delay, faults=rules)
    else:
        served = serve_as(room, plays, port=port, faults=rules)
    with served as site:
        if bundled:
            site.add_fixtures()
        for path, directory in cases:
            site.add_fixture(directory, path)
        print(site.base_url, flush=True)
        command = "crawl pozirk --base-url" if plays == "pozirk" else "sites add"
        print(
            f"{stock} stories in {', '.join(room.languages)}. In another terminal:\n"
            f"  newscrawler {command} {site.base_url}\n"
            f"Ctrl-C ends it.",
            file=sys.stderr,
        )
        with suppress(KeyboardInterrupt):
            _live(room, site, tempo, per_hour, seed)
    print(f"{len(site.requests)} requests were answered.", file=sys.stderr)


def _live(room: Newsroom, site: ServedSite, tempo: float, per_hour: float, seed: int) -> None:
    """Let time pass until the site is stopped."""
    planned_until, rounds, last = room.now, 0, time.monotonic()
    while not site.stopping.wait(_TICK_SECONDS):
        now = time.monotonic()
        step, last = timedelta(seconds=(now - last) * tempo), now
        if tempo and room.now + step >= planned_until:
            random_script(room, _PLANNED_AHEAD, actions_per_hour=per_hour, seed=seed + rounds)
            planned_until, rounds = room.now + _PLANNED_AHEAD, rounds + 1
        for happening in room.advance(step):
            print(_line(happening), file=sys.stderr)


def _line(happening: Happening) -> str:
    story = happening.story
    mark = " premium" if story.premium else ""
    mark += "" if story.has_link else " (no address)"
    return f"{happening.at:%H:%M} {happening.kind}{mark} {story.path} {story.headline}"


def _parse_fixture(text: str) -> tuple[str, Path]:
    path, separator, directory = text.partition("=")
    if not separator or not path.startswith("/"):
        raise UsageError(
            f"--fixture {text!r}: expected PATH=CASE_DIR, such as /en/news/=fixtures/pozirk/seed"
        )
    return path, Path(directory)
