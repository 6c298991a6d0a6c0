"""Every test runs in the lane it belongs to: none is skipped, none runs in vain."""

import os
import subprocess
import sys

import pytest

from tools.lanes import own_redis
from tools.paths import ROOT
from tools.test import verdict

SUITE = """
import pytest
def test_plain(): pass
@pytest.mark.postgres
def test_walls(): pass
@pytest.mark.redis
def test_killed_worker(): pass
@pytest.mark.sqlite
def test_wal(): pass
@pytest.mark.browser
def test_journey(): pass
"""


def run_suite(folder, text, *words, **variables):
    """pytest on a suite of its own, with our plugin and nothing else of ours."""
    (folder / "test_suite.py").write_text(text)
    outside = {name: value for name, value in os.environ.items() if not name.startswith(("TEST_", "PYTEST_"))}
    command = ["-m", "pytest", "-p", "tools.lanes", "-p", "no:django", "-p", "no:cacheprovider", "-c", os.devnull]
    return subprocess.run(
        [sys.executable, *command, *words, "-W", "ignore", "--rootdir", str(folder), str(folder)],
        env=outside | variables | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("variables", "ran"),
    [
        ({}, {"plain", "wal", "journey"}),
        ({"TEST_ENGINE": "sqlite", "TEST_LEAVE_OUT": "browser"}, {"plain", "wal"}),
        ({"TEST_ENGINE": "postgres"}, {"plain", "walls", "killed_worker", "journey"}),
    ],
)
def test_a_lane_runs_its_own_and_deselects_the_rest(tmp_path, variables, ran):
    done = run_suite(tmp_path, SUITE, "-v", **variables)
    assert {line.split("::test_")[1].split()[0] for line in done.stdout.splitlines() if "PASSED" in line} == ran
    assert f"{len(ran)} passed, {5 - len(ran)} deselected" in done.stdout


@pytest.mark.parametrize(
    ("statuses", "status"),
    [
        ({"a": 0, "b": 0}, 0),
        ({"a": 0, "b": 5}, 0),
        ({"a": 1, "b": 0}, 1),
        ({"a": 5, "b": 1}, 1),
        ({"a": 5, "b": 5}, 1),
        ({"a": 0, "b": 4}, 4),
    ],
)
def test_a_lane_without_tests_is_fine_as_long_as_another_has_some(statuses, status):
    assert verdict(statuses) == status


@pytest.mark.parametrize(
    ("url", "worker", "own"),
    [
        ("redis://:s%40crt@127.0.0.1:6379/0", "gw0", "redis://:s%40crt@127.0.0.1:6379/1"),
        ("redis://127.0.0.1:6379", "gw1", "redis://127.0.0.1:6379/2"),
        ("redis://127.0.0.1:6379/4", "gw1", "redis://127.0.0.1:6379/6"),
    ],
)
def test_a_process_among_several_has_a_redis_database_of_its_own(url, worker, own):
    assert own_redis(url, worker) == own


WHICH_REDIS = """
import os, pathlib
def test_which():
    pathlib.Path(__file__).with_name(os.environ["PYTEST_XDIST_WORKER"]).write_text(os.environ["REDIS_URL"])
"""


@pytest.mark.redis
def test_processes_of_one_run_cannot_empty_each_others_redis(tmp_path):
    import redis

    done = run_suite(
        tmp_path, WHICH_REDIS, "-p", "xdist", "-n", "2", "--dist", "each", REDIS_URL=os.environ["REDIS_URL"]
    )
    assert done.returncode == 0, done.stdout
    first, second = (redis.Redis.from_url((tmp_path / worker).read_text()) for worker in ("gw0", "gw1"))
    key = f"kept-{tmp_path.name}"
    first.set(key, "yes", ex=60)
    second.flushdb()
    assert first.get(key) == b"yes"
    first.delete(key)
