"""Calendar files, read back with a parser and held against RFC 5545 and 5546; who gets which, and when."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.core.mail import EmailMultiAlternatives
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from mentoring import clock
from mentoring.history.models import Event
from mentoring.notices.domain.rendering import render_message
from mentoring.notices.models import Message
from pairs.domain.ending import dissolve_pairing
from pairs.domain.feeds import feed_of, feed_text, renew_feed, revoke_feed
from pairs.domain.icalendar_text import Entry, Method, Party, calendar_text
from pairs.domain.inviting import send_invitations
from pairs.domain.people import NotAMember
from pairs.domain.sessions import add_meeting, cancel_session, hold_session
from pairs.enums import OutputKind
from pairs.models import FeedToken, Session
from tests.pairs.test_planning import set_session
from tests.pairs.test_schedule import save, six

APIA = ZoneInfo("Pacific/Apia")


@pytest.fixture
def dated(pair):
    """All six dates are set; no invitation has gone out."""
    save(pair, six())
    return pair


def invitations(user=None, session=None):
    """What was sent: to one person, about one session; a session's in the order of its changes."""
    rows = Message.objects.filter(kind="pairs.invitation")
    rows = rows.filter(recipient=user) if user else rows
    rows = rows.filter(subject_id=session.pk) if session else rows
    return sorted(rows, key=lambda message: (event_of(message)[1]["SEQUENCE"], message.occasion))


def event_of(message: Message):
    [part] = message.attachments
    calendar = Calendar.from_ical(part["body"])
    [event] = calendar.walk("VEVENT")
    return calendar, event


@pytest.mark.covers("plp.sys.22")
def test_the_mentor_sends_all_six_to_both_each_with_link_and_time(dated):
    assert len(send_invitations(pairing=dated.pairing, actor=dated.mentor)) == 6
    assert len(invitations(dated.mentor)) == len(invitations(dated.mentee)) == 6
    calendar, event = event_of(invitations(dated.mentee, dated.session(1))[0])
    assert calendar["METHOD"] == "REQUEST"
    assert event["DTSTART"].dt == six()[1]
    assert event["DTEND"].dt - event["DTSTART"].dt == dt.timedelta(minutes=60)
    assert event["LOCATION"] == "https://meet.example/room"
    assert event["ORGANIZER"] == "mailto:mentoring@localhost"
    assert event["ATTENDEE"] == f"mailto:{dated.mentee.email}"
    assert dated.mentor.email not in event.to_ical().decode()
    text = render_message(invitations(dated.mentee, dated.session(1))[0]).text
    assert "Thursday 12 November, 9:00 in Apia (6:00 for Helen, in Brisbane)" in text


@pytest.mark.covers("plp.sys.23")
def test_sending_is_the_mentors_task_and_stays_open_until_all_six_are_sent(pair):
    with pytest.raises(NotAMember):
        send_invitations(pairing=pair.pairing, actor=pair.mentee)
    task = pair.output(kind=OutputKind.INVITATIONS)
    assert task.member.side == "mentor"
    for number, start in list(six().items())[:5]:
        set_session(pair, number, start.astimezone(APIA).strftime("%Y-%m-%d %H:%M"))
    send_invitations(pairing=pair.pairing, actor=pair.mentor)
    task.refresh_from_db()
    assert task.done_at is None
    set_session(pair, 6, six()[6].astimezone(APIA).strftime("%Y-%m-%d %H:%M"))
    task.refresh_from_db()
    assert task.done_at is not None


def test_sending_again_sends_nothing_new(dated):
    send_invitations(pairing=dated.pairing, actor=dated.mentor)
    assert send_invitations(pairing=dated.pairing, actor=dated.mentor) == []
    assert len(invitations()) == 12


@pytest.mark.covers("plp.sys.24", "phase1.tool.calendar")
def test_moving_a_session_sends_an_update_of_the_same_entry_with_a_higher_sequence(dated):
    send_invitations(pairing=dated.pairing, actor=dated.mentor)
    _calendar, before = event_of(invitations(dated.mentor, dated.session(3))[0])
    set_session(dated, 3, "2027-01-20 10:00")
    calendar, after = event_of(invitations(dated.mentor, dated.session(3))[-1])
    assert calendar["METHOD"] == "REQUEST"
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["DTSTART"].dt == dt.datetime(2027, 1, 20, 10, 0, tzinfo=APIA)
    assert render_message(invitations(dated.mentor, dated.session(3))[-1]).subject.startswith("Changed:")
    assert len(invitations()) == 14


