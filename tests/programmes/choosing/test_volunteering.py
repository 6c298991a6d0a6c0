"""Members of the organisation put themselves on the list of mentors."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from mentoring import clock
from mentoring.notices.domain.rendering import render_message
from mentoring.notices.models import Message
from mentoring.tenancy.models import Membership
from programmes.domain.invitations import invite_person
from programmes.domain.people import add_participant, decline_people, reinstate_person, withdraw_person
from programmes.domain.stepping_out import step_out
from programmes.domain.volunteering import VolunteerRefused, page_for_finished, volunteer
from programmes.enums import ParticipantState
from programmes.models import Invitation, Participant
from templates_app.models import Response
from tests.factories import CohortFactory, MembershipFactory, ProgrammeFactory, UserFactory
from tests.programmes.choosing.conftest import DAY, NOW, change_kit
from tests.programmes.choosing.test_directory import listed

SHEET = {
    "name": "Mia Tester",
    "job_title": "Bridge engineer",
    "unit": "district-4",
    "career": "Thirty years on bridges",
    "competencies": ["communication"],
    "hours": "3",
    "shadow": "willing",
    "confirm-time-done": "on",
    "confirm-interest-done": "on",
    "confirm-competencies-done": "on",
}
CONFIRMATIONS = ("confirm-time-done", "confirm-interest-done", "confirm-competencies-done")


@pytest.fixture
def manager(world):
    """A member of the organisation who has no place in the programme."""
    user = UserFactory(email="mia@bridge.example", given_name="Mia", family_name="Tester", zone="America/Los_Angeles")
    MembershipFactory(user=user)
    world.users["Mia"] = user
    return user


def place_of(world, name: str) -> Participant:
    return Participant.objects.get(cohort=world.cohort, given_name=name, side="mentor")


def send(world, client: Client, person: Participant, **left_out: None) -> None:
    """Fill the joining sheet in by its page and send it."""
    url = world.url(f"enrolment/{person.pk}/")
    given = {f"f-{key}": value for key, value in SHEET.items() if key not in left_out}
    client.post(url, {"revision": str(_revision(person)), "save_key": "k", **given})
    client.post(f"{url}review/", {"revision": str(_revision(person)), "save_key": "s"})


def _revision(person: Participant) -> int:
    return Response.objects.get(pk=person.enrolment_id).revision


@pytest.mark.covers("cal.sys.02")
def test_a_manager_volunteers_and_stands_in_the_list_once_the_three_confirmations_are_given(world, manager):
    """``cal.sys.02``: by the pages alone; nobody has invited them, and no confirmation may be missing."""
    client = world.client("Mia")
    page = client.get(world.url("volunteer/choice/")).content.decode()
    assert "I would like to be a mentor" in page
    answer = client.post(world.url("volunteer/choice/"), {"cohort": "first"})
    person = place_of(world, "Mia")
    assert answer["Location"] == world.url(f"enrolment/{person.pk}/")
    assert person.state == ParticipantState.JOINED
    sheet = client.get(answer["Location"]).content.decode()
    assert all(f'name="f-{key}"' in sheet for key in CONFIRMATIONS)
    for missing in CONFIRMATIONS:
        send(world, client, person, **{missing: None})
        assert not place_of(world, "Mia").enrolment.is_submitted, missing
        assert "Mia" not in listed(world)
    send(world, client, person)
    assert place_of(world, "Mia").enrolment.is_submitted
    assert "Mia" in listed(world)


@pytest.mark.covers("cal.sys.94")
def test_the_page_shows_what_mentors_gain_and_the_note_on_time(world, manager):
    page = world.client("Mia").get(world.url("volunteer/choice/")).content.decode()
    for title, words in (
        ("What mentors gain", "Recognition"),
        ("No time to mentor?", "Mentoring fits into the work you do anyway"),
        ("Minimum requirements", "you can give the time"),
    ):
        assert f"<h2>{title}</h2>" in page
        assert words in page


def test_the_coordinators_are_told_and_not_who_volunteers(world, manager):
    volunteer(cohort=world.cohort, actor=manager)
    told = Message.objects.get(kind="programmes.volunteered")
    assert told.recipient == world.coordinator
    text = render_message(told).text
    assert "Mia Tester would like to be a mentor in Mentoring by choice" in text
    assert world.url(f"programmes/choice/cohorts/first/people/{place_of(world, 'Mia').pk}/") in text


def test_twice_makes_one_place_and_the_page_then_leads_to_it(world, manager):
    first = volunteer(cohort=world.cohort, actor=manager)
    assert volunteer(cohort=world.cohort, actor=manager) == first
    assert Message.objects.filter(kind="programmes.volunteered").count() == 1
    page = world.client("Mia").get(world.url("volunteer/choice/")).content.decode()
    assert world.url(f"enrolment/{first.pk}/next/") in page
    assert "I would like to be a mentor" not in page


def test_a_place_that_is_kept_for_them_is_taken_and_its_link_ends(world, manager):
    facts = {"given_name": "Mia", "family_name": "Tester", "zone": "UTC"}
    kept = add_participant(
        cohort=world.cohort, side="mentor", email=manager.email, facts=facts, actor=world.coordinator
    )
    invite_person(person=kept, actor=world.coordinator)
    assert volunteer(cohort=world.cohort, actor=manager).pk == kept.pk
    assert place_of(world, "Mia").membership.user == manager
    assert Invitation.objects.get().revoked_at is not None


def test_whom_the_coordinators_took_out_is_asked_to_write_to_them(world, manager):
    person = volunteer(cohort=world.cohort, actor=manager)
    withdraw_person(person=person, actor=world.coordinator)
    answer = world.client("Mia").post(world.url("volunteer/choice/"), {"cohort": "first"}, follow=True)
    assert "write to the coordinators" in answer.content.decode()
    assert place_of(world, "Mia").state == ParticipantState.WITHDRAWN


def declined_as(world, side: str, email: str) -> None:
    """The coordinators decided not to take somebody on."""
    facts = {"given_name": "Mia", "family_name": "Tester", "zone": "UTC"}
    person = add_participant(cohort=world.cohort, side=side, email=email, facts=facts, actor=world.coordinator)
    decline_people(people=[person], actor=world.coordinator)


def test_a_mentee_whom_the_coordinators_took_out_does_not_come_back_as_a_mentor(world):
    withdraw_person(person=world.place("Ada"), actor=world.coordinator)
    with pytest.raises(VolunteerRefused, match="write to the coordinators"):
        volunteer(cohort=world.cohort, actor=world.user("Ada"))
    assert not Participant.objects.filter(given_name="Ada", side="mentor").exists()


@pytest.mark.parametrize("proven", [True, False])
def test_a_further_address_counts_once_it_is_proven(world, manager, proven):
    EmailAddress.objects.create(user=manager, email="mia@home.example", verified=proven)
    declined_as(world, "mentor", "Mia@home.example")
    if not proven:
        assert volunteer(cohort=world.cohort, actor=manager).email == manager.email
        return
    with pytest.raises(VolunteerRefused, match="write to the coordinators"):
        volunteer(cohort=world.cohort, actor=manager)


@pytest.mark.parametrize("side", ["mentor", "mentee"])
def test_who_was_taken_out_of_or_not_taken_on_in_one_cohort_volunteers_in_no_other_of_the_programme(
    world, manager, side
):
    second = CohortFactory(programme=world.cohort.programme, slug="second")
    declined_as(world, side, manager.email.upper())
    page = world.client("Mia").post(world.url("volunteer/choice/"), {"cohort": "second"}, follow=True)
    assert "write to the coordinators" in page.content.decode()
    withdraw_person(person=world.place("Nils"), actor=world.coordinator)
    with pytest.raises(VolunteerRefused, match="write to the coordinators"):
        volunteer(cohort=second, actor=world.user("Nils"))
    assert not Participant.objects.filter(cohort=second).exists()
    other = CohortFactory(programme=ProgrammeFactory(slug="other", handbook__kit="caltrans"))
    assert volunteer(cohort=other, actor=world.user("Nils")).state == "joined", "each programme decides for itself"


def test_who_stepped_out_themselves_volunteers_in_the_next_cohort_unless_taken_out_later(world):
    second = CohortFactory(programme=world.cohort.programme, slug="second")
    for name in ("Nils", "Ada"):
        step_out(person=world.place(name), actor=world.user(name))
        assert volunteer(cohort=second, actor=world.user(name)).state == ParticipantState.JOINED
    third = CohortFactory(programme=world.cohort.programme, slug="third")
    with clock.at(NOW + DAY):
        reinstate_person(person=world.place("Nils"), actor=world.coordinator)
        withdraw_person(person=world.place("Nils"), actor=world.coordinator)
        with pytest.raises(VolunteerRefused, match="write to the coordinators"):
            volunteer(cohort=third, actor=world.user("Nils"))
        assert volunteer(cohort=third, actor=world.user("Ada")).state == ParticipantState.JOINED


def test_a_mentee_volunteers_only_where_one_may_be_both(world):
    assert volunteer(cohort=world.cohort, actor=world.user("Ada")).side == "mentor"
    change_kit(world, "joining", both_roles=False)
    cohort = type(world.cohort).objects.select_related("programme__handbook").get(pk=world.cohort.pk)
    with pytest.raises(VolunteerRefused, match="nobody is both"):
        volunteer(cohort=cohort, actor=world.user("Ben"))


def test_a_mentee_is_led_to_no_cohort_in_which_they_would_be_refused(world):
    change_kit(world, "joining", both_roles=False)
    assert page_for_finished(world.place("Ada")) is None
    page = world.client("Ada").get(world.url("volunteer/choice/")).content.decode()
    assert "I would like to be a mentor" not in page
    assert "You are a mentee in this cohort" in page
    CohortFactory(programme=world.cohort.programme, slug="second")
    assert page_for_finished(world.place("Ada")) == world.url("volunteer/choice/")
    page = world.client("Ada").get(world.url("volunteer/choice/")).content.decode()
    assert 'value="second"' in page
    assert 'value="first"' not in page


def test_nobody_volunteers_in_a_closed_cohort_or_where_the_handbook_has_it_not(world, manager):
    type(world.cohort).objects.update(state="closed")
    client = world.client("Mia")
    assert "Nobody is looked for at the moment" in client.get(world.url("volunteer/choice/")).content.decode()
    client.post(world.url("volunteer/choice/"), {"cohort": "first"})
    assert not Participant.objects.filter(given_name="Mia").exists()
    assert page_for_finished(world.place("Ada")) is None
    change_kit(world, "joining", volunteering=None)
    assert client.get(world.url("volunteer/choice/")).status_code == 404


def test_a_member_who_was_shut_out_and_a_stranger_find_nothing(world, manager):
    Membership.objects.filter(user=manager).update(is_active=False)
    assert world.client("Mia").get(world.url("volunteer/choice/")).status_code == 404
    stranger = Client()
    stranger.force_login(UserFactory(), backend="django.contrib.auth.backends.ModelBackend")
    assert stranger.get(world.url("volunteer/choice/")).status_code == 404
    assert re.search("/accounts/login/", Client().get(world.url("volunteer/choice/"))["Location"])
