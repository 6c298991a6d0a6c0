"""What is settled before a cohort is opened, and decisions on those who apply."""

import datetime as dt

import pytest

from mentoring.history.models import Event
from mentoring.notices.domain.rendering import render_message
from mentoring.notices.models import Message
from programmes.domain.cohorts import open_cohort
from programmes.domain.opening import NotSettled, to_settle_first
from programmes.domain.people import accept_people, add_participant, decline_people
from programmes.models import Cohort, Participant
from tests.factories import ParticipantFactory
from tests.programmes.running.conftest import Office

pytestmark = pytest.mark.django_db


def open_one(office: Office, **values) -> Cohort:
    facts = {"title": "Spring", "slug": "spring", "starts_on": dt.date(2027, 3, 1), "zone": "UTC"}
    return open_cohort(programme=office.programme, actor=office.coordinator, **facts, **values)


def settle(office: Office) -> None:
    for key in ("gpc4", "trainplan", "inductplan"):
        office.send(key)
    for side in ("mentor", "mentee"):
        office.send("criteria", role=side)


@pytest.mark.covers("sssc.must.51")
def test_no_cohort_opens_while_evaluation_or_training_is_unset_unless_somebody_says_why(office):
    with pytest.raises(NotSettled) as refused:
        open_one(office)
    assert len(refused.value.titles) == 4
    assert refused.value.titles[:2] == ["Checklist 4: gathering data for the evaluation", "Mentor training plan"]
    assert not Cohort.objects.filter(slug="spring").exists()
    cohort = open_one(office, despite="The pilot begins on Monday.")
    assert Cohort.objects.get(pk=cohort.pk).opened_despite == "The pilot begins on Monday."
    (event,) = Event.objects.filter(action="cohort.opened_despite")
    assert event.actor == office.coordinator
    assert "The pilot" not in str(event.data)


@pytest.mark.covers("sssc.must.51", "sssc.must.81")
def test_what_is_sent_opens_the_way_and_criteria_are_needed_for_both_sides(office):
    for key in ("gpc4", "trainplan", "inductplan"):
        office.send(key)
    assert to_settle_first(office.programme) == ["Selection criteria"]
    office.send("criteria", role="mentor")
    assert to_settle_first(office.programme) == ["Selection criteria (mentee)"]
    office.send("criteria", role="mentee")
    assert open_one(office).opened_despite is None


@pytest.mark.covers("sssc.must.51")
def test_the_page_names_what_is_missing_and_asks_for_the_reason(office, sign_in):
    client, place = sign_in(office.coordinator), f"{office.place}cohorts/new/"
    assert "Why you open it all the same" in client.get(place).content.decode()
    facts = {"title": "Spring", "starts_on": "2027-03-01", "zone": "UTC", "slug": ""}
    assert "gathering data for the evaluation" in client.post(place, facts).content.decode()
    assert not Cohort.objects.filter(title="Spring").exists()
    client.post(place, facts | {"despite": "The pilot begins on Monday."})
    cohort = Cohort.objects.get(title="Spring")
    page = f"{office.place}cohorts/{cohort.slug}/"
    assert "The pilot begins on Monday." in client.get(page).content.decode()
    assert "The pilot begins" not in sign_in(office.steering).get(page).content.decode()


@pytest.mark.covers("sssc.must.15", "sssc.must.81")
@pytest.mark.parametrize(("verb", "words"), [(accept_people, "taken on"), (decline_people, "you may apply again")])
def test_an_application_gets_one_recorded_decision_by_the_criteria_of_then_and_the_applicant_is_told(
    office, verb, words, sign_in
):
    settle(office)
    person = ParticipantFactory(cohort=office.cohort, membership=None, side="mentee", state="candidate")
    person = Participant.objects.select_related("cohort__programme__handbook", "membership").get(pk=person.pk)
    assert verb(people=[person], actor=office.coordinator) == 1
    assert verb(people=[person], actor=office.coordinator) == 0, "one decision"
    later = office.send("criteria", role="mentee")
    person = Participant.objects.select_related("decided_under__response").get(pk=person.pk)
    assert (person.decided_by, person.decided_at.date()) == (office.coordinator, dt.date(2026, 11, 2))
    assert person.decided_under.response.facts["role"] == "mentee"
    assert person.decided_under_id != later.pk
    (message,) = Message.objects.filter(kind="programmes.decided")
    assert message.email == person.email
    assert words in render_message(message).text
    page = sign_in(office.coordinator).get(f"{office.place}cohorts/first/people/{person.pk}/").content.decode()
    assert "by these criteria" in page


def test_who_is_added_by_a_coordinator_has_not_applied_and_is_told_nothing(office):
    facts = {"given_name": "Ada", "family_name": "Reid", "zone": "UTC"}
    add_participant(
        cohort=office.cohort, side="mentor", email="ada@glen.example", facts=facts, actor=office.coordinator
    )
    assert not Message.objects.filter(kind="programmes.decided").exists()


def test_where_the_handbook_does_not_say_so_nobody_is_told(office):
    office.change("running", tells_decisions=False)
    person = ParticipantFactory(cohort=office.cohort, membership=None, side="mentee", state="candidate")
    person.cohort.programme.handbook = office.programme.handbook
    decline_people(people=[person], actor=office.coordinator)
    assert not Message.objects.filter(kind="programmes.decided").exists()
