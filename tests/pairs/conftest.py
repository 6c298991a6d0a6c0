"""A pair as confirming makes it, on the path of the shipped handbook."""

import datetime as dt
from dataclasses import dataclass

import pytest

from mentoring import clock
from mentoring.accounts.models import User
from mentoring.tenancy.models import Organisation
from mentoring.tenancy.scope import tenant_scope
from pairs.domain.pairing import confirm_pairing
from pairs.models import Output, Pairing, Session
from programmes.models import Participant
from tests.factories import (
    AssignmentFactory,
    CohortFactory,
    MembershipFactory,
    OrganisationFactory,
    ParticipantFactory,
    ProgrammeFactory,
    UserFactory,
)

PAIRED = dt.datetime(2026, 11, 2, 20, 0, tzinfo=dt.UTC)
"""Monday 2 November in London and Sacramento, Tuesday 3 November in Apia."""


@dataclass
class Pair:
    """A running pair with everything confirming brings, and the people around it."""

    organisation: Organisation
    pairing: Pairing
    coordinator: User
    mentor: User
    mentee: User
    mentor_place: Participant
    mentee_place: Participant

    def session(self, number: int, part: int = 0) -> Session:
        session = Session.objects.get(pairing=self.pairing, number=number, part=part)
        session.pairing = self.pairing
        return session

    def output(self, **which) -> Output:
        side = which.pop("side", None)
        if side:
            which["member__side"] = side
        return Output.objects.select_related("member", "session").get(pairing=self.pairing, **which)

    def url(self, path: str = "") -> str:
        return f"/o/{self.organisation.slug}/{path}"

    @property
    def place(self) -> str:
        return self.url(f"pairs/{self.pairing.pk}/")


def make_pair(
    *, mentor_zone: str = "Australia/Brisbane", mentee_zone: str = "Pacific/Apia", slug: str = "reef"
) -> Pair:
    """Confirm a pair in an organisation of its own. The organisation is left closed."""
    organisation = OrganisationFactory(slug=slug, name=f"{slug.title()} Partnership")
    with tenant_scope(organisation), clock.at(PAIRED):
        programme = ProgrammeFactory(slug="e-mentoring", title="E-Mentoring")
        cohort = CohortFactory(
            programme=programme, starts_on=dt.date(2026, 11, 2), ends_on=dt.date(2027, 4, 30), zone="Pacific/Apia"
        )
        coordinator = UserFactory(email=f"coordinator@{slug}.example", given_name="Sina", family_name="Coordinator")
        AssignmentFactory(programme=programme, membership=MembershipFactory(user=coordinator))
        mentor = UserFactory(
            email=f"helen@{slug}.example", given_name="Helen", family_name="Whitcombe", zone=mentor_zone
        )
        mentee = UserFactory(email=f"ana@{slug}.example", given_name="ʻAna", family_name="Tupou", zone=mentee_zone)
        places = [
            ParticipantFactory(cohort=cohort, membership=MembershipFactory(user=user), side=side)
            for user, side in ((mentor, "mentor"), (mentee, "mentee"))
        ]
        pairing = confirm_pairing(cohort=cohort, mentor=places[0], mentee=places[1], actor=coordinator)
        return Pair(organisation, pairing, coordinator, mentor, mentee, *places)


@pytest.fixture
def pair(db):
    """A pair: Helen in Brisbane, ʻAna in Apia; their organisation open for the test's own queries."""
    made = make_pair()
    with tenant_scope(made.organisation), clock.at(PAIRED):
        yield made


@pytest.fixture
def at():
    """``with at("2026-11-10 09:00", "Pacific/Apia"):`` sets the application's clock."""
    from zoneinfo import ZoneInfo

    def set_to(words: str, zone: str = "UTC"):
        return clock.at(dt.datetime.fromisoformat(words).replace(tzinfo=ZoneInfo(zone)))

    return set_to
