"""A cohort whose mentees choose: two shipped handbooks, with mentors who are open and mentees who look."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import Client

from mentoring import clock
from mentoring.accounts.models import User
from mentoring.notices.domain.rendering import render_message
from mentoring.notices.models import Message
from mentoring.tenancy.models import Organisation
from mentoring.tenancy.scope import tenant_scope
from programmes.domain.choosing.approvals import ask_approver, decide_approval
from programmes.domain.choosing.asking import begin_request, send_request
from programmes.domain.enrolment import enrolment_owner, enrolment_versions, give_enrolment_to
from programmes.domain.invitations import token_hash
from programmes.enums import Side
from programmes.models import Approval, ApprovalLink, Cohort, MentorRequest, Participant
from programmes.views.choosing_approvals import _context
from templates_app.answers import split
from templates_app.domain.kits import current_versions, worksheet_of
from templates_app.models import Response
from tests.factories import (
    AssignmentFactory,
    CohortFactory,
    HandbookFactory,
    MembershipFactory,
    OrganisationFactory,
    ParticipantFactory,
    PartnerFactory,
    ProgrammeFactory,
    UserFactory,
)

NOW = dt.datetime(2026, 11, 2, 20, 0, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@dataclass
class World:
    """One cohort and its people, by given name."""

    organisation: Organisation
    cohort: Cohort
    coordinator: User
    users: dict[str, User] = field(default_factory=dict)

    def place(self, name: str) -> Participant:
        """Somebody's place as it is now, with everything pages have at hand."""
        rows = Participant.objects.select_related(
            "cohort__programme__handbook", "membership__user", "enrolment__version__template", "partner"
        )
        return rows.get(cohort=self.cohort, given_name=name)

    def user(self, name: str) -> User:
        """Their account, with nothing read before."""
        return User.objects.get(pk=self.users[name].pk)

    def join(self, name: str, side: str, *, profile: dict[str, Any] | None = None, **values: Any) -> Participant:
        """Let somebody join; with a profile it is sent."""
        zone = values.pop("zone", "America/Los_Angeles")
        user = UserFactory(
            email=f"{name.lower()}@{self.organisation.slug}.example", given_name=name, family_name="Tester", zone=zone
        )
        self.users[name] = user
        ParticipantFactory(cohort=self.cohort, membership=MembershipFactory(user=user), side=side, **values)
        if profile is not None:
            self.send_profile(name, profile)
        return self.place(name)

    def send_profile(self, name: str, answers: dict[str, Any]) -> None:
        """Send a joining sheet with these answers, as its page does once it has checked them."""
        person, user = self.place(name), self.user(name)
        give_enrolment_to(person, user)
        person = self.place(name)
        version = enrolment_versions(self.cohort.programme.handbook)[Side(person.side)]
        facts, texts = split(worksheet_of(version).fields(), answers)
        Response.objects.filter(pk=person.enrolment_id).update(
            version=version, state="submitted", facts=facts, texts=texts, saved_at=NOW, submitted_at=NOW
        )
        person = self.place(name)
        owner = enrolment_owner(person, user)
        assert owner is not None
        owner.on_submitted(user)

    def begin(self, mentee: str, mentor: str) -> MentorRequest:
        """A request with its sheet filled in, ready to be sent."""
        begun = begin_request(mentee=self.place(mentee), mentor=self.place(mentor), actor=self.user(mentee))
        return self.write(begun)

    def write(self, request: MentorRequest) -> MentorRequest:
        """Fill in what goes with a request."""
        if request.response_id:
            words = {"message": "Three confiding sentences", "purpose": "Three confiding sentences"}
            Response.objects.filter(pk=request.response_id).update(state="submitted", texts=words)
        return self.fresh(request)

    def ask(self, mentee: str, mentor: str) -> MentorRequest:
        """A request that is sent."""
        send_request(request=self.begin(mentee, mentor), actor=self.user(mentee))
        return MentorRequest.objects.get(mentee=self.place(mentee), mentor=self.place(mentor), ended_at=None)

    def fresh(self, request: MentorRequest) -> MentorRequest:
        """The request as it is now."""
        rows = MentorRequest.objects.select_related(
            "cohort__programme__handbook", "mentee", "mentor", "response__version"
        )
        return rows.get(pk=request.pk)

    def send_link(self, mentee: str) -> Approval:
        """Send the mentee's supervisor a link."""
        person = self.place(mentee)
        return ask_approver(person=person, name="Una Chief", email="una@chief.example", actor=self.user(mentee))

    def approve(self, mentee: str, decision: str = "approved") -> Approval:
        """The supervisor's answer, by the link that was sent."""
        return self.decide(self.token(self.send_link(mentee)), decision)

    def decide(self, token: str, decision: str = "approved", **more: Any) -> Approval:
        """Answer behind a link."""
        approval = ApprovalLink.objects.get(token_hash=token_hash(token)).approval
        person = self.place(approval.participant.given_name)
        version = current_versions(self.cohort.programme.handbook)["supervisor-approval"]
        answers = {"mentee": person.name, "decision": decision, "decided_by": "Una Chief", "decided_on": "2026-11-03"}
        context = _context(approval, person)
        return decide_approval(token=token, version=version, answers=answers | more, context=context)

    def token(self, approval: Approval, *, again: bool = False) -> str:
        """The token in the message that was sent for an approval, or in its reminder."""
        occasion = f"{approval.pk}-{'again' if again else 'first'}"
        sent = Message.objects.get(kind="programmes.approval_asked", occasion=occasion)
        return str(sent.context["action_url"]).rstrip("/").rpartition("/")[2]

    def told(self, name: str, kind: str = "") -> list[Message]:
        """What somebody was told, in order."""
        rows = Message.objects.filter(recipient=self.users[name]).order_by("created_at")
        return list(rows.filter(kind=f"programmes.{kind}") if kind else rows)

    def heard(self, name: str) -> set[str]:
        """What somebody was told of their requests."""
        return {message.context["what"] for message in self.told(name, "request_moved")}

    def mail(self, name: str, what: str) -> str:
        """The text of one of these messages."""
        return next(render_message(row).text for row in self.told(name, "request_moved") if row.context["what"] == what)

    def url(self, path: str = "") -> str:
        return f"/o/{self.organisation.slug}/{path}"

    def client(self, name: str) -> Client:
        """Their browser."""
        client = Client()
        user = self.coordinator if name == "coordinator" else self.users[name]
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client


