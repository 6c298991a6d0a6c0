"""Events with places: signing up, waiting, moving up, having been there."""

import datetime as dt

import pytest
from icalendar import Calendar

from mentoring import clock
from mentoring.notices.models import Message
from programmes.domain.gatherings import GatheringOver, cancel_gathering, change_gathering, plan_gathering
from programmes.domain.places import (
    NotBegun,
    NotInvited,
    gatherings_open_to,
    note_attendance,
    say_whether_one_comes,
)
from programmes.domain.training.standing import standing_of
from programmes.models import Guest
from tests.factories import CohortFactory, ParticipantFactory
from tests.programmes.conftest import COHORT

pytestmark = pytest.mark.django_db
STARTS = dt.datetime(2030, 3, 4, 20, 0, tzinfo=dt.UTC)
FACTS = {"title": "Induction day", "text": "", "minutes": 60, "zone": "Pacific/Apia", "place": ""}
OVER = STARTS + dt.timedelta(hours=2)


@pytest.fixture
def event(school):
    return plan(school)


def plan(school, **details):
    details = {"places": 2, "is_open": True, "module": "induction", "kind": "workshop"} | details
    return plan_gathering(
        cohort=school.cohort, starts_at=STARTS, people=[], actor=school.coordinator, **FACTS, **details
    )


def say(school, event, who: str, answer: str = "coming") -> str:
    guest = say_whether_one_comes(
        gathering=event, person=school.participants[who], answer=answer, actor=getattr(school, who)
    )
    return guest.answer


def answers(event) -> dict[str, str]:
    return {one.participant.given_name: one.answer for one in Guest.objects.filter(gathering=event)}


@pytest.mark.covers("cal.sys.63")
def test_who_signs_up_when_all_places_are_taken_waits_and_the_first_moves_up(school, event):
    assert [say(school, event, who) for who in ("mentor", "mentee", "mentor_two", "mentee_two")] == [
        "coming", "coming", "waiting", "waiting",
    ]  # fmt: skip
    assert say(school, event, "mentor", "not_coming") == "not_coming"
    rows = {one.participant_id: one.answer for one in Guest.objects.filter(gathering=event)}
    assert rows[school.participants["mentor_two"].pk] == "coming"
    assert rows[school.participants["mentee_two"].pk] == "waiting"
    told = Message.objects.filter(kind="programmes.gathering_place")
    assert [message.recipient for message in told] == [school.mentor_two]


def test_saying_yes_twice_keeps_the_place_and_takes_no_second(school, event):
    for _twice in range(2):
        assert say(school, event, "mentor") == "coming"
    assert say(school, event, "mentee") == "coming"
    assert say(school, event, "mentor") == "coming"


def test_more_places_let_more_people_come(school, event):
    for who in ("mentor", "mentee", "mentor_two", "mentee_two"):
        say(school, event, who)
    event.refresh_from_db()
    change_gathering(
        gathering=event, starts_at=STARTS, actor=school.coordinator, **FACTS,
        places=None, is_open=True, module="induction", kind="workshop",
    )  # fmt: skip
    assert set(answers(event).values()) == {"coming"}


def test_a_place_of_somebody_who_withdrew_is_free(school, event):
    for who in ("mentor", "mentee", "mentor_two"):
        say(school, event, who)
    type(school.participants["mentor"]).objects.filter(pk=school.participants["mentor"].pk).update(state="withdrawn")
    assert say(school, event, "mentee_two") == "waiting"
    assert Guest.objects.get(participant=school.participants["mentor_two"]).answer == "coming"


@pytest.mark.covers("cal.sys.63")
def test_only_people_of_the_cohort_sign_up_and_only_where_it_is_open(school, event, sign_in):
    closed = plan(school, is_open=False)
    with pytest.raises(NotInvited):
        say(school, closed, "mentor")
    assert not Guest.objects.filter(gathering=closed).exists()
    other = ParticipantFactory(cohort=CohortFactory(programme=school.programme, slug="later"), side="mentor")
    with pytest.raises(NotInvited):
        say_whether_one_comes(gathering=event, person=other, answer="coming", actor=school.mentor)
    assert list(gatherings_open_to(school.mentor)) == [event]
    client = sign_in(school.mentor)
    assert client.get(school.url(f"events/{event.pk}/")).status_code == 200
    assert client.get(school.url(f"events/{closed.pk}/")).status_code == 404
    assert client.post(school.url(f"events/{closed.pk}/answer/"), {"answer": "coming"}).status_code == 404
    assert sign_in(school.coordinator).get(school.url(f"events/{event.pk}/")).status_code == 404


def test_what_has_begun_or_was_called_off_takes_no_sign_up(school, event):
    with clock.at(OVER), pytest.raises(GatheringOver):
        say(school, event, "mentor")
    cancel_gathering(gathering=event, actor=school.coordinator)
    with pytest.raises(GatheringOver):
        say(school, event, "mentor")


# --- Having been there ----------------------------------------------------------------------------------------------------


