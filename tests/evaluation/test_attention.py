"""Who needs the coordinator: one line a pair, its weightiest reason, in words, with the one thing to do."""

import datetime as dt

import pytest

from evaluation.domain.attention import attention_of, logs_of, quiet_after
from evaluation.domain.standing import pairings_of, standings
from mentoring import clock
from pairs.domain.ending import dissolve_pairing
from pairs.domain.inviting import send_invitations
from templates_app.domain.kits import kit_of
from tests.evaluation.world import FIRST_CALL, PAIRED

LONG = dt.timedelta(days=60)


def lines(world, now=None):
    now = now or clock.now()
    with clock.at(now):
        found = [one for one in standings(pairings_of(world.cohort), now) if one.is_running]
        return attention_of(found, now, logs=logs_of(world.programme.handbook), zone=world.cohort.zone)


def reasons(world, now=None):
    return [line.reason for line in lines(world, now)]


def well(pair) -> None:
    """Everything that session 1 asks for is done."""
    pair.set_dates()
    send_invitations(pairing=pair.pairing, actor=pair.mentor)
    pair.hold(1)
    with clock.at(FIRST_CALL + dt.timedelta(hours=4)):
        pair.agree()
        pair.write(pair.output(worksheet="goals", moment="session-1", side="mentee"), pair.mentee)
        pair.write(pair.output(worksheet="first-meeting", moment="session-1"), pair.mentee)


def test_a_pair_on_its_way_needs_nobody(world, pair):
    assert lines(world) == []
    well(pair)
    assert lines(world, FIRST_CALL + dt.timedelta(days=10)) == []


def test_a_pair_that_never_met_and_has_no_date_is_not_meeting(world, pair):
    (line,) = lines(world, PAIRED + LONG)
    assert (line.reason, line.tone, line.since) == ("not meeting", "late", PAIRED)
    assert (
        line.words == "No session has been held since they were paired on Tuesday 3 November 2026, and none has a date."
    )
    assert line.remind == ""


@pytest.mark.parametrize(
    ("months", "sessions", "frequency", "days"),
    [
        (6, 6, "", 45),
        (6, 6, "monthly", 45),
        (6, 6, "every_two_weeks", 45),
        (6, 6, "every_two_months", 84),
        (6, 12, "", 22),
        (6, 12, "monthly", 42),
        (6, 26, "weekly", 14),
        (12, 3, "own", 180),
    ],
)
def test_how_long_a_pair_may_be_quiet_follows_its_rhythm(world, months, sessions, frequency, days):
    plan = kit_of(world.programme.handbook).plan.model_copy(update={"months": months, "sessions": sessions})
    assert quiet_after(plan, frequency).days == days


def test_a_pair_that_was_to_meet_twice_a_month_is_missed_sooner(world, pair):
    after = PAIRED + dt.timedelta(days=30)
    assert reasons(world, after) == ["late"]
    handbook = world.programme.handbook
    handbook.content["plan"]["sessions"] = 12
    handbook.revision += 1
    handbook.save()
    (line,) = lines(world, after)
    assert (line.reason, line.since) == ("not meeting", PAIRED)


def test_a_pair_whose_last_date_has_passed_unnoted_is_not_meeting_either(world, pair):
    pair.set_dates(step=dt.timedelta(days=1))
    (line,) = lines(world, PAIRED + LONG)
    assert line.reason == "not meeting"
    assert "Their last date has passed" in line.words


def test_a_pair_with_a_date_ahead_is_meeting(world, pair):
    pair.set_dates()
    assert reasons(world, PAIRED + LONG) == ["unsigned"]


def test_an_unsigned_agreement_names_who_has_signed_and_who_has_not(world, pair):
    pair.set_dates()
    pair.hold(1)
    with clock.at(FIRST_CALL + dt.timedelta(hours=5)):
        pair.sign(pair.offer(), "mentee")
    (line,) = lines(world, FIRST_CALL + dt.timedelta(days=5))
    assert (line.reason, line.tone, line.remind) == ("unsigned", "due", "Helen")
    assert line.words == "ʻAna signed on Friday 6 November; the agreement waits for Helen."
    assert line.output_id == str(pair.output(kind="agreement", side="mentor").pk)


def test_an_agreement_that_nobody_signed_waits_for_both(world, pair):
    pair.set_dates()
    pair.hold(1)
    (line,) = lines(world, FIRST_CALL + dt.timedelta(days=5))
    assert (line.reason, line.remind) == ("unsigned", "both")


@pytest.mark.covers("plp.sys.62")
def test_missing_logs_say_whose_and_since_when(world, pair):
    well(pair)
    pair.hold(2)
    second = pair.session(2).starts_at
    with clock.at(second + dt.timedelta(hours=4)):
        pair.log(2, "mentor")
        pair.write(pair.output(worksheet="capacity", moment="session-2"), pair.mentee)
    (line,) = lines(world, second + dt.timedelta(days=6))
    assert (line.reason, line.tone, line.remind) == ("not logging", "due", "ʻAna")
    assert line.words == "ʻAna: “Learning log · Session 2” was due on Friday 4 December."
    assert line.output_id == str(pair.output(worksheet="learning-log", moment="session-2", side="mentee").pk)


def test_both_are_named_when_both_owe_the_same_and_the_rest_is_counted(world, pair):
    well(pair)
    pair.hold(2)
    (line,) = lines(world, pair.session(2).starts_at + dt.timedelta(days=6))
    assert line.reason == "not logging"
    assert line.remind == "both"
    assert line.words.startswith("ʻAna and Helen: ") or line.words.startswith("Helen and ʻAna: ")
    assert line.words.endswith("1 more thing is late.")


def test_what_else_is_late_is_called_late(world, pair):
    well(pair)
    pair.hold(2)
    second = pair.session(2).starts_at
    with clock.at(second + dt.timedelta(hours=4)):
        pair.log(2, "mentor")
        pair.log(2, "mentee")
    (line,) = lines(world, second + dt.timedelta(days=6))
    assert (line.reason, line.remind) == ("late", "ʻAna")
    assert "Capacity" in line.words


@pytest.mark.covers("plp.sys.103")
def test_a_pair_whose_sessions_no_longer_fit_is_short_of_time(world, pair):
    pair.set_dates(step=dt.timedelta(days=40))
    (line,) = lines(world, PAIRED + dt.timedelta(hours=1))
    assert (line.reason, line.tone, line.remind) == ("short of time", "due", "")
    assert line.words.startswith("0 of 6 sessions are held; what is left does not fit before the cohort ends on")


def test_the_late_come_first_and_then_the_longest_waiting(world, pair):
    other = world.add_pair("Willie Malas", "Aroha Parata")
    other.set_dates()
    other.hold(1)
    with clock.at(PAIRED + dt.timedelta(days=10)):
        world.add_pair("Sulata Lauti", "Ravin Singh").set_dates(PAIRED + dt.timedelta(days=11))
    found = lines(world, PAIRED + LONG)
    assert [line.reason for line in found] == ["not meeting", "unsigned", "unsigned"]
    assert [line.pair for line in found][1:] == ["Willie Malas · Aroha Parata", "Sulata Lauti · Ravin Singh"]


def test_ended_pairs_need_nobody(world, pair):
    with clock.at(PAIRED + dt.timedelta(days=1)):
        dissolve_pairing(pairing=pair.pairing, actor=pair.mentee)
    assert lines(world, PAIRED + LONG) == []
