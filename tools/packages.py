"""Python packages: exactly the pinned and hashed ones, by pip, with whatever pip settings this machine has.

A faster installer was measured and left out: it saves 25 seconds once, but knows neither pip's configuration files nor
its environment variables, so it would need a second way for machines with an index, a proxy or certificates of their own.
"""

import fcntl
import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tools.paths import REQUIREMENTS, VENV
from tools.terminal import CannotRun, say

STAMP = VENV / "requirements.json"


def ensure(name: str) -> None:
    """Make the environment hold ``requirements/<name>.txt`` (``base``, or ``dev`` which includes it).

    Costs nothing when that file has not changed since it was installed here. Raises ``CannotRun`` when pip fails.
    """
    wanted = _digest(name)
    if _installed().get(name) == wanted:
        return
    with _alone():
        if _installed().get(name) == wanted:
            return
        say(f"Installing the Python packages of requirements/{name}.txt (about half a minute) …")
        _pip(name)
        # dev.txt holds every pin of base.txt (a test sees to that), so having dev means having base.
        held = {name: wanted} | ({"base": _digest("base")} if name == "dev" else {})
        STAMP.write_text(json.dumps(held))


def _digest(name: str) -> str:
    text = (REQUIREMENTS / f"{name}.txt").read_bytes()
    return hashlib.sha256(text + sys.version.encode()).hexdigest()


def _installed() -> dict[str, str]:
    try:
        return json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}


def _pip(name: str) -> None:
    # -qq leaves errors only. Bytecode is written when a module is first imported: most modules never are.
    command = [sys.executable, "-m", "pip", "install", "-qq", "--no-compile", "--disable-pip-version-check"]
    command += ["--require-hashes", "-r", str(REQUIREMENTS / f"{name}.txt")]
    if subprocess.run(command, check=False).returncode:
        raise CannotRun(
            f"The packages of requirements/{name}.txt could not be installed (pip's message is above): see that this "
            "machine reaches a package index, or set pip up for one, and start again."
        )


@contextmanager
def _alone() -> Iterator[None]:
    """Two commands given at once must not install into one environment together."""
    with (VENV / "installing.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
