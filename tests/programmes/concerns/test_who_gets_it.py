"""To whom a concern goes, and to whom it never goes."""

import pytest
from django.db import connection

from mentoring.history.models import Event
from mentoring.notices.domain.queries import shown_to_staff
from mentoring.notices.domain.rendering import render_message
from mentoring.notices.models import Message
from mentoring.tenancy.scope import platform_scope
from programmes.domain.concerns.queries import counts_of, led_by, notes_for, raised_by, reading_leads
from programmes.domain.concerns.raising import NobodyToTell, NotTheirs, raise_concern, take_step, write_note
from programmes.domain.concerns.routing import people_it_may_be_about, route_for
from programmes.domain.concerns.setting_up import what_is_missing
from programmes.domain.concerns.states import Step
from programmes.domain.roles import forget_roles
from programmes.models import Assignment, Concern
from tests.factories import AssignmentFactory
from tests.programmes.concerns.conftest import SECRET, set_rules

pytestmark = pytest.mark.django_db
EVERYBODY = (
    "admin", "coordinator", "partner_lead", "their_lead", "lead", "deputy", "steering",
    "mentor", "mentee", "mentor_two", "mentee_two",
)  # fmt: skip


def readers(company, concern) -> set[str]:
    return {name for name in EVERYBODY if concern in set(led_by(getattr(company, name)))}


@pytest.mark.covers("gla.must.35", "gla.must.38")
def test_each_of_a_pair_across_two_partners_reaches_the_lead_of_their_own(care, raised):
    assert readers(care, raised("mentor")) == {"partner_lead"}
    assert readers(care, raised("mentee")) == {"their_lead"}


@pytest.mark.covers("gla.must.35")
@pytest.mark.parametrize("who", EVERYBODY)
def test_nobody_but_the_named_lead_and_who_raised_it_knows_of_it(care, raised, who, sign_in):
    concern = raised("mentor")
    user = getattr(care, who)
    assert (concern in set(raised_by(user))) == (who == "mentor")
    answer = sign_in(user).get(care.url(f"concerns/{concern.pk}/"))
    assert answer.status_code == (200 if who in {"partner_lead", "mentor"} else 404)
    if answer.status_code == 404:
        assert SECRET not in answer.content.decode()


def test_without_a_partner_or_a_lead_of_it_the_lead_for_concerns_gets_it(care, raised):
    assert readers(care, raised("mentor_two")) == {"lead"}
    Assignment.objects.filter(partner=care.partner).delete()
    assert readers(care, raised("mentor")) == {"lead"}


def test_a_handbook_may_send_everything_to_the_programmes_lead(care, raised):
    set_rules(care, leads="programme")
    care.participants["mentor"].cohort.programme.refresh_from_db()
    assert readers(care, raised("mentor")) == {"lead"}


@pytest.mark.covers("gla.must.35")
def test_a_lead_whom_it_is_about_never_gets_it_even_when_they_are_named_later(care, raised):
    membership = Assignment.objects.get(membership__user=care.partner_lead).membership
    concern = raised("mentor", about=membership)
    assert readers(care, concern) == {"lead"}
    AssignmentFactory(programme=care.programme, membership=membership, role="concerns")
    forget_roles(care.partner_lead)
    assert readers(care, concern) == {"lead"}


def test_a_lead_who_is_a_mentoring_partner_never_gets_it(care, raised):
    Assignment.objects.filter(membership__user=care.lead).delete()
    AssignmentFactory(programme=care.programme, membership=care.participants["mentor_two"].membership, role="concerns")
    forget_roles(care.mentor_two)
    concern = raised("mentee_two")
    assert readers(care, concern) == {"deputy"}
    assert {one.membership.user for one in reading_leads(concern)} == {care.deputy}


def test_who_becomes_a_mentoring_partner_later_reads_it_no_more(care, raised):
    from tests.factories import CohortFactory, PairingFactory, ParticipantFactory

    concern = raised("mentee_two")
    assert readers(care, concern) == {"lead"}
    membership = Assignment.objects.get(membership__user=care.lead).membership
    later = CohortFactory(programme=care.programme, slug="later")
    mentor = ParticipantFactory(cohort=later, membership=membership, side="mentor")
    mentee = ParticipantFactory(cohort=later, membership=care.participants["mentee_two"].membership, side="mentee")
    PairingFactory(cohort=later, members=(mentor, mentee))
    forget_roles(care.lead)
    assert readers(care, concern) == set()


def test_nobody_gets_their_own_concern_as_a_lead(care, raised):
    Assignment.objects.filter(role="concerns").delete()
    membership = care.participants["mentor_two"].membership
    AssignmentFactory(programme=care.programme, membership=membership, role="concerns")
    forget_roles(care.mentor_two)
    with pytest.raises(NobodyToTell):
        raised("mentor_two")


def test_the_lead_of_the_other_partner_gets_it_only_when_who_raises_it_says_so(care, raised):
    about = care.participants["mentee"].membership
    route = route_for(care.participants["mentor"], about)
    assert route.theirs.membership.user == care.their_lead
    assert readers(care, raised("mentor", about=about)) == {"partner_lead"}
    assert readers(care, raised("mentor", about=about, ask_theirs=True)) == {"partner_lead", "their_lead"}


def test_only_ones_mentoring_partners_and_leads_can_be_named(care):
    named = {one.user for one in people_it_may_be_about(care.participants["mentor"])}
    assert named == {care.mentee, care.partner_lead, care.lead, care.deputy}


