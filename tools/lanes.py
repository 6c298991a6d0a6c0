"""A pytest plugin that leaves each test to the lane it belongs to, so that nothing is skipped and nothing runs in vain.

There are two lanes, by ``TEST_ENGINE``: ``sqlite`` (the default) and ``postgres`` (with Redis). Tests marked ``postgres`` or
``redis`` cannot run in the first, ``sqlite`` not in the second. ``./run test`` sets ``TEST_LEAVE_OUT`` as well: marks that its
other lane, or a longer run, takes care of. Being a plugin and not a ``-m`` expression, it leaves ``-m`` to whoever types it.
"""

import os

import pytest

NOT_FOR = {"sqlite": {"postgres", "redis"}, "postgres": {"sqlite"}}


def left_out() -> set[str]:
    """The marks that do not belong to this run."""
    engine = os.environ.get("TEST_ENGINE") or "sqlite"
    return NOT_FOR[engine] | set(os.environ.get("TEST_LEAVE_OUT", "").split())


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
