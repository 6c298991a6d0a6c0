"""Changing one's mind about what reaches the coordinator, at any time (``plp.sys.95``)."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from mentoring.accounts.models import User
from pairs.domain.people import NotAMember, Person, member_of
from pairs.domain.reading import Reader
from pairs.domain.signing import give_consent, latest_consents
from pairs.models import PairingMember
from templates_app.shapes import ConsentItem


@dataclass(frozen=True)
class Question:
    """One kind of record, with what was last answered (``None``: not yet) and the worksheets it is about."""

    item: ConsentItem
    given: bool | None
    sheets: list[str]


def is_asked(reader: Reader, person: Person | None) -> bool:
    """Whether the handbook asks this person."""
    return person is not None and reader.kit.agreement.consent.asks(person.side)


def questions_for(reader: Reader) -> list[Question]:
    """What the person may decide, in the handbook's order. Items that always reach the coordinator are told, not asked."""
    person = reader.person
    assert person is not None
    known = latest_consents(person.member)
    sheets = list(reader.worksheets.values())
    return [
        Question(
            item,
            True if item.always else known.get(item.key),
            [s.title for s in sheets if s.readers.consent == item.key],
        )
        for item in reader.kit.agreement.consent.items
    ]


@transaction.atomic
def change_consent(*, reader: Reader, answers: Mapping[str, bool], actor: User) -> PairingMember:
    """Keep the person's answers; it works at once, also for what has been sent already.

    Raises ``NotAMember`` for one whom the handbook does not ask. Past members may still decide: the records are theirs.
    """
    person = reader.person
    if person is None or not is_asked(reader, person):
        raise NotAMember
    allowed = {item.key for item in reader.kit.agreement.consent.items if not item.always}
    member = person.member if person.member.left_at else member_of(reader.pairing, actor)
    give_consent(member=member, answers={key: value for key, value in answers.items() if key in allowed}, actor=actor)
    reader.__dict__.pop("consents", None)
    return member
