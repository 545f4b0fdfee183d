"""How much CPU time one page takes to read, by kind: `python benchmarks/parse.py [FOLDER]`.

Beside it, in the same run, what a hand-written spider would do: parsel and CSS selectors for five
fields, with which no field is checked, no entry read and no date understood.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from parsel import Selector

import newscrawler
from newscrawler.saved_pages import SavedPage, load

ROUNDS = 40


def five_fields(page: SavedPage) -> None:
    """Headline, canonical address, time, description and paragraphs by CSS."""
    selector = Selector(page.raw.decode("utf-8", "replace"), type="html")
    selector.css("h1::text").getall()
    selector.css("link[rel=canonical]::attr(href)").get()
    selector.css("meta[property='article:published_time']::attr(content)").get()
    selector.css("meta[name=description]::attr(content)").get()
    selector.css("article p::text, main p::text").getall()


def read(page: SavedPage) -> None:
    """All fields."""
    newscrawler.parse(page.raw, url=page.url, headers=page.headers, fetched_at=page.fetched_at, site="pozirk")


def times_ms(run: Callable[[SavedPage], None], page: SavedPage) -> tuple[float, float]:
    """Median and least CPU time of ROUNDS runs, in milliseconds.

    What else the machine does is not in it, but for what it takes from caches and memory: the least has the
    least of that.
    """
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        run(page)
        times.append((time.process_time() - start) * 1000)
    return statistics.median(times), min(times)


def main() -> None:
    """Print one line per kind of page, and one for pages of 60 to 90 KB."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1] / "fixtures" / "pozirk"
    rows: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    for page in load(folder):
        times = *times_ms(read, page), times_ms(five_fields, page)[0]
        rows[str(page.meta.get("kind", "?"))].append(times)
        if 60_000 <= len(page.raw) <= 90_000:
            rows["60 to 90 KB"].append(times)
    print(f"{'kind':<12} {'pages':>5} {'ms':>7} {'least':>7} {'parsel ms':>10} {'ratio':>6}")
    for kind, pages in sorted(rows.items()):
        mine, least, theirs = (statistics.median(column) for column in zip(*pages, strict=True))
        print(f"{kind:<12} {len(pages):>5} {mine:>7.2f} {least:>7.2f} {theirs:>10.2f} {mine / theirs:>6.2f}")


if __name__ == "__main__":
    main()