def change_kit(world: World, part: str, **values: Any) -> None:
    """Change the programme's handbook: ``part`` is a path such as ``matching.request``."""
    handbook = world.cohort.programme.handbook
    at = handbook.content
    for step in part.split("."):
        at = at[step]
    at.update(values)
    handbook.revision += 1
    handbook.save()


def make_world(kit: str, slug: str) -> World:
    """A cohort of a shipped handbook with a coordinator and nobody else. The organisation is left closed."""
    organisation = OrganisationFactory(slug=slug, zone="America/Los_Angeles")
    with tenant_scope(organisation), clock.at(NOW):
        programme = ProgrammeFactory(slug="choice", title="Mentoring by choice", handbook=HandbookFactory(kit=kit))
        cohort = CohortFactory(
            programme=programme,
            slug="first",
            starts_on=dt.date(2026, 11, 2),
            ends_on=dt.date(2027, 8, 31),
            zone="America/Los_Angeles",
        )
        coordinator = UserFactory(email=f"coordinator@{slug}.example", given_name="Keeper", family_name="Tester")
        AssignmentFactory(programme=programme, membership=MembershipFactory(user=coordinator))
        if kit == "caltrans":
            for key, name in (("district-4", "District 4"), ("engineering", "Division of Engineering")):
                PartnerFactory(key=key, name=name)
        return World(organisation, cohort, coordinator)


CAREER = "Thirty years on bridges, told in confidence to nobody"
LISTED = {
    "job_title": "Bridge engineer",
    "unit": "district-4",
    "reports_to": "A name that stays with the keeper",
    "career": CAREER,
    "competencies": ["communication", "flexibility"],
    "interests": "Sailing",
    "roles": ["coach"],
    "hours": 3,
    "shadow": "willing",
}


@pytest.fixture
def world(db: Any) -> Iterator[World]:
    """Mentees of the handbook with an approval; their organisation open for the test's own queries."""
    made = make_world("caltrans", "bridge")
    with tenant_scope(made.organisation), clock.at(NOW):
        made.join("Marta", "mentor", profile=LISTED)
        made.join("Nils", "mentor", profile=LISTED | {"competencies": ["thoroughness"], "shadow": "not_willing"})
        made.join("Ada", "mentee", profile={"kinds": ["career"], "focus": "x", "supervisor_email": "una@chief.example"})
        made.join("Ben", "mentee", profile={"kinds": ["coaching"], "focus": "x"})
        yield made


@pytest.fixture
def approved(world: World) -> World:
    """The same, with both mentees approved."""
    world.approve("Ada")
    world.approve("Ben")
    return world


@pytest.fixture
def london(db: Any) -> Iterator[World]:
    """Mentees of the handbook with a chemistry call and no approval."""
    made = make_world("gla", "london")
    with tenant_scope(made.organisation), clock.at(NOW):
        offer = {"offer": "Budgets", "level": "level_4", "open": "open", "mode": ["online"]}
        made.join("Marta", "mentor", profile=offer, zone="Europe/London")
        made.join("Nils", "mentor", profile=offer | {"level": "level_6"}, zone="Europe/London")
        made.join("Ada", "mentee", profile={"needs": "x", "aspire": "y"}, zone="Pacific/Auckland")
        made.join("Ben", "mentee", profile={"needs": "x", "aspire": "y"}, zone="Europe/London")
        yield made
