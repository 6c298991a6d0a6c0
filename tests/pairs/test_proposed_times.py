"""Times for a session: one proposes, the other side takes one, declines or proposes others; reminded, lapsed, told."""

import datetime as dt
import re
from zoneinfo import ZoneInfo

import pytest

from mentoring.history.domain import timeline_of
from mentoring.notices.domain.holding import still_holds
from mentoring.notices.domain.rendering import render_message
from mentoring.notices.models import Message
from mentoring.work.domain import do_due
from mentoring.work.models import DueWork
from pairs.domain.agreeing_times import (
    NotYours,
    accept_time,
    decline_times,
    propose_times,
    remind_of_times,
    withdraw_times,
)
from pairs.domain.dating import CannotDate
from pairs.domain.membership import leave_pairing
from pairs.domain.people import NotAMember
from pairs.domain.session_states import WrongState
from pairs.domain.sessions import add_meeting, hold_session, move_session
from pairs.domain.times_states import TABLE, Step, transition
from pairs.domain.times_waiting import times_of
from pairs.enums import SessionState, TimesState
from pairs.models import ProposedTimes
from tests.pairs.conftest import make_pair
from tests.pairs.test_calendar import event_of
from tests.pairs.test_places import dated
from tests.pairs.test_talks import pair_of

APIA = ZoneInfo("Pacific/Apia")
FORM = {"day1": "2026-11-12", "time1": "09:00", "day2": "2026-11-13", "time2": "10:30", "minutes": "45"}
"""Two times on the clock of whoever fills it in."""
FIRST, SECOND = (dt.datetime(2026, 11, 12, 9, 0, tzinfo=APIA), dt.datetime(2026, 11, 13, 10, 30, tzinfo=APIA))


def place(pair, number: int = 1, path: str = "") -> str:
    return f"{pair.place}sessions/{pair.session(number).pk}/{path}"


def told(kind: str) -> dict[str, str]:
    """Whom a notice went to, with what it says."""
    return {row.email: render_message(row).text for row in Message.objects.filter(kind=f"pairs.{kind}")}


def proposed(pair, number: int = 1, *, by=None, starts=(FIRST, SECOND)) -> ProposedTimes:
    return propose_times(
        session=pair.session(number), starts=starts, minutes=45, zone="Pacific/Apia", actor=by or pair.mentee
    )


def buttons(html: str) -> list[str]:
    return [value.replace("&quot;", '"') for value in re.findall(r'name="time" value="([^"]+)"', html)]


@pytest.mark.covers("phase1.arch.2.b", "phase1.arch.2")
def test_one_proposes_times_and_the_other_takes_one(pair, sign_in):
    sent = sign_in(pair.mentee).post(place(pair, 1, "times/"), FORM, follow=True)
    assert "Helen has not answered yet." in sent.content.decode()
    assert pair.session(1).starts_at is None

    [words] = told("times_proposed").values()
    assert "Thursday 12 November, 6:00 in Brisbane (9:00 for ʻAna, in Apia)" in words
    client = sign_in(pair.mentor)
    home = client.get(pair.url("mentoring/")).content.decode()
    assert home.count("ʻAna proposes 2 times for Session 1") == 3  # the next step, what is owed, and beside the meeting
    page = client.get(place(pair)).content.decode()
    assert "Thursday 12 November, 6:00 in Brisbane" in page
    assert "9:00 for ʻAna, in Apia" in page
    assert client.post(place(pair, 1, "times/accept/"), {"time": buttons(page)[1]}).status_code == 302
    session = pair.session(1)
    assert (session.starts_at, session.minutes, session.zone) == (SECOND, 45, "Pacific/Apia")
    assert "proposes" not in client.get(pair.url("mentoring/")).content.decode()
    assert set(told("session_changed")) == {pair.mentee.email}


