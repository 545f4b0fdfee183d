"""A process and its name."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from newscrawler.process_identity import identity, is_gone


def test_this_process_lives() -> None:
    assert identity() == identity(os.getpid())
    assert not is_gone(identity())


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells when a process began")
def test_a_process_that_has_ended_is_gone() -> None:
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    name = identity(process.pid)
    assert not is_gone(name)
    process.kill()
    process.communicate()
    assert is_gone(name)


@pytest.mark.parametrize("name", [None, "", "somewhere", "host/-/1/2", "host/other.machine/1/2"])
def test_of_others_nothing_is_known(name: str | None) -> None:
    assert not is_gone(name)
