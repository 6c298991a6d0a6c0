"""Which meanings of an answer a question is offered: those that something comes of where it stands."""

from collections.abc import Callable
from typing import Any

from programmes.domain.designing.places import Definition, Spot
from programmes.forms.designing_offers import is_of_goals
from programmes.forms.designing_settings import BLANK, MEANINGS
from templates_app.domain.kits import AGREEMENT_KEY
from templates_app.shapes import Filler, Kind, Meaning

_ALONE = frozenset({Filler.MENTOR, Filler.MENTEE, Filler.EACH})
_WORDS = frozenset({Kind.TEXT, Kind.LONGTEXT})
_SAYS_NOTHING = frozenset({Kind.CHECKLIST, Kind.MATRIX, Kind.FILE, Kind.SIGNATURE, Kind.INITIALS, Kind.COMPUTED})
"""Kinds whose answer as a whole is no line that could be shown elsewhere. A checklist's lines have meanings of their own."""


class _Place:
    """Where a question stands, as far as its meaning hangs on it."""

    def __init__(self, definition: Definition, spot: Spot) -> None:
        self.kind = Kind(spot.field["kind"])
        self.filler = definition.get("filled_by")
        self.in_agreement = definition.get("key") == AGREEMENT_KEY and not spot.parents
        self.on_sheet = not spot.parents
        self.in_goal = bool(spot.parents) and is_of_goals(spot)

    def agreed(self) -> bool:
        """What the two write together is shown again as what they agreed."""
        both = self.filler == Filler.TOGETHER or self.in_agreement
        return both and self.on_sheet and self.kind not in _SAYS_NOTHING

    def of_programme(self, *kinds: Kind) -> bool:
        return self.filler == Filler.COORDINATOR and self.kind in kinds


_FITS: dict[Meaning, Callable[[_Place], bool]] = {
    Meaning.GROUND_RULE: _Place.agreed,
    Meaning.BOUNDARY: _Place.agreed,
    Meaning.ENDING_PLAN: _Place.agreed,
    Meaning.SHORTCUT: lambda at: at.agreed() and at.kind is Kind.TABLE,
    Meaning.FORM: lambda at: at.in_agreement and at.kind in {Kind.CHOICE, Kind.CHOICES},
    Meaning.AGREED_END: lambda at: at.in_agreement and at.kind is Kind.DATE,
    Meaning.NOTICE: lambda at: at.in_agreement and at.kind is Kind.NUMBER,
    Meaning.LEARNING_STYLE: lambda at: at.on_sheet and at.filler in _ALONE,
    Meaning.IN_PLACE: lambda at: at.of_programme(Kind.CHECKLIST, *(() if at.on_sheet else (Kind.CHOICE,))),
    Meaning.REVIEW_DATE: lambda at: at.of_programme(Kind.DATE),
    Meaning.RISK: lambda at: at.of_programme(Kind.SCALE),
    Meaning.TIME_SPENT: lambda at: at.on_sheet and at.kind in {Kind.NUMBER, Kind.DURATION},
    Meaning.NEXT_MEETING: lambda at: at.on_sheet and at.kind in {Kind.DATE, Kind.DATETIME},
    Meaning.LOOK_AGAIN: lambda at: at.on_sheet and at.filler in _ALONE and at.kind in {Kind.CHOICE, Kind.DATE},
    Meaning.ACCOUNTABILITY: lambda at: at.kind in _WORDS,
    Meaning.REACHED_ON: lambda at: at.in_goal and at.kind is Kind.DATE,
    Meaning.REWORDED: lambda at: at.in_goal and at.kind in _WORDS,
    Meaning.PROPOSED_BY: lambda at: at.in_goal and at.kind is Kind.CHOICE,
}
"""What each meaning asks of its place. Form, end and hours of notice are said by the agreement alone."""


def meanings_here(definition: Definition, spot: Spot) -> list[tuple[str, Any]]:
    """The meanings that a question may be given, and the one that it has."""
    at, stands = _Place(definition, spot), spot.field.get("meaning")
    fitting = [one for one in Meaning if one == stands or (one in _FITS and _FITS[one](at))]
    return [*BLANK, *((one.value, MEANINGS.get(one, one.value)) for one in fitting)]