@pytest.mark.covers("phase1.arch.2.b")
def test_an_accepted_time_goes_into_both_calendars_and_moves_and_is_cancelled_there(db, sign_in):
    with pair_of("sssc") as pair:  # dates go out by themselves there
        proposed(pair)
        accept_time(session=pair.session(1), start=FIRST, actor=pair.mentor)
        sent = Message.objects.filter(kind="pairs.invitation")
        assert {row.recipient for row in sent} == {pair.mentor, pair.mentee}
        assert event_of(sent[0])[1]["DTSTART"].dt == FIRST
        proposed(pair, by=pair.mentor, starts=[SECOND])
        accept_time(session=pair.session(1), start=SECOND, actor=pair.mentee)
        assert {event_of(row)[1]["DTSTART"].dt for row in sent.all()} == {FIRST, SECOND}
        sign_in(pair.mentee).post(place(pair, 1, "cancel/"))
        assert [event_of(row)[0]["METHOD"] for row in sent.all()].count("CANCEL") == 2


def test_the_others_clock_is_shown_before_anything_is_sent(pair, sign_in):
    client = sign_in(pair.mentee)
    empty = client.get(place(pair, 1, "times/")).content.decode()
    assert "Times are yours, in Apia." in empty
    assert "for Helen, in Brisbane" in empty
    looked = client.post(place(pair, 1, "times/"), FORM | {"look": "1"}).content.decode()
    assert "6:00 for Helen, in Brisbane" in looked
    assert 'value="10:30"' in looked
    assert not ProposedTimes.objects.exists()


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"day1": "", "time1": ""}, "This field is required"),
        ({"day1": "2026-10-01"}, "This is in the past. Choose a date to come."),
        ({"time2": ""}, "Enter the time as well."),
        ({"minutes": "2"}, "A session takes between"),
        ({"day1": "9999-12-31", "time1": "23:30"}, "Choose a day between 1900 and 2200."),
    ],
)
def test_what_cannot_be_proposed_is_said_beside_it_and_nothing_typed_is_lost(pair, sign_in, changed, says):
    answer = sign_in(pair.mentee).post(place(pair, 1, "times/"), FORM | changed)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert says in html
    assert 'value="2026-11-13"' in html
    assert not ProposedTimes.objects.exists()


def test_no_time_at_the_end_of_all_years_stands(pair):
    """In another zone it could be neither shown nor reminded of, for anybody in the organisation."""
    far = dt.datetime(9999, 12, 31, 23, 30, tzinfo=dt.UTC)
    with pytest.raises(CannotDate, match="too far ahead"):
        proposed(pair, starts=[FIRST, far])
    assert not ProposedTimes.objects.exists()
    values = {"starts_at": far, "minutes": 45, "link": "", "zone": "Pacific/Apia", "actor": pair.mentee}
    with pytest.raises(CannotDate, match="too far ahead"):
        move_session(session=pair.session(1), **values)
    with pytest.raises(CannotDate, match="too far ahead"):
        add_meeting(pairing=pair.pairing, **values)


def test_a_time_that_collides_with_another_session_is_refused_beside_that_time(pair, sign_in):
    dated(pair)
    answer = sign_in(pair.mentee).post(place(pair, 2, "times/"), FORM | {"day1": "2026-12-12", "day2": "2026-11-05"})
    assert answer.status_code == 422
    assert "Session 2 must come after session 1." in answer.content.decode()


def test_declining_tells_whoever_proposed_and_the_session_stays_as_it_was(pair, sign_in):
    times = proposed(pair)
    client = sign_in(pair.mentor)
    assert client.post(place(pair, 1, "times/decline/"), {"seen": "another"}).status_code == 302
    assert times_of(pair.session(1)) == times
    client.post(place(pair, 1, "times/decline/"), {"seen": str(times.pk)})
    assert times_of(pair.session(1)) is None
    assert pair.session(1).starts_at is None
    [(address, words)] = told("times_declined").items()
    assert address == pair.mentee.email
    assert "Helen cannot come at any of these times" in words


def test_the_other_side_may_propose_others_which_takes_their_place(pair, sign_in):
    first = proposed(pair)
    page = sign_in(pair.mentor).get(place(pair, 1, "times/")).content.decode()
    assert "These take the place of the times that ʻAna proposes." in page
    proposed(pair, by=pair.mentor, starts=[SECOND])
    first.refresh_from_db()
    assert first.state == TimesState.REPLACED
    letter = Message.objects.get(email=pair.mentee.email, kind="pairs.times_proposed")
    assert "Other times for Session 1" in render_message(letter).html
    accept_time(session=pair.session(1), start=SECOND, actor=pair.mentee)
    assert pair.session(1).starts_at == SECOND


