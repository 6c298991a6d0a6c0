"""A worker killed at each step of a delivery: nothing is lost, and only in one window is anything sent twice."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import DEFAULT_DB_ALIAS, connections

from tests.notices.sink import Sink
from tests.notices.worker import POINTS

ROOT = Path(__file__).resolve().parents[2]
EACH = 3
"""Messages for every step; the worker dies at the first."""
WINDOW = {"after the server's yes", "before the mark"}
"""The server has the message and nobody has noted it: it comes again under the same Message-ID."""


@pytest.fixture
def sink():
    sink = Sink().start()
    yield sink
    sink.stop()


@pytest.fixture
def environment(transactional_db, sink, tmp_path):
    """What leads a process of its own to a real database and mail server."""
    for folder in ("queue", "control"):
        (tmp_path / "broker" / folder).mkdir(parents=True)
    return os.environ | {
        "DATABASE_URL": database_url(tmp_path),
        "DATABASE_OWNER_URL": "",
        "DATA_DIR": str(tmp_path),
        "SECRET_KEY": django_settings.SECRET_KEY,
        "DATA_KEY": django_settings.DATA_KEY,
        "REDIS_URL": "",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(sink.port),
        "PYTHONPATH": str(ROOT),
        "LOG_LEVEL": "ERROR",
    }


def database_url(folder):
    """This test's own database on PostgreSQL; a file where the test's database lives in memory."""
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor == "sqlite":
        return f"sqlite:///{folder / 'killed.sqlite3'}"
    at = connection.settings_dict
    return f"postgres://{at['USER']}:{at['PASSWORD']}@{at['HOST']}:{at['PORT']}/{at['NAME']}"


@pytest.mark.slow
def test_killed_at_any_step_nothing_is_lost_and_only_the_one_window_doubles(environment, sink):
    command = [sys.executable, "-m", "tests.notices.worker", str(EACH)]
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    told = json.loads(run.stdout.splitlines()[-1])
    ends, states = told["ends"], told["states"]

    assert ends == dict.fromkeys(POINTS, -signal.SIGKILL)
    assert len(states) == len(POINTS)
    for number, point in enumerate(POINTS):
        messages = states[f"point-{number}"]
        assert len(messages) == EACH
        assert {state for _id, state, _attempts in messages} == {"done"}, point
        times = sorted(sink.ids[message_id] for message_id, _state, _attempts in messages)
        assert times == [1, 1, 2 if doubled(point) else 1], point
    assert sum(sink.ids.values()) == len(sink.received)
    assert len(sink.ids) == EACH * len(POINTS)


def doubled(point):
    """Within the mark PostgreSQL takes it back with its transaction; on SQLite the mark is one statement and stays."""
    within = point == "within the mark" and connections[DEFAULT_DB_ALIAS].vendor == "postgresql"
    return point in WINDOW or within
