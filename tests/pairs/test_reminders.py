"""The reminder tick: who is told what, once, in time; and what it costs."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from mentoring import clock
from mentoring.notices.domain.rendering import render_message
from mentoring.notices.models import Message
from mentoring.tenancy.scope import no_scope
from mentoring.work.domain import do_due
from mentoring.work.models import DueWork, State
from pairs.domain.ending import dissolve_pairing
from pairs.domain.outputs import close_output
from pairs.domain.pairing import confirm_pairing
from pairs.domain.planning import owing
from pairs.domain.reminders import fill, remind_due
from pairs.domain.replanning import REPLANNING, ask_to_replan
from pairs.domain.sessions import hold_session
from pairs.enums import OutputKind, PairingState
from pairs.models import Output, Pairing
from programmes.domain.handbook.editing import undo_edit
from programmes.domain.handbook.items import change_item, item_of
from programmes.domain.handbook.parts import fingerprint, list_part
from programmes.enums import CohortState
from programmes.models import Programme
from tests.factories import ParticipantFactory
from tests.pairs.test_planning import set_session

APIA = ZoneInfo("Pacific/Apia")
OWED = "2026-12-10 09:00"


@pytest.fixture
def owed(pair, at):
    """Session 2 has been held on 10 December; both logs are missing. Everything else is done."""
    set_session(pair, 2, OWED)
    with at("2026-12-10 11:00", "Pacific/Apia"):
        hold_session(session=pair.session(2), actor=pair.mentee, minutes=60)
    others = Output.objects.filter(pairing=pair.pairing).exclude(worksheet="learning-log")
    others.update(next_reminder_at=None, done_at=clock.now())
    return pair


def tick(words: str, zone: str = "Pacific/Apia") -> None:
    now = dt.datetime.fromisoformat(words).replace(tzinfo=ZoneInfo(zone)).astimezone(dt.UTC)
    with clock.at(now):
        remind_due(now)


def reminders(user=None):
    rows = Message.objects.filter(kind="pairs.reminder")
    return list(rows.filter(recipient=user) if user else rows)


@pytest.mark.covers("plp.sys.62")
def test_a_missing_log_is_reminded_the_morning_after_at_nine_on_the_writers_own_clock(owed):
    tick("2026-12-11 08:59")
    assert reminders() == []
    tick("2026-12-11 09:00")
    [message] = reminders()
    assert message.recipient == owed.mentee
    assert message.not_before == dt.datetime(2026, 12, 11, 9, 0, tzinfo=APIA)
    text = render_message(message).text
    assert "How was session 2 with Helen?" in text
    assert "was due on Thursday 10 December" in text
    tick("2026-12-11 09:00", "Australia/Brisbane")
    assert [m.recipient for m in reminders(owed.mentor)] == [owed.mentor]


def test_the_same_tick_twice_and_many_ticks_in_between_send_nothing_twice(owed):
    for hour in range(9, 20):
        tick(f"2026-12-11 {hour:02}:00")
        tick(f"2026-12-11 {hour:02}:00")
    assert len(reminders(owed.mentee)) == 1


def test_two_workers_at_once_send_one_reminder(owed):
    """The second worker has read its rows before the first one finished."""
    from pairs.domain.reminders import _due, _Run

    now = dt.datetime(2026, 12, 11, 9, 0, tzinfo=APIA)
    with clock.at(now):
        first, second = list(_due(now)), list(_due(now))
        for rows in (first, second):
            run = _Run(now, rows)
            for output in rows:
                run.handle(output)
    assert len(reminders(owed.mentee)) == 1
    assert owed.output(worksheet="learning-log", moment="session-2", side="mentee").reminders_sent == 1


def test_after_the_reminders_the_coordinator_is_told_once_without_a_word_of_content(owed):
    for day in range(11, 31):
        tick(f"2026-12-{day} 09:30")
    assert len(reminders(owed.mentee)) == 2
    told = Message.objects.filter(kind="pairs.escalation")
    assert {m.recipient for m in told} == {owed.coordinator}
    texts = [render_message(m).text for m in told]
    assert any("ʻAna Tupou" in text and "Learning log · Session 2" in text for text in texts)
    count = told.count()
    tick("2027-01-20 09:30")
    assert Message.objects.filter(kind="pairs.escalation").count() == count


def test_a_worker_that_was_away_for_ten_days_sends_one_reminder_and_no_flood(owed):
    tick("2026-12-21 10:00")
    assert len(reminders(owed.mentee)) == 1
    assert not Message.objects.filter(kind="pairs.escalation").exists()
    tick("2026-12-22 10:00")
    assert len(reminders(owed.mentee)) == 1
    assert Message.objects.filter(kind="pairs.escalation").exists()


def test_sending_the_log_ends_the_reminders(owed, at):
    tick("2026-12-11 09:00")
    with at("2026-12-11 12:00", "Pacific/Apia"):
        close_output(output=owed.output(worksheet="learning-log", moment="session-2", side="mentee"), actor=owed.mentee)
    for day in range(12, 30):
        tick(f"2026-12-{day} 09:30")
    assert len(reminders(owed.mentee)) == 1


def test_moving_the_session_makes_the_reminders_begin_anew(pair, at):
    set_session(pair, 2, OWED)
    tick("2026-12-11 09:00")
    log = pair.output(worksheet="learning-log", moment="session-2", side="mentee")
    assert log.reminders_sent == 1
    with at("2026-12-11 12:00", "Pacific/Apia"):
        set_session(pair, 2, "2026-12-20 09:00")
    log.refresh_from_db()
    assert log.reminders_sent == 0
    assert log.next_reminder_at == dt.datetime(2026, 12, 21, 9, 0, tzinfo=APIA)
    tick("2026-12-21 09:00")
    assert Message.objects.filter(kind="pairs.reminder", subject_id=log.pk).count() == 2


def test_a_muted_reminder_comes_to_the_inbox_and_not_by_mail(owed):
    owed.mentee.muted = ["reminders"]
    owed.mentee.save(update_fields=["muted"])
    tick("2026-12-11 09:00")
    [message] = reminders(owed.mentee)
    assert not message.by_mail


def test_both_are_reminded_of_what_they_owe_together_each_in_the_morning(pair):
    """The dates of the sessions are owed by both; the tick comes when the first of them has morning."""
    Output.objects.filter(pairing=pair.pairing).exclude(kind=OutputKind.SCHEDULE).update(next_reminder_at=None)
    dates = pair.output(kind=OutputKind.SCHEDULE)
    now = dates.next_reminder_at
    with clock.at(now):
        remind_due(now)
    by_person = {m.recipient: m.not_before for m in reminders()}
    assert by_person[pair.mentee].astimezone(APIA).hour == 9
    assert by_person[pair.mentor].astimezone(ZoneInfo("Australia/Brisbane")).hour == 9


@pytest.mark.covers("plp.sys.41")
def test_an_agreement_not_signed_after_session_one_reminds_both_and_the_coordinator(pair, at):
    set_session(pair, 1, "2026-11-10 09:00")
    Output.objects.filter(pairing=pair.pairing).exclude(kind=OutputKind.AGREEMENT).update(next_reminder_at=None)
    tick("2026-11-11 12:00")
    subjects = {m.recipient: render_message(m).subject for m in reminders()}
    assert set(subjects) == {pair.mentor, pair.mentee}
    assert set(subjects.values()) == {"Your mentoring agreement is waiting for a signature"}
    tick("2026-11-12 12:00")
    [told] = Message.objects.filter(kind="pairs.escalation")
    assert told.recipient == pair.coordinator


def test_an_ended_pair_and_a_closed_cohort_are_left_in_peace(owed, at):
    with at("2026-12-10 20:00", "Pacific/Apia"):
        dissolve_pairing(pairing=owed.pairing, actor=owed.mentor)
    tick("2026-12-11 09:00")
    assert reminders() == []


def test_a_reminder_that_waits_is_withdrawn_when_the_log_is_sent(owed, at):
    tick("2026-12-11 09:00", "Australia/Brisbane")
    waiting = {message.recipient: message for message in reminders()}
    assert set(waiting) == {owed.mentee, owed.mentor}
    with at("2026-12-11 09:00", "Australia/Brisbane"):
        close_output(output=owed.output(worksheet="learning-log", moment="session-2", side="mentor"), actor=owed.mentor)
    assert {m.recipient for m in reminders() if m.state == State.CANCELLED} == {owed.mentor}


def test_a_reminder_that_waits_is_withdrawn_when_the_pair_ends(owed, at):
    tick("2026-12-11 09:00", "Australia/Brisbane")
    with at("2026-12-11 09:00", "Australia/Brisbane"):
        dissolve_pairing(pairing=owed.pairing, actor=owed.mentor)
    assert {(m.recipient, m.state) for m in reminders()} == {
        (owed.mentee, State.CANCELLED),
        (owed.mentor, State.CANCELLED),
    }


@pytest.mark.parametrize(
    ("done", "ended", "gone"), [(False, False, 1), (True, False, 0), (False, True, 0)], ids=["owed", "done", "ended"]
)
def test_a_reminder_is_looked_at_again_before_it_goes_out(owed, mailoutbox, done, ended, gone):
    tick("2026-12-11 09:00")
    [message] = reminders()
    if done:
        Output.objects.filter(pk=message.subject_id).update(done_at=clock.now())
    if ended:
        Pairing.objects.filter(pk=owed.pairing.pk).update(state=PairingState.DISSOLVED, ended_at=clock.now())
    with clock.at(message.not_before), no_scope():
        do_due(message.not_before, kind="outbox")
    subject = render_message(message).subject
    assert [mail.subject for mail in mailoutbox].count(subject) == gone
    message.refresh_from_db()
    assert message.state == (State.DONE if gone else State.CANCELLED)


def test_nobody_is_chased_after_the_cohort_was_closed(owed):
    owed.pairing.cohort.state = CohortState.CLOSED
    owed.pairing.cohort.save(update_fields=["state"])
    tick("2026-12-11 12:00")
    assert reminders() == []
    assert not owing().filter(next_reminder_at__lte=dt.datetime(2026, 12, 11, tzinfo=dt.UTC)).exists()


def test_one_output_that_cannot_be_told_does_not_hold_up_the_others(owed, monkeypatch):
    from pairs.domain import reminders as module

    real = module.page_path

    def breaks_for_the_mentee(output):
        if output.member.side == "mentee":
            raise RuntimeError("no such page")
        return real(output)

    monkeypatch.setattr(module, "page_path", breaks_for_the_mentee)
    tick("2026-12-11 12:00")
    assert [m.recipient for m in reminders()] == [owed.mentor]
    monkeypatch.setattr(module, "page_path", real)
    tick("2026-12-11 13:30")
    assert len(reminders(owed.mentee)) == 1


def test_coordinators_who_cannot_be_told_hold_up_no_reminder_and_hear_of_it_later(owed, monkeypatch):
    from pairs.domain import reminders as module

    def no_page(*_args):
        raise RuntimeError("no such page")

    log = owed.output(worksheet="learning-log", moment="session-2", side="mentee")
    tick("2026-12-11 09:00")
    Output.objects.filter(pk=log.pk).update(next_reminder_at=dt.datetime(2026, 12, 20, tzinfo=APIA))
    with monkeypatch.context() as patch:
        patch.setattr(module._Run, "_line", no_page)
        tick("2026-12-20 12:00")
    log.refresh_from_db()
    assert reminders(owed.mentor), "the mentor's first reminder goes out in the same tick"
    assert not Message.objects.filter(kind="pairs.escalation").exists()
    assert (log.escalated_at, log.next_reminder_at) == (None, dt.datetime(2026, 12, 20, 13, tzinfo=APIA))
    tick("2026-12-20 13:00")
    assert [m.recipient for m in Message.objects.filter(kind="pairs.escalation")] == [owed.coordinator]
    log.refresh_from_db()
    assert (log.reminders_sent, log.escalated_at) == (1, dt.datetime(2026, 12, 20, 13, tzinfo=APIA))


def test_a_tick_with_nothing_due_is_one_look(owed, django_assert_num_queries):
    now = dt.datetime(2026, 12, 11, 8, 0, tzinfo=APIA)
    with clock.at(now), django_assert_num_queries(2):  # what is due, and when to look again
        remind_due(now)


def test_places_that_are_not_known_stay_as_they_are():
    assert fill("Dear {person}, {unknown} {", {"person": "ʻAna"}) == "Dear ʻAna, {unknown} {"


# --- Timings that change ----------------------------------------------------------------------------------------------


def change_log_reminders(pair, **values):
    """As a coordinator changes them on the handbook's page, with the work that follows in the background."""
    programme = Programme.objects.select_related("handbook").get(pk=pair.pairing.cohort.programme_id)
    part = list_part("reminders")
    item = item_of(programme, part, "log")
    edit = change_item(
        programme=programme, part=part, key="log", values=values, base=fingerprint(item), actor=pair.coordinator
    )
    work(pair)
    return edit


