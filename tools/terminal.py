"""Speaking to the person at the terminal, and ending with the right exit status."""

import signal
import sys
from collections.abc import Callable
from typing import NoReturn

COULD_NOT_RUN = 2


class CannotRun(Exception):
    """Something that is needed is not here and cannot be installed. The message is one sentence that says what to do."""


def say(message: str) -> None:
    """One line of progress, at once, also into a pipe."""
    print(message, flush=True)


def complain(message: str) -> None:
    """One line about what is wrong."""
    print(message, file=sys.stderr, flush=True)


def finish(command: Callable[[list[str]], int]) -> NoReturn:
    """Run a command with the words after its name and exit with its status; 2 when it could not run at all.

    A request to terminate ends it as Ctrl-C does, so that whatever it started is cleared away.
    """
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        status = command(sys.argv[1:])
    except CannotRun as reason:
        complain(str(reason))
        status = COULD_NOT_RUN
    except KeyboardInterrupt:
        status = 130
    sys.exit(status)


def _interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt
