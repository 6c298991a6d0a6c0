"""How the programme itself is run: who hears of what, and what is settled before people come."""

from templates_app.shapes.base import KitKey, Shape


class Running(Shape):
    """What those who run the programme owe each other and the people in it."""

    tells_leads: bool = False
    """When a pairing ends, the leads of each party's partner hear of it; of a partner without one its mailbox, else the
    mailbox for concerns (``gla.must.40``)."""
    before_opening: list[KitKey] = []
    """The programme's own worksheets that are sent before a cohort is opened; a coordinator may go on with a reason."""
    tells_decisions: bool = False
    """Whoever applied is told of the decision, whichever way it went."""
