"""Events that call themselves to mind: once, on the clock of who comes; and places that become free by leaving."""

import datetime as dt

import pytest
from django.core import mail

from mentoring import clock
from mentoring.notices.domain.delivery import deliver_due
from mentoring.notices.domain.rendering import render_message
from mentoring.notices.models import Message
from mentoring.work.domain import do_due
from programmes.domain.event_reminders import KIND, WORK, reminder_at
from programmes.domain.gatherings import cancel_gathering, change_gathering, plan_gathering
from programmes.domain.people import reinstate_person, withdraw_person
from programmes.domain.places import say_whether_one_comes
from programmes.models import Gathering, Guest
from tests.factories import MembershipFactory, ParticipantFactory, local
from tests.programmes.conftest import COHORT, words

pytestmark = pytest.mark.django_db
STARTS = local("Pacific/Apia", 2030, 3, 5, 9, 0)
FACTS = {"title": "Evening of questions", "text": "", "minutes": 60, "zone": "Pacific/Apia", "place": "Hall"}


def plan(company, **details) -> Gathering:
    details = {"is_open": True, "kind": "Webinar"} | details
    return plan_gathering(
        cohort=company.cohort, starts_at=STARTS, people=[], actor=company.coordinator, **FACTS, **details
    )


def say(company, event, who: str, answer: str = "coming") -> str:
    person = company.participants[who]
    return say_whether_one_comes(gathering=event, person=person, answer=answer, actor=getattr(company, who)).answer


def tick(at: dt.datetime) -> list[str]:
    """What the tick has told by then, by given name."""
    with clock.at(at):
        do_due(at, kind=WORK)
    return sorted(message.recipient.given_name for message in Message.objects.filter(kind=KIND))


def moved_to(user, zone: str) -> None:
    user.zone = zone
    user.save(update_fields=["zone"])


@pytest.mark.covers("phase1.must.17", "phase1.arch.6.c")
def test_who_comes_is_reminded_once_on_the_morning_before_on_their_own_clock(inside):
    moved_to(inside.mentor, "Pacific/Apia")
    moved_to(inside.mentee, "Pacific/Pago_Pago")  # the same hour of the day before
    event = plan(inside)
    for who in ("mentor", "mentee"):
        inside.participants[who].refresh_from_db()
        say(inside, event, who)
    say(inside, event, "mentee_two", "not_coming")
    apia, pago = local("Pacific/Apia", 2030, 3, 4, 9, 0), local("Pacific/Pago_Pago", 2030, 3, 3, 9, 0)
    assert reminder_at(STARTS, "Pacific/Apia") == apia
    assert reminder_at(STARTS, "Pacific/Pago_Pago") == pago
    assert tick(min(apia, pago) - dt.timedelta(minutes=1)) == []
    assert tick(apia) == ["Mentee", "Mentor"]
    for later in (1, 2, 20):
        assert tick(apia + dt.timedelta(hours=later)) == ["Mentee", "Mentor"], "never twice"
    told = {message.recipient: render_message(message).text for message in Message.objects.filter(kind=KIND)}
    assert "Tuesday 5 March 2030, 9:00 in Apia" in told[inside.mentor]
    assert "Monday 4 March 2030, 9:00 in Pago Pago" in told[inside.mentee]


def test_each_zone_has_its_own_morning(inside):
    moved_to(inside.mentor, "Pacific/Honolulu")
    moved_to(inside.mentee, "Pacific/Auckland")
    event = plan(inside)
    for who in ("mentor", "mentee"):
        inside.participants[who].refresh_from_db()
        say(inside, event, who)
    first, second = (reminder_at(STARTS, zone) for zone in ("Pacific/Honolulu", "Pacific/Auckland"))
    assert first < second
    assert tick(first) == ["Mentor"]
    assert tick(second - dt.timedelta(minutes=1)) == ["Mentor"]
    assert tick(second) == ["Mentee", "Mentor"]


def test_who_moves_on_the_clock_meanwhile_is_reminded_in_their_new_morning(inside):
    moved_to(inside.mentor, "Pacific/Honolulu")
    event = plan(inside)
    say(inside, event, "mentor")
    moved_to(inside.mentor, "Pacific/Auckland")
    assert tick(reminder_at(STARTS, "Pacific/Honolulu")) == []
    assert tick(reminder_at(STARTS, "Pacific/Auckland")) == ["Mentor"]


def test_who_says_so_on_the_day_before_has_it_in_mind(inside):
    event = plan(inside)
    with clock.at(STARTS - dt.timedelta(hours=2)):
        say(inside, event, "mentor")
    assert tick(STARTS - dt.timedelta(hours=1)) == []