def test_nobody_raises_one_in_somebody_elses_name(care):
    with pytest.raises(NotTheirs):
        raise_concern(person=care.participants["mentor"], text=SECRET, actor=care.mentee)
    assert not Concern.objects.exists()


def test_a_role_that_ends_ends_the_reading(care, raised):
    concern = raised("mentor_two")
    Assignment.objects.filter(membership__user=care.lead).delete()
    forget_roles(care.lead)
    assert readers(care, concern) == set()


@pytest.mark.parametrize("who", ["admin", "coordinator", "lead", "partner_lead", "steering", "mentor"])
def test_coordinators_and_admins_see_figures_alone(care, raised, who, sign_in):
    take_step(concern=raised("mentor"), step=Step.ACKNOWLEDGE, actor=care.partner_lead)
    raised("mentee")
    counts = counts_of(getattr(care, who), care.programme)
    assert (counts is not None) == (who in {"admin", "coordinator", "lead"})
    if who in {"admin", "coordinator"}:
        assert (counts.waiting, counts.in_hand, counts.closed) == (1, 1, 0)
        client = sign_in(getattr(care, who))
        assert "Not read yet" in client.get(care.url("programmes/e-mentoring/")).content.decode()
        assert client.get(care.url("concerns/")).status_code == 404


def test_a_coordinator_who_is_the_lead_reads_it(care, raised):
    Assignment.objects.filter(role="concerns").delete()
    membership = Assignment.objects.get(membership__user=care.coordinator, role="coordinator").membership
    AssignmentFactory(programme=care.programme, membership=membership, role="concerns")
    forget_roles(care.coordinator)
    assert readers(care, raised("mentor_two")) == {"coordinator"}


# --- What is kept, and what is told ------------------------------------------------------------------------------------


def test_words_are_sealed_and_stand_in_no_message_and_no_history(care, raised):
    concern = raised("mentor", answers={"kind": "safety", "told": "no", "why_not": "He would be beaten."})
    write_note(concern=concern, text="Rang the school.", actor=care.partner_lead)
    write_note(concern=concern, text="I rang.", actor=care.partner_lead, share=True)
    for step in (Step.ACKNOWLEDGE, Step.TAKE_ON, Step.CLOSE, Step.REOPEN, Step.CLOSE):
        concern.refresh_from_db()
        take_step(concern=concern, step=step, actor=care.partner_lead)
    with platform_scope("what the columns hold"), connection.cursor() as cursor:
        for table, column in (("concern", "text"), ("concern", "answers"), ("concernnote", "text")):
            cursor.execute(f"SELECT {column} FROM programmes_{table}")
            for (value,) in cursor.fetchall():
                assert not any(words in bytes(value) for words in (b"bruises", b"beaten", b"rang", b"Rang"))
    told = Message.objects.select_related("recipient", "organisation")
    assert {row.recipient for row in told} == {care.mentor, care.partner_lead}
    for message in told:
        mail = render_message(message)
        for part in (mail.subject, mail.text, mail.html):
            assert not any(words in part for words in (SECRET, "beaten", "rang", care.mentor.name, care.mentee.name))
        assert shown_to_staff(message, with_text=True).text == ""
    events = Event.objects.filter(about_kind="programmes.concern")
    assert {event.actor for event in events} == {None}
    assert not any(event.data for event in events)


def test_who_raised_it_reads_their_own_words_and_what_is_written_to_them(care, raised):
    concern = raised("mentor")
    write_note(concern=concern, text="For the leads.", actor=care.partner_lead)
    shared = write_note(concern=concern, text="For you.", actor=care.partner_lead, share=True)
    more = write_note(concern=concern, text="And another thing.", actor=care.mentor)
    assert set(notes_for(care.mentor, concern)) == {shared, more}
    assert notes_for(care.partner_lead, concern).count() == 3
    with pytest.raises(NotTheirs):
        write_note(concern=concern, text="x", actor=care.coordinator)


# --- Setting up --------------------------------------------------------------------------------------------------------


@pytest.mark.covers("gla.must.51")
def test_without_a_lead_the_mailbox_hears_that_there_is_something_and_set_up_warns(care, raised, sign_in):
    set_rules(care, mailbox="care@reef.example")
    for person in care.participants.values():
        person.cohort.programme.refresh_from_db()
    care.programme.refresh_from_db()
    Assignment.objects.filter(role__in=["concerns", "partner_lead"]).delete()
    concern = raised("mentor")
    assert readers(care, concern) == set()
    message = Message.objects.get()
    assert (message.recipient, message.email) == (None, "care@reef.example")
    assert SECRET not in render_message(message).text
    assert any("care@reef.example" in words for words in what_is_missing(care.programme))
    page = sign_in(care.coordinator).get(care.url("programmes/e-mentoring/")).content.decode()
    assert "Concerns need somebody who gets them" in page


@pytest.mark.covers("gla.must.51")
def test_set_up_warns_until_somebody_is_named(care):
    assert what_is_missing(care.programme) == []
    Assignment.objects.filter(partner=care.other_partner).delete()
    assert len(what_is_missing(care.programme)) == 1
    Assignment.objects.filter(membership__user=care.deputy).delete()
    assert "Name another one" in what_is_missing(care.programme)[0]
    Assignment.objects.filter(role="concerns").delete()
    assert "no contact mailbox" in what_is_missing(care.programme)[0]
    set_rules(care, offered=False)
    care.programme.refresh_from_db()
    assert what_is_missing(care.programme) == []
