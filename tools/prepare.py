"""Everything between an empty data folder and an installation that can be served. Each step is done once.

What has been done stands in ``DATA_DIR/prepared.json`` with a fingerprint of what it was done from, so that a second start
does nothing: starting Django four times only to hear "nothing to do" takes most of ten seconds.
"""

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from tools import environment, manage, system
from tools.paths import APPS, REQUIREMENTS, ROOT
from tools.terminal import say

NO = {"0", "false", "no", "off"}


def installation(env: dict[str, str]) -> None:
    """Bring the data folder, translations, static files, database and demo of this environment up to date."""
    data = Path(env["DATA_DIR"])
    environment.make_data_dir(data)
    stamps = Stamps(data / "prepared.json")
    _translations(stamps, env)
    _static_files(stamps, env)
    _database(stamps, env)


def is_demo(env: Mapping[str, str]) -> bool:
    """Whether this environment shows the demo, by the same rule as the settings."""
    production = env.get("PRODUCTION", "").strip().lower() not in NO | {""}
    default = "no" if production else "yes"
    return (env.get("DEMO", "").strip().lower() or default) not in NO


class Stamps:
    """What has been done in this data folder, and from what."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self.done: dict[str, str] = json.loads(path.read_text())
        except (OSError, ValueError):
            self.done = {}

    def once(self, name: str, fingerprint: str, step: Callable[[], None]) -> None:
        """Do ``step`` unless it was done from the same ``fingerprint``; remember it only when it succeeded."""
        if self.done.get(name) == fingerprint:
            return
        step()
        self.done[name] = fingerprint
        self._write()

    def _write(self) -> None:
        """For this user alone, also where the file was made more openly before."""
        handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as file:
            os.fchmod(file.fileno(), 0o600)
            file.write(json.dumps(self.done, indent=1))

    def forget(self, *names: str) -> None:
        """Have these steps done again."""
        for name in names:
            self.done.pop(name, None)


def _translations(stamps: Stamps, env: dict[str, str]) -> None:
    catalogues = [path for folder in (ROOT, *APPS) for path in folder.glob("locale/*/LC_MESSAGES/*.po")]
    if not catalogues:
        return
    system.ensure(system.TRANSLATIONS, required=False)

    def step() -> None:
        say("Compiling the translations …")
        manage.call("compilemessages", "-v", "0", "--ignore", ".venv", env=env)

    if all(need.present() for need in system.TRANSLATIONS):
        stamps.once("translations", contents(catalogues), step)


def _static_files(stamps: Stamps, env: dict[str, str]) -> None:
    sources = [path for folder in (ROOT, *APPS) for path in (folder / "static").rglob("*") if path.is_file()]

    def step() -> None:
        say("Collecting the static files …")
        manage.call("collectstatic", "--noinput", "-v", "0", env=env)

    if not Path(env["DATA_DIR"], "static").exists():
        stamps.forget("static")
    stamps.once("static", contents([*sources, REQUIREMENTS / "base.txt"]), step)


def _database(stamps: Stamps, env: dict[str, str]) -> None:
    address = env.get("DATABASE_URL", "").strip()
    embedded = Path(env["DATA_DIR"], "db.sqlite3")
    # Somebody else may have emptied a server's database since; only the embedded one is known to be as we left it.
    if address or not embedded.exists():
        stamps.forget("database", "demo")
    migrations = [path for app in APPS for path in (app / "migrations").glob("*.py")]

    def migrate() -> None:
        say("Setting up the database …")
        manage.call("migrate", "--noinput", "-v", "0", env=env)

    def load_demo() -> None:
        say("Loading the demo, unless there are organisations already …")
        manage.call("demo", "load", "--if-empty", env=env)

    # The address holds a password: only its fingerprint is written down.
    where = hashlib.sha256(address.encode()).hexdigest() if address else "embedded"
    stamps.once("database", where + contents([*migrations, REQUIREMENTS / "base.txt"]), migrate)
    if is_demo(env):
        stamps.once("demo", where, load_demo)


def contents(paths: Iterable[Path]) -> str:
    """One digest of these files' names and contents."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
