"""The errors of newscrawler. A command prints their message as one line and exits non-zero."""


class NewscrawlerError(Exception):
    """Base of every error that is told to the user without a traceback."""


class UsageError(NewscrawlerError):
    """A command, argument or setting that cannot be used as given (exit code 2)."""


class ParseError(NewscrawlerError):
    """A page that cannot be read at all.

    A page of which something can be read gives a partial `ParsedPage` instead.
    """

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"cannot read {url or 'the page'}: {reason}")
        self.url = url
        self.reason = reason


class StorageError(NewscrawlerError):
    """The database cannot be opened, upgraded, read or written."""


class AlertError(NewscrawlerError):
    """A message that a channel could not deliver. It names the channel's trouble, never its address."""

    def __init__(
        self, reason: str, *, retry_after_seconds: float | None = None, of_message: bool = False
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retry_after_seconds = retry_after_seconds
        """How long the receiver has asked to be left alone; None where it has not."""
        self.of_message = of_message
        """Whether the receiver refuses this message, and may well take others."""
