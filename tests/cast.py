"""The standing cast: two organisations with a cohort each, everybody in their place, and rows that could leak."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import Client

from mentoring.accounts.models import User
from mentoring.tenancy.models import Organisation, Partner
from mentoring.tenancy.scope import tenant_scope
from pairs.models import Pairing
from programmes.models import Cohort, Participant, Programme
from tests.factories import (
    AssignmentFactory,
    CohortFactory,
    MembershipFactory,
    OrganisationFactory,
    PairingFactory,
    ParticipantFactory,
    ProgrammeFactory,
    UserFactory,
)


@dataclass
class Company:
    """One organisation's people. Pair one is mentor and mentee, pair two is the other pair of the same cohort."""

    organisation: Organisation
    programme: Programme
    cohort: Cohort
    partner: Partner
    admin: User
    coordinator: User
    partner_lead: User
    steering: User
    mentor: User
    mentee: User
    mentor_two: User
    mentee_two: User
    pairing: Pairing
    pairing_two: Pairing
    participants: dict[str, Participant] = field(default_factory=dict)

    def url(self, path: str = "") -> str:
        """An address inside the organisation."""
        return f"/o/{self.organisation.slug}/{path}"


def make_company(slug: str, mark: str) -> Company:
    """Build one organisation whose names all carry ``mark``."""
    organisation = OrganisationFactory(slug=slug, name=f"{mark} Learning Partnership")
    with tenant_scope(organisation):
        programme = ProgrammeFactory(slug="e-mentoring", title=f"{mark} E-Mentoring")
        partner = Partner.objects.get(key="sprep")
        cohort = CohortFactory(programme=programme, slug="november", title=f"{mark} cohort")
        users = {name: _person(mark, name, slug) for name in _PEOPLE}
        memberships = {name: MembershipFactory(user=user, is_admin=name == "admin") for name, user in users.items()}
        for role, extra in (("coordinator", {}), ("partner_lead", {"partner": partner}), ("steering", {})):
            AssignmentFactory(programme=programme, membership=memberships[role], role=role, **extra)
        participants = {
            name: ParticipantFactory(
                cohort=cohort,
                membership=memberships[name],
                side=name.removesuffix("_two"),
                partner=None if name.endswith("_two") else partner,
            )
            for name in ("mentor", "mentee", "mentor_two", "mentee_two")
        }
        pairing = PairingFactory(cohort=cohort, members=(participants["mentor"], participants["mentee"]))
        pairing_two = PairingFactory(cohort=cohort, members=(participants["mentor_two"], participants["mentee_two"]))
    return Company(
        organisation=organisation,
        programme=programme,
        cohort=cohort,
        partner=partner,
        pairing=pairing,
        pairing_two=pairing_two,
        participants=participants,
        **users,
    )


_PEOPLE = ("admin", "coordinator", "partner_lead", "steering", "mentor", "mentee", "mentor_two", "mentee_two")


def _person(mark: str, name: str, slug: str) -> User:
    given = name.replace("_", " ").title()
    return UserFactory(email=f"{name}@{slug}.example", given_name=given, family_name=mark)


@pytest.fixture
def company(db: Any) -> Company:
    """The organisation most tests work in."""
    return make_company("reef", "Reef")


@pytest.fixture
def other_company(db: Any) -> Company:
    """The organisation next door, with everything the first has."""
    return make_company("lagoon", "Lagoon")


@pytest.fixture
def outsider(db: Any) -> User:
    """A signed-in person who belongs to no organisation."""
    return UserFactory(email="outsider@elsewhere.example")


@pytest.fixture
def sign_in():
    """``sign_in(user)`` gives a client that is signed in as them."""

    def make(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return make
