"""How programs that run for long log: lines for people, or JSON objects for programs; no secrets."""

from __future__ import annotations

import json
import logging
import re
import sys
from datetime import UTC, datetime
from typing import Literal, TextIO

LogFormat = Literal["text", "json"]
_PASSWORD = re.compile(r"(://[^\s/:@]*):[^\s/@]+@")


class _NoSecrets(logging.Formatter):
    """Leaves the passwords of addresses out."""

    def format(self, record: logging.LogRecord) -> str:
        return _PASSWORD.sub(r"\1:***@", super().format(record))


class JsonFormatter(_NoSecrets):
    """One JSON object per line: `at` (UTC), `level`, `logger`, `message` and, with a traceback, `error`."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat().replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _PASSWORD.sub(r"\1:***@", record.getMessage()),
        }
        if record.exc_info:
            line["error"] = _PASSWORD.sub(r"\1:***@", self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)


def set_up_logging(log_format: LogFormat, stream: TextIO | None = None) -> None:
    """Log everything from INFO on to a stream, standard error by default."""
    text = _NoSecrets("%(asctime)s %(levelname)-7s %(name)s: %(message)s")
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonFormatter() if log_format == "json" else text)
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    logging.captureWarnings(True)
    for chatty in ("apscheduler", "alembic", "asyncio"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
