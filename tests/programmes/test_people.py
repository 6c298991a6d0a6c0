"""A person's way into a cohort: every step from every state, by hand and by decision."""

import itertools

import pytest

from mentoring.history.domain import timeline_of
from mentoring.notices.models import Message
from mentoring.tenancy.models import Partner
from programmes.domain.guards import _guards, register_withdrawal_guard
from programmes.domain.invitations import invite_person
from programmes.domain.people import (
    PersonRefused,
    accept_people,
    add_participant,
    change_participant,
    decline_people,
    reinstate_person,
    withdraw_person,
)
from programmes.domain.states import FROM, Step, WrongStep, take_step
from programmes.enums import ParticipantState
from programmes.models import Participant
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db

FACTS = {"given_name": "Mele", "family_name": "Fonua", "zone": "Pacific/Tongatapu"}
LEADS_TO = {
    (Step.ACCEPT, "candidate"): "accepted",
    (Step.ACCEPT, "declined"): "accepted",
    (Step.DECLINE, "candidate"): "declined",
    (Step.DECLINE, "accepted"): "declined",
    (Step.DECLINE, "invited"): "declined",
    (Step.INVITE, "accepted"): "invited",
    (Step.INVITE, "invited"): "invited",
    (Step.JOIN, "invited"): "joined",
    (Step.WITHDRAW, "candidate"): "withdrawn",
    (Step.WITHDRAW, "accepted"): "withdrawn",
    (Step.WITHDRAW, "invited"): "withdrawn",
    (Step.WITHDRAW, "joined"): "withdrawn",
    (Step.REINSTATE, "withdrawn"): "candidate",
}


@pytest.mark.parametrize(("step", "state"), list(itertools.product(Step, ParticipantState.values)))
def test_each_step_leads_on_from_its_states_and_from_no_other(inside, add_person, step, state):
    person = add_person(state=state)
    expected = LEADS_TO.get((step, state))
    if expected is None:
        with pytest.raises(WrongStep):
            take_step(person, step)
        expected = state
    else:
        take_step(person, step)
    assert Participant.objects.get(pk=person.pk).state == expected
    assert (state in FROM[step]) == ((step, state) in LEADS_TO)


def test_of_two_who_decide_at_once_the_second_is_told(inside, add_person):
    person = add_person(state="candidate")
    late = Participant.objects.get(pk=person.pk)
    take_step(person, Step.ACCEPT)
    with pytest.raises(WrongStep):
        take_step(late, Step.DECLINE)
    assert Participant.objects.get(pk=person.pk).state == "accepted"


def add(company, email="mele@to.example", **more):
    values = {"side": "mentee", "facts": FACTS, "actor": company.coordinator, **more}
    return add_participant(cohort=company.cohort, email=email, **values)


def test_somebody_added_by_hand_is_taken_on_and_has_a_profile_begun(inside):
    person = add(inside, "Mele@TO.example")
    assert (person.email, person.state, person.decided_by) == ("mele@to.example", "accepted", inside.coordinator)
    assert person.enrolment.version.template.key == "mentee-profile"
    assert person.enrolment.author is None


@pytest.mark.covers("plp.sys.116")
def test_whom_a_lead_puts_forward_waits_and_the_coordinators_hear_of_it_once_a_day(inside):
    for address in ("one@x.example", "two@x.example"):
        person = add(inside, address, partner=inside.partner, actor=inside.partner_lead)
        assert person.state == "candidate"
        assert person.decided_at is None
    told = Message.objects.filter(kind="programmes.put_forward")
    assert [message.recipient for message in told] == [inside.coordinator]


@pytest.mark.covers("plp.sys.116")
def test_the_coordinator_decides_on_candidates(inside, add_person):
    yes, no, joined = (add_person(state=state) for state in ("candidate", "candidate", "joined"))
    assert accept_people(people=[yes, joined], actor=inside.coordinator) == 1
    assert decline_people(people=[no, joined], actor=inside.coordinator) == 1
    states = {person.pk: person.state for person in Participant.objects.filter(pk__in=[yes.pk, no.pk, joined.pk])}
    assert states == {yes.pk: "accepted", no.pk: "declined", joined.pk: "joined"}
    assert Participant.objects.get(pk=no.pk).decided_by == inside.coordinator


def test_nobody_is_in_a_cohort_twice_or_on_both_sides(inside):
    add(inside)
    with pytest.raises(PersonRefused, match="already"):
        add(inside, "MELE@to.example")
    with pytest.raises(PersonRefused, match="nobody is both"):
        add(inside, "MELE@to.example", side="mentor")
    assert Participant.objects.filter(email="mele@to.example").count() == 1


def change(company, person, **more):
    values = {"email": person.email, "facts": FACTS, "partner": person.partner, "actor": company.coordinator, **more}
    change_participant(person=person, **values)


def test_a_new_address_stops_the_link_that_went_to_the_old_one(inside, add_person):
    person = add_person()
    invitation = invite_person(person=person, actor=inside.coordinator)
    change(inside, person, email="new@x.example")
    invitation.refresh_from_db()
    assert invitation.revoked_at is not None
    assert Participant.objects.get(pk=person.pk).state == "accepted"
    assert Message.objects.get(kind="programmes.invitation").state == "cancelled"


def test_who_has_joined_changes_the_address_themselves(inside):
    person = Participant.objects.select_related("cohort__programme__handbook").get(pk=inside.participants["mentee"].pk)
    with pytest.raises(PersonRefused, match="Only they"):
        change(inside, person, email="other@x.example")
    change(inside, person, partner=Partner.objects.get(key="adb"))
    assert Participant.objects.get(pk=person.pk).partner.key == "adb"


def test_withdrawing_stops_the_link_and_can_be_taken_back(inside, add_person):
    person = add_person()
    invitation = invite_person(person=person, actor=inside.coordinator)
    withdraw_person(person=person, actor=inside.coordinator)
    invitation.refresh_from_db()
    assert invitation.revoked_at is not None
    reinstate_person(person=person, actor=inside.coordinator)
    assert Participant.objects.get(pk=person.pk).state == "candidate"


def test_who_joined_comes_back_as_joined(inside, add_person):
    person = add_person(membership=MembershipFactory(), state="joined")
    withdraw_person(person=person, actor=inside.coordinator)
    reinstate_person(person=person, actor=inside.coordinator)
    assert Participant.objects.get(pk=person.pk).state == "joined"


@pytest.fixture
def guard():
    """A room above that lets nobody go."""

    def never(person):
        return "They are in a running pairing."

    register_withdrawal_guard(never)
    yield
    _guards.remove(never)


def test_a_room_above_can_say_why_somebody_cannot_leave_yet(inside, guard, add_person):
    person = add_person()
    with pytest.raises(PersonRefused, match="running pairing"):
        withdraw_person(person=person, actor=inside.coordinator)
    assert Participant.objects.get(pk=person.pk).state == "accepted"


def test_what_was_done_with_somebody_stands_in_their_history(inside, add_person):
    person = add_person(state="candidate")
    accept_people(people=[person], actor=inside.coordinator)
    withdraw_person(person=person, actor=inside.coordinator)
    assert [event.action for event in timeline_of(person)] == ["person.withdrawn", "person.accepted"]
