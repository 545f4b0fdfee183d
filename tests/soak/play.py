"""Plays a newsroom in real time, spoils its answers, kills the watch and its crawls, and counts."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from newscrawler.newsroom import Fault, Newsroom, ServedSite, serve
from newscrawler.queries import ArticleQuery, EventQuery
from newscrawler.storage.database import Database
from newscrawler.storage.reading import find_articles, find_events
from newscrawler.storage.records import Run
from tests.watching import Watch, pids_of, runs_of, until, write_settings

FAULTS = (
    Fault("status", probability=0.03, status=503),
    Fault("status", probability=0.02, status=403),
    Fault("reset", probability=0.02),
    Fault("truncated", probability=0.02),
    Fault("challenge", probability=0.02),
    Fault("login", probability=0.01),
    Fault("half_listing", probability=0.03),
    Fault("empty_listing", probability=0.02),
    Fault("delay", probability=0.02, seconds=2),
)


@dataclass
class Figures:
    """What came of it."""

    minutes: float
    runs: Counter[str] = field(default_factory=Counter)
    requests: int = 0
    stories: int = 0
    watch_kills: int = 0
    crawl_kills: int = 0
    missed: list[str] = field(default_factory=list)
    """Headlines of stories on the site that are not stored."""
    repeated: list[str] = field(default_factory=list)
    """Headlines stored or reported more than once."""
    overlaps: int = 0
    """Pairs of crawls that ran at one time."""
    left_running: int = 0
    memory: list[int] = field(default_factory=list)
    """Of the watch, bytes, of each of its lives a list of samples put one after the other."""
    handles: list[int] = field(default_factory=list)

    def growth(self) -> tuple[float, int]:
        """How much more memory (as a factor) and handles the last quarter of samples needs than the first."""
        quarter = max(1, len(self.memory) // 4)
        memory = max(self.memory[-quarter:]) / max(self.memory[:quarter])
        return memory, max(self.handles[-quarter:]) - max(self.handles[:quarter])

    def problems(self) -> list[str]:
        """What should not be."""
        memory, handles = self.growth()
        checks = {
            f"missed {self.missed}": self.missed,
            f"repeated {self.repeated}": self.repeated,
            f"{self.overlaps} crawls ran beside another": self.overlaps,
            f"{self.left_running} runs were left running": self.left_running,
            f"memory grew to {memory:.2f} of what it was": memory > 1.3,
            f"{handles} handles more than at first": handles > 8,
            "no crawl succeeded": not self.runs["ok"],
        }
        return [text for text, wrong in checks.items() if wrong]

    def __str__(self) -> str:
        memory, handles = self.growth()
        megabytes = [size / 2**20 for size in self.memory]
        return (
            f"{self.minutes:g} minutes, {sum(self.runs.values())} crawls "
            f"({', '.join(f'{n} {status}' for status, n in self.runs.most_common())}), "
            f"{self.requests} requests, {self.stories} stories\n"
            f"killed: the watch {self.watch_kills} times, crawls {self.crawl_kills} times\n"
            f"missed {len(self.missed)}, repeated {len(self.repeated)}, crawls side by side {self.overlaps}, "
            f"runs left running {self.left_running}\n"
            f"memory of the watch {min(megabytes):.1f} to {max(megabytes):.1f} MB (x{memory:.2f}), "
            f"handles {min(self.handles)} to {max(self.handles)} ({handles:+d})"
        )


def soak(folder: Path, minutes: float, *, seed: int, kills: bool) -> Figures:
    """Watch a site for so long, in a folder of its own."""
    figures = Figures(minutes)
    rng = random.Random(seed)
    newsroom = Newsroom(seed=seed, now=datetime.now(UTC), page_size=8)
    newsroom.stock(20, days=2)
    database_url = f"sqlite:///{folder / 'newscrawler.db'}"
    database = Database.open(database_url)
    with serve(newsroom) as site:
        write_settings(folder, database_url, site.base_url, interval_seconds=2, watch={"keep_logs": 20})
        stop = threading.Event()
        publishing = threading.Thread(target=_publish, args=(newsroom, stop, rng.randrange(2**32)))
        watch = Watch(folder)
        try:
            until(lambda: any(run.status == "ok" for run in runs_of(database)), seconds=180)
            publishing.start()
            site.faults.add(*FAULTS)
            watch = _live_through(minutes, watch, folder, figures, rng, kills=kills)
            stop.set()
            publishing.join()
            site.faults.clear()
            _catch_up(database, site)
            watch.send(signal.SIGTERM)
            watch.wait()
        finally:
            stop.set()
            watch.__exit__(None, None, None)
        figures.requests = len(site.requests)
        _compare(figures, newsroom, database)
    database.close()
    return figures


def _publish(newsroom: Newsroom, stop: threading.Event, seed: int) -> None:
    """Several stories a minute, edits, flips and removals, in real time."""
    rng = random.Random(seed)
    before = time.monotonic()
    while not stop.wait(1.0):
        now = time.monotonic()
        newsroom.advance(seconds=now - before)
        before = now
        if rng.random() < 0.3:
            newsroom.publish_any(longreads_share=0)  # their listing is asked for hourly
        if rng.random() < 0.15:
            act = rng.choice((newsroom.edit_body, newsroom.edit_headline, newsroom.make_free))
            with suppress(LookupError, ValueError):
                act()


def _live_through(
    minutes: float, watch: Watch, folder: Path, figures: Figures, rng: random.Random, *, kills: bool
) -> Watch:
    end = time.monotonic() + minutes * 60
    next_kill = time.monotonic() + rng.uniform(5, 40)
    while time.monotonic() < end:
        _sample(watch.process.pid, figures)
        time.sleep(0.5)
        if not kills or time.monotonic() < next_kill:
            continue
        next_kill = time.monotonic() + rng.uniform(5, 60)
        crawls = pids_of("newscrawler.watch.child pozirk", folder)
        if crawls and rng.random() < 0.6:
            with suppress(ProcessLookupError):
                os.kill(rng.choice(crawls), signal.SIGKILL)
            figures.crawl_kills += 1
        else:
            watch.process.kill()
            watch.wait()
            figures.watch_kills += 1
            watch = Watch(folder)
    return watch


def _sample(pid: int, figures: Figures) -> None:
    with suppress(OSError):
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        handles = len(list(Path(f"/proc/{pid}/fd").iterdir()))
        if pages * os.sysconf("SC_PAGE_SIZE") > 40 * 2**20:  # else it has only begun
            figures.memory.append(pages * os.sysconf("SC_PAGE_SIZE"))
            figures.handles.append(handles)


def _catch_up(database: Database, site: ServedSite) -> None:
    """Two good crawls, begun after the last trouble."""
    last = max((run.id for run in runs_of(database)), default=0)
    # A site that failed often is asked again later; here nobody wants to wait.
    from newscrawler.storage.schema import sites

    def done() -> bool:
        with database.writing() as connection:
            connection.execute(sites.update().values(next_run_at=datetime.now(UTC)))
        return sum(run.status == "ok" and run.id > last + 1 for run in runs_of(database)) >= 2

    until(done, seconds=300)


def _compare(figures: Figures, newsroom: Newsroom, database: Database) -> None:
    articles = [a for a in find_articles(database, ArticleQuery()) if a.duplicate_of is None]
    stored = Counter((article.language, article.headline) for article in articles)
    ids = {article.external_id for article in articles}
    visible = newsroom.ledger.visible()
    figures.stories = len(visible)
    for story in visible:
        said = {(story.language, happening.story.headline) for happening in newsroom.ledger.history(story.id)}
        if str(story.id) not in ids and not said & set(stored):
            address = story.path if story.has_link else "no address"
            figures.missed.append(f"{story.id} ({address}, {story.published_at:%H:%M:%S}) {story.headline}")
    figures.repeated = sorted(str(headline) for (_, headline), count in stored.items() if count > 1)
    told = Counter(
        (event.article_id, event.kind)
        for event in find_events(database, EventQuery())
        if event.kind in ("new", "new_premium")
    )
    figures.repeated += [str(article_id) for (article_id, _), count in told.items() if count > 1]
    runs = runs_of(database)
    figures.runs = Counter(run.status for run in runs)
    figures.left_running = figures.runs["running"]
    figures.overlaps = sum(_ran_beside(a, b) for a, b in pairwise(runs))


def _ran_beside(earlier: Run, later: Run) -> bool:
    return earlier.finished_at is None or later.started_at < earlier.finished_at
