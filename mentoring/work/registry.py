"""Who does which kind of work. Apps register their workers at start-up; the tick calls them."""

import datetime as dt
from collections.abc import Callable

Worker = Callable[[dt.datetime], dt.datetime | None]
"""Does the work that is due at the given instant in the open organisation, and says when more will be due."""

_workers: dict[str, Worker] = {}


def register_worker(kind: str, worker: Worker) -> None:
    """Register the worker of a kind. Raises ``ValueError`` for a kind that has one already."""
    if kind in _workers and _workers[kind] is not worker:
        raise ValueError(f"Work of kind '{kind}' has a worker already.")
    _workers[kind] = worker


def worker_of(kind: str) -> Worker:
    """The worker of a kind. Raises ``KeyError``."""
    return _workers[kind]


def kinds() -> list[str]:
    """All registered kinds, in order."""
    return sorted(_workers)
