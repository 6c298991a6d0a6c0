"""PostgreSQL and Redis for tests and benches: servers of our own, on free ports, gone afterwards.

A machine's own databases are never touched. Where a server must be used that runs already (``TEST_POSTGRES_URL``,
``TEST_REDIS_URL``), our roles and databases get names of their own and are dropped again.
"""

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from pwd import getpwnam
from urllib.parse import quote, unquote, urlsplit

from tools import system
from tools.paths import ROOT
from tools.processes import Child, stop
from tools.terminal import CannotRun, say

START_WITHIN = 60.0
SUPERUSER = "postgres"


@dataclass(frozen=True)
class Server:
    """A PostgreSQL server and a role on it that may make roles and databases."""

    host: str
    port: int
    user: str
    password: str

    @property
    def client_environment(self) -> dict[str, str]:
        """What makes PostgreSQL's own programs talk to this server as this role."""
        address = {"PGHOST": self.host, "PGPORT": str(self.port), "PGUSER": self.user, "PGPASSWORD": self.password}
        return os.environ | address | {"PGDATABASE": "postgres"}

    def url(self, user: str, password: str, database: str) -> str:
        """An address for the settings."""
        return f"postgres://{user}:{quote(password)}@{self.host}:{self.port}/{database}"

    def sql(self, statement: str) -> str:
        """Run one statement as the administering role and give what psql prints of it."""
        command = ["psql", "-X", "-q", "-At", "-v", "ON_ERROR_STOP=1", "-c", statement]
        done = subprocess.run(command, env=self.client_environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise CannotRun(f"PostgreSQL refused '{statement}': {done.stderr.strip()}")
        return done.stdout.strip()


@contextmanager
def running(name: str = "mentoring") -> Iterator[dict[str, str]]:
    """PostgreSQL with both roles, and Redis, for the length of the block: the variables that lead the settings there."""
    system.ensure(needs())
    with ExitStack() as stack:
        server = stack.enter_context(_postgres())
        yield stack.enter_context(_roles(server, name)) | {"REDIS_URL": stack.enter_context(_redis())}


def needs() -> tuple[system.Need, ...]:
    """What ``running`` needs on this system: servers to start, or only a client for one that runs already."""
    postgres = system.POSTGRES_CLIENT if os.environ.get("TEST_POSTGRES_URL") else system.POSTGRES
    return (*postgres, *(() if os.environ.get("TEST_REDIS_URL") else system.REDIS))


@contextmanager
def _postgres() -> Iterator[Server]:
    given = os.environ.get("TEST_POSTGRES_URL")
    if given:
        parts = urlsplit(given)
        user, password = unquote(parts.username or SUPERUSER), unquote(parts.password or "")
        yield Server(parts.hostname or "127.0.0.1", parts.port or 5432, user, password)
        return
    with _folder("postgres") as folder:
        yield from _own_postgres(folder)


def _own_postgres(folder: Path) -> Iterator[Server]:
    user, password, port = unprivileged_user(), secrets.token_urlsafe(24), free_port()
    (folder / "password").write_text(password)
    if user:
        shutil.chown(folder / "password", user)
    data = folder / "data"
    initdb = [
        _program("initdb"),
        "-D",
        str(data),
        "-U",
        SUPERUSER,
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
        "-A",
        "scram-sha-256",
    ]
    initdb += [f"--pwfile={folder / 'password'}", "--no-sync"]
    made = subprocess.run(initdb, user=user, cwd=folder, capture_output=True, text=True, check=False)
    if made.returncode:
        raise CannotRun(f"PostgreSQL could not make a database cluster for the tests: {made.stderr.strip()}")
    # It holds nothing that a power cut could cost anybody, so it need not wait for the disk.
    hurry = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "on"}
    options = hurry | {"listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": folder}
    command = [_program("postgres"), "-D", str(data), *(f"--{key}={value}" for key, value in options.items())]
    # SIGINT is PostgreSQL's fast shutdown: it does not wait for clients.
    child = Child("postgres", command, folder / "log", cwd=folder, user=user, stop_signal=2)
    server = Server("127.0.0.1", port, SUPERUSER, password)
    ready = [_program("pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
    with _up(child, lambda: subprocess.run(ready, check=False).returncode == 0):
        yield server


@contextmanager
def _roles(server: Server, name: str) -> Iterator[dict[str, str]]:
    """The database and both roles, made by the very script that a deployment uses; the owner may also make databases."""
    mark = f"{name}_{secrets.token_hex(4)}"
    owner, web, passwords = f"{mark}_owner", f"{mark}_web", [secrets.token_urlsafe(24) for _ in range(2)]
    settings = {"POSTGRES_USER": server.user, "APP_DATABASE": mark, "OWNER_ROLE": owner, "WEB_ROLE": web}
    settings |= dict(zip(("OWNER_PASSWORD", "WEB_PASSWORD"), passwords, strict=True))
    script = [str(ROOT / "deploy/postgres/init.sh")]
    made = subprocess.run(script, env=server.client_environment | settings, capture_output=True, text=True, check=False)
    if made.returncode:
        raise CannotRun(f"The roles for the tests could not be made: {made.stderr.strip()}")
    server.sql(f'ALTER ROLE "{owner}" CREATEDB')
    try:
        yield {
            "DATABASE_URL": server.url(web, passwords[1], mark),
            "DATABASE_OWNER_URL": server.url(owner, passwords[0], mark),
        }
    finally:
        ours = f"SELECT datname FROM pg_database WHERE datname = '{mark}' OR datname LIKE 'test\\_{mark}%'"  # noqa: S608 - made of our own hex digits
        for database in server.sql(ours).splitlines():
            server.sql(f'DROP DATABASE "{database}" WITH (FORCE)')
        for role in (web, owner):
            server.sql(f'DROP ROLE "{role}"')


@contextmanager
def _redis() -> Iterator[str]:
    given = os.environ.get("TEST_REDIS_URL")
    if given:
        yield given
        return
    with _folder("redis") as folder:
        port, password = free_port(), secrets.token_urlsafe(24)
        options = {
            "port": port,
            "bind": "127.0.0.1",
            "requirepass": password,
            "save": "",
            "appendonly": "no",
            "dir": folder,
        }
        command = ["redis-server", *(word for key, value in options.items() for word in (f"--{key}", str(value)))]
        child = Child("redis", command, folder / "log", cwd=folder, user=unprivileged_user())
        with _up(child, lambda: _listens(port)):
            yield f"redis://:{quote(password)}@127.0.0.1:{port}/0"


@contextmanager
def _up(child: Child, ready: Callable[[], bool]) -> Iterator[None]:
    """The child, once it is ready, for the length of the block."""
    child.start()
    try:
        until = time.monotonic() + START_WITHIN
        while not ready():
            if child.fell() is not None or time.monotonic() > until:
                raise CannotRun(f"{child.name} did not start: {child.last_lines()}")
            time.sleep(0.05)
        yield
    finally:
        stop([child])


@contextmanager
def _folder(name: str) -> Iterator[Path]:
    """A folder of the unprivileged user's own, outside the checkout, which that user may not be able to reach."""
    with tempfile.TemporaryDirectory(prefix=f"mentoring-{name}-", ignore_cleanup_errors=True) as made:
        folder = Path(made)
        if user := unprivileged_user():
            shutil.chown(folder, user)
        yield folder


def unprivileged_user() -> str | None:
    """Whom servers run as when we are root (PostgreSQL refuses root); ``None``, meaning as ourselves, when we are not."""
    if os.geteuid():
        return None
    for name in ("postgres", "nobody"):
        try:
            return getpwnam(name).pw_name
        except KeyError:
            continue
    raise CannotRun(
        "PostgreSQL refuses to run as root, and there is no user 'postgres' or 'nobody': run as another user."
    )


def free_port() -> int:
    """A port on 127.0.0.1 that nobody has just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _program(name: str) -> str:
    found = system.postgres_program(name)
    if found is None:
        raise CannotRun(
            f"PostgreSQL's program {name} is missing beside its others: install the whole package postgresql."
        )
    return str(found)


def announce() -> None:
    """Say which servers the tests will use."""
    kinds = {"PostgreSQL": "TEST_POSTGRES_URL", "Redis": "TEST_REDIS_URL"}
    words = [
        f"{name} {'at ' + variable if os.environ.get(variable) else 'of our own'}" for name, variable in kinds.items()
    ]
    say(f"Using {' and '.join(words)}.")
