"""Waiting for what another process does."""

import time
from collections.abc import Callable
from pathlib import Path


def until(happened: Callable[[], object], *, within: float = 20.0) -> bool:
    """Whether ``happened()`` becomes true within so many seconds; looks twenty times a second."""
    end = time.monotonic() + within
    while time.monotonic() < end:
        if happened():
            return True
        time.sleep(0.05)
    return bool(happened())


def alive(pid: int) -> bool:
    """Whether the process runs: a zombie, which waits only to be counted, does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"