def test_nobody_is_reminded_of_what_was_called_off_or_of_what_they_said_no_to(inside):
    called_off, other = plan(inside), plan(inside)
    for who in ("mentor", "mentee"):
        say(inside, called_off, who)
        say(inside, other, who)
    cancel_gathering(gathering=called_off, actor=inside.coordinator)
    say(inside, other, "mentee", "not_coming")
    assert tick(STARTS - dt.timedelta(hours=3)) == ["Mentor"]
    assert Message.objects.get(kind=KIND).subject_id == other.pk


def test_a_moved_event_is_reminded_of_when_it_is_answered_anew(inside):
    event = plan(inside)
    say(inside, event, "mentor")
    assert tick(STARTS - dt.timedelta(hours=3)) == ["Mentor"]
    later = STARTS + dt.timedelta(days=10)
    with clock.at(STARTS - dt.timedelta(hours=2)):
        change_gathering(gathering=event, starts_at=later, actor=inside.coordinator, **FACTS, is_open=True)
        say(inside, event, "mentor")
    assert tick(later - dt.timedelta(hours=3)) == ["Mentor", "Mentor"]


@pytest.mark.covers("phase1.must.17")
def test_a_reminder_keeps_to_the_mail_settings_of_each_and_to_what_holds_when_it_goes(inside):
    inside.mentee.muted = ["reminders"]
    inside.mentee.save(update_fields=["muted"])
    event = plan(inside)
    for who in ("mentor", "mentee", "mentor_two"):
        say(inside, event, who)
    with clock.at(STARTS - dt.timedelta(hours=3)):
        do_due(clock.now(), kind=WORK)
        say(inside, event, "mentor_two", "not_coming")
        mail.outbox.clear()
        deliver_due(clock.now(), inside.organisation)
    reminded = [letter.to[0] for letter in mail.outbox if letter.subject.startswith("Tomorrow")]
    assert len(reminded) == 1
    assert inside.mentor.email in reminded[0]
    assert Message.objects.get(kind=KIND, recipient=inside.mentee).by_mail is False


# --- Leaving makes a place free -----------------------------------------------------------------------------------------


@pytest.mark.covers("phase1.arch.6.c")
def test_who_leaves_the_cohort_makes_a_place_for_who_waits_and_answers_anew_when_back(inside):
    event = plan(inside, places=1)
    person = ParticipantFactory(cohort=inside.cohort, membership=MembershipFactory())
    own = {"gathering": event, "person": person, "answer": "coming", "actor": person.membership.user}
    assert say_whether_one_comes(**own).answer == "coming"
    assert say(inside, event, "mentee") == "waiting"
    withdraw_person(person=person, actor=inside.coordinator)
    answers = {guest.participant_id: guest.answer for guest in Guest.objects.filter(gathering=event)}
    assert answers == {person.pk: "open", inside.participants["mentee"].pk: "coming"}
    (told,) = Message.objects.filter(kind="programmes.gathering_place")
    assert told.recipient == inside.mentee
    reinstate_person(person=person, actor=inside.coordinator)
    assert say_whether_one_comes(**own).answer == "waiting"


def test_who_waits_for_a_place_is_not_asked_to_say_it_again(inside, sign_in):
    event = plan(inside, places=1)
    say(inside, event, "mentor")
    assert say(inside, event, "mentee") == "waiting"
    page = sign_in(inside.mentee).get(inside.url(f"events/{event.pk}/")).content.decode()
    assert "You are told as soon as it is yours" in page
    assert 'value="coming"' not in page
    assert 'value="not_coming"' in page


# --- Kinds ----------------------------------------------------------------------------------------------------------------


@pytest.mark.covers("phase1.arch.6.c")
def test_a_coordinator_says_in_their_own_words_what_kind_of_event_it_is(inside, sign_in):
    client = sign_in(inside.coordinator)
    page = words(client.get(inside.url(f"{COHORT}events/new/")))
    for kind in ("Webinar", "Workshop", "Group session", "Networking"):
        assert f'<option value="{kind}">' in page
    sent = {"title": "Talanoa", "begins": "2030-03-04T09:00", "zone": "Apia", "minutes": "60", "who": "everybody"}
    client.post(inside.url(f"{COHORT}events/new/"), {**sent, "kind": "  Kava  evening "})
    event = Gathering.objects.get()
    assert event.kind == "Kava evening"
    assert "Kava evening" in words(sign_in(inside.mentor).get(inside.url("events/")))
    assert '<option value="Kava evening">' in words(client.get(inside.url(f"{COHORT}events/new/")))
    assert 'value="Kava evening"' in words(client.get(inside.url(f"{COHORT}events/{event.pk}/edit/")))
