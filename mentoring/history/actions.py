"""What can happen: every action is declared once, with the words that tell it. An undeclared action fails."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Action:
    """A kind of event. ``words`` is a lazy sentence with ``%(actor)s`` and the event's data as placeholders."""

    name: str
    words: str | Promise
    icon: str = "circle"


_actions: dict[str, Action] = {}


def register_actions(*actions: Action) -> None:
    """Declare actions at start-up. Raises ``ValueError`` for a name that is taken by other words."""
    for action in actions:
        if action.name in _actions and _actions[action.name] != action:
            raise ValueError(f"The action '{action.name}' is declared twice.")
        _actions[action.name] = action


def action_of(name: str) -> Action:
    """The declared action. Raises ``KeyError`` for a name nobody declared."""
    return _actions[name]