def work(pair):
    assert DueWork.objects.filter(kind=REPLANNING, due_at__lte=clock.now()).exists()
    with no_scope():
        do_due(clock.now(), kind=REPLANNING)


def planned(pair):
    found = Output.objects.get(
        pairing=pair.pairing, worksheet="learning-log", moment="session-2", member__side="mentee"
    )
    return found.next_reminder_at.astimezone(APIA).strftime("%d %H:%M")


def test_changed_timings_count_at_once_for_what_is_owed_already_and_can_be_taken_back(owed, at):
    with at("2026-12-10 12:00", "Pacific/Apia"):
        assert planned(owed) == "11 09:00"
        edit = change_log_reminders(owed, first_after=4)
        assert planned(owed) == "14 09:00"
    tick("2026-12-11 09:00")
    assert reminders() == []
    with at("2026-12-11 12:00", "Pacific/Apia"):
        undo_edit(edit=edit, actor=owed.coordinator)
        work(owed)
        before = planned(owed)
        change_log_reminders(owed, first_after=2)
        assert (before, planned(owed)) == ("13 09:00", "12 09:00"), "the handbook says after one day, then every two"
    tick("2026-12-12 09:00")
    assert [message.recipient for message in reminders()] == [owed.mentee]


def test_a_pair_that_cannot_be_planned_holds_up_no_other(owed, at, monkeypatch):
    from pairs.domain import replanning

    real, calls = replanning.replan, []

    def breaks_once(pairing, *args, **kwargs):
        calls.append(pairing.pk)
        if len(calls) == 1:
            raise ValueError("a date that nobody can read")
        return real(pairing, *args, **kwargs)

    cohort = owed.pairing.cohort
    mentor, mentee = (ParticipantFactory(cohort=cohort, side=side) for side in ("mentor", "mentee"))
    with at("2026-12-10 12:00", "Pacific/Apia"):
        other = confirm_pairing(cohort=cohort, mentor=mentor, mentee=mentee, actor=owed.coordinator)
        monkeypatch.setattr(replanning, "replan", breaks_once)
        ask_to_replan(owed.pairing.cohort)
        work(owed)
        [again] = DueWork.objects.filter(kind=REPLANNING).values_list("due_at", flat=True)
        assert again == clock.now() + replanning.PUT_OFF
    both = sorted([owed.pairing.pk, other.pk])
    assert sorted(calls) == both
    with clock.at(again):
        work(owed)
    assert sorted(calls[2:]) == both
    assert not DueWork.objects.filter(kind=REPLANNING).exists()


def test_a_reminder_whose_time_has_come_is_not_lost_by_a_change(owed, at):
    with at("2026-12-11 09:10", "Pacific/Apia"):
        change_log_reminders(owed, every=5)
    tick("2026-12-11 09:15")
    assert [message.recipient for message in reminders(owed.mentee)] == [owed.mentee]


def test_planning_anew_without_a_change_moves_nothing(owed, at):
    with at("2026-12-10 12:00", "Pacific/Apia"):
        before = list(Output.objects.order_by("pk").values_list("pk", "opens_at", "due_at", "next_reminder_at"))
        ask_to_replan(owed.pairing.cohort)
        work(owed)
        assert list(Output.objects.order_by("pk").values_list("pk", "opens_at", "due_at", "next_reminder_at")) == before
