"""What the records' owner lets reach the coordinator: the newest answer for each kind of record counts (``plp.sys.95``)."""

import datetime as dt
from dataclasses import dataclass

from pairs.domain.people import People
from pairs.models import Consent, Pairing
from templates_app.shapes import Consent as ConsentShape


@dataclass(frozen=True)
class Standing:
    """How consent to one kind of record stands: ``given`` is ``None`` while it has not been answered."""

    given: bool | None
    at: dt.datetime | None = None


def consents_of(pairing: Pairing, shape: ConsentShape, people: People) -> dict[str, Standing]:
    """Consent by item, over everybody who is asked: one "no" is a no. One query.

    Items that always reach the coordinator stand as given without a date.
    """
    latest: dict[tuple[object, str], Consent] = {}
    for row in Consent.objects.filter(pairing=pairing).order_by("at", "created_at"):
        latest[row.member_id, row.item] = row
    asked = [person.member.pk for person in people.everyone if shape.asked_of in (person.side, "each")]
    return {
        item.key: Standing(True) if item.always else _together([latest.get((member, item.key)) for member in asked])
        for item in shape.items
    }


def _together(answers: list[Consent | None]) -> Standing:
    if any(row is not None and not row.given for row in answers):
        return Standing(False, max(row.at for row in answers if row))
    if not answers or any(row is None for row in answers):
        return Standing(None)
    return Standing(True, max(row.at for row in answers if row))
