"""``./run bench [NAME …]``: one JSON object a line on standard output; what is going on, and a table of it all in the end,
on standard error.
"""

import json
import subprocess
import sys
import tempfile
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

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
    lines: list[str] = []
    failed = [name for name in arguments or names() if not _run(name, lines)]
    if lines:
        complain(table([json.loads(line) for line in lines]))
    if failed:
        complain(f"Failed: {', '.join(failed)}")
    return 1 if failed else 0


def names() -> list[str]:
    """What can be measured."""
    return sorted(path.stem for path in (ROOT / "benches").glob("*.py") if not path.stem.startswith("_"))


def table(figures: list[dict[str, Any]]) -> str:
    """The figures for reading: what, how much, and how many times the yardstick."""
    rows = [("measured", "value", "unit", "× yardstick")]
    for figure in figures:
        times = f"{figure['ratio']:g} × {figure['against']}" if figure["ratio"] is not None else ""
        rows.append((figure["bench"], f"{figure['value']:g}", figure["unit"], times))
    what, value, unit = (max(len(row[column]) for row in rows) for column in range(3))
    return "\n".join(f"{a:<{what}}  {b:>{value}} {c:<{unit}}  {d}".rstrip() for a, b, c, d in rows)


def _run(name: str, lines: list[str]) -> bool:
    """One bench with servers, a database and a data folder of its own, so that none leaves the next one its rows.

    Passes its lines on at once and adds them to ``lines``.
    """
    complain(f"--- {name}")
    out = sys.stdout
    scratch = tempfile.TemporaryDirectory(prefix="mentoring-bench-", ignore_cleanup_errors=True)
    with scratch as folder, redirect_stdout(sys.stderr), services.running() as servers:
        env = environment.for_children(Path(folder)) | servers | {"DEMO": "no", "PRODUCTION": "no"}
        prepare.installation(env)
        command = environment.python("-m", "benches", name)
        with subprocess.Popen(command, env=env, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            for line in process.stdout:
                lines.append(line)
                print(line, end="", file=out, flush=True)
        return process.returncode == 0


if __name__ == "__main__":
    finish(main)
