"""Loading the demo: two organisations, told through the verbs of the rooms."""

import datetime as dt
from typing import Any

from django.db import transaction

from demo.story import aspirations, gatherings, library, people, words
from demo.story.chapters import BEGINS, CHAPTERS, priya_and_umai_close
from demo.story.path import Path
from evaluation.domain.evaluating import send_evaluation
from evaluation.domain.reports import make_report
from evaluation.domain.weeks import due_monday, period_of
from mentoring import clock
from mentoring.accounts.domain.people import prove_address
from mentoring.accounts.models import User
from mentoring.organisations.domain.organisations import create_organisation
from mentoring.tenancy.models import Membership, Organisation, Partner
from mentoring.tenancy.scope import tenant_scope
from pairs.domain.pairing import confirm_pairing
from pairs.models import Pairing
from programmes.domain.assignments import give_role
from programmes.domain.cohorts import open_cohort
from programmes.domain.enrolment import enrolment_owner
from programmes.domain.issues import answer_issue, raise_issue
from programmes.domain.matching.runs import request_run
from programmes.domain.people import add_participant
from programmes.domain.programmes import create_programme
from programmes.enums import IssueKind, ParticipantState
from programmes.models import Cohort, Participant
from templates_app.domain.kit_files import shipped_kit
from templates_app.domain.responses import answers_of, submit_response

FIRST = "pacific-learning-partnership"
SECOND = "southern-cross-mentoring"
DAYS = 77
"""The first pairs were confirmed so many days ago."""


def is_loaded() -> bool:
    """Whether the demo is there."""
    return Organisation.objects.filter(slug=FIRST).exists()


@transaction.atomic
def load() -> None:
    """Load both organisations, whole or not at all."""
    begin = (clock.now() - dt.timedelta(days=DAYS)).replace(hour=20, minute=0, second=0, microsecond=0)
    _first_organisation(begin)
    _second_organisation(begin)


def _user(email: str, given: str, family: str, zone: str) -> User:
    user = User.objects.create_user(email, given_name=given, family_name=family, zone=zone)
    prove_address(user)
    return user


def _first_organisation(begin: dt.datetime) -> None:
    with clock.at(begin - dt.timedelta(days=20)):
        admin = _user("tomasi.vea@plp.example", "Tomasi", "Vea", "Pacific/Apia")
        coordinator = _user("leilani.faleafa@plp.example", "Leilani", "Faleafa", "Pacific/Apia")
        organisation = create_organisation(
            slug=FIRST,
            name="Pacific Learning Partnership",
            zone="Pacific/Apia",
            language="en-gb",
            accent="#0b5c66",
            first_admin=admin,
            actor=None,
        )
        Membership.objects.create(organisation=organisation, user=coordinator)
    with tenant_scope(organisation):
        with clock.at(begin - dt.timedelta(days=18)):
            cohort = _programme(begin, coordinator)
        with clock.at(begin - dt.timedelta(days=10)):
            places = _join_everybody(organisation, cohort, coordinator)
        _tell_the_pairs(cohort, places, coordinator, begin)
        _what_else(cohort, places, coordinator)
        gatherings.tell(cohort, places, coordinator)
        library.tell(cohort, coordinator)


def _programme(begin: dt.datetime, coordinator: User) -> Cohort:
    programme = create_programme(
        kit=shipped_kit("plp-ess"), title="E-Mentoring 2026", slug="e-mentoring", actor=coordinator
    )
    lead = _user("mele.taufa@sprep.example", "Mele", "Taufa", "Pacific/Apia")
    membership = Membership.objects.create(organisation=programme.organisation, user=lead)
    give_role(
        programme=programme,
        membership=membership,
        role="partner_lead",
        partner=Partner.objects.get(key="sprep"),
        actor=coordinator,
    )
    return open_cohort(
        programme=programme,
        title="First cohort",
        slug="first",
        starts_on=begin.date(),
        zone="Pacific/Apia",
        actor=coordinator,
    )


def _join_everybody(organisation: Organisation, cohort: Cohort, coordinator: User) -> dict[str, Participant]:
    places = {}
    for side, cast in (("mentor", people.MENTORS), ("mentee", people.MENTEES)):
        for one in cast:
            places[one.key] = _join(organisation, cohort, coordinator, side, one)
    for one in people.CANDIDATES:
        add_participant(
            cohort=cohort, side="mentee", email=one.email, facts=_facts(one), actor=coordinator, partner=_partner(one)
        )
    return places


def _partner(one: people.Character) -> Partner:
    return Partner.objects.get(key=one.partner)


def _facts(one: people.Character) -> dict[str, Any]:
    names = ("given_name", "family_name", "zone", "country", "employer", "title", "capacity")
    return {name: getattr(one, name) for name in names}


def _join(
    organisation: Organisation, cohort: Cohort, coordinator: User, side: str, one: people.Character
) -> Participant:
    """Somebody's place, account and sent profile."""
    person = add_participant(
        cohort=cohort,
        side=side,
        email=one.email,
        facts=_facts(one),
        actor=coordinator,
        partner=_partner(one),
        decided=True,
    )
    user = _user(one.email, one.given_name, one.family_name, one.zone)
    membership = Membership.objects.create(organisation=organisation, user=user)
    # Joining by link would need the token that only the mail holds; the place is taken here as the link takes it.
    Participant.objects.filter(pk=person.pk).update(
        membership=membership, state=ParticipantState.JOINED, joined_at=clock.now()
    )
    person = Participant.objects.select_related("cohort__programme__handbook", "membership__user").get(pk=person.pk)
    _profile(person, user, one.profile)
    return person


