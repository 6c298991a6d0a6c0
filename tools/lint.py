"""``./run lint``: every check that needs no test. All of them run; the status is 1 when one found something."""

import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from tools import environment, packages, system
from tools.checks import templates, wording
from tools.environment import python
from tools.paths import APPS, ROOT
from tools.terminal import finish, say

KITS = ROOT / "templates_app" / "kits"


def main(arguments: list[str]) -> int:
    """Run all checks, or those whose names begin with a word given."""
    packages.ensure("dev")
    system.ensure(system.DOCUMENTS, required=False)
    with tempfile.TemporaryDirectory(prefix="mentoring-lint-") as folder:
        environment.make_data_dir(Path(folder))
        env = environment.for_children(Path(folder))
        checks = {
            name: check for name, check in all_checks(env).items() if not arguments or name.startswith(tuple(arguments))
        }
        failed = [name for name, check in checks.items() if not _passes(name, check)]
    say(f"\n{len(checks) - len(failed)} checks passed, {len(failed)} failed{': ' if failed else ''}{', '.join(failed)}")
    return 1 if failed else 0


def all_checks(env: dict[str, str]) -> dict[str, Callable[[], bool]]:
    """Name → check; a check says what it found and whether all is well."""

    def command(*words: str) -> Callable[[], bool]:
        return lambda: subprocess.run(python(*words), cwd=ROOT, env=env, check=False).returncode == 0

    def manage(*words: str) -> Callable[[], bool]:
        return command("manage.py", *words)

    return {
        "style": command("-m", "ruff", "check", "."),
        "format": command("-m", "ruff", "format", "--check", "."),
        "types": command("-m", "mypy", *typed()),
        "imports": command("-c", "from importlinter.cli import lint_imports_command as lint; lint()", "--no-logo"),
        "migrations": manage("makemigrations", "--check", "--dry-run", "-v", "1"),
        "system checks": manage("check", "--fail-level", "WARNING"),
        "templates": _own(templates.faults),
        "wording": _own(wording.faults),
    } | {f"kit {kit.name}": manage("kit", "check", *_kit(kit)) for kit in kits()}


def typed() -> list[str]:
    """What mypy reads: the verbs, the rules and the tasks of every app, the tools and the benches."""
    places = [app / name for app in APPS for name in ("domain", "rules.py", "tasks.py")]
    return [str(place.relative_to(ROOT)) for place in [*places, ROOT / "tools", ROOT / "benches"] if place.exists()]


def kits() -> list[Path]:
    """The folder of every kit that ships."""
    return sorted(path.parent for path in KITS.glob("*/kit.yaml"))


def _kit(kit: Path) -> list[str]:
    held = kit / "ids.json"
    return [str(kit.relative_to(ROOT)), *(["--against", str(held.relative_to(ROOT))] if held.exists() else [])]


def _own(find: Callable[[], Iterable[str]]) -> Callable[[], bool]:
    def check() -> bool:
        faults = list(find())
        for fault in faults:
            say(fault)
        return not faults

    return check


def _passes(name: str, check: Callable[[], bool]) -> bool:
    say(f"--- {name}")
    started = time.monotonic()
    passed = check()
    say(f"{'passed' if passed else 'FAILED'} in {time.monotonic() - started:.1f} s")
    return passed


if __name__ == "__main__":
    finish(main)
