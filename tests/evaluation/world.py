"""A cohort as its people make it: pairs confirmed, dated, met, written and signed through the verbs of the rooms."""

import datetime as dt
import secrets
from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from mentoring import clock
from mentoring.accounts.models import User
from mentoring.tenancy.models import Organisation, Partner
from mentoring.tenancy.scope import tenant_scope
from pairs.domain.agreement import offer_agreement, open_agreement
from pairs.domain.logs import pass_on_logs
from pairs.domain.output_owner import begin_response, owner_of
from pairs.domain.pairing import confirm_pairing
from pairs.domain.people import people_of
from pairs.domain.reading import reader_of
from pairs.domain.schedule import Facts, fingerprint, numbered, save_schedule
from pairs.domain.sessions import hold_session
from pairs.domain.signing import sign_agreement
from pairs.models import Output, Pairing, Schedule, Session
from programmes.models import Cohort, Programme
from templates_app.answers import AnswerContext, check
from templates_app.domain.kits import current_version, worksheet_of
from templates_app.domain.responses import answers_of, submit_response
from tests.factories import (
    AssignmentFactory,
    CohortFactory,
    MembershipFactory,
    OrganisationFactory,
    ParticipantFactory,
    ProgrammeFactory,
    UserFactory,
)
from tests.templates_app.filled import ROWS, filled_sheet

PAIRED = dt.datetime(2026, 11, 2, 20, 0, tzinfo=dt.UTC)
"""Monday 2 November in London, Tuesday 3 November, 9:00, in Apia."""
FIRST_CALL = dt.datetime(2026, 11, 5, 20, 0, tzinfo=dt.UTC)
"""Friday 6 November, 9:00, in Apia."""
MONTH = dt.timedelta(days=28)
CONSENT = {"logs": True, "capacity": True, "goals": True, "checklist": True, "closure": True}
NAMES = {"coordinator": "Sina Faleafa", "admin": "Ada Admin", "lead": "Lea Lead", "steering": "Stu Steer"}
BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass
class PairWorld:
    """One pair, and what its people do."""

    pairing: Pairing
    mentor: User
    mentee: User

    def user(self, side: str) -> User:
        return self.mentor if side == "mentor" else self.mentee

    def output(self, **which: Any) -> Output:
        side = which.pop("side", None)
        if side:
            which["member__side"] = side
        found = Output.objects.select_related("member", "session", "response__version__template").get(
            pairing=self.pairing, **which
        )
        found.pairing = self.pairing
        return found

    def session(self, number: int) -> Session:
        found = Session.objects.get(pairing=self.pairing, number=number, part=0)
        found.pairing = self.pairing
        return found

    def set_dates(self, first: dt.datetime = FIRST_CALL, step: dt.timedelta = MONTH) -> None:
        schedule = Schedule.objects.get(pairing=self.pairing)
        sessions = numbered(self.pairing)
        save_schedule(
            pairing=self.pairing,
            facts=Facts("monthly", "teams", "", "https://meet.example/call", 60),
            starts={row.number: first + step * (row.number - 1) for row in sessions},
            zone="Pacific/Apia",
            seen=fingerprint(schedule, sessions),
            actor=self.mentor,
        )

    def hold(self, *numbers: int) -> None:
        for number in numbers:
            session = self.session(number)
            with clock.at(session.starts_at + dt.timedelta(hours=2)):
                hold_session(session=session, actor=self.mentor)

    def write(self, output: Output, user: User, **words: Any) -> Output:
        """Fill in a worksheet and send it; ``words`` take the place of the made-up answers."""
        people = people_of(self.pairing)
        begin_response(output=output, actor=user, people=people)
        owner = owner_of(output, reader_of(user, self.pairing))
        sheet = worksheet_of(output.response.version)
        answers = filled_sheet(sheet) | answers_of(output.response)
        for shape in sheet.fields():
            if shape.options_from:
                answers.pop(shape.key, None)
            for row in answers.get(shape.key, ()) if shape.kind in ROWS and not shape.items else ():
                row["_id"] = secrets.token_hex(4)
        answers |= words
        faults = check(sheet, answers, owner.context, mode="submit").faults
        assert not faults, faults
        submit_response(
            response=output.response,
            actor=user,
            answers=answers,
            revision=output.response.revision,
            context=owner.context,
            then=owner.on_submitted,
        )
        output.refresh_from_db()
        return output

    def log(self, session: int, side: str, **words: Any) -> Output:
        output = self.output(worksheet="learning-log", moment=f"session-{session}", side=side)
        return self.write(output, self.user(side), **words)

    def pass_on(self, session: int) -> None:
        pass_on_logs(reader=reader_of(self.mentor, self.pairing), session=self.session(session), actor=self.mentor)

    def offer(self) -> Any:
        agreement = open_agreement(pairing=self.pairing, actor=self.mentee)
        answers = {
            **answers_of(agreement.response),
            "goal_statements": [{"_id": "aaaaaaaa", "statement": "Lead a review alone by May"}],
            "objectives": [{"_id": "bbbbbbbb", "objective": "Judge a survey", "measure": "Two surveys accepted"}],
            "ground_rules": [{"_id": "cccccccc", "about": "Place", "rule": "Teams, monthly"}],
        }
        submit_response(
            response=agreement.response,
            actor=self.mentee,
            answers=answers,
            revision=agreement.response.revision,
            context=AnswerContext(),
        )
        return offer_agreement(agreement=agreement, actor=self.mentee)

    def sign(self, agreement: Any, side: str, consent: dict[str, bool] | None = None) -> None:
        sign_agreement(
            agreement=agreement,
            actor=self.user(side),
            typed_name=self.user(side).name,
            content_sha256=agreement.content_sha256,
            consent=(consent or CONSENT) if side == "mentee" else None,
            method="code",
        )

    def agree(self, consent: dict[str, bool] | None = None) -> Any:
        agreement = self.offer()
        self.sign(agreement, "mentor")
        self.sign(agreement, "mentee", consent)
        return agreement


