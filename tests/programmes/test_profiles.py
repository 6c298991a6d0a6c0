"""Profiles of the handbook of aspirations: what they ask, how coordinators find people by them and read two beside each other."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pairs.models import Pairing
from programmes.domain.enrolment import enrolment_versions, give_enrolment_to, start_enrolments
from programmes.domain.finding import Search, every_match
from programmes.domain.matching.runs import propose_by_hand, request_run
from programmes.models import Participant, Proposal
from templates_app.domain.kits import worksheet_of
from templates_app.models import Response
from tests.factories import (
    AssignmentFactory,
    CohortFactory,
    MembershipFactory,
    ParticipantFactory,
    ProgrammeFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
SAID = {
    "mentor": {
        "expertise": "Coral reefs\nTide gauges", "skills": "Writing grant papers", "experience": "Twenty years at sea",
        "forms": ["career"], "capacity": "2", "personality": ["patient"], "interests": "Weaving",
        "prefer": "Somebody who asks a lot",
    },
    "mentee": {
        "goals": "To lead a survey of the lagoon", "forms": ["career"], "personality": ["curious"],
        "interests": "Canoe building", "strengths": "Never late", "prefer": "Meeting in person, in Sāmoan",
    },
}  # fmt: skip


class Office:
    """A cohort with a mentor and a mentee who have sent their profiles by page, and its coordinator."""

    def __init__(self, organisation, sign_in) -> None:
        self.organisation, self.sign_in = organisation, sign_in
        programme = ProgrammeFactory(slug="aspiring", handbook__kit="aspire")
        self.cohort = CohortFactory(programme=programme, slug="first")
        self.users = {name: UserFactory(email=f"{name}@a.example", given_name=name) for name in ("mentor", "mentee")}
        self.people = {side: self.joined(side, user) for side, user in self.users.items()}
        self.coordinator, self.lead = UserFactory(email="c@a.example"), UserFactory(email="s@a.example")
        AssignmentFactory(programme=programme, membership=MembershipFactory(user=self.coordinator))
        AssignmentFactory(programme=programme, membership=MembershipFactory(user=self.lead), role="steering")
        for side, answers in SAID.items():
            self.send(side, answers)

    def joined(self, side: str, user) -> Participant:
        person = ParticipantFactory(cohort=self.cohort, membership=MembershipFactory(user=user), side=side)
        start_enrolments(self.cohort, [(person, None)])
        person.save()
        give_enrolment_to(person, user)
        return person

    def send(self, side: str, answers: dict) -> None:
        client, person = self.sign_in(self.users[side]), self.people[side]
        url = f"/o/{self.organisation.slug}/enrolment/{person.pk}/"
        page = unescape(client.get(url).content.decode())
        for field in worksheet_of(enrolment_versions(self.cohort.programme.handbook)[side]).fields():
            assert field.label in page, field.label
        client.post(url, {"revision": "0", "save_key": "k", **{f"f-{key}": said for key, said in answers.items()}})
        revision = Response.objects.get(pk=person.enrolment_id).revision
        assert client.post(f"{url}review/", {"revision": str(revision), "save_key": "s"}).status_code == 302

    def page(self, path: str, user=None) -> str:
        answer = self.sign_in(user or self.coordinator).get(f"/o/{self.organisation.slug}/{path}")
        return re.sub(r"\s+", " ", unescape(answer.content.decode()))

    def found(self, words: str, user=None) -> list[str]:
        rows = every_match(user or self.coordinator, self.cohort, Search(words=words))
        return sorted(person.side for person in rows)


@pytest.fixture
def office(in_organisation, sign_in) -> Office:
    return Office(in_organisation, sign_in)


@pytest.mark.covers("phase1.must.1")
def test_both_profiles_collect_skills_goals_personality_interests_and_preferences(office):
    shown = {side: office.page(f"enrolment/{person.pk}/read/") for side, person in office.people.items()}
    for side, words in (
        ("mentor", ("Writing grant papers", "Coral reefs", "Patient", "Weaving", "Somebody who asks a lot")),
        ("mentee", ("To lead a survey of the lagoon", "Curious", "Canoe building", "Meeting in person")),
    ):
        assert [word for word in words if word not in shown[side]] == []


@pytest.mark.covers("phase1.arch.1.a")
@pytest.mark.parametrize(
    ("words", "sides"),
    [
        ("grant papers", ["mentor"]),  # a mentor's skills
        ("LAGOON", ["mentee"]),  # a mentee's goals
        ("samoan", ["mentee"]),  # what a mentee prefers, whatever the accents
        ("asks a lot", ["mentor"]),  # what a mentor prefers
        ("curious", ["mentee"]),  # what was chosen, by its words
        ("mentee canoe", ["mentee"]),  # a name and a word together
        ("grant lagoon", []),  # nobody says both
        ("career", ["mentee", "mentor"]),
    ],
)
def test_a_coordinator_finds_people_by_what_their_profiles_say(office, words, sides):
    assert office.found(words) == sides
    page = office.page(f"programmes/aspiring/cohorts/first/people/?q={words}")
    assert [side for side in ("mentee", "mentor") if f">{side} Tester</a>" in page] == sides


def test_who_reads_no_profile_finds_nobody_by_it_and_a_draft_is_found_by_nobody(office):
    admin = UserFactory(email="admin@a.example")
    MembershipFactory(user=admin, is_admin=True)
    assert office.found("mentor", admin) == ["mentor"], "an admin sees the people"
    assert office.found("grant", admin) == []
    Response.objects.filter(pk=office.people["mentor"].enrolment_id).update(state="draft")
    assert office.found("grant") == []


def test_looking_for_words_costs_the_same_for_any_number_of_people(office):
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            office.found("grant")
        return len(seen)

    queries()  # what is kept from the first look on
    before = queries()
    for number in range(3):
        person = office.joined("mentor", UserFactory(email=f"more{number}@a.example"))
        Response.objects.filter(pk=person.enrolment_id).update(state="submitted")
    assert queries() == before


@pytest.mark.covers("phase1.arch.1.b")
def test_who_pairs_by_hand_reads_both_profiles_beside_each_other_and_then_confirms(office):
    run = request_run(cohort=office.cohort, actor=office.coordinator)
    propose_by_hand(run=run, mentor=office.people["mentor"], mentee=office.people["mentee"], actor=office.coordinator)
    url = f"programmes/aspiring/cohorts/first/matching/{Proposal.objects.get().pk}/confirm/"
    page = office.page(url)
    beside = page[page.index('class="beside-answers"') :]
    assert beside.index("To lead a survey of the lagoon") < beside.index("Writing grant papers")
    for words in ("Never late", "Meeting in person", "Twenty years at sea", "Somebody who asks a lot", "Patient"):
        assert words in beside, words
    for user in (office.lead, office.users["mentor"]):
        assert "Never late" not in office.page(url, user)
    assert not Pairing.objects.exists()
    client = office.sign_in(office.coordinator)
    assert client.post(f"/o/{office.organisation.slug}/{url}").status_code == 302
    assert Pairing.objects.filter(cohort=office.cohort).count() == 1
