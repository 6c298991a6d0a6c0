"""``./run`` as a person meets it: it comes up, comes up again quickly with the data kept, mends itself, stops cleanly.

On SQLite this is the embedded default; in the other lane the same processes run on PostgreSQL and Redis.
"""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tools.waiting import alive, until
from tools.paths import ROOT
from tools.services import free_port

pytestmark = pytest.mark.slow
SECONDS_TO_START_AGAIN = 20
"""A second start takes about three; this bound only has to tell it from a first one on a busy machine."""


class Site:
    """One ``./run`` with a data folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.port = free_port()
        self.said = folder / "said"
        self.process: subprocess.Popen | None = None

    def start(self, **variables: str) -> None:
        settings = {"DATA_DIR": str(self.data), "PORT": str(self.port), "DEMO": "no"} | variables
        with self.said.open("w") as said:
            self.process = subprocess.Popen([ROOT / "run"], env=os.environ | settings, stdout=said, stderr=said)

    def is_up(self) -> bool:
        return until(lambda: "Stop:" in self.said.read_text() or self.process.poll() is not None, within=90) and (
            self.process.poll() is None
        )

    def family(self) -> set[int]:
        """Every process below ours."""
        found, fresh = set(), {self.process.pid}
        parents = {
            int(stat.parent.name): int(stat.read_text().rpartition(")")[2].split()[1]) for stat in readable_stats()
        }
        while fresh:
            found |= fresh
            fresh = {pid for pid, parent in parents.items() if parent in fresh} - found
        return found - {self.process.pid}

    def worker(self) -> int:
        """Celery's worker, the parent of its pool; 0 while there is none."""
        of_worker = [pid for pid in self.family() if "worker" in command_of(pid)]
        return min(of_worker, default=0)

    def health(self, part: str) -> str:
        """What deploy/health.py finds wrong with this part."""
        settings = {"DATA_DIR": str(self.data), "BIND": f"127.0.0.1:{self.port}"}
        command = [sys.executable, ROOT / "deploy/health.py", part]
        done = subprocess.run(command, env=os.environ | settings, capture_output=True, text=True, check=False)
        return done.stderr if done.returncode else ""

    def stop(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(40)


def readable_stats() -> Iterator[Path]:
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            stat.read_text()
        except OSError:
            continue
        yield stat


def command_of(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().split("\0")
    except OSError:
        return []


@pytest.fixture
def site(tmp_path) -> Iterator[Site]:
    made = Site(tmp_path)
    yield made
    if made.process and made.process.poll() is None:
        made.stop()


def test_it_comes_up_mends_itself_stops_and_comes_up_again(site):
    site.start()
    assert site.is_up(), site.said.read_text()
    with urllib.request.urlopen(f"http://127.0.0.1:{site.port}/", timeout=10) as page:
        assert page.status == 200
    assert {path.name for path in (site.data / "log").iterdir()} == {"web.log", "worker.log", "beat.log"}

    for part in ("web", "worker", "beat"):
        assert until(lambda part=part: site.health(part) == "", within=60), site.health(part)

    # Another one must not touch the same data.
    second = subprocess.run(
        [ROOT / "run"],
        env=os.environ | {"DATA_DIR": str(site.data), "PORT": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert second.returncode == 2
    assert "Another ./run serves from" in second.stderr

    # A process that is killed comes back, and it is said.
    worker = site.worker()
    os.kill(worker, signal.SIGKILL)
    assert until(lambda: "Starting worker again." in site.said.read_text())
    assert until(lambda: site.worker() not in {0, worker}, within=60)

    family = site.family()
    assert len(family) >= 5, "gunicorn with two workers, celery with two, beat"
    assert site.stop(signal.SIGINT) == 0
    assert until(lambda: not any(alive(pid) for pid in family), within=5)

    keys = {name: (site.data / name).read_bytes() for name in ("secret_key", "data_key")}
    site.start()
    assert site.is_up(), site.said.read_text()
    seconds = float(re.search(r"ready after ([\d.]+) s", site.said.read_text())[1])
    assert seconds < SECONDS_TO_START_AGAIN
    assert "Collecting" not in site.said.read_text()
    assert keys == {name: (site.data / name).read_bytes() for name in keys}
    assert site.stop() == 0


def test_an_unsafe_production_does_not_start(site):
    unsafe = {"PRODUCTION": "yes", "SITE_URL": "http://example.org"}
    site.start(**unsafe)
    assert site.process.wait(90) == 2
    assert "SITE_URL must begin with https://" in site.said.read_text()


def test_what_became_unsafe_after_the_set_up_is_not_served_either(site):
    """With the embedded database nothing but the web server itself looks then: all steps were done before."""
    site.start()
    assert site.is_up(), site.said.read_text()
    site.stop()
    site.start(PRODUCTION="yes", SITE_URL="http://example.org")
    migrate_refuses = "DATABASE_URL" in os.environ
    assert site.process.wait(90) == (2 if migrate_refuses else 1)
    assert "SITE_URL must begin with https://" in site.said.read_text()


def test_a_port_that_is_taken_is_said_in_one_sentence(site):
    with socket.socket() as other:
        other.bind(("127.0.0.1", site.port))
        other.listen()
        site.start()
        assert site.process.wait(30) == 2
    assert site.said.read_text().strip() == (
        f"Port {site.port} cannot be used (Address already in use): choose another, as in 'PORT=8001 ./run'."
    )
