"""``./run``: set everything up, then serve with web, worker and beat until Ctrl-C."""

import fcntl
import os
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tools import environment, packages, prepare, system
from tools.paths import ROOT, data_dir
from tools.processes import Child, Supervisor
from tools.terminal import CannotRun, complain, finish, say

READY_WITHIN = 60.0
LOG_LIMIT = 5_000_000


def main(arguments: list[str]) -> int:
    """Serve. Raises ``CannotRun`` when the port is taken or another ``./run`` has this data folder."""
    if arguments:
        raise CannotRun(
            f"'./run serve' takes no arguments, not '{' '.join(arguments)}': PORT and DATA_DIR are variables."
        )
    started = time.monotonic()
    port = _port()
    data = data_dir()
    packages.ensure("base")
    system.ensure(system.DOCUMENTS, required=False)
    environment.make_data_dir(data)
    with only_one(data):
        _must_be_free(port)
        env = environment.for_children(data) | {"PORT": str(port)}
        prepare.installation(env)
        supervisor = Supervisor(children(env))
        return supervisor.run(lambda: _comes_up(supervisor, env, started))


def children(env: dict[str, str]) -> list[Child]:
    """Web, worker and beat of this environment, with a log file each."""
    env = env | {"BIND": f"127.0.0.1:{env['PORT']}"}
    data = Path(env["DATA_DIR"])
    celery = ("-m", "celery", "-A", "mentoring")
    quiet = ("--without-gossip", "--without-mingle")
    commands = {
        "web": ("-m", "gunicorn", "-c", str(ROOT / "deploy/gunicorn.conf.py"), "mentoring.wsgi"),
        "worker": (*celery, "worker", "--loglevel", "INFO", "--concurrency", "2", *quiet),
        "beat": (*celery, "beat", "--loglevel", "INFO", "--pidfile", ""),
    }
    return [
        Child(name, environment.python(*command), _log(data, name), env=env, cwd=ROOT)
        for name, command in commands.items()
    ]


def _port() -> int:
    text = os.environ.get("PORT") or "8000"
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise CannotRun(f"PORT is '{text}': write a number from 1 to 65535.")
    return int(text)


def _must_be_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise CannotRun(
                f"Port {port} cannot be used ({error.strerror}): choose another, as in 'PORT=8001 ./run'."
            ) from None


@contextmanager
def only_one(data: Path) -> Iterator[None]:
    """Hold the data folder for this process. Raises ``CannotRun`` when another one holds it."""
    with (data / "running.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotRun(
                f"Another ./run serves from {data}: stop it, or set DATA_DIR to a folder of its own."
            ) from None
        yield


def _log(data: Path, name: str) -> Path:
    """This child's log; a long one from earlier starts is put aside first."""
    path = data / "log" / f"{name}.log"
    with suppress(FileNotFoundError):
        if path.stat().st_size > LOG_LIMIT:
            path.replace(path.with_suffix(".log.1"))
    path.touch()
    return path


def _comes_up(supervisor: Supervisor, env: dict[str, str], started: float) -> bool:
    """Wait for the first answer, then say what a person needs to know. False when there is none."""
    address, data = f"http://127.0.0.1:{env['PORT']}", Path(env["DATA_DIR"])
    web = supervisor.children[0]
    if not answers(address, lambda: supervisor.asked_to_stop or web.fell() is not None):
        if not supervisor.asked_to_stop:
            complain(f"The web process does not answer at {address}. The end of {web.log}:\n{web.last_lines()}")
        return False
    say(f"\nServing at {address} (ready after {time.monotonic() - started:.1f} s).")
    if prepare.is_demo(env):
        say(f"Sign in: {address}/demo/ makes you coordinator, mentor, mentee or admin with one click.")
        say(f"Mail:    {address}/demo/mail/ shows every e-mail that was sent; none leaves this machine.")
    else:
        say(
            "Sign in: with your e-mail address; './run manage organisation invite' makes the first organisation's link."
        )
    say(f"Data:    {data}, with a log each of web, worker and beat in {data / 'log'}")
    say("Stop:    Ctrl-C")
    return True


def answers(address: str, give_up: Callable[[], bool] = lambda: False) -> bool:
    """Wait until ``address`` answers with anything but a server's fault, for a minute at most or until ``give_up()``."""
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until and not give_up():
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310
                return True
        except urllib.error.HTTPError as error:
            if error.code < 500:
                return True
        except OSError:
            pass
        time.sleep(0.1)
    return False


if __name__ == "__main__":
    finish(main)
