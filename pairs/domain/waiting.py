"""Before there is a pair: where somebody stands between joining and being paired."""

from dataclasses import dataclass

from mentoring.accounts.models import User
from pairs.domain.proposing.queries import Asked, asked_of
from programmes.domain.choosing.next_steps import NextStep, next_step_of
from programmes.domain.choosing.terms import asking_of
from programmes.domain.getting_ready import Beforehand, beforehand, first_of
from programmes.domain.queries import own_participations
from programmes.domain.training.standing import today_of
from programmes.models import Participant


@dataclass(frozen=True)
class Place:
    """One place in a cohort without a pair: what the person can do, and what they wait for."""

    person: Participant
    profile_sent: bool
    profile_begun: bool
    oriented: bool
    by_choice: bool
    """Whether mentees choose their mentors here."""
    beforehand: list[Beforehand]
    """What comes before pairing, beside the profile."""
    asked: list[Asked]
    """Matches that they are asked about."""
    step: NextStep | None
    """What is next once the profile is sent: of that, then of choosing."""

    @property
    def has_begun(self) -> bool:
        """Whether the cohort's first day is here, or over, where the person is."""
        return self.person.cohort.starts_on <= today_of(self.person)

    @property
    def is_ready(self) -> bool:
        """Whether nothing of their own stands before pairing any more."""
        return self.profile_sent and all(one.is_done for one in self.beforehand)


def waiting_for(user: User) -> list[Place]:
    """The person's places without a running pair. A few queries, and some for each place where something comes first or
    mentees choose.
    """
    asked = asked_of(user)
    return [_place(person, asked) for person in own_participations(user)]


def _place(person: Participant, asked: list[Asked]) -> Place:
    before = beforehand(person)
    return Place(
        person=person,
        profile_sent=person.enrolment is not None and person.enrolment.is_submitted,
        profile_begun=person.enrolment is not None and person.enrolment.saved_at is not None,
        oriented=person.oriented_at is not None,
        by_choice=asking_of(person.cohort) is not None,
        beforehand=before,
        asked=[one for one in asked if one.part.participant_id == person.pk],
        step=first_of(before) or next_step_of(person),
    )
