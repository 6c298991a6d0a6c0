"""Events: planned, in every guest's calendar and time, answered, moved, called off."""

import datetime as dt

import pytest
from icalendar import Calendar

from mentoring import clock
from mentoring.notices.domain.rendering import render_message
from mentoring.notices.models import Message
from programmes.domain.finding import joined_people
from programmes.domain.gatherings import (
    GatheringOver,
    answer_gathering,
    cancel_gathering,
    change_gathering,
    invite_guests,
    plan_gathering,
)
from programmes.models import Gathering, Guest
from tests.factories import local

pytestmark = pytest.mark.django_db
WHEN = local("Pacific/Apia", 2030, 3, 4, 9, 0)
FACTS = {
    "title": "Orientation",
    "text": "Who is who.",
    "minutes": 90,
    "zone": "Pacific/Apia",
    "place": "https://call.example/x",
}


def plan(company, *names, starts_at=WHEN):
    people = joined_people(company.coordinator, company.cohort)
    return plan_gathering(
        cohort=company.cohort,
        starts_at=starts_at,
        people=[person for person in people if not names or person.email.split("@")[0] in names],
        actor=company.coordinator,
        **FACTS,
    )


def event_of(message):
    calendar = Calendar.from_ical(message.attachments[0]["body"])
    return calendar, calendar.walk("VEVENT")[0]


@pytest.mark.covers("plp.sys.06")
def test_guests_get_an_invitation_that_calendars_understand(inside):
    gathering = plan(inside, "mentor", "mentee")
    assert set(Guest.objects.values_list("participant__email", flat=True)) == {inside.mentor.email, inside.mentee.email}
    message = Message.objects.get(recipient=inside.mentee)
    calendar, event = event_of(message)
    assert calendar["METHOD"] == "REQUEST"
    assert event["UID"] == f"{gathering.pk}@gathering"
    assert event.decoded("DTSTART") == WHEN.astimezone(dt.UTC)
    assert event.decoded("DTEND") == (WHEN + dt.timedelta(minutes=90)).astimezone(dt.UTC)
    assert str(event["ATTENDEE"]) == f"mailto:{inside.mentee.email}"
    assert "method=REQUEST" in message.attachments[0]["type"]


def test_each_guest_reads_the_time_on_their_own_clock(inside):
    inside.mentee.zone = "Pacific/Pago_Pago"
    inside.mentee.save()
    plan(inside, "mentee", "mentor")
    words = {
        message.recipient.email: render_message(message).text
        for message in Message.objects.select_related("recipient", "organisation")
    }
    assert "Sunday 3 March 2030, 9:00 in Pago Pago" in words[inside.mentee.email]
    assert "Monday 4 March 2030, 9:00 in Apia" in words[inside.mentor.email]


def test_moving_an_event_sends_the_change_and_asks_again(inside):
    gathering = plan(inside, "mentee")
    guest = Guest.objects.select_related("gathering__cohort", "participant").get()
    answer_gathering(guest=guest, answer="coming", actor=inside.mentee)
    later = WHEN + dt.timedelta(days=1)
    change_gathering(gathering=gathering, starts_at=later, actor=inside.coordinator, **FACTS)
    assert Guest.objects.get().answer == "open"
    first, second = Message.objects.order_by("created_at")
    _calendar, event = event_of(second)
    assert (event["SEQUENCE"], event_of(first)[1]["SEQUENCE"]) == (1, 0)
    assert event["UID"] == event_of(first)[1]["UID"]
    assert event.decoded("DTSTART") == later.astimezone(dt.UTC)


def test_a_change_that_leaves_the_time_keeps_the_answers(inside):
    gathering = plan(inside, "mentee")
    guest = Guest.objects.select_related("gathering__cohort", "participant").get()
    answer_gathering(guest=guest, answer="coming", actor=inside.mentee)
    change_gathering(gathering=gathering, starts_at=WHEN, actor=inside.coordinator, **{**FACTS, "title": "Welcome"})
    assert Guest.objects.get().answer == "coming"


def test_calling_an_event_off_takes_it_out_of_calendars(inside):
    gathering = plan(inside, "mentee")
    cancel_gathering(gathering=gathering, actor=inside.coordinator)
    calendar, event = event_of(Message.objects.get(kind="programmes.gathering_cancelled"))
    assert (calendar["METHOD"], event["STATUS"], event["SEQUENCE"]) == ("CANCEL", "CANCELLED", 1)
    with pytest.raises(GatheringOver):
        cancel_gathering(gathering=gathering, actor=inside.coordinator)


