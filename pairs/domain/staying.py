"""What stays as it was sent: sheets whose words are read without names, among those of others.

They come into what is read a few at a time (``evaluation/domain/steps.py``). Were one of them taken up again, its words would
vanish between two looks, and whoever sees on the desk whose sheet is open again would know whose they were.
"""

from django.core.exceptions import PermissionDenied

from pairs.domain.surveys import asks_to_quote
from pairs.models import Output
from templates_app.domain.kits import worksheet_of
from templates_app.shapes import Kit

NAMELESS = "nameless"


class StaysAsSent(PermissionDenied):
    """Nobody takes this sheet up again."""


def stays_as_sent(kit: Kit, output: Output) -> bool:
    """Whether an output's sheet, once it is sent, is never taken up again: it reaches coordinators without names, or some of
    its words do, by the promise under which it was written, or its words may be quoted without one (``sssc.must.53``,
    ``gla.must.44``, ``phase1.must.60``).
    """
    if output.response is None:
        return False
    sheet = worksheet_of(output.response.version)
    return sheet.to_coordinator == NAMELESS or bool(sheet.coded) or asks_to_quote(kit, output)