def test_nobody_answers_their_own_times_and_nobody_takes_back_anothers(pair):
    times = proposed(pair)
    for act in (
        lambda: accept_time(session=pair.session(1), start=FIRST, actor=pair.mentee),
        lambda: decline_times(session=pair.session(1), seen=str(times.pk), actor=pair.mentee),
        lambda: withdraw_times(session=pair.session(1), actor=pair.mentor),
    ):
        with pytest.raises(NotYours):
            act()
    with pytest.raises(NotAMember):
        accept_time(session=pair.session(1), start=FIRST, actor=pair.coordinator)
    withdraw_times(session=pair.session(1), actor=pair.mentee)
    with pytest.raises(WrongState):
        accept_time(session=pair.session(1), start=FIRST, actor=pair.mentor)


def test_a_time_that_was_never_proposed_cannot_be_taken(pair, sign_in):
    proposed(pair)
    for named in ("", "nonsense", "2026-11-14T09:00:00+00:00"):
        sign_in(pair.mentor).post(place(pair, 1, "times/accept/"), {"time": named})
    assert pair.session(1).starts_at is None


@pytest.mark.covers("phase1.arch.2.b")
def test_proposed_times_lapse_with_the_last_of_them_and_with_any_other_date(pair, at):
    proposed(pair)
    with at("2026-11-12 12:00", "Pacific/Apia"):
        assert times_of(pair.session(1)) is not None
        with pytest.raises(Exception, match="past"):
            accept_time(session=pair.session(1), start=FIRST, actor=pair.mentor)
    with at("2026-11-13 10:30", "Pacific/Apia"):
        assert times_of(pair.session(1)) is None
    move_session(session=pair.session(1), starts_at=FIRST, minutes=60, link="", zone="Pacific/Apia", actor=pair.mentor)
    assert times_of(pair.session(1)) is None


def test_nothing_waits_for_an_answer_once_the_session_was_held(pair, at):
    move_session(session=pair.session(1), starts_at=FIRST, minutes=60, link="", zone="UTC", actor=pair.mentor)
    proposed(pair, starts=[SECOND])
    with at("2026-11-12 12:00", "Pacific/Apia"):
        hold_session(session=pair.session(1), actor=pair.mentor)
        assert times_of(pair.session(1)) is None
        with pytest.raises(WrongState):
            proposed(pair, starts=[SECOND])


def test_a_cancelled_session_comes_back_with_a_time_that_is_accepted(pair, sign_in):
    dated(pair)
    sign_in(pair.mentor).post(place(pair, 1, "cancel/"))
    proposed(pair, starts=[SECOND])
    accept_time(session=pair.session(1), start=SECOND, actor=pair.mentor)
    assert (pair.session(1).state, pair.session(1).starts_at) == (SessionState.PLANNED, SECOND)


@pytest.mark.covers("phase1.arch.2.b")
def test_whoever_does_not_answer_is_reminded_once(pair, at):
    times = proposed(pair)
    assert times.remind_at == dt.datetime(2026, 11, 6, 9, tzinfo=ZoneInfo("Australia/Brisbane"))
    assert DueWork.objects.filter(kind="proposed-times", due_at=times.remind_at).exists()
    with at("2026-11-06 09:00", "Australia/Brisbane"):
        do_due(times.remind_at, kind="proposed-times")
        assert set(told("times_reminder")) == {pair.mentor.email}
        assert remind_of_times(times.remind_at) is None
    assert Message.objects.filter(kind="pairs.times_reminder").count() == 1


def test_nobody_is_reminded_of_what_was_answered_or_is_too_near(pair, at):
    assert proposed(pair, starts=[dt.datetime(2026, 11, 3, 20, tzinfo=APIA)]).remind_at is None
    withdraw_times(session=pair.session(1), actor=pair.mentee)
    times = proposed(pair)
    decline_times(session=pair.session(1), seen=str(times.pk), actor=pair.mentor)
    with at("2026-11-06 09:00", "Australia/Brisbane"):
        assert remind_of_times(dt.datetime(2026, 11, 9, tzinfo=dt.UTC)) is None
    assert not told("times_reminder")


