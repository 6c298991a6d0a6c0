"""Why somebody cannot leave just now. Rooms above know: a running pairing has to be ended first."""

from collections.abc import Callable

from programmes.models import Participant

Guard = Callable[[Participant], str]
"""Answers why a person cannot be withdrawn, in words for the coordinator; nothing when they can."""

_guards: list[Guard] = []


def register_withdrawal_guard(guard: Guard) -> None:
    """Add a reason not to let somebody go. For ``AppConfig.ready``."""
    if guard not in _guards:
        _guards.append(guard)


def why_not_withdrawn(person: Participant) -> str:
    """The first reason that holds, or nothing."""
    return next((words for guard in _guards if (words := guard(person))), "")
