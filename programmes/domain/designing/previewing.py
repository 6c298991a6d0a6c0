"""A draft as far as it can be drawn: to be looked at in spite of faults."""

from pydantic import ValidationError

from programmes.domain.designing.asked import as_asked
from programmes.domain.designing.faults import place_at
from programmes.domain.designing.places import Definition, spots
from templates_app.shapes import Worksheet


def previewable(definition: Definition) -> tuple[Worksheet | None, int]:
    """The draft as far as it can be drawn, and how many questions are left out because of their faults."""
    asked = as_asked(definition)
    left_out = 0
    for _attempt in range(100):
        try:
            return Worksheet.model_validate(asked), left_out
        except ValidationError as error:
            taken = {place for one in error.errors() if (place := place_at(asked, tuple(one["loc"])))[0] == "question"}
            if not taken:
                if asked["readers"] == _HARMLESS:
                    return None, left_out
                asked = {**asked, "readers": _HARMLESS, "moments": [], "belongs": "pair"}
                continue
            left_out += len(taken)
            for _where, name, _label in taken:
                spot = next((one for one in spots(asked) if one.place == name), None)
                if spot is not None:
                    spot.level.remove(spot.field)
    return None, left_out


_HARMLESS = {"preset": "author-coordinator"}
