"""``run`` on a machine that lacks something: one clear sentence and exit status 2, never a traceback."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools.paths import ROOT

NEEDED = ("bash", "dirname", "readlink", "id", "env")


@pytest.fixture
def machine(tmp_path) -> Path:
    """A checkout's ``run`` and a PATH with hardly anything on it: no Python, no apt-get, no sudo."""
    (tmp_path / "bin").mkdir()
    for name in NEEDED:
        (tmp_path / "bin" / name).symlink_to(shutil.which(name))
    shutil.copy(ROOT / "run", tmp_path / "run")
    return tmp_path


def program(machine: Path, name: str, text: str) -> None:
    path = machine / "bin" / name
    path.write_text(f"#!{machine}/bin/bash\n{text}\n")
    path.chmod(0o755)


def run(machine: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [machine / "run", *words],
        env={"PATH": str(machine / "bin"), "HOME": str(machine)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def test_an_unknown_command_points_to_help(machine):
    done = run(machine, "tests")
    assert done.returncode == 2
    assert done.stderr == "There is no './run tests': './run help' lists what there is.\n"


def test_without_python_the_sentence_says_what_to_install(machine):
    done = run(machine)
    assert done.returncode == 2
    assert done.stderr.strip().splitlines() == [
        "Python 3.11, 3.12 or 3.13 is needed and none was found: install it with 'apt-get install python3 python3-venv'."
    ]


def test_a_python_that_is_too_old_does_not_count(machine):
    # Asked for its version, it fails, as a too old one does by the same question.
    program(machine, "python3", "exit 1")
    assert "is needed and none was found" in run(machine).stderr


def test_a_python_without_venv_says_which_package_is_missing(machine):
    program(machine, "python3", f'case "$*" in *ensurepip*) exit 1;; esac; exec {sys.executable} "$@"')
    done = run(machine)
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    assert done.returncode == 2
    assert done.stderr.strip() == (
        f"{version} cannot make virtual environments and nothing may be installed here: "
        f"ask for 'apt-get install {version}-venv'."
    )


def test_root_installs_what_is_missing(machine):
    (machine / "bin" / "id").unlink()
    program(machine, "id", "echo 0")
    program(machine, "apt-get", f'echo "$*" >> {machine}/asked')
    run(machine)
    assert "install -yqq --no-install-recommends python3 python3-venv" in (machine / "asked").read_text()


@pytest.mark.parametrize(
    ("words", "variables", "sentence"),
    [
        (["serve", "fast"], {}, "'./run serve' takes no arguments"),
        ([], {"PORT": "http"}, "PORT is 'http': write a number from 1 to 65535."),
    ],
)
def test_what_cannot_be_served_is_said_in_one_sentence(words, variables, sentence, tmp_path):
    done = subprocess.run(
        [ROOT / "run", *words],
        env=os.environ | {"DATA_DIR": str(tmp_path)} | variables,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert sentence in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
