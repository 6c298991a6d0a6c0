"""A cohort of any shipped handbook with people in it, for journeys through one; how it is opened is walked elsewhere."""

from mentoring.tenancy.models import Organisation
from mentoring.tenancy.scope import tenant_scope
from programmes.domain.cohorts import open_cohort
from programmes.domain.enrolment import give_enrolment_to
from programmes.domain.programmes import create_programme
from programmes.models import Cohort, Participant
from templates_app.domain.kit_files import shipped_kit
from tests.factories import MembershipFactory, OrganisationFactory, ParticipantFactory, UserFactory
from tests.journeys.conftest import BEGIN, Journey
from tests.journeys.visitor import Visitor

PLACE = "programmes/mentoring/cohorts/first/"


def opened(journey: Journey, kit: str, *, zone: str) -> Organisation:
    """An organisation with one programme and a cohort that begins today; the coordinator has signed in."""
    organisation = OrganisationFactory(slug="house", name="The House", zone=zone)
    keeper = UserFactory(email="keeper@house.example", given_name="Kit", family_name="Keeper", zone=zone)
    with tenant_scope(organisation):
        actor = MembershipFactory(user=keeper).user
        programme = create_programme(kit=shipped_kit(kit), title="Mentoring", slug="mentoring", actor=actor)
        open_cohort(programme=programme, title="First", slug="first", starts_on=BEGIN.date(), zone=zone, actor=actor)
    journey.home = "/o/house/"
    journey.coordinator.email = keeper.email
    journey.coordinator.sign_in()
    return organisation


def comes(who: Visitor, name: str, side: str, *, organisation: Organisation) -> Participant:
    """Somebody who has joined the cohort signs in for the first time, with a profile to fill in."""
    given, family = name.split()
    who.email = f"{given.lower()}@house.example"
    user = UserFactory(email=who.email, given_name=given, family_name=family, zone=organisation.zone)
    with tenant_scope(organisation):
        person = ParticipantFactory(cohort=Cohort.objects.get(), membership=MembershipFactory(user=user), side=side)
        give_enrolment_to(Participant.objects.select_related("cohort__programme__handbook").get(pk=person.pk), user)
    who.sign_in()
    return person