@dataclass
class World:
    """An organisation with one cohort, who looks after it, and its pairs."""

    organisation: Organisation
    programme: Programme
    cohort: Cohort
    partner: Partner
    coordinator: User
    admin: User
    lead: User
    steering: User
    pairs: list[PairWorld] = field(default_factory=list)

    def url(self, path: str = "") -> str:
        return f"/o/{self.organisation.slug}/{path}"

    @property
    def desk(self) -> str:
        return self.url(f"desk/{self.programme.slug}/{self.cohort.slug}/")

    @property
    def evaluation(self) -> str:
        return self.url(f"evaluation/{self.programme.slug}/{self.cohort.slug}/")

    @property
    def exports(self) -> str:
        return self.url(f"exports/programmes/{self.programme.slug}/")

    def add_pair(
        self, mentee: str, mentor: str, *, partner: Partner | None = None, zone: str = "Pacific/Apia"
    ) -> PairWorld:
        """Two people who have joined, paired. ``partner`` put the mentee forward."""
        users, places = {}, {}
        for side, name in (("mentor", mentor), ("mentee", mentee)):
            given, _space, family = name.partition(" ")
            mail = f"{side}{len(self.pairs)}@{self.organisation.slug}.example"
            users[side] = UserFactory(email=mail, given_name=given, family_name=family, zone=zone)
            places[side] = ParticipantFactory(
                cohort=self.cohort,
                membership=MembershipFactory(user=users[side]),
                side=side,
                partner=partner if side == "mentee" else None,
            )
        pairing = confirm_pairing(cohort=self.cohort, actor=self.coordinator, **places)
        made = PairWorld(pairing, users["mentor"], users["mentee"])
        self.pairs.append(made)
        return made


def make_world(slug: str = "reef", *, zone: str = "Pacific/Apia", at: dt.datetime = PAIRED) -> World:
    """The organisation with its people and no pair yet; the cohort began on the Monday of ``at``. It is left closed."""
    organisation = OrganisationFactory(slug=slug, name=f"{slug.title()} Learning Partnership", zone=zone)
    monday = at.date() - dt.timedelta(days=at.weekday())
    with tenant_scope(organisation), clock.at(at):
        programme = ProgrammeFactory(slug="e-mentoring", title="E-Mentoring")
        cohort = CohortFactory(
            programme=programme,
            slug="november",
            title="Cohort of November",
            starts_on=monday,
            ends_on=monday + dt.timedelta(days=179),
            zone=zone,
        )
        partner = Partner.objects.get(key="sprep")
        people = {}
        for role, name in NAMES.items():
            given, _space, family = name.partition(" ")
            user = UserFactory(email=f"{role}@{slug}.example", given_name=given, family_name=family, zone=zone)
            membership = MembershipFactory(user=user, is_admin=role == "admin")
            if role == "coordinator":
                AssignmentFactory(programme=programme, membership=membership)
            if role == "lead":
                AssignmentFactory(programme=programme, membership=membership, role="partner_lead", partner=partner)
            if role == "steering":
                AssignmentFactory(programme=programme, membership=membership, role="steering")
            people[role] = user
        return World(organisation, programme, cohort, partner, **people)


def sign_in(user: User) -> Client:
    """A browser in which this person is signed in."""
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def version_of(world: World, key: str) -> Any:
    return current_version(world.programme.handbook, key)
