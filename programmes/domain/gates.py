"""What must be settled before somebody asks a mentor or is paired. Each gate says in words what still holds them back."""

from collections.abc import Callable

from programmes.models import Participant

Gate = Callable[[Participant], str]
"""A person (with their cohort's handbook at hand) → what holds them back, in words that fit them and their coordinator."""

_gates: list[Gate] = []


def register_gate(gate: Gate) -> None:
    """Add something that must be settled first. For ``AppConfig.ready``."""
    if gate not in _gates:
        _gates.append(gate)


def what_holds_back(person: Participant) -> list[str]:
    """Everything that is not settled yet; empty when nothing is in the way."""
    return [words for gate in _gates if (words := gate(person))]
