"""``./run bench [NAME …]``: one JSON object a line on standard output; what is going on, on standard error."""

import subprocess
import sys
import tempfile
from contextlib import redirect_stdout
from pathlib import Path

from tools import environment, packages, prepare, services, system
from tools.paths import ROOT
from tools.terminal import CannotRun, complain, finish


def main(arguments: list[str]) -> int:
    """Run these benches, or all. The status is 1 when one failed. Raises ``CannotRun`` for a name that there is not."""
    unknown = sorted(set(arguments) - set(names()))
    if unknown:
        raise CannotRun(f"There is no bench '{unknown[0]}': there are {', '.join(names())}.")
    with redirect_stdout(sys.stderr):
        packages.ensure("dev")
        system.ensure(system.DOCUMENTS)
    failed = [name for name in arguments or names() if not _run(name)]
    if failed:
        complain(f"Failed: {', '.join(failed)}")
    return 1 if failed else 0


def names() -> list[str]:
    """What can be measured."""
    return sorted(path.stem for path in (ROOT / "benches").glob("*.py") if not path.stem.startswith("_"))


def _run(name: str) -> bool:
    """One bench with servers, a database and a data folder of its own, so that none leaves the next one its rows."""
    complain(f"--- {name}")
    scratch = tempfile.TemporaryDirectory(prefix="mentoring-bench-", ignore_cleanup_errors=True)
    with scratch as folder, redirect_stdout(sys.stderr), services.running() as servers:
        env = environment.for_children(Path(folder)) | servers | {"DEMO": "no", "PRODUCTION": "no"}
        prepare.installation(env)
        return subprocess.run(environment.python("-m", "benches", name), env=env, cwd=ROOT, check=False).returncode == 0


if __name__ == "__main__":
    finish(main)
