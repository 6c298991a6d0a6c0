"""Why somebody cannot leave just now, and what follows when they do. Rooms above know: a running pairing is ended first."""

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


Follower = Callable[[Participant], None]
"""Does what follows when somebody no longer takes part, in the same transaction."""

_followers: list[Follower] = []


def register_departure_follower(follower: Follower) -> None:
    """Add something to be done when somebody leaves a cohort or is not taken on. For ``AppConfig.ready``."""
    if follower not in _followers:
        _followers.append(follower)


def follow_departure(person: Participant) -> None:
    """Do all of it."""
    for follower in _followers:
        follower(person)
