"""Lists: the road, what is owed, who needs attention, facts, a timeline, tabs."""

from collections.abc import Sequence
from typing import Any

from mentoring.ui.shapes import Attention, Choice, Fact, Happening, Owed, Stage, all_of

ACTIONS_SHOWN = 2
"""Actions of an attention item that stand as buttons; the rest is behind "More"."""


def road(stages: Sequence[Stage], *, label: str = "") -> dict[str, Any]:
    """The stages as a line: done, now, ahead. Those with sessions or outputs open and close; the present one is open."""
    return {"stages": all_of(stages, Stage, "road"), "label": label}


def owed(items: Sequence[Owed], *, label: str = "") -> dict[str, Any]:
    """What is owed and what was given, each with how it stands."""
    return {"items": all_of(items, Owed, "owed"), "label": label}


def attention(items: Sequence[Attention], *, calm: str = "") -> dict[str, Any]:
    """Who needs the reader today; ``calm`` is said when nobody does."""
    listed = [
        {"item": item, "shown": item.actions[:ACTIONS_SHOWN], "more": item.actions[ACTIONS_SHOWN:]}
        for item in all_of(items, Attention, "attention")
    ]
    return {"listed": listed, "calm": calm}


def facts(items: Sequence[Fact], *, wide: bool = False) -> dict[str, Any]:
    """Terms and what they are; ``wide`` puts each value under its term."""
    return {"items": all_of(items, Fact, "facts"), "wide": wide}


def timeline(items: Sequence[Happening]) -> dict[str, Any]:
    """What happened, newest first as given."""
    return {"items": all_of(items, Happening, "timeline")}


def tabs(items: Sequence[Choice], *, label: str) -> dict[str, Any]:
    """Neighbouring pages as tabs: plain links, so that each can be shared."""
    return {"items": all_of(items, Choice, "tabs"), "label": label}
