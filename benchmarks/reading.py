"""How well and how fast stories of any publisher are read: `python benchmarks/reading.py FOLDER`.

FOLDER (or NEWSCRAWLER_READING_SAMPLES) holds `<case>/page.html` or `page.html.gz`, saved pages, and
`<case>/expected.json` with their truth: `url`, `title`, `date` (ISO), `authors` (list), `body` (pairs of kind
and text; `lead` and `heading` may be returned or left out), each None or empty where it is not known, and
`is_accessible_for_free_sure` with `is_accessible_for_free`. No such pages come with the project.

Body: overlap of runs of four words, precision and recall as means over pages. Headline: equal but for case,
spaces, quotes and dashes. Date: the day. Authors: names. Premium three times: the page as it is, without its
isAccessibleForFree (hidden), without `article:content_tier` either (bare). Beside it, in the same run,
trafilatura where it is installed (`pip install -e '.[bench]'`).
"""

from __future__ import annotations

import gzip
import importlib
import json
import os
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import newscrawler
from newscrawler.exceptions import NewscrawlerError
from newscrawler.normalize.text import loose

Case = tuple[str, dict[str, Any]]
Read = Callable[[str, str], dict[str, Any]]
NOW = datetime(2030, 1, 1, tzinfo=UTC)
_WORD = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]|[^\W\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]+")
_LD_JSON = re.compile(r"<script[^>]*application/ld\+json[^>]*>(.*?)</script>", re.S | re.I)
_TIER = re.compile(r"<meta[^>]*content_tier[^>]*>", re.I)


def ours(html: str, url: str) -> dict[str, Any]:
    """What the project reads."""
    headers = {"Content-Type": "text/html; charset=utf-8"}
    try:
        article = newscrawler.parse(html.encode(), url=url, headers=headers, fetched_at=NOW).article
    except NewscrawlerError:
        return {}
    if article is None:
        return {}
    return {
        "text": "\n".join([article.lead or "", *article.body]), "title": article.headline,
        "date": article.published_at or article.published_date, "authors": article.authors,
        "premium": article.premium,
    }  # fmt: skip


def trafilaturas() -> Read | None:
    """What trafilatura reads; None where it is not installed."""
    try:
        library = importlib.import_module("trafilatura")
    except ImportError:
        return None

    def read(html: str, url: str) -> dict[str, Any]:
        found: Any = library.bare_extraction(html, url=url, with_metadata=True)
        if found is None:
            return {}
        authors = found.author.split("; ") if found.author else []
        return {"text": found.text, "title": found.title, "date": found.date, "authors": authors}

    return read


def load(folder: Path) -> list[Case]:
    """Pages with their truth."""
    cases = []
    for expected in sorted(folder.glob("**/expected.json")):
        page = expected.with_name("page.html.gz")
        raw = gzip.decompress(page.read_bytes()) if page.exists() else None
        plain = expected.with_name("page.html")
        if raw is None and plain.exists():
            raw = plain.read_bytes()
        truth = json.loads(expected.read_text("utf-8"))
        if raw is not None and truth.get("url") and isinstance(truth.get("body"), list):
            cases.append((raw.decode("utf-8", "replace"), truth))
    return cases


def grams(text: str) -> Counter[tuple[str, ...]]:
    """Runs of four words; of four characters in scripts written without spaces."""
    words = _WORD.findall(text)
    return Counter(tuple(words[n : n + 4]) for n in range(max(1, len(words) - 3)) if words)


def body_score(truth: dict[str, Any], text: str) -> tuple[float | None, float]:
    """Precision (None without text) and recall."""
    full = "\n".join(part for _, part in truth["body"])
    needed = "\n".join(part for kind, part in truth["body"] if kind == "paragraph") or full
    every, least, got = grams(full), grams(needed), grams(text)
    want = least & every or least
    precision = ((least | every) & got).total() / got.total() if got else None
    return precision, (want & got).total() / max(1, want.total())


def moment(value: Any) -> datetime | None:
    """A date in any of its forms."""
    if isinstance(value, datetime) or value is None:
        return value
    try:
        return datetime.fromisoformat(value.isoformat() if isinstance(value, date) else str(value).strip())
    except ValueError:
        return None