@pytest.mark.covers("plp.sys.24")
def test_cancelling_a_session_takes_it_out_of_both_calendars(dated):
    send_invitations(pairing=dated.pairing, actor=dated.mentor)
    cancel_session(session=dated.session(4), actor=dated.mentee)
    for user in (dated.mentor, dated.mentee):
        calendar, event = event_of(invitations(user, dated.session(4))[-1])
        assert calendar["METHOD"] == "CANCEL"
        assert event["STATUS"] == "CANCELLED"
        assert event["UID"].startswith(f"session-{dated.session(4).pk}@")


def test_what_was_never_sent_is_neither_updated_nor_cancelled(dated):
    set_session(dated, 3, "2027-01-20 10:00")
    cancel_session(session=dated.session(4), actor=dated.mentee)
    assert invitations() == []


def test_a_meeting_added_after_the_invitations_follows_by_itself(dated):
    send_invitations(pairing=dated.pairing, actor=dated.mentor)
    add_meeting(
        pairing=dated.pairing,
        starts_at=dt.datetime(2026, 11, 20, 9, 0, tzinfo=APIA),
        minutes=45,
        link="",
        zone="Pacific/Apia",
        actor=dated.mentee,
    )
    assert len(invitations()) == 14
    assert Message.objects.filter(kind="pairs.session_changed").count() == 0


def test_an_early_ending_leaves_the_invitations_that_were_sent_as_done(dated, at):
    send_invitations(pairing=dated.pairing, actor=dated.mentor)
    before = dated.output(kind=OutputKind.INVITATIONS).done_at
    with at("2026-11-13 12:00", "Pacific/Apia"):
        dissolve_pairing(pairing=dated.pairing, actor=dated.mentee)
    task = dated.output(kind=OutputKind.INVITATIONS)
    assert before is not None
    assert (task.done_at, task.cancelled_at) == (before, None)
    assert not Event.objects.filter(action="output.reopened").exists()


@pytest.mark.covers("plp.sys.99")
def test_ending_early_cancels_every_meeting_to_come_and_leaves_the_held_ones(dated, at):
    send_invitations(pairing=dated.pairing, actor=dated.mentor)
    with at("2026-11-12 11:00", "Pacific/Apia"):
        hold_session(session=dated.session(1), actor=dated.mentee)
        dissolve_pairing(pairing=dated.pairing, actor=dated.mentee)
    states = dict(Session.objects.filter(pairing=dated.pairing).values_list("number", "state"))
    assert states == {1: "held"} | dict.fromkeys(range(2, 7), "cancelled")
    cancels = [m for m in invitations(dated.mentor) if event_of(m)[0]["METHOD"] == "CANCEL"]
    assert len(cancels) == 5


@pytest.mark.covers("phase1.arch.2.c", "phase1.must.6")
def test_the_mail_carries_the_file_as_a_calendar_with_its_method(dated):
    send_invitations(pairing=dated.pairing, actor=dated.mentor)
    mail = EmailMultiAlternatives("s", "b", to=["a@b.example"])
    for part in invitations(dated.mentee)[0].attachments:
        mail.attach(part["name"], part["body"], part["type"])
    attached = mail.message().get_payload()[1]
    assert attached.get_content_type() == "text/calendar"
    assert attached.get_param("method") == "REQUEST"
    assert attached.get_param("charset") == "utf-8"


# --- The rules of the format ------------------------------------------------------------------------------------------

words = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=200)


