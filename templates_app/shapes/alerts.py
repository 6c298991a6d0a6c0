"""When answers that nobody reads as anybody's are brought to the coordinators after all: their writer has to say so."""

from pydantic import Field

from templates_app.shapes.base import Key, Shape
from templates_app.shapes.choices import ShowIf


class Alert(Shape):
    """A sheet that is answered low, by somebody who agrees on it that the coordinators hear of that (``phase1.succ.mentee.5``).

    They hear that it was low and whose it was, as a private matter of that person, and nothing else of the sheet; who agrees to
    nothing is known to nobody. ``when``: the answer by which somebody agrees.
    """

    when: ShowIf
    fields: list[Key] = Field(min_length=1)
    """Scales, all of which have to be answered."""
    below: float
    """Their mean is low while it is below this."""
