"""Children of ours: started, watched, started again when they fall, and stopped to the last grandchild.

Each child leads a session of its own, so that Ctrl-C reaches only us and we stop them in good order; and each is told by
the kernel when we die, so that even ``kill -9`` on us leaves nothing behind.
"""

import ctypes
import os
import signal
import subprocess
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from tools.terminal import complain, say

PR_SET_PDEATHSIG = 1
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""What asks us to stop: Ctrl-C, a service manager, a terminal that is closed."""
GRACE = 15.0
"""Seconds a child gets to finish what it is doing before it is killed."""


@dataclass
class Child:
    """One process with its log file. ``user`` is who it runs as, when we are root and it must not be."""

    name: str
    command: Sequence[str]
    log: Path
    env: Mapping[str, str] | None = None
    cwd: Path | None = None
    user: str | None = None
    stop_signal: int = signal.SIGTERM
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, after clearing away what an earlier life of it left; its output is added to its log."""
        self.kill()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                env=self.env,
                cwd=self.cwd,
                user=self.user,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_die_with_parent(self.stop_signal),  # noqa: PLW1509 - we have no threads
            )

    def fell(self) -> int | None:
        """Its exit status if it has ended, else ``None``."""
        return self.process.poll() if self.process else None

    def ask_to_stop(self) -> None:
        """Send the signal that means: finish and go."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(self.stop_signal)

    def see_it_gone(self, until: float) -> None:
        """Wait for it until that moment of the monotonic clock, then kill what is left of its whole group."""
        if not self.process:
            return
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(max(0.0, until - time.monotonic()))
        self.kill()
        self.process.wait()

    def kill(self) -> None:
        """End its whole group at once."""
        if self.process:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)

    def last_lines(self, count: int = 15) -> str:
        """The end of its log."""
        with self.log.open(errors="replace") as log:
            return "".join(deque(log, count)).rstrip()


def stop(children: Sequence[Child], grace: float = GRACE) -> None:
    """Ask all to stop at once, wait ``grace`` seconds for the lot, kill what remains."""
    for child in children:
        child.ask_to_stop()
    until = time.monotonic() + grace
    for child in children:
        child.see_it_gone(until)


@dataclass
class Supervisor:
    """Keeps children running until it is told to stop, or until one of them will not stay up."""

    children: Sequence[Child]
    most_falls: int = 5
    within: float = 60.0
    pause: float = 1.0
    _asked: threading.Event = field(default_factory=threading.Event)
    _falls: dict[str, deque[float]] = field(default_factory=dict)

    def run(self, comes_up: Callable[[], bool] = lambda: True) -> int:
        """Start all, see that it ``comes_up``, watch until a signal arrives. The exit status: 0, or 1 if it gave out.

        What does not come up is not started again: the fault is in the set-up and would only repeat itself.
        """
        before = {number: signal.signal(number, self._on_signal) for number in SIGNALS}
        try:
            for child in self.children:
                child.start()
            if not comes_up():
                return 0 if self.asked_to_stop else 1
            while not self._asked.wait(0.3):
                if not all(self._keep_up(child) for child in self.children):
                    return 1
            return 0
        finally:
            stop(self.children)
            for number, handler in before.items():
                signal.signal(number, handler)

    @property
    def asked_to_stop(self) -> bool:
        """Whether a signal has arrived."""
        return self._asked.is_set()

    def _on_signal(self, *_: object) -> None:
        """Asked once, stop in good order; asked again, at once."""
        if self._asked.is_set():
            for child in self.children:
                child.kill()
        else:
            say("Stopping; what is being worked on is finished first (a second Ctrl-C stops at once) …")
        self._asked.set()

    def _keep_up(self, child: Child) -> bool:
        """Start a fallen child again. False when it has fallen too often to go on."""
        status = child.fell()
        if status is None:
            return True
        falls = self._falls.setdefault(child.name, deque(maxlen=self.most_falls))
        falls.append(time.monotonic())
        complain(f"{child.name} ended with status {status}. The end of {child.log}:\n{child.last_lines()}")
        if len(falls) == self.most_falls and falls[-1] - falls[0] < self.within:
            complain(f"{child.name} ended {self.most_falls} times in {self.within:.0f} seconds: stopping everything.")
            return False
        complain(f"Starting {child.name} again.")
        self._asked.wait(self.pause)
        if not self.asked_to_stop:
            child.start()
        return True


def _die_with_parent(number: int) -> Callable[[], None] | None:
    """What a child does between fork and exec to be sent ``number`` when we die. Linux only; elsewhere nothing."""
    try:
        prctl = ctypes.CDLL(None).prctl
    except (OSError, AttributeError):
        return None

    def before_exec() -> None:
        prctl(PR_SET_PDEATHSIG, number, 0, 0, 0)

    return before_exec
