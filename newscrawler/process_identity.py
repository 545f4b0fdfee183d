"""Names a process so that another one can tell whether it still lives."""

from __future__ import annotations

import os
import socket
from pathlib import Path

_PROC = Path("/proc")


def identity(pid: int | None = None) -> str:
    """`HOST/MACHINE/PID/START`: unlike a bare number it is never given to another process later.

    MACHINE is the boot and the namespace in which PID counts, START when the process began; both are `-`
    where the system does not tell (it is not Linux). A process that does not exist has START `-`, too.
    """
    pid = os.getpid() if pid is None else pid
    return f"{socket.gethostname()}/{_machine()}/{pid}/{_start(pid)}"


def is_gone(other: str | None) -> bool:
    """Whether a process is certainly gone: it ran on this machine, and no longer does.

    False where that cannot be known, as of a process on another machine.
    """
    try:
        _, machine, pid, start = (other or "").rsplit("/", 3)
    except ValueError:
        return False
    if "-" in (machine, start) or machine != _machine():
        return False
    return _start(int(pid)) != start


def _machine() -> str:
    try:
        boot = (_PROC / "sys/kernel/random/boot_id").read_text().strip().replace("-", "")
        return f"{boot}.{(_PROC / 'self/ns/pid').stat().st_ino}"
    except OSError:
        return "-"


def _start(pid: int) -> str:
    try:
        # The name of the program, in brackets, can hold anything; the 20th field after it is the start.
        stat = (_PROC / str(pid) / "stat").read_text()
    except OSError:
        return "-"
    fields = stat.rpartition(")")[2].split()
    return "-" if fields[0] in "ZX" else fields[19]  # a zombie works no more
