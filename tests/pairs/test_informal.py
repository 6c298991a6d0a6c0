"""Informal relationships: recorded with who, with whom and since when; nothing is owed, and figures count them apart."""

import datetime as dt

import pytest

from evaluation.domain.evaluating import send_evaluation
from evaluation.domain.figures import figures_of
from evaluation.domain.standing import pairings_of, standings
from evaluation.domain.totals import Period, totals_of
from mentoring import clock
from mentoring.notices.models import Message
from mentoring.tenancy.scope import tenant_scope
from pairs.domain.pairing import CannotPair, form_pairing
from pairs.domain.replanning import ask_to_replan
from pairs.enums import PairingModel
from pairs.models import Agreement, Output, Pairing, PairingMember
from programmes.domain.matching.occupancy import occupancy_of
from tests.factories import MembershipFactory, ParticipantFactory, UserFactory
from tests.pairs.conftest import PAIRED, make_pair

NOW = PAIRED + dt.timedelta(days=1)


@pytest.fixture
def pair(db):
    """A pair of the handbook aspire, beside whom others may meet informally."""
    made = make_pair(kit="aspire")
    with tenant_scope(made.organisation), clock.at(NOW):
        yield made


@pytest.fixture
def sione(pair):
    """A mentor with a place for one pair, who has none."""
    user = UserFactory(email="sione@reef.example", given_name="Sione", family_name="Vea")
    cohort = pair.pairing.cohort
    return ParticipantFactory(cohort=cohort, membership=MembershipFactory(user=user), side="mentor", capacity=1)


def new(pair) -> str:
    cohort = pair.pairing.cohort
    return pair.url(f"programmes/{cohort.programme.slug}/cohorts/{cohort.slug}/matching/informal/")


def record(pair, mentor, sign_in, since: str = "") -> Pairing:
    sent = {"mentor": str(mentor.pk), "mentee": str(pair.mentee_place.pk), "since": since}
    answer = sign_in(pair.coordinator).post(new(pair), sent)
    assert answer.status_code == 302, answer.content.decode()
    return Pairing.objects.get(model="informal")


@pytest.mark.covers("phase1.must.47")
def test_a_coordinator_records_who_with_whom_and_since_when_and_nothing_is_owed(pair, sione, sign_in):
    matching = new(pair).removesuffix("informal/")
    assert f'href="{new(pair)}"' in sign_in(pair.coordinator).get(matching).content.decode()
    made = record(pair, sione, sign_in, "2026-09-01")
    assert made.started_at.astimezone(dt.UTC).date() in {dt.date(2026, 8, 31), dt.date(2026, 9, 1)}
    assert not Output.objects.filter(pairing=made).exists()
    assert not made.sessions.exists()
    told = Message.objects.filter(kind="pairs.paired", subject_id=made.pk)
    assert {row.recipient for row in told} == {pair.mentee, sione.membership.user}
    assert all(row.context["first"] == "" for row in told)
    page = sign_in(sione.membership.user).get(pair.url("mentoring/")).content.decode()
    assert "Nothing to do just now" in page
    assert "Add one when you like" in page


@pytest.mark.covers("phase1.must.47")
def test_they_meet_and_write_as_they_like_without_agreement_and_either_ends_it(pair, sione, sign_in):
    made = record(pair, sione, sign_in)
    here, mentor = pair.url(f"pairs/{made.pk}/"), sign_in(sione.membership.user)
    assert mentor.get(f"{here}agreement/").status_code == 404
    assert mentor.post(f"{here}agreement/begin/").status_code == 404
    assert not Agreement.objects.filter(pairing=made).exists()
    assert "agreement" not in mentor.get(f"{here}documents/").content.decode().lower()
    assert f"{here}sessions/further/" in mentor.get(f"{here}sessions/").content.decode()
    date = {"day": "2026-11-20", "time": "09:00", "minutes": "45"}
    assert mentor.post(f"{here}sessions/further/", date).status_code == 302
    held = made.sessions.get()
    with clock.at(PAIRED + dt.timedelta(days=30)):
        answer = mentor.post(f"{here}sessions/{held.pk}/held/", {"day": "2026-11-20", "time": "09:00", "minutes": "45"})
        assert answer.status_code == 302
    assert made.sessions.get().state == "held"
    mentee = sign_in(pair.mentee)
    assert mentee.post(f"{here}worksheets/journal/new/").status_code == 302
    assert Output.objects.get(pairing=made).worksheet == "journal"
    assert mentee.post(f"{here}end/").status_code == 302
    assert Pairing.objects.get(pk=made.pk).state == "dissolved"
    assert not PairingMember.objects.filter(pairing=made, left_at=None).exists()


