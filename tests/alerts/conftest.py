"""What a program logs that shows everything."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from io import StringIO

import pytest


@pytest.fixture
def everything_logged() -> Iterator[StringIO]:
    """What reaches the root logger, as for a user who has asked for all that there is.

    pytest's own `caplog` listens to loggers that pass nothing on, too.
    """
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(lambda record: record.name != "mail.log")  # the test's own mail server
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)
