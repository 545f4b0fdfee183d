"""Why a page could not be read, in the few words under which a run counts it."""

from __future__ import annotations

from scrapy import exceptions as scrapy_errors
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

_REASONS: tuple[tuple[type[Exception], str], ...] = (
    (scrapy_errors.CannotResolveHostError, "host not found"),
    (scrapy_errors.DownloadConnectionRefusedError, "connection refused"),
    (scrapy_errors.DownloadTimeoutError, "timeout"),
    (scrapy_errors.DownloadCancelledError, "too large"),
    (scrapy_errors.ResponseDataLossError, "truncated"),
    (scrapy_errors.DownloadFailedError, "connection failed"),
    (OSError, "undecodable"),  # from HttpCompressionMiddleware: declared as compressed and is not
)


def reason_of(failure: Failure) -> str:
    """`http 503`, `robots.txt`, `host not found`, `timeout`, …; else the name of the exception."""
    return reason_of_error(failure.value)


def reason_of_error(error: BaseException | None) -> str:
    """The same of an exception."""
    if isinstance(error, HttpError):
        return f"http {error.response.status}"
    if isinstance(error, scrapy_errors.IgnoreRequest):
        said = str(error)
        if said.startswith("robots.txt unreadable"):
            return said
        if said.startswith("asked to wait"):
            return "asked to wait"
        return "robots.txt" if "robots.txt" in said else "another site"
    return next((reason for cls, reason in _REASONS if isinstance(error, cls)), type(error).__name__)
