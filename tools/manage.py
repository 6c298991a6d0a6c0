"""``./run manage …``: Django's manage.py inside the environment."""

import os
import subprocess

from tools import environment, packages, system
from tools.paths import ROOT, data_dir
from tools.terminal import CannotRun, finish


def call(*arguments: str, env: dict[str, str]) -> None:
    """Run a manage.py command to its end. Raises ``CannotRun`` when it fails; its own message has been shown by then."""
    command = environment.python(str(ROOT / "manage.py"), *arguments)
    status = subprocess.run(command, env=env, cwd=ROOT, check=False).returncode
    if status:
        raise CannotRun(f"'manage.py {' '.join(arguments)}' ended with status {status} (its message is above).")


def hand_over(arguments: list[str]) -> int:
    """Become manage.py, in the folder the person stands in, so that file arguments mean what they say."""
    command = environment.python(str(ROOT / "manage.py"), *arguments)
    os.execve(command[0], command, environment.for_children())  # noqa: S606


def main(arguments: list[str]) -> int:
    """Set up what Django needs to start, then hand over."""
    packages.ensure("base")
    system.ensure(system.DOCUMENTS, required=False)
    environment.make_data_dir(data_dir())
    return hand_over(arguments)


if __name__ == "__main__":
    finish(main)
