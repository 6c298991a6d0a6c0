"""``./run test``: everything, on both databases. ``./run test PATH …``: some of it, on both. ``--quick``: SQLite alone.

The suite runs twice, once on SQLite and once on PostgreSQL with Redis under a role that row-level security holds for.
Browser tests run once, on PostgreSQL. pytest's own closing lines say what ran; ``tools/lanes.py`` says what is left to whom.
"""

import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from tools import environment, packages, services, system
from tools.paths import ROOT
from tools.terminal import finish, say

NOTHING_COLLECTED = 5
WORKERS = ["-n", "2", "--dist", "worksteal"]


@dataclass(frozen=True)
class Lane:
    """One run of pytest: the variables that make it what it is."""

    title: str
    variables: dict[str, str] = field(default_factory=dict)


def main(arguments: list[str]) -> int:
    """Run the lanes. The status: 0 when every one passed, 1 when a test failed or none was found, 2 when it cannot run."""
    quick = "--quick" in arguments
    words = [word for word in arguments if word != "--quick"]
    packages.ensure("dev")
    # All of it at once, so that what is missing is said in one sentence and not one by one.
    system.ensure([*system.DOCUMENTS, *(() if quick else (*system.BROWSER, *services.needs()))])
    if quick:
        lane = Lane("SQLite, quick", {"TEST_ENGINE": "sqlite", "TEST_LEAVE_OUT": "browser slow"})
        return verdict({lane.title: run(lane, words)})
    services.announce()
    with services.running() as servers:
        lanes = (
            Lane("SQLite", {"TEST_ENGINE": "sqlite", "TEST_LEAVE_OUT": "browser"}),
            Lane("PostgreSQL and Redis", {"TEST_ENGINE": "postgres"} | servers),
        )
        return verdict({lane.title: run(lane, words) for lane in lanes})


def run(lane: Lane, words: list[str]) -> int:
    """One lane in a data folder of its own; pytest's exit status."""
    say(f"\n--- {lane.title} ---")
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="mentoring-test-", ignore_cleanup_errors=True) as folder:
        status = subprocess.run(
            environment.python("-m", "pytest", *_options(words), *words),
            cwd=ROOT,
            env=_variables(lane, Path(folder)),
            check=False,
        ).returncode
    say(f"{lane.title}: {time.monotonic() - started:.0f} s")
    return status


def _options(words: list[str]) -> list[str]:
    """Two processes for the whole suite; one for chosen tests, which are done before a second one would be ready."""
    return ["-q", "--durations=10", "--durations-min=2", *WORKERS] if not words else []


def _variables(lane: Lane, data: Path) -> dict[str, str]:
    """What the lane says and no more: a developer's own database and production settings stay out of the tests."""
    ours = {"DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "PRODUCTION", "DEBUG", "DEMO", "PORT", "SITE_URL"}
    ours |= {"SECRET_KEY", "DATA_KEY", "EMAIL_HOST", "ALLOWED_HOSTS", "ORGANISATION_CREATION", "PYTEST_ADDOPTS"}
    clean = {name: value for name, value in environment.for_children(data).items() if name not in ours}
    return clean | lane.variables | {"CHROMIUM": system.chromium() or ""}


def verdict(statuses: dict[str, int]) -> int:
    """One status from all lanes. A lane may find nothing of its own as long as another does."""
    found = {title: status for title, status in statuses.items() if status != NOTHING_COLLECTED}
    for title in statuses.keys() - found.keys():
        say(f"None of these tests belongs to the lane {title}.")
    if not found:
        return 1
    return max(found.values())


if __name__ == "__main__":
    finish(main)
