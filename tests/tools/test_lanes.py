"""Every test runs in the lane it belongs to: none is skipped, none runs in vain."""

import os
import subprocess
import sys

import pytest

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


@pytest.mark.parametrize(
    ("variables", "ran"),
    [
        ({}, {"plain", "wal", "journey"}),
        ({"TEST_ENGINE": "sqlite", "TEST_LEAVE_OUT": "browser"}, {"plain", "wal"}),
        ({"TEST_ENGINE": "postgres"}, {"plain", "walls", "killed_worker", "journey"}),
    ],
)
def test_a_lane_runs_its_own_and_deselects_the_rest(tmp_path, variables, ran):
    (tmp_path / "test_suite.py").write_text(SUITE)
    outside = {name: value for name, value in os.environ.items() if not name.startswith(("TEST_", "PYTEST_"))}
    words = ["-m", "pytest", "-v", "-p", "tools.lanes", "-p", "no:django", "-p", "no:cacheprovider", "-c", os.devnull]
    done = subprocess.run(
        [sys.executable, *words, "-W", "ignore", "--rootdir", str(tmp_path), str(tmp_path)],
        env=outside | variables | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
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
