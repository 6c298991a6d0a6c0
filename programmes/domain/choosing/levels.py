"""How far a mentor's level stands from the mentee's: shown with the handbook's advice, and never a bar (``gla.must.3``)."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programmes.models import Participant
from templates_app.shapes import FieldShape
from templates_app.shapes.people import Levels


@dataclass(frozen=True)
class Distance:
    """So many levels above the mentee, below where it is less than none; ``advice`` where the handbook has some for that."""

    steps: int
    advice: str = ""

    @property
    def words(self) -> str:
        """The distance in words, as the mentee reads it."""
        if self.steps == 0:
            return _("At your level")
        count = abs(self.steps)
        if self.steps > 0:
            return ngettext("%(count)d level above you", "%(count)d levels above you", count) % {"count": count}
        return ngettext("%(count)d level below you", "%(count)d levels below you", count) % {"count": count}


def distance_between(
    levels: Levels | None, shapes: Mapping[str, FieldShape], mentor: Participant, mentee: Participant
) -> Distance | None:
    """The distance between the levels that the two have named; ``None`` where either has named none. No query for people
    whose joining sheets are at hand.
    """
    if levels is None or levels.field not in shapes:
        return None
    order = {option.key: place for place, option in enumerate(shapes[levels.field].options)}
    own, other = (order.get(_level(person, levels.field)) for person in (mentee, mentor))
    if own is None or other is None:
        return None
    steps = other - own
    return Distance(steps, "" if levels.least <= steps <= levels.most else levels.advice)


def _level(person: Participant, field: str) -> str:
    answer = person.enrolment.facts.get(field) if person.enrolment is not None else None
    return answer if isinstance(answer, str) else ""