def test_every_step_leads_from_open_and_none_back(pair):
    for step in Step:
        times = proposed(pair)
        transition(times, step)
        assert times.state == TABLE[step]
        for again in Step:
            with pytest.raises(WrongState):
                transition(times, again)


@pytest.mark.covers("phase1.arch.2.b")
def test_in_a_group_all_are_told_and_the_first_answer_from_the_other_side_settles_it(group, sign_in):
    times = propose_times(
        session=group.session(1), starts=[FIRST], minutes=60, zone="Pacific/Apia", actor=group.users["Helen"]
    )
    assert set(told("times_proposed")) == {group.users[name].email for name in ("ʻAna", "Sione", "Moana")}
    address = f"{group.place}sessions/{group.session(1).pk}/"
    page = sign_in(group.users["Sione"]).get(address).content.decode()
    assert "The first answer counts for all of you." in page
    sign_in(group.users["Sione"]).post(f"{address}times/accept/", {"time": buttons(page)[0]})
    assert group.session(1).starts_at == FIRST
    assert set(told("session_changed")) == {group.users[name].email for name in ("Helen", "ʻAna", "Moana")}
    after = sign_in(group.users["Moana"]).post(f"{address}times/decline/", {"seen": str(times.pk)}, follow=True)
    assert "These times do not stand any more." in after.content.decode()
    assert group.session(1).starts_at == FIRST


def test_fellow_mentees_neither_hear_of_nor_see_times_for_a_meeting_of_one_alone(group, sign_in):
    meeting = add_meeting(
        pairing=group.fresh(),
        starts_at=FIRST,
        minutes=30,
        link="",
        zone="UTC",
        actor=group.users["Helen"],
        mentee=group.places["ʻAna"],
    )
    propose_times(session=meeting, starts=[SECOND], minutes=30, zone="UTC", actor=group.users["ʻAna"])
    assert set(told("times_proposed")) == {group.users["Helen"].email}
    assert "proposes" in sign_in(group.users["Helen"]).get(group.url("mentoring/")).content.decode()
    assert "proposes" not in sign_in(group.users["Moana"]).get(group.url("mentoring/")).content.decode()
    for path in ("times/accept/", "times/decline/", "times/withdraw/", "times/"):
        answer = sign_in(group.users["Moana"]).post(f"{group.place}sessions/{meeting.pk}/{path}", {})
        assert answer.status_code == 404
    with pytest.raises(NotAMember):
        accept_time(session=meeting, start=SECOND, actor=group.users["Moana"])


def test_what_somebody_proposed_goes_with_them_when_they_leave(group):
    propose_times(session=group.session(1), starts=[FIRST], minutes=60, zone="UTC", actor=group.users["Sione"])
    leave_pairing(pairing=group.fresh(), actor=group.users["Sione"])
    assert times_of(group.session(1)) is None


def test_strangers_and_other_organisations_meet_nothing(pair, sign_in):
    other = make_pair(slug="elsewhere")
    proposed(pair)
    for user in (pair.coordinator, other.mentor, other.coordinator):
        for path in ("times/accept/", "times/decline/", "times/withdraw/", "times/"):
            assert sign_in(user).post(place(pair, 1, path), FORM).status_code == 404
    assert pair.session(1).starts_at is None


def test_what_happened_stands_in_the_history_without_a_word_of_when(pair):
    proposed(pair)
    withdraw_times(session=pair.session(1), actor=pair.mentee)
    actions = [event.action for event in timeline_of(pair.pairing)]
    assert {"times.proposed", "times.withdrawn"} <= set(actions)


def test_a_mail_that_asks_does_not_go_out_once_it_is_settled(pair):
    proposed(pair)
    asking = Message.objects.get(kind="pairs.times_proposed")
    assert still_holds(asking)
    withdraw_times(session=pair.session(1), actor=pair.mentee)
    assert not still_holds(asking)
