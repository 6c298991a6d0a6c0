"""Profiles as coordinators read them beside each other, and look for people in them. Whoever reads none finds nothing here.

What is sensitive stands neither beside another profile nor is anybody found by it: it has no part in who is paired with whom but
where the person has agreed to that, and then its reason stands with the match (``plp.sys.10``).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from mentoring.accounts.models import User
from mentoring.tenancy.models import Partner
from programmes.domain.enrolment import enrolment_context, may_read_profile
from programmes.domain.looking import plain
from programmes.domain.roles import roles_for
from programmes.models import Cohort, Participant
from templates_app.answers import ShownSection, display
from templates_app.domain.kits import worksheet_of
from templates_app.domain.responses import answers_of
from templates_app.models.response import ResponseState


@dataclass(frozen=True)
class ShownProfile:
    """Somebody with what their profile says; no sections while there is nothing that may be read."""

    person: Participant
    sections: list[ShownSection]


def profiles_beside(user: User, *people: Participant) -> list[ShownProfile]:
    """What each of these says of themselves, as ``user`` may read it (``phase1.arch.1.b``)."""
    partners = list(Partner.objects.all())
    return [ShownProfile(person, _sections(user, person, partners)) for person in people]


def _sections(user: User, person: Participant, partners: Sequence[Partner]) -> list[ShownSection]:
    enrolment = person.enrolment
    if enrolment is None or not may_read_profile(person, user):
        return []
    context = enrolment_context(person, user, partners=partners)
    return display(worksheet_of(enrolment.version), answers_of(enrolment), context, lambda shape: not shape.sensitive)


def who_says(user: User, cohort: Cohort, words: Sequence[str]) -> dict[str, set[UUID]]:
    """Each word with those people of the cohort whose profile holds it, whatever its case and accents (``phase1.arch.1.a``).

    For coordinators; nobody else reads profiles. Two queries; the answers are opened for this and kept nowhere.
    """
    found: dict[str, set[UUID]] = {word: set() for word in words}
    if not words or not roles_for(user).coordinates(cohort.programme_id):
        return found
    rows = Participant.objects.filter(cohort=cohort, enrolment__state=ResponseState.SUBMITTED)
    partners = list(Partner.objects.all())
    for person in rows.select_related("enrolment__version__template"):
        person.cohort = cohort
        text = _text(user, person, partners)
        for word in words:
            if plain(word) in text:
                found[word].add(person.pk)
    return found


def _text(user: User, person: Participant, partners: Sequence[Partner]) -> str:
    sections = _sections(user, person, partners)
    return plain(" ".join(answer.shown.text for section in sections for answer in section.answers))
