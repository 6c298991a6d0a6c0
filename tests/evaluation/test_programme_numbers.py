"""What a coordinator's report says of a programme in which mentees choose (``cal.sys.86``)."""

import datetime as dt

import pytest

from evaluation.domain.evaluating import ASKED
from evaluation.domain.figures import numbers
from evaluation.domain.reports import make_report
from evaluation.domain.standing import pairings_of, standings
from mentoring import clock
from mentoring.tenancy.scope import no_scope, tenant_scope
from pairs.domain.agreement import open_agreement
from pairs.enums import AgreementState, OutputKind, SessionState
from pairs.models import Agreement, Output, Pairing, Session
from programmes.domain.choosing.doors import pause_mentor
from tests.programmes.choosing.conftest import LISTED, NOW, World, make_world
from tests.programmes.choosing.test_open_lists import paired

MONTH = dt.timedelta(days=365.25 / 12)


@pytest.fixture
def world(db):
    """Four mentors on the list, of whom three have a mentee; each pair has met twice in its first month, for 90 minutes."""
    made = make_world("caltrans", "bridge")
    with tenant_scope(made.organisation), clock.at(NOW):
        for mentor, mentee in (("Marta", "Ada"), ("Nils", "Ben"), ("Olga", "Cleo")):
            made.join(mentor, "mentor", profile=LISTED)
            made.join(mentee, "mentee", profile={"kinds": ["career"], "focus": "x"})
            paired(made, mentee, mentor)
        made.join("Petra", "mentor", profile=LISTED)
        made.join("Quinn", "mentor")
        for pairing in Pairing.objects.all():
            Session.objects.filter(pairing=pairing, number__lte=2).update(
                state=SessionState.HELD, starts_at=NOW, held_minutes=90
            )
    with tenant_scope(made.organisation), clock.at(NOW + MONTH):
        yield made


def told(world: World) -> dict[str, tuple[float | None, int | None]]:
    """Key → value and what it is of."""
    found = numbers(world.cohort, standings(pairings_of(world.cohort), clock.now()))
    return {number["key"]: (number["value"], number["of"]) for number in found}


def of(mentee: str) -> Pairing:
    return Pairing.objects.get(members__participant__given_name=mentee)


@pytest.mark.covers("cal.sys.86")
def test_mentors_active_pairs_contracts_hours_and_evaluations_are_told(world):
    open_agreement(pairing=of("Ada"), actor=world.user("Ada"))
    assert told(world)["in_force"] == (0, 3)
    Agreement.objects.update(state=AgreementState.SIGNED)
    for mentee, done in (("Ada", clock.now()), ("Ben", None)):
        asked_to_evaluate(of(mentee), done)
    found = told(world)
    assert found["mentors"] == (4, None)
    assert found["pairs"] == (3, 3)
    assert found["in_force"] == (1, 3)
    assert found["hours"] == (3.0, None)
    assert found["evaluations"] == (1, 2)
    pause_mentor(person=world.place("Petra"), actor=world.coordinator)
    assert told(world)["mentors"] == (3, None)


def asked_to_evaluate(pairing: Pairing, done: dt.datetime | None) -> None:
    member = pairing.members.get(side="mentee")
    Output.objects.create(
        pairing=pairing, kind=OutputKind.EVALUATION, moment=ASKED, title="Evaluation", member=member, done_at=done
    )


@pytest.mark.covers("cal.sys.86")
def test_the_coordinator_reads_them_in_the_report_with_what_they_count(world):
    report = make_report(cohort=world.cohort, period="2026-W49", now=clock.now())
    client = world.client("coordinator")
    with no_scope():
        page = client.get(world.url(f"reports/{report.pk}/")).content.decode()
    for title, value in (
        ("mentors are on the list", "4"),
        ("hours a month, on average", "3.0"),
        ("agreements are in force<small>of 3</small>", "0"),
    ):
        assert f"<dt>{title}</dt><dd>{value}</dd>" in page
    assert "logs are not opened for it" in page


def test_hours_of_few_pairs_are_not_told(world):
    """One of two pairs would know what the other has spent."""
    Pairing.objects.filter(pk=of("Cleo").pk).update(state="completed", ended_at=clock.now())
    assert told(world)["hours"] == (None, None)
    report = make_report(cohort=world.cohort, period="2026-W49", now=clock.now())
    with no_scope():
        page = world.client("coordinator").get(world.url(f"reports/{report.pk}/")).content.decode()
    assert "too few to say" in page


def test_an_agreement_of_a_pair_that_has_ended_is_in_force_no_more(world):
    open_agreement(pairing=of("Cleo"), actor=world.user("Cleo"))
    Agreement.objects.update(state=AgreementState.SIGNED)
    assert told(world)["in_force"] == (1, 3)
    Pairing.objects.filter(pk=of("Cleo").pk).update(state="completed", ended_at=clock.now())
    assert told(world)["in_force"] == (0, 2)
