"""What a change of a handbook means for the pairs that are running: told before it is kept.

This room does not know pairs; the rooms above say what they know.
"""

from collections.abc import Callable

from programmes.domain.handbook.parts import fingerprint
from programmes.models import Programme
from templates_app.shapes import Kit

EffectTeller = Callable[[Programme, Kit, Kit], list[str]]
"""Of a programme, how its handbook reads and how it would read: sentences about what becomes different for whom."""

_tellers: list[EffectTeller] = []


def register_effects(teller: EffectTeller) -> None:
    """Have ``teller(programme, before, after)`` asked before a change is kept. For ``AppConfig.ready``."""
    if teller not in _tellers:
        _tellers.append(teller)


class NeedsSeeing(Exception):
    """The change would make something different for people who are in the programme; nothing was written yet.

    ``effects`` says what. The same change goes through with ``seen`` set to ``sign``.
    """

    def __init__(self, effects: list[str]) -> None:
        super().__init__(" ".join(effects))
        self.effects = effects
        self.sign = fingerprint(effects)


def weigh(programme: Programme, before: Kit, after: Kit, seen: str) -> None:
    """Raise ``NeedsSeeing`` unless nothing becomes different or this has been seen."""
    effects = [words for teller in _tellers for words in teller(programme, before, after)]
    if effects and fingerprint(effects) != seen:
        raise NeedsSeeing(effects)
