"""Metrics for Prometheus, at http://127.0.0.1:PORT/metrics."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from newscrawler.exceptions import StorageError, UsageError
from newscrawler.storage.alert_list import count_alerts
from newscrawler.storage.database import Database
from newscrawler.storage.records import Run
from newscrawler.storage.site_status import SiteStatus, run_delays, site_statuses

try:
    from prometheus_client import CollectorRegistry, Counter, Histogram, start_http_server
    from prometheus_client.core import GaugeMetricFamily
except ModuleNotFoundError as exc:
    raise UsageError(
        "watch.metrics_port needs the extra [metrics]: pip install 'newscrawler[metrics]'"
    ) from exc

if TYPE_CHECKING:
    from prometheus_client import Metric

STATES = ("ok", "late", "blocked", "failing", "drifting", "silent")
_RUN_SECONDS = (1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600)
_DELAY_SECONDS = (10, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 21600, 86400)


class Metrics:
    """Counts the runs that end in this process, and tells how the sites are doing when it is asked."""

    def __init__(self, database: Database, *, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock
        self.registry = CollectorRegistry()
        self._runs = self._counter("runs", "Crawls that ended.", "status")
        self._entries = self._counter("entries", "Entries seen, by what became of them.", "outcome")
        self._events = self._counter("events", "What happened to stories and sites.", "kind")
        self._failures = self._counter("page_failures", "Pages that could not be read.", "reason")
        self._seconds = self._histogram("run_seconds", "How long crawls took.", _RUN_SECONDS)
        self._delay = self._histogram(
            "first_sight_delay_seconds", "From publication to first sight.", _DELAY_SECONDS
        )
        self.registry.register(self)
        self._server: Any = None

    def serve(self, port: int) -> None:
        """Answer on this machine only. Raises UsageError for a port that is taken."""
        try:
            self._server, _ = start_http_server(port, addr="127.0.0.1", registry=self.registry)
        except OSError as exc:
            raise UsageError(f"watch.metrics_port = {port}: {exc.strerror}") from exc

    def stop(self) -> None:
        """Answer no more."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()

    def run_ended(self, run: Run) -> None:
        """Count a run."""
        counts = run.counts or {}
        self._runs.labels(run.site, run.status).inc()
        for outcome in ("new", "known", "duplicate"):
            self._entries.labels(run.site, outcome).inc(counts.get("entries", {}).get(outcome, 0))
        for kind, number in counts.get("events", {}).items():
            self._events.labels(run.site, kind).inc(number)
        for reason, number in counts.get("pages", {}).get("failed", {}).items():
            self._failures.labels(run.site, reason).inc(number)
        if run.finished_at is not None:
            self._seconds.labels(run.site).observe((run.finished_at - run.started_at).total_seconds())
        for seconds in run_delays(self._database, run.id):
            self._delay.labels(run.site).observe(seconds)

    def collect(self) -> Iterator[Metric]:
        """How the sites are doing now; nothing while the database is out of reach."""
        try:
            found = site_statuses(self._database, now=self._clock())
            alerts = self._alerts()
        except StorageError:
            return
        state = GaugeMetricFamily(
            "newscrawler_site_state", "1 for the state that a site is in.", labels=["site", "state"]
        )
        for each in found:
            for name in STATES:
                state.add_metric([each.site, name], float(each.state == name))
        yield state
        yield alerts
        yield from _delays(found)
        yield _gauge("failures_in_a_row", "Crawls that failed in a row.", found, _failures)
        yield _gauge("last_success_timestamp_seconds", "End of the last good crawl.", found, _last_success)
        yield _gauge("next_run_timestamp_seconds", "The next turn.", found, _next_run)

    def _alerts(self) -> GaugeMetricFamily:
        gauge = GaugeMetricFamily("newscrawler_alerts", "Alerts by status.", labels=["status"])
        counts = count_alerts(self._database)
        for status in ("pending", "dead"):
            gauge.add_metric([status], counts.get(status, 0))
        return gauge

    def _counter(self, name: str, text: str, label: str) -> Counter:
        return Counter(f"newscrawler_{name}", text, ["site", label], registry=self.registry)

    def _histogram(self, name: str, text: str, buckets: tuple[int, ...]) -> Histogram:
        return Histogram(f"newscrawler_{name}", text, ["site"], buckets=buckets, registry=self.registry)


def _gauge(
    name: str, text: str, found: list[SiteStatus], value: Callable[[SiteStatus], float | None]
) -> GaugeMetricFamily:
    gauge = GaugeMetricFamily(f"newscrawler_{name}", text, labels=["site"])
    for each in found:
        if (known := value(each)) is not None:
            gauge.add_metric([each.site], known)
    return gauge


def _delays(found: list[SiteStatus]) -> Iterator[GaugeMetricFamily]:
    gauge = GaugeMetricFamily(
        "newscrawler_delay_seconds",
        "Delays of the news of the last 7 days.",
        labels=["site", "stage", "quantile"],
    )
    for each in found:
        if each.delays is None:
            continue
        stages = {
            "published_to_seen": each.delays.published_to_seen,
            "seen_to_alerted": each.delays.seen_to_alerted,
            "published_to_alerted": each.delays.published_to_alerted,
        }
        for stage, of in stages.items():
            for quantile, value in (("0.5", of.p50), ("0.9", of.p90), ("0.99", of.p99)):
                if value is not None:
                    gauge.add_metric([each.site, stage, quantile], value)
    yield gauge


def _failures(status: SiteStatus) -> float:
    return status.failures_in_a_row


def _last_success(status: SiteStatus) -> float | None:
    return status.last_success_at.timestamp() if status.last_success_at is not None else None


def _next_run(status: SiteStatus) -> float | None:
    return status.next_run_at.timestamp() if status.next_run_at is not None else None
