"""What the handbook lays before people once their pairing has ended early, so that nothing is promised that does not come."""

from pairs.domain.wanted import sides_of
from pairs.models import Pairing
from programmes.enums import Side
from templates_app.domain.kits import current_versions, worksheet_of
from templates_app.shapes import Anchor, Instant, Worksheet, is_for


def offered_at_early_end(pairing: Pairing) -> set[Side]:
    """The sides to whom a sheet is offered at once when this pairing ends early."""
    versions = current_versions(pairing.cohort.programme.handbook).values()
    fillers = [sheet.filled_by for sheet in map(worksheet_of, versions) if _closes(sheet, pairing)]
    sides = {side for filler in fillers for side in sides_of(filler)}
    return set(Side) if None in sides else {side for side in sides if side is not None}


def _closes(sheet: Worksheet, pairing: Pairing) -> bool:
    used = sheet.in_use and is_for(sheet.models, pairing.model)
    return used and any(_at_once(moment.opens) for moment in sheet.moments)


def _at_once(opens: Instant) -> bool:
    return opens.anchor in {Anchor.ENDED, Anchor.ENDED_EARLY} and opens.months == 0 and opens.days <= 0