def test_a_change_with_new_guests_is_one_step_and_each_gets_one_invitation(inside):
    gathering = plan(inside, "mentor")
    people = joined_people(inside.coordinator, inside.cohort)
    change_gathering(gathering=gathering, starts_at=WHEN, actor=inside.coordinator, people=people, **FACTS)
    told = Message.objects.filter(occasion=f"{gathering.pk}:1")
    assert sorted(told.values_list("email", flat=True)) == sorted(person.email for person in people)


def test_a_change_whose_invitations_cannot_go_out_changes_nothing_and_nobody_hears_of_it(inside):
    """The event is moved to a moment that has passed by the time the guests are invited."""
    gathering = plan(inside, "mentor")
    people = joined_people(inside.coordinator, inside.cohort)
    before = Message.objects.count()
    with pytest.raises(GatheringOver):
        change_gathering(
            gathering=gathering,
            starts_at=clock.now() - dt.timedelta(minutes=1),
            actor=inside.coordinator,
            people=people,
            **FACTS,
        )
    assert Gathering.objects.get(pk=gathering.pk).starts_at == WHEN
    assert Message.objects.count() == before


def test_inviting_again_writes_to_new_guests_only(inside):
    gathering = plan(inside, "mentee")
    people = joined_people(inside.coordinator, inside.cohort)
    assert invite_guests(gathering=gathering, people=people, actor=inside.coordinator) == 3
    assert Message.objects.filter(recipient=inside.mentee).count() == 1


def test_what_is_over_is_not_answered_any_more(inside):
    plan(inside, "mentee")
    guest = Guest.objects.select_related("gathering__cohort", "participant").get()
    with clock.at(WHEN + dt.timedelta(hours=1)), pytest.raises(GatheringOver):
        answer_gathering(guest=guest, answer="coming", actor=inside.mentee)


URL = "programmes/e-mentoring/cohorts/november/events/"
FORM = {"title": "Talanoa", "begins": "2030-03-04T09:00", "zone": "Apia", "minutes": "60", "who": "everybody"}


def test_planning_by_page_reads_the_time_on_the_clock_chosen(inside, sign_in):
    client = sign_in(inside.coordinator)
    assert client.post(inside.url(f"{URL}new/"), {**FORM, "zone": "Pago Pago"}).status_code == 302
    assert Gathering.objects.get().starts_at == local("Pacific/Pago_Pago", 2030, 3, 4, 9, 0)
    assert Guest.objects.count() == 4


def test_an_event_in_the_past_is_refused_with_everything_kept(inside, sign_in):
    page = sign_in(inside.coordinator).post(inside.url(f"{URL}new/"), {**FORM, "begins": "2020-01-01T09:00"})
    assert page.status_code == 200
    assert "still to come" in page.content.decode()
    assert "Talanoa" in page.content.decode()
    assert not Gathering.objects.exists()


def test_a_guest_answers_by_page_and_nobody_else_does(inside, sign_in):
    gathering = plan(inside, "mentee")
    url = inside.url(f"events/{gathering.pk}/")
    assert sign_in(inside.mentee).get(url).status_code == 200
    sign_in(inside.mentee).post(f"{url}answer/", {"answer": "coming"})
    assert Guest.objects.get().answer == "coming"
    assert sign_in(inside.mentor).get(url).status_code == 404
    assert sign_in(inside.mentor).post(f"{url}answer/", {"answer": "not_coming"}).status_code == 404
    assert "1 of 1 are coming" in sign_in(inside.coordinator).get(inside.url(URL)).content.decode()


def test_changing_and_calling_off_by_page(inside, sign_in):
    gathering, client = plan(inside, "mentee"), sign_in(inside.coordinator)
    url = inside.url(f"{URL}{gathering.pk}/")
    mentor = inside.participants["mentor"]
    form = {**FORM, "who": "chosen", "people": [str(inside.participants["mentee"].pk), str(mentor.pk)]}
    assert client.post(f"{url}edit/", form).status_code == 302
    assert Gathering.objects.get().title == "Talanoa"
    assert Guest.objects.count() == 2
    assert "2 guests are told" in client.get(f"{url}cancel/").content.decode()
    client.post(f"{url}cancel/")
    assert Gathering.objects.get().cancelled_at is not None