@given(summary=words, description=words, name=words, minutes=st.integers(5, 480), sequence=st.integers(0, 99))
def test_whatever_the_words_the_file_keeps_to_rfc_5545_and_reads_back_the_same(
    summary, description, name, minutes, sequence
):
    starts = dt.datetime(2026, 12, 9, 20, 0, tzinfo=dt.UTC)
    entry = Entry(
        uid="session-1@mentoring.example",
        sequence=sequence,
        starts=starts,
        minutes=minutes,
        summary=summary,
        description=description,
        url="https://mentoring.example/x",
        stamped=starts,
        organiser=Party(name, "mentoring@mentoring.example"),
        attendee=Party(name, "ana@mentoring.example"),
    )
    text = calendar_text([entry], method=Method.REQUEST)
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    calendar = Calendar.from_ical(text)
    [event] = calendar.walk("VEVENT")
    assert {"UID", "DTSTAMP", "DTSTART", "SEQUENCE"} <= set(event)
    assert str(event["SUMMARY"]) == summary
    assert str(event["DESCRIPTION"]) == description
    assert event["DTSTAMP"].dt.tzinfo is not None
    assert "DTSTART:20261209T200000Z" in text


# --- The private feed -------------------------------------------------------------------------------------------------


def test_a_feed_shows_ones_own_sessions_and_neither_words_nor_the_meeting_link(dated):
    feed = renew_feed(membership=dated.mentee_place.membership)
    text = feed_text(feed.token, name="Mentoring")
    events = Calendar.from_ical(text).walk("VEVENT")
    assert [event["DTSTART"].dt for event in events] == list(six().values())
    assert "meet.example" not in text
    assert "helen@" not in text
    assert len({str(event["UID"]) for event in events}) == 6


@pytest.mark.covers("phase1.tool.calendar", "phase1.arch.2.c")
def test_feed_and_invitation_name_the_same_entry_so_that_a_calendar_shows_it_once(dated):
    send_invitations(pairing=dated.pairing, actor=dated.mentor)
    feed = renew_feed(membership=dated.mentee_place.membership)
    events = Calendar.from_ical(feed_text(feed.token, name="x")).walk("VEVENT")
    invited = {str(event_of(message)[1]["UID"]) for message in invitations(dated.mentee)}
    assert {str(event["UID"]) for event in events} == invited


def test_a_new_address_stops_the_old_one_and_so_does_switching_off(dated):
    membership = dated.mentee_place.membership
    old = renew_feed(membership=membership).token
    new = renew_feed(membership=membership).token
    assert feed_text(old, name="x") is None
    assert feed_text(new, name="x") is not None
    revoke_feed(membership=membership)
    assert feed_text(new, name="x") is None
    assert feed_of(membership) is None


def test_who_is_switched_off_or_has_left_has_no_feed(dated):
    membership = dated.mentee_place.membership
    token = renew_feed(membership=membership).token
    membership.is_active = False
    membership.save(update_fields=["is_active"])
    assert feed_text(token, name="x") is None


def test_the_table_of_addresses_opens_no_calendar(dated):
    token = renew_feed(membership=dated.mentee_place.membership).token
    assert feed_of(dated.mentee_place.membership).token == token
    key = FeedToken._meta.pk.get_db_prep_value(dated.organisation.pk, connection)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM pairs_feedtoken WHERE organisation_id = %s", [key])
        [row] = cursor.fetchall()
    kept = b"|".join(bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode() for value in row)
    assert token.encode() not in kept
    stored = FeedToken.objects.values_list("token_hash", flat=True).get()
    assert feed_text(stored, name="x") is None


def test_a_feed_costs_the_same_with_one_session_and_with_twelve(dated, django_assert_num_queries):
    token = renew_feed(membership=dated.mentee_place.membership).token
    with django_assert_num_queries(4):
        feed_text(token, name="x")
    for day in range(20, 26):
        add_meeting(
            pairing=dated.pairing,
            starts_at=dt.datetime(2026, 11, day, 9, 0, tzinfo=APIA),
            minutes=45,
            link="",
            zone="Pacific/Apia",
            actor=dated.mentee,
        )
    with django_assert_num_queries(4):
        feed_text(token, name="x")


@pytest.mark.covers("phase1.arch.2.c", "phase1.must.6")
def test_over_http_the_feed_is_a_calendar_for_its_token_and_a_404_for_any_other(dated, client, settings):
    token = renew_feed(membership=dated.mentee_place.membership).token
    answer = client.get(dated.url(f"calendar/{token}.ics"))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert len(Calendar.from_ical(answer.content.decode()).walk("VEVENT")) == 6
    assert client.get(dated.url("calendar/nonsense.ics")).status_code == 404
    assert FeedToken.objects.count() == 1
    assert clock.now()
