"""A pair as confirming makes it, and a group, on the path of the shipped handbook."""

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

import pytest

from mentoring import clock
from mentoring.accounts.models import User
from mentoring.tenancy.models import Organisation
from mentoring.tenancy.scope import tenant_scope
from pairs.domain.pairing import form_agreed_pairing, form_pairing
from pairs.enums import PairingModel
from pairs.models import Output, Pairing, PairingMember, Session
from programmes.domain.matching.consent import consent_of
from programmes.models import Cohort, Participant
from templates_app.models import Handbook
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


def begin(*, cohort: Cohort, **who: Any) -> Pairing:
    """Make a pairing as the coordinator does; where everybody in it is asked first, as if all of them had said yes."""
    make = form_agreed_pairing if consent_of(cohort) else form_pairing
    return make(cohort=cohort, **who)


def begin_pair(*, cohort: Cohort, mentor: Participant, mentee: Participant, actor: User) -> Pairing:
    """The same for one mentor and one mentee."""
    return begin(cohort=cohort, model=PairingModel.ONE_TO_ONE, mentors=[mentor], mentees=[mentee], actor=actor)


def make_pair(
    *,
    mentor_zone: str = "Australia/Brisbane",
    mentee_zone: str = "Pacific/Apia",
    slug: str = "reef",
    kit: str = "plp-ess",
    changed: Callable[[Handbook], None] | None = None,
) -> Pair:
    """Confirm a pair in an organisation of its own. The organisation is left closed. ``kit`` is a shipped one; ``changed``
    changes the programme's handbook before anybody is paired.
    """
    organisation = OrganisationFactory(slug=slug, name=f"{slug.title()} Partnership")
    with tenant_scope(organisation), clock.at(PAIRED):
        programme = ProgrammeFactory(slug="e-mentoring", title="E-Mentoring", handbook__kit=kit)
        if changed is not None:
            changed(programme.handbook)
            programme.handbook.save()
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
        pairing = begin_pair(cohort=cohort, mentor=places[0], mentee=places[1], actor=coordinator)
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


@dataclass
class Group:
    """A running group with everything forming brings, and the people around it, by given name."""

    organisation: Organisation
    pairing: Pairing
    cohort: Cohort
    coordinator: User
    users: dict[str, User]
    places: dict[str, Participant]

    def member(self, name: str) -> PairingMember:
        """The person's last membership."""
        return PairingMember.objects.filter(participant=self.places[name]).order_by("joined_at").last()

    def output(self, name: str = "", **which) -> Output:
        if name:
            which["member"] = self.member(name)
        return Output.objects.select_related("member", "session").get(pairing=self.pairing, **which)

    def session(self, number: int) -> Session:
        session = Session.objects.get(pairing=self.pairing, number=number, part=0)
        session.pairing = self.fresh()
        return session

    def fresh(self) -> Pairing:
        """The pairing as it is now, with nothing read before."""
        return Pairing.objects.select_related("cohort__programme__handbook").get(pk=self.pairing.pk)

    def url(self, path: str = "") -> str:
        return f"/o/{self.organisation.slug}/{path}"

    @property
    def place(self) -> str:
        return self.url(f"pairs/{self.pairing.pk}/")


PEOPLE = {
    "Helen": ("mentor", "Australia/Brisbane"),
    "Tevita": ("mentor", "Pacific/Tongatapu"),
    "ʻAna": ("mentee", "Pacific/Apia"),
    "Sione": ("mentee", "Pacific/Tongatapu"),
    "Moana": ("mentee", "Pacific/Apia"),
    "Leilani": ("mentee", "Pacific/Apia"),
    "Keoni": ("mentee", "Pacific/Honolulu"),
}
"""Everybody in the cohort of a made group; those it is made of are named."""


def make_group(
    names: Collection[str] = ("Helen", "ʻAna", "Sione", "Moana"),
    *,
    model: str = "group",
    models: Collection[object] = ("one-to-one", "group", "two-by-two", "team"),
    slug: str = "reef",
    kit: str = "plp-ess",
    changed: Callable[[Handbook], None] | None = None,
) -> Group:
    """Form a group in an organisation of its own, in whose cohort are all of ``PEOPLE``. The organisation is left closed.
    ``models`` are those the handbook allows; ``changed`` changes it further before anybody is paired. ``kit`` is a shipped one.
    """
    organisation = OrganisationFactory(slug=slug, name=f"{slug.title()} Partnership")
    with tenant_scope(organisation), clock.at(PAIRED):
        programme = ProgrammeFactory(slug="peers", title="Peer mentoring", handbook__kit=kit)
        handbook = programme.handbook
        handbook.content = handbook.content | {"plan": handbook.content["plan"] | {"models": list(models)}}
        if changed is not None:
            changed(handbook)
        handbook.save()
        cohort = CohortFactory(
            programme=programme, starts_on=dt.date(2026, 11, 2), ends_on=dt.date(2027, 4, 30), zone="Pacific/Apia"
        )
        coordinator = UserFactory(email=f"coordinator@{slug}.example", given_name="Sina", family_name="Coordinator")
        AssignmentFactory(programme=programme, membership=MembershipFactory(user=coordinator))
        users, places = {}, {}
        for number, (name, (side, zone)) in enumerate(PEOPLE.items()):
            users[name] = UserFactory(
                email=f"person{number}@{slug}.example", given_name=name, family_name="Tupou", zone=zone
            )
            places[name] = ParticipantFactory(cohort=cohort, membership=MembershipFactory(user=users[name]), side=side)
        chosen = {side: [places[name] for name in names if PEOPLE[name][0] == side] for side in ("mentor", "mentee")}
        pairing = begin(
            cohort=cohort,
            model=PairingModel(model),
            mentors=chosen["mentor"],
            mentees=chosen["mentee"],
            actor=coordinator,
        )
        return Group(organisation, pairing, cohort, coordinator, users, places)


@pytest.fixture
def group(db):
    """A group of Helen with ʻAna, Sione and Moana; their organisation open for the test's own queries."""
    made = make_group()
    with tenant_scope(made.organisation), clock.at(PAIRED):
        yield made
