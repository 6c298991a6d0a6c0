"""A pytest plugin that leaves each test to the lane it belongs to, so that nothing is skipped and nothing runs in vain.

There are two lanes, by ``TEST_ENGINE``: ``sqlite`` (the default) and ``postgres`` (with Redis). Tests marked ``postgres`` or
``redis`` cannot run in the first, ``sqlite`` not in the second. ``./run test`` sets ``TEST_LEAVE_OUT`` as well: marks that its
other lane, or a longer run, takes care of. Being a plugin and not a ``-m`` expression, it leaves ``-m`` to whoever types it.

Where several processes share one Redis, each gets a database of its own in it, as each has one in PostgreSQL: some tests
start workers, which would take the tasks of another process's tests, and empty the queue beforehand.
"""

import os
from urllib.parse import urlsplit, urlunsplit

import pytest

NOT_FOR = {"sqlite": {"postgres", "redis"}, "postgres": {"sqlite"}}


def left_out() -> set[str]:
    """The marks that do not belong to this run."""
    engine = os.environ.get("TEST_ENGINE") or "sqlite"
    return NOT_FOR[engine] | set(os.environ.get("TEST_LEAVE_OUT", "").split())


def own_redis(url: str, worker: str) -> str:
    """The address of the database that belongs to this worker (``gw0``, ``gw1`` …): one of those after the given one."""
    parts = urlsplit(url)
    first = int(parts.path.strip("/") or 0)
    return urlunsplit(parts._replace(path=f"/{first + 1 + int(worker.removeprefix('gw'))}"))


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    """Before the settings are read: this process's own Redis database, when it is one of several."""
    worker, url = os.environ.get("PYTEST_XDIST_WORKER"), os.environ.get("REDIS_URL")
    if worker and url:
        os.environ["REDIS_URL"] = own_redis(url, worker)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect what another lane runs; pytest counts it as deselected in its closing line."""
    marks = left_out()
    elsewhere = [item for item in items if any(item.get_closest_marker(mark) for mark in marks)]
    if elsewhere:
        config.hook.pytest_deselected(items=elsewhere)
        items[:] = [item for item in items if item not in set(elsewhere)]


def pytest_report_header() -> str:
    """Say which lane this is."""
    return f"lane: {os.environ.get('TEST_ENGINE') or 'sqlite'}, left to another: {' '.join(sorted(left_out()))}"