def _profile(person: Participant, user: User, answers: dict[str, Any]) -> None:
    owner = enrolment_owner(person, user)
    assert owner is not None
    given = {**answers_of(owner.response), "country": person.country, **answers}
    submit_response(
        response=owner.response,
        actor=user,
        answers=given,
        revision=owner.response.revision,
        context=owner.context,
        then=owner.on_submitted,
    )


def _tell_the_pairs(cohort: Cohort, places: dict[str, Participant], coordinator: User, begin: dt.datetime) -> None:
    for mentee, mentor in people.PAIRS:
        start = begin + dt.timedelta(days=BEGINS.get(mentee, 0))
        with clock.at(start):
            pairing = confirm_pairing(cohort=cohort, mentor=places[mentor], mentee=places[mentee], actor=coordinator)
        path = Path(pairing, start)
        CHAPTERS[mentee](path)
        if mentee == "priya":
            _evaluate(pairing, path, coordinator)


def _evaluate(pairing: Pairing, path: Path, coordinator: User) -> None:
    with path.at(63):
        send_evaluation(pairings=[path.pairing(coordinator)], actor=coordinator)
    with path.at(64):
        path.write(path.mentee, "evaluation", words.evaluation("mentee"))
    with path.at(65):
        path.write(path.mentor, "evaluation", words.evaluation("mentor"))
    priya_and_umai_close(path)


def _what_else(cohort: Cohort, places: dict[str, Participant], coordinator: User) -> None:
    """An open issue, suggestions for those without a pair, and last week's report."""
    litia = places["litia"]
    assert litia.membership is not None
    with clock.at(clock.now() - dt.timedelta(days=2)):
        issue = raise_issue(person=litia, kind=IssueKind.HELP, text=words.HELP, actor=litia.membership.user)
    with clock.at(clock.now() - dt.timedelta(days=1)):
        answer_issue(issue=issue, text=words.ANSWER, actor=coordinator)
    request_run(cohort=cohort, actor=coordinator)
    monday = due_monday(cohort, clock.now())
    if monday is not None:
        make_report(cohort=cohort, period=period_of(monday), now=clock.now())


def _second_organisation(begin: dt.datetime) -> None:
    """A little next door, which nobody of the first organisation ever sees: two programmes with two handbooks, a pair in each."""
    with clock.at(begin):
        grace = _user("grace.mbeki@southerncross.example", "Grace", "Mbeki", "Pacific/Auckland")
        organisation = create_organisation(
            slug=SECOND,
            name="Southern Cross Mentoring",
            zone="Pacific/Auckland",
            language="en-gb",
            accent="#7a3b69",
            first_admin=grace,
            actor=None,
        )
    with tenant_scope(organisation):
        with clock.at(begin + dt.timedelta(days=30)):
            cohort = _neighbours_cohort(grace, "plp-ess", "Safeguards mentoring", "safeguards")
            _pair_up(cohort, grace, _NEIGHBOUR_MENTOR, _NEIGHBOUR_MENTEE)
        start = begin + dt.timedelta(days=DAYS - aspirations.BEGAN)
        with clock.at(start):
            cohort = _neighbours_cohort(grace, "aspire", "Aspire", "aspire")
            pairing = _pair_up(cohort, grace, aspirations.MENTOR, aspirations.MENTEE)
        aspirations.losa_and_hana(Path(pairing, start))


def _neighbours_cohort(coordinator: User, kit: str, title: str, slug: str) -> Cohort:
    """A programme of the second organisation with one cohort, which begins at the clock's now."""
    programme = create_programme(kit=shipped_kit(kit), title=title, slug=slug, actor=coordinator)
    return open_cohort(
        programme=programme,
        title="Spring",
        slug="spring",
        starts_on=clock.now().date(),
        zone="Pacific/Auckland",
        actor=coordinator,
    )


def _pair_up(cohort: Cohort, coordinator: User, mentor: people.Character, mentee: people.Character) -> Pairing:
    first = _join(cohort.organisation, cohort, coordinator, "mentor", mentor)
    second = _join(cohort.organisation, cohort, coordinator, "mentee", mentee)
    return confirm_pairing(cohort=cohort, mentor=first, mentee=second, actor=coordinator)


_NEIGHBOUR_MENTOR = people.Character(
    "ruth", "ruth.oneill@southerncross.example", "Ruth", "OʼNeill", "Pacific/Auckland", "New Zealand", "City Council",
    "Planner", "usp", {"sectors": ["buildings"], "skills": "Consents", "languages": ["english"], "capacity": 1},
)  # fmt: skip
_NEIGHBOUR_MENTEE = people.Character(
    "kahu", "kahu.ngata@southerncross.example", "Kahu", "Ngata", "Pacific/Auckland", "New Zealand", "Iwi trust",
    "Adviser", "usp", {"development": ["buildings"], "focus": "Consents for a marae", "languages": ["english"]},
)  # fmt: skip
