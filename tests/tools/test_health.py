"""What a container says of itself: well while it does its work, one sentence and a status when it does not."""

import os
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tools.paths import ROOT

OURS = {"REDIS_URL", "DATABASE_URL", "DATABASE_OWNER_URL", "PRODUCTION", "BIND", "ALLOWED_HOSTS", "DATA_DIR"}
NOBODY_LISTENS = "127.0.0.1:9"


def health(part, data, **variables):
    """The script as the container runs it: its status, and what it says."""
    others = {name: value for name, value in os.environ.items() if name not in OURS}
    done = subprocess.run(
        [sys.executable, ROOT / "deploy/health.py", part],
        env=others | {"DATA_DIR": str(data)} | variables,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stderr.strip()


@pytest.fixture
def site():
    """A web process that answers with the status it is given, and remembers what it was asked with."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self):
            server.asked.append(self.headers)
            self.send_response(server.status)
            self.end_headers()

        def log_message(self, *words):
            """Quietly."""

    server = HTTPServer(("127.0.0.1", 0), Answer)
    server.asked, server.status = [], 200
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(("status", "well"), [(200, True), (302, True), (400, False), (500, False)])
def test_the_web_process_is_well_when_its_start_page_is(site, tmp_path, status, well):
    site.status = status
    code, words = health("web", tmp_path, BIND=f"0.0.0.0:{site.server_port}", ALLOWED_HOSTS="mentoring.example.org,b")
    assert (code, words) == ((0, "") if well else (1, f"the start page answers with status {status}"))
    assert site.asked[0]["Host"] == "mentoring.example.org"
    assert site.asked[0]["X-Forwarded-Proto"] == "https"


def test_the_web_process_is_asked_so_that_it_must_ask_its_database(
    site, tmp_path, client, db, django_assert_num_queries
):
    health("web", tmp_path, BIND=f"0.0.0.0:{site.server_port}")
    name, session = site.asked[0]["Cookie"].split("=")
    client.cookies[name] = session
    with django_assert_num_queries(1):
        assert client.get("/").status_code == 200


def test_a_web_process_that_is_not_there(tmp_path):
    code, words = health("web", tmp_path, BIND=NOBODY_LISTENS)
    assert code == 1
    assert "refused" in words


@pytest.mark.parametrize("part", ["worker", "beat"])
def test_a_broker_that_is_away_is_said_in_one_sentence(tmp_path, part):
    (tmp_path / "beat-schedule").touch()
    code, words = health(part, tmp_path, REDIS_URL=f"redis://{NOBODY_LISTENS}/0")
    assert code == 1
    assert "refused" in words
    assert "\n" not in words


def test_beat_is_well_while_it_writes_its_schedule_down(tmp_path):
    assert health("beat", tmp_path) == (1, "beat has written no schedule")
    schedule = tmp_path / "beat-schedule.dat"
    schedule.touch()
    assert health("beat", tmp_path) == (0, "")
    long_ago = time.time() - 3600
    os.utime(schedule, (long_ago, long_ago))
    code, words = health("beat", tmp_path)
    assert code == 1
    assert words.startswith("beat wrote its schedule 36")
