"""How the programme itself is run: who hears of what, and what is settled before people come."""

from templates_app.shapes.base import Key, KitKey, Shape


class Running(Shape):
    """What those who run the programme owe each other and the people in it."""

    tells_leads: bool = False
    """When a pairing ends, the leads of each party's partner hear of it; of a partner without one its mailbox, else the
    mailbox for concerns (``gla.must.40``)."""
    before_opening: list[KitKey] = []
    """The programme's own worksheets that are sent before a cohort is opened; a coordinator may go on with a reason."""
    criteria: KitKey | None = None
    """The programme's own worksheet that says by what people are chosen. It is sent before a cohort is opened, and each
    decision keeps the sheet by which it was made."""
    criteria_side: Key | None = None
    """The choice in it that says for which side it is (options ``mentor`` and ``mentee``), where there is one for each."""
    purpose: KitKey | None = None
    """The programme's own worksheet that says what it is for and by what it is measured. Its newest sheet stands beside the
    results of the evaluation (``sssc.must.57``)."""
    purpose_shows: list[Key] = []
    """The questions of that sheet whose answers stand there; none named: all of them."""
    tells_decisions: bool = False
    """Whoever applied is told of the decision, whichever way it went."""
