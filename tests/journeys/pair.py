"""A pair that the coordinator has just confirmed, for journeys that begin there; how it came about is walked elsewhere."""

from mentoring.tenancy.scope import tenant_scope
from pairs.domain.pairing import confirm_pairing
from programmes.domain.cohorts import open_cohort
from programmes.domain.programmes import create_programme
from programmes.models import Cohort
from templates_app.domain.kit_files import shipped_kit
from tests.factories import MembershipFactory, OrganisationFactory, ParticipantFactory, UserFactory
from tests.journeys.conftest import BEGIN, Journey

MENTOR, MENTEE, COORDINATOR = "Umai Rengiil", "ʻAna Tuʻipulotu", "Leilani Faleafa"
ZONES = {"mentor": "Pacific/Apia", "mentee": "Pacific/Pago_Pago"}
"""An hour's flight and a whole day apart."""


def confirmed(journey: Journey) -> None:
    """Programme, cohort and pair; each of the three signs in with a code."""
    organisation = OrganisationFactory(slug="plp", name="Pacific Learning Partnership")
    with tenant_scope(organisation):
        leilani = MembershipFactory(user=_user("coordinator", COORDINATOR)).user
        programme = create_programme(kit=shipped_kit("plp-ess"), title="E-Mentoring", slug="e-mentoring", actor=leilani)
        cohort = open_cohort(
            programme=programme,
            title="January",
            slug="january",
            starts_on=BEGIN.date(),
            zone="Pacific/Apia",
            actor=leilani,
        )
        places = {side: place(cohort, side, name) for side, name in (("mentor", MENTOR), ("mentee", MENTEE))}
        pairing = confirm_pairing(cohort=cohort, actor=leilani, **places)
    journey.home, journey.pair = "/o/plp/", f"/o/plp/pairs/{pairing.pk}/"
    for person, name in zip(journey.people, ("coordinator", "mentor", "mentee"), strict=True):
        person.email = f"{name}@plp.example"
        person.sign_in()


def place(cohort: Cohort, side: str, name: str, email: str = ""):
    """Somebody who has joined the cohort."""
    user = _user(email or side, name, ZONES[side])
    return ParticipantFactory(cohort=cohort, membership=MembershipFactory(user=user), side=side)


def _user(mailbox: str, name: str, zone: str = "Pacific/Apia"):
    given, family = name.split()
    return UserFactory(email=f"{mailbox}@plp.example", given_name=given, family_name=family, zone=zone)
