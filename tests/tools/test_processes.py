"""Children are stopped to the last grandchild, started again when they fall, and never outlive us."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tools.waiting import alive, until
from tools.paths import ROOT
from tools.processes import Child, Supervisor, stop

# Starts a process of its own, writes both numbers down, waits. The word it gets says how it takes SIGTERM.
PARENT = """
import os, signal, subprocess, sys
if sys.argv[2] == "stubborn":
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
grandchild = subprocess.Popen(["sleep", "600"])
with open(sys.argv[1], "w") as file:
    file.write(f"{os.getpid()} {grandchild.pid}\\n")
signal.pause()
while True:
    signal.pause()
"""


def child(folder: Path, temper: str = "obedient") -> Child:
    command = [sys.executable, "-c", PARENT, str(folder / "pids"), temper]
    return Child("sleeper", command, folder / "log")


def pids(folder: Path) -> list[int]:
    path = folder / "pids"
    assert until(lambda: path.exists() and path.read_text().endswith("\n"))
    return [int(word) for word in path.read_text().split()]


@pytest.mark.parametrize("temper", ["obedient", "stubborn"])
def test_stopping_leaves_neither_child_nor_grandchild(tmp_path, temper):
    sleeper = child(tmp_path, temper)
    sleeper.start()
    family = pids(tmp_path)
    assert all(alive(pid) for pid in family)

    stop([sleeper], grace=0.5)

    assert until(lambda: not any(alive(pid) for pid in family), within=5)


def test_several_children_share_one_time_to_finish(tmp_path):
    folders = [tmp_path / "a", tmp_path / "b"]
    for folder in folders:
        folder.mkdir()
    sleepers = [child(folder, "stubborn") for folder in folders]
    for sleeper in sleepers:
        sleeper.start()
    families = [pid for folder in folders for pid in pids(folder)]

    stop(sleepers, grace=0.3)

    assert until(lambda: not any(alive(pid) for pid in families), within=5)


def test_a_child_that_falls_again_and_again_ends_everything(tmp_path, capsys):
    log = tmp_path / "log"
    falling = Child("falling", [sys.executable, "-c", "print('no such table'); raise SystemExit(3)"], log)

    status = Supervisor([falling], most_falls=3, pause=0).run()

    said = capsys.readouterr().err
    assert status == 1
    assert log.read_text().count("no such table") == 3
    assert "falling ended with status 3" in said
    assert "no such table" in said, "the end of the log must be shown"
    assert "falling ended 3 times" in said


def test_what_does_not_come_up_is_stopped_and_not_tried_again(tmp_path):
    sleeper = child(tmp_path)
    families = []

    def never() -> bool:
        families.extend(pids(tmp_path))
        return False

    assert Supervisor([sleeper]).run(never) == 1
    assert until(lambda: not any(alive(pid) for pid in families), within=5)


# Supervises one PARENT in a process of its own.
SUPERVISE = """
import sys
from pathlib import Path
from tests.tools.test_processes import child
from tools.processes import Supervisor
sys.exit(Supervisor([child(Path(sys.argv[1]), sys.argv[2])], pause=0).run())
"""


def supervisor(folder: Path, temper: str = "obedient") -> subprocess.Popen:
    return subprocess.Popen([sys.executable, "-c", SUPERVISE, str(folder), temper], cwd=ROOT)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_everything_and_is_no_fault(tmp_path, number):
    process = supervisor(tmp_path)
    family = pids(tmp_path)

    process.send_signal(number)

    assert process.wait(20) == 0
    assert until(lambda: not any(alive(pid) for pid in family), within=5)


def test_a_second_signal_does_not_wait(tmp_path):
    process = supervisor(tmp_path, "stubborn")
    family = pids(tmp_path)

    process.send_signal(signal.SIGINT)
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(1)
    process.send_signal(signal.SIGINT)

    assert process.wait(5) == 0
    assert until(lambda: not any(alive(pid) for pid in family), within=5)


def test_a_killed_child_is_started_again_without_leftovers(tmp_path):
    process = supervisor(tmp_path)
    first, grandchild = pids(tmp_path)
    (tmp_path / "pids").unlink()

    subprocess.run(["kill", "-9", str(first)], check=True)
    again = pids(tmp_path)

    assert first not in again
    assert until(lambda: not alive(grandchild), within=5)
    process.terminate()
    process.wait(20)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children of their parent's death")
def test_children_do_not_outlive_a_killed_supervisor(tmp_path):
    process = supervisor(tmp_path)
    first, grandchild = pids(tmp_path)

    process.kill()
    process.wait(5)

    assert until(lambda: not alive(first), within=5)
    subprocess.run(["kill", str(grandchild)], check=False)  # a real child of ours ends its own when asked to stop
