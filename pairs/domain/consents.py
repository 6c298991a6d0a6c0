"""What the records' owner lets reach the coordinator: the newest answer for each kind of record counts (``plp.sys.95``)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from pairs.domain.people import Person
from pairs.models import Consent, Pairing, PairingMember
from programmes.models import Cohort
from templates_app.shapes import Consent as ConsentShape


@dataclass(frozen=True)
class Standing:
    """How consent to one kind of record stands: ``given`` is ``None`` while it has not been answered."""

    given: bool | None
    at: dt.datetime | None = None


Answered = Mapping[tuple[UUID, str], Consent]
"""The newest answer by membership and item."""


def answered(pairing: Pairing) -> Answered:
    """What has been answered in a pairing. One query."""
    return _newest(Consent.objects.filter(pairing=pairing))


def answered_in(cohort: Cohort) -> Answered:
    """The same in every pairing of a cohort: answers go by membership, so one table holds them all. One query."""
    return _newest(Consent.objects.filter(pairing__cohort=cohort))


def consents_of(shape: ConsentShape, people: Iterable[Person], given: Answered) -> dict[str, Standing]:
    """Consent by item, over those of these people who are asked: one "no" is a no.

    Items that always reach the coordinator stand as given without a date.
    """
    asked = [person for person in people if _is_asked(shape, person.side)]
    return {
        item.key: Standing(True) if item.always else _together([_last(person, item.key, given) for person in asked])
        for item in shape.items
    }


def _last(person: Person, item: str, given: Answered) -> Consent | None:
    """The person's last answer, in whichever of their periods."""
    found = [given[row, item] for row in person.ids if (row, item) in given]
    return max(found, key=lambda row: (row.at, row.created_at), default=None)


def consents_in(cohort: Cohort, shape: ConsentShape) -> dict[UUID, dict[str, Standing]]:
    """The same for every pairing of a cohort, by pairing. Two queries."""
    asked: dict[UUID, list[UUID]] = defaultdict(list)
    members = PairingMember.objects.filter(pairing__cohort=cohort)
    for member, pairing, side in members.values_list("pk", "pairing", "side"):
        asked[pairing] += [member] if _is_asked(shape, side) else []
    newest = _newest(Consent.objects.filter(pairing__cohort=cohort))
    return {pairing: _by_item(shape, those, newest) for pairing, those in asked.items()}


def is_given(consents: Mapping[str, Standing], item: str | None) -> bool:
    """Whether a record that asks for consent to ``item`` may reach the coordinator; what asks for none may."""
    return item is None or consents.get(item, Standing(None)).given is True


def _is_asked(shape: ConsentShape, side: str) -> bool:
    return shape.asked_of in (side, "each")


def _newest(rows: QuerySet[Consent]) -> dict[tuple[UUID, str], Consent]:
    """Everybody's last answer for each item."""
    return {(row.member_id, row.item): row for row in rows.order_by("at", "created_at")}


def _by_item(shape: ConsentShape, asked: list[UUID], newest: dict[tuple[UUID, str], Consent]) -> dict[str, Standing]:
    return {
        item.key: Standing(True) if item.always else _together([newest.get((member, item.key)) for member in asked])
        for item in shape.items
    }


def _together(answers: list[Consent | None]) -> Standing:
    if any(row is not None and not row.given for row in answers):
        return Standing(False, max(row.at for row in answers if row))
    if not answers or any(row is None for row in answers):
        return Standing(None)
    return Standing(True, max(row.at for row in answers if row))