@pytest.mark.covers("cal.sys.63", "sssc.must.12")
def test_attendance_is_kept_and_completes_the_module_for_those_who_take_it(school, event):
    for who in ("mentor", "mentee", "mentee_two"):
        say(school, event, who)
    guests = {one.participant_id: one.pk for one in Guest.objects.filter(gathering=event)}
    present = [guests[school.participants[who].pk] for who in ("mentor", "mentee")]
    with pytest.raises(NotBegun):
        note_attendance(gathering=event, present=present, actor=school.coordinator)
    with clock.at(OVER):
        assert note_attendance(gathering=event, present=present, actor=school.coordinator) == 2
    done = {
        who: [one.module.key for one in standing_of(school.participants[who]) if one.is_done]
        for who in ("mentor", "mentee", "mentee_two")
    }
    assert done == {"mentor": [], "mentee": ["induction"], "mentee_two": []}
    completed = next(one for one in standing_of(school.participants["mentee"]) if one.is_done)
    assert (completed.completed_on, completed.completed_by) == (dt.date(2030, 3, 5), "attendance")
    assert Guest.objects.get(participant=school.participants["mentee_two"]).attended is False


@pytest.mark.parametrize("who", ["mentor", "partner_lead", "steering", "admin"])
def test_only_a_coordinator_notes_who_was_there(school, event, who, sign_in):
    with clock.at(OVER):
        with pytest.raises(NotInvited):
            note_attendance(gathering=event, present=[], actor=getattr(school, who))
        url = school.url(f"{COHORT}events/{event.pk}/attendance/")
        assert sign_in(getattr(school, who)).post(url).status_code in {403, 404}
    assert not Guest.objects.filter(attended__isnull=False).exists()


# --- Pages ----------------------------------------------------------------------------------------------------------------


def test_an_event_by_page_from_planning_to_attendance(school, sign_in):
    coordinator = sign_in(school.coordinator)
    sent = {
        "title": "Evening", "begins": "2030-03-05T09:00", "zone": "Pacific/Apia", "minutes": "60", "kind": "webinar",
        "places": "1", "is_open": "on", "module": "induction", "who": "chosen",
    }  # fmt: skip
    planned = coordinator.post(school.url(f"{COHORT}events/new/"), sent, follow=True).content.decode()
    assert "open to everybody in the cohort" in planned
    mentee, other = sign_in(school.mentee), sign_in(school.mentee_two)
    assert "Evening" in mentee.get(school.url("events/")).content.decode()
    event = gatherings_open_to(school.mentee).get(title="Evening")
    url = school.url(f"events/{event.pk}/")
    assert "1 place is free" in mentee.get(url).content.decode()
    mentee.post(f"{url}answer/", {"answer": "coming"})
    assert "All places are taken" in other.get(url).content.decode()
    waiting = other.post(f"{url}answer/", {"answer": "coming"}, follow=True).content.decode()
    assert "You are on the waiting list" in waiting
    place = school.url(f"{COHORT}events/{event.pk}/")
    assert "Note who was there" not in coordinator.get(place).content.decode()
    with clock.at(OVER):
        assert "Note who was there" in coordinator.get(place).content.decode()
        guest = Guest.objects.get(gathering=event, participant=school.participants["mentee"])
        noted = coordinator.post(f"{place}attendance/", {"guest": [str(guest.pk)]}, follow=True).content.decode()
    assert "Noted: 1 were there." in noted
    assert "checked" in noted


@pytest.mark.covers("phase1.tool.events")
def test_the_last_place_is_given_the_next_waits_and_all_of_it_is_in_list_calendar_and_attendance(school, sign_in):
    people = [school.participants[who] for who in ("mentor", "mentee")]
    facts = FACTS | {"place": "https://call.example/evening", "title": "Webinar on listening"}
    event = plan_gathering(
        cohort=school.cohort, starts_at=STARTS, people=people, actor=school.coordinator, **facts, places=2,
        is_open=True, kind="webinar",
    )  # fmt: skip
    invited = Message.objects.filter(kind="programmes.gathering")
    assert {message.recipient for message in invited} == {school.mentor, school.mentee}
    for message in invited:
        (found,) = Calendar.from_ical(message.attachments[0]["body"]).walk("VEVENT")
        assert found.decoded("DTSTART") == STARTS
        assert "https://call.example/evening" in found.to_ical().decode().replace("\r\n ", "")
    for who, told in (
        ("mentor", None),
        ("mentee_two", None),
        ("mentee", "waiting list"),
        ("mentor_two", "waiting list"),
    ):
        client = sign_in(getattr(school, who))
        assert "Webinar on listening" in client.get(school.url("events/")).content.decode()
        url = school.url(f"events/{event.pk}/")
        assert "https://call.example/evening" in client.get(url).content.decode()
        answer = client.post(f"{url}answer/", {"answer": "coming"}, follow=True).content.decode()
        assert ("waiting list" in answer) is (told is not None), who
    assert sorted(answers(event).values()) == ["coming", "coming", "waiting", "waiting"]
    sign_in(school.mentor).post(school.url(f"events/{event.pk}/answer/"), {"answer": "not_coming"})
    assert answers(event)["Mentee"] == "coming", "who waits first moves up"
    guest = Guest.objects.get(gathering=event, participant=school.participants["mentee"])
    with clock.at(OVER):
        noted = sign_in(school.coordinator).post(
            school.url(f"{COHORT}events/{event.pk}/attendance/"), {"guest": [str(guest.pk)]}
        )
    assert noted.status_code == 302
    came = {one.participant.given_name: one.attended for one in Guest.objects.filter(gathering=event, answer="coming")}
    assert came == {"Mentee": True, "Mentee Two": False}