@pytest.mark.covers("phase1.must.47")
def test_figures_count_it_apart_and_the_list_of_pairs_shows_it_apart(pair, sione, sign_in):
    cohort = pair.pairing.cohort
    period = Period(dt.date(2026, 11, 1), dt.date(2026, 11, 30), cohort.zone)
    before = {one.key: one.value for one in totals_of(cohort, period)}
    figures = figures_of(cohort, standings(pairings_of(cohort), NOW), NOW)
    record(pair, sione, sign_in)
    after = {one.key: one.value for one in totals_of(cohort, period)}
    assert (before.pop("informal"), after.pop("informal")) == (0, 1)
    assert after == before
    assert figures_of(cohort, standings(pairings_of(cohort), NOW), NOW) == figures
    page = sign_in(pair.coordinator).get(pair.url(f"desk/{cohort.programme.slug}/{cohort.slug}/pairs/"))
    listed = page.content.decode().split("Beside the pairs")
    assert "Sione Vea" in listed[1]
    assert "Sione Vea" not in listed[0]
    assert page.context["page"].paginator.count == 1


def test_it_takes_up_no_place_and_keeps_nobody_from_a_pair(pair, sione, sign_in):
    record(pair, sione, sign_in)
    cohort = pair.pairing.cohort
    assert sione.pk not in occupancy_of(cohort).mentors
    other = ParticipantFactory(cohort=cohort, membership=MembershipFactory(user=UserFactory()), side="mentee")
    values = {"cohort": cohort, "model": PairingModel.ONE_TO_ONE, "mentors": [sione], "actor": pair.coordinator}
    assert form_pairing(mentees=[other], **values).is_active
    own = sign_in(pair.mentee).get(pair.url("mentoring/"))
    assert own.context["pairing"] == pair.pairing, "the pair on the handbook's path comes first"


def test_two_who_are_together_are_not_recorded_again_and_no_day_is_to_come(pair, sione, sign_in):
    record(pair, sione, sign_in)
    browser = sign_in(pair.coordinator)
    for mentor, since, words in (
        (sione, "", "is with this mentor already"),
        (pair.mentor_place, "", "is with this mentor already"),
        (sione, "2027-01-01", "still to come"),
        (sione, "0001-01-01", "Choose a day between 1900 and 2200."),
    ):
        sent = {"mentor": str(mentor.pk), "mentee": str(pair.mentee_place.pk), "since": since}
        answer = browser.post(new(pair), sent)
        assert answer.status_code == 422
        assert words in answer.content.decode()
    assert Pairing.objects.filter(model="informal").count() == 1


def test_a_changed_handbook_and_an_evaluation_ask_nothing_of_it(pair, sione, sign_in):
    made = record(pair, sione, sign_in)
    handbook = made.cohort.programme.handbook
    handbook.content = handbook.content | {"plan": handbook.content["plan"] | {"sessions": 8}}
    handbook.save()
    ask_to_replan(made.cohort.programme)
    made.cohort.evaluation_url = "https://survey.example/"
    assert send_evaluation(pairings=[made], actor=pair.coordinator) == []
    assert not Output.objects.filter(pairing=made).exists()
    assert not made.sessions.exists()


def test_nobody_but_a_coordinator_records_one_and_only_where_the_handbook_knows_it(pair, sione, sign_in):
    sent = {"mentor": str(sione.pk), "mentee": str(pair.mentee_place.pk)}
    for user in (pair.mentor, pair.mentee, UserFactory()):
        assert sign_in(user).post(new(pair), sent).status_code in {403, 404}
    assert not Pairing.objects.filter(model="informal").exists()
    plain = make_pair(slug="plain")
    assert sign_in(plain.coordinator).get(new(plain)).status_code == 404
    with tenant_scope(plain.organisation), clock.at(NOW), pytest.raises(CannotPair):
        form_pairing(
            cohort=plain.pairing.cohort,
            model=PairingModel.INFORMAL,
            mentors=[plain.mentor_place],
            mentees=[plain.mentee_place],
            actor=plain.coordinator,
        )