def same_day(truth: Any, value: Any) -> bool:
    """The same day as written, or in the truth's zone."""
    wanted, got = moment(truth), moment(value)
    if wanted is None or got is None:
        return False
    days = {got.date()}
    if wanted.tzinfo and got.tzinfo:
        days.add(got.astimezone(wanted.tzinfo).date())
    return wanted.date() in days


def hidden(html: str) -> str:
    """A page without what it states of its being free."""
    for script in _LD_JSON.findall(html):
        if "isaccessibleforfree" in script.lower():
            html = html.replace(script, "{}")
    return re.sub("isAccessibleForFree", "withheld", html, flags=re.I)


def bare(html: str) -> str:
    """The same without the tag of tiers."""
    return _TIER.sub("", hidden(html))


def harmonic(p: float, r: float) -> float:
    """F1."""
    return 2 * p * r / (p + r) if p + r else 0.0


def accuracy(cases: list[Case], read: Read) -> tuple[str, float]:
    """A row of scores, and pages per second of CPU."""
    bodies: list[tuple[float | None, float]] = []
    titles: list[bool] = []
    dates: list[bool] = []
    hits = misses = 0
    spent = 0.0
    for html, truth in cases:
        start = time.process_time()
        found = read(html, truth["url"])
        spent += time.process_time() - start
        bodies.append(body_score(truth, found.get("text") or ""))
        if truth.get("title"):
            titles.append(loose(found.get("title") or "") == loose(truth["title"]))
        if truth.get("date"):
            dates.append(same_day(truth["date"], found.get("date")))
        if truth.get("authors"):
            want, got = (
                {loose(n) for n in names or ()} for names in (truth["authors"], found.get("authors"))
            )
            hits, misses = hits + len(want & got), misses + len(want ^ got)
    p = statistics.mean([x for x, _ in bodies if x is not None] or [0.0])
    r = statistics.mean(x for _, x in bodies)
    speed = len(cases) / spent
    shares = " ".join(f"{statistics.mean(x or [0]):>8.3f}" for x in (titles, dates))
    authors = 2 * hits / (2 * hits + misses) if hits else 0.0
    return f"{p:>6.3f} {r:>6.3f} {harmonic(p, r):>6.3f} {shares} {authors:>8.3f} {speed:>8.1f}", speed


def premium(cases: list[Case], view: Callable[[str], str]) -> str:
    """Precision and recall of `premium` where the truth is sure."""
    tally: Counter[tuple[bool, bool]] = Counter()
    for html, truth in cases:
        if truth.get("is_accessible_for_free_sure"):
            said = ours(view(html), truth["url"]).get("premium") is True
            tally[not truth["is_accessible_for_free"], said] += 1
    right, invented, missed = tally[True, True], tally[False, True], tally[True, False]
    return (
        f"{right / max(1, right + invented):>6.3f} {right / max(1, right + missed):>6.3f}"
        f"   ({right} right, {invented} invented, {missed} missed, {tally[False, False]} rightly free)"
    )


def main() -> None:
    """Print a row for each reader, a row for each view, and the ratio of speeds."""
    given = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("NEWSCRAWLER_READING_SAMPLES")
    if not given:
        print("no pages given: name a folder, or set NEWSCRAWLER_READING_SAMPLES")
        return
    cases = load(Path(given))
    if not cases:
        sys.exit(f"{given}: no <case>/page.html(.gz) with expected.json in it")
    readers: dict[str, Read] = {"newscrawler": ours}
    if (other := trafilaturas()) is not None:
        readers["trafilatura"] = other
    print(f"{len(cases)} pages")
    print(f"{'':<12} {'P':>6} {'R':>6} {'F1':>6} {'headline':>8} {'date':>8} {'authors':>8} {'pages/s':>8}")
    speeds = {}
    for name, read in readers.items():
        read(*next((html, truth["url"]) for html, truth in cases[:1]))  # to warm up
        row, speeds[name] = accuracy(cases, read)
        print(f"{name:<12} {row}")
    if len(speeds) > 1:
        print(f"speed: {speeds['newscrawler'] / speeds['trafilatura']:.1f} times trafilatura's")
    else:
        print("trafilatura is not installed: nothing to compare with")
    print(f"{'premium':<12} {'P':>6} {'R':>6}")
    for name, view in (("as it is", str), ("hidden", hidden), ("bare", bare)):
        print(f"{name:<12} {premium(cases, view)}")


if __name__ == "__main__":
    main()
