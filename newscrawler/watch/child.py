"""The process of one crawl: `python -m newscrawler.watch.child SITE RUN text|json`, settings on its input."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
import time

from newscrawler.config import use_config
from newscrawler.crawl import new_process, run_spider
from newscrawler.exceptions import NewscrawlerError, UsageError
from newscrawler.logs import set_up_logging

_ORPHAN_SECONDS = 20.0


def main() -> None:
    """Crawl, as the run that the parent has begun. Exit codes as those of `newscrawler crawl`."""
    site, run_id, log_format = sys.argv[1:]
    use_config(pickle.load(sys.stdin.buffer))
    threading.Thread(target=_end_with_parent, daemon=True).start()
    set_up_logging("json" if log_format == "json" else "text")
    process = new_process({"NEWSCRAWLER_RUN": run_id, "LOG_INSTALL_ROOT_HANDLER": False})
    try:
        spider = run_spider(process, site, {})
    except NewscrawlerError as exc:
        print(f"error: {exc}", file=sys.stderr)
        sys.exit(2 if isinstance(exc, UsageError) else 1)
    assert spider.outcome is not None
    sys.exit(0 if spider.outcome.status == "ok" else 1)


def _end_with_parent() -> None:
    """End in good order when the parent's end of the pipe closes, and then at once.

    A pipe closes however a process ends, by SIGKILL, too, and on every system.
    """
    # Not through sys.stdin: its lock, held by a thread that waits, aborts the interpreter at its end.
    while os.read(sys.stdin.fileno(), 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_ORPHAN_SECONDS)
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main()
