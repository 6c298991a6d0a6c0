"""What a pair owes and when: planned from the handbook, worked out again whenever something moves."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from mentoring import clock
from mentoring.work.models import DueWork
from pairs.domain.outputs import close_output, reopen_output, standing
from pairs.domain.planning import lacking, plan_of, plan_outputs, replan
from pairs.domain.sessions import hold_session, move_session
from pairs.enums import OutputKind, Standing
from pairs.models import Output
from tests.pairs.conftest import PAIRED
from tests.pairs.filling import change_sheet

APIA = ZoneInfo("Pacific/Apia")


def set_session(pair, number: int, words: str, zone: str = "Pacific/Apia", minutes: int = 60):
    starts = dt.datetime.fromisoformat(words).replace(tzinfo=ZoneInfo(zone))
    return move_session(
        session=pair.session(number), starts_at=starts, minutes=minutes, link="", zone=zone, actor=pair.mentee
    )


def test_every_moment_of_every_worksheet_becomes_an_output_of_whom_it_names(pair):
    rows = Output.objects.filter(pairing=pair.pairing)
    assert rows.filter(worksheet="prep").count() == 2
    assert [row.member.side for row in rows.filter(worksheet="goals").select_related("member")] == ["mentee"]
    assert rows.get(worksheet="first-meeting").member is None
    assert rows.filter(kind=OutputKind.AGREEMENT).count() == 2
    for kind in (OutputKind.INTRODUCTION, OutputKind.INVITATIONS, OutputKind.COMPILE):
        assert rows.get(kind=kind).member.side == "mentor"


@pytest.mark.covers("plp.sys.61", "plp.sys.44")
def test_logs_are_owed_for_sessions_two_to_five_offered_for_six_and_never_asked_for_one(pair):
    logs = Output.objects.filter(pairing=pair.pairing, worksheet="learning-log").select_related("session", "member")
    by_session = {(row.session.number, row.member.side): row.required for row in logs}
    assert by_session == {(number, side): number != 6 for number in (2, 3, 4, 5, 6) for side in ("mentor", "mentee")}


@pytest.mark.covers("plp.sys.60")
def test_a_log_opens_when_its_session_ends_and_is_due_that_same_day(pair, at):
    set_session(pair, 2, "2026-12-10 09:00")
    log = pair.output(worksheet="learning-log", moment="session-2", side="mentee")
    assert log.opens_at == dt.datetime(2026, 12, 10, 10, 0, tzinfo=APIA)
    assert log.due_at == dt.datetime(2026, 12, 10, 23, 59, 59, tzinfo=APIA)
    mentors = pair.output(worksheet="learning-log", moment="session-2", side="mentor")
    assert mentors.due_at == dt.datetime(2026, 12, 10, 23, 59, 59, tzinfo=ZoneInfo("Australia/Brisbane"))
    for words, expected in (("09:30", Standing.AHEAD), ("10:01", Standing.DUE), ("23:59:58", Standing.DUE)):
        with at(f"2026-12-10 {words}", "Pacific/Apia"):
            assert standing(log, clock.now()) is expected
    with at("2026-12-11 00:00:30", "Pacific/Apia"):
        assert standing(log, clock.now()) is Standing.LATE


def test_a_session_held_earlier_than_planned_to_its_end_opens_the_log_at_once(pair, at):
    set_session(pair, 2, "2026-12-10 09:00", minutes=90)
    with at("2026-12-10 09:50", "Pacific/Apia"):
        hold_session(session=pair.session(2), actor=pair.mentor, minutes=50)
        log = pair.output(worksheet="learning-log", moment="session-2", side="mentee")
        assert standing(log, clock.now()) is Standing.DUE


@pytest.mark.covers("plp.sys.80", "plp.sys.67")
def test_what_prepares_a_session_opens_a_week_before_it(pair):
    set_session(pair, 6, "2027-04-15 09:00")
    closure = pair.output(worksheet="closure", side="mentee")
    assert closure.opens_at == dt.datetime(2027, 4, 8, 0, 0, tzinfo=APIA)
    assert closure.due_at == dt.datetime(2027, 4, 15, 9, 0, tzinfo=APIA)
    set_session(pair, 3, "2027-01-14 09:00")
    issues = pair.output(worksheet="issues-for-guidance", moment="session-3")
    assert issues.opens_at == dt.datetime(2027, 1, 7, 0, 0, tzinfo=APIA)
    assert not issues.required


@pytest.mark.covers("plp.sys.70")
def test_goal_reviews_are_asked_at_the_mid_point_and_at_the_end(pair):
    set_session(pair, 3, "2027-01-14 09:00")
    set_session(pair, 6, "2027-04-15 09:00")
    mid = pair.output(worksheet="goal-review", moment="mid-point")
    assert mid.member.side == "mentee"
    assert mid.opens_at == dt.datetime(2027, 1, 14, 10, 0, tzinfo=APIA)
    assert pair.output(worksheet="goal-review", moment="completion").due_at == dt.datetime(
        2027, 4, 18, 23, 59, 59, tzinfo=APIA
    )


def test_what_hangs_on_a_session_without_a_date_is_not_due(pair):
    log = pair.output(worksheet="learning-log", moment="session-4", side="mentee")
    assert (log.opens_at, log.due_at, log.next_reminder_at) == (None, None, None)
    assert standing(log, clock.now()) is Standing.AHEAD


def test_the_dates_themselves_are_due_two_weeks_after_pairing_while_there_is_no_first_session(pair):
    dates = pair.output(kind=OutputKind.SCHEDULE)
    assert dates.due_at == dt.datetime(2026, 11, 17, 23, 59, 59, tzinfo=ZoneInfo("Australia/Brisbane"))


def test_moving_a_session_moves_what_hangs_on_it_and_nothing_else(pair):
    set_session(pair, 2, "2026-12-10 09:00")
    prep = pair.output(worksheet="prep", side="mentee")
    before = (prep.opens_at, prep.due_at)
    set_session(pair, 2, "2026-12-17 11:00")
    assert pair.output(worksheet="learning-log", moment="session-2", side="mentee").due_at == dt.datetime(
        2026, 12, 17, 23, 59, 59, tzinfo=APIA
    )
    prep.refresh_from_db()
    assert (prep.opens_at, prep.due_at) == before


def test_planning_twice_changes_nothing(pair):
    set_session(pair, 2, "2026-12-10 09:00")
    before = list(Output.objects.filter(pairing=pair.pairing).order_by("pk").values())
    assert plan_outputs(pair.pairing) == []
    assert replan(pair.pairing) == 0
    assert list(Output.objects.filter(pairing=pair.pairing).order_by("pk").values()) == before


def test_a_closed_output_is_neither_moved_nor_reminded_and_comes_back_when_taken_up_again(pair, at):
    set_session(pair, 2, "2026-12-10 09:00")
    log = pair.output(worksheet="learning-log", moment="session-2", side="mentee")
    close_output(output=log, actor=pair.mentee)
    due = log.due_at
    set_session(pair, 2, "2026-12-17 09:00")
    log.refresh_from_db()
    assert (log.due_at, log.next_reminder_at) == (due, None)
    reopen_output(output=log, actor=pair.mentee)
    log.refresh_from_db()
    assert log.due_at == dt.datetime(2026, 12, 17, 23, 59, 59, tzinfo=APIA)
    assert log.next_reminder_at is not None


def test_replanning_takes_a_fixed_number_of_queries(pair, django_assert_num_queries):
    plan = plan_of(pair.pairing)
    replan(pair.pairing, plan)
    with django_assert_num_queries(5):  # savepoint, outputs, sessions, agreement, release
        replan(pair.pairing, plan)


def test_looking_for_what_lacks_reads_the_sessions_once_for_the_whole_handbook(pair, django_assert_num_queries):
    plan = plan_of(pair.pairing)
    with django_assert_num_queries(1):
        found = lacking(plan, [one for one in plan.wanted if one.every is None], [])
    assert {row.session.number for row in found if row.session} == {1, 2, 3, 4, 5, 6}


def test_planning_wakes_the_reminder_tick_at_the_first_reminder(pair):
    due = DueWork.objects.filter(organisation=pair.organisation, kind="reminders").order_by("due_at").first()
    first = Output.objects.filter(next_reminder_at__isnull=False).order_by("next_reminder_at").first()
    assert due.due_at == first.next_reminder_at > PAIRED


def test_what_is_open_is_called_as_the_handbook_says_now_and_what_is_done_as_it_was(pair, at):
    logs = Output.objects.filter(pairing=pair.pairing, worksheet="learning-log")
    done = logs.filter(moment="session-2").first()
    close_output(output=done, actor=pair.mentee)
    before = done.title
    change_sheet(pair.pairing, "learning-log", title="Notes of the hour")
    replan(pair.pairing)
    assert not logs.filter(title__startswith="Notes").exists()
    replan(pair.pairing, afresh=True)
    assert set(logs.filter(title__startswith="Notes of the hour · ")) == set(logs.exclude(pk=done.pk))
    done.refresh_from_db()
    assert done.title == before
