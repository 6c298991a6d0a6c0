"""What an ended pairing takes back: meetings to come, and everything still owed."""

import datetime as dt

from django.db import transaction

from pairs.domain.planning import cancel_outputs
from pairs.domain.sessions import cancel_coming
from pairs.models import Pairing


@transaction.atomic
def cancel_future(*, pairing: Pairing, moment: dt.datetime) -> None:
    """Cancel what is still to come after ``moment``: sessions with their invitations, open outputs, reminders.

    Nobody is named and no reason is given. What a pairing's ending itself calls for stays open.
    """
    cancel_coming(pairing, moment)
    cancel_outputs(pairing, moment)
