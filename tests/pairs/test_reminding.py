"""When reminders come, worked out on people's own clocks: pure rules, tried over years of changing clocks."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pairs.domain.reminding import MORNING, good_hour, is_slot, must_escalate, must_remind, next_instant, slot_after
from pairs.models import Output
from templates_app.shapes import Reminder

ZONES = [
    "Pacific/Apia",
    "Pacific/Pago_Pago",
    "Pacific/Kiritimati",
    "Australia/Lord_Howe",
    "Europe/London",
    "America/Los_Angeles",
]
LOG = Reminder(key="log", owes="log", first_after=1, every=2, at_most=2, escalate_after=7, subject="s", text="t")
DUE = dt.datetime(2026, 12, 10, 10, 59, 59, tzinfo=dt.UTC)
"""The end of 10 December in Apia."""


def output(**values) -> Output:
    return Output(due_at=DUE, required=True, **values)


def local(zone, *parts):
    return dt.datetime(*parts, tzinfo=ZoneInfo(zone))


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("Pacific/Apia", 11),
        ("Pacific/Pago_Pago", 10),
        ("Pacific/Kiritimati", 12),
        ("Australia/Lord_Howe", 11),
        ("Europe/London", 11),
        ("America/Los_Angeles", 11),
    ],
)
def test_the_first_reminder_comes_the_next_morning_at_nine_where_the_person_lives(zone, day):
    expected = local(zone, 2026, 12, day, 9)
    assert next_instant(LOG, output(), [zone], DUE) == expected
    assert expected.astimezone(ZoneInfo(zone)).hour == MORNING


def test_the_whole_course_of_one_missing_log():
    """Remind on the first and third day, tell the coordinator on the seventh, then leave it."""
    zone, row, seen = ["Pacific/Apia"], output(), []
    now = DUE
    while (now := next_instant(LOG, row, zone, now)) is not None:
        row.next_reminder_at = now
        if must_remind(LOG, row, zone, now):
            seen.append(("remind", now.astimezone(ZoneInfo(zone[0])).day))
        if must_escalate(LOG, row, zone, now):
            seen.append(("coordinator", now.astimezone(ZoneInfo(zone[0])).day))
            row.escalated_at = now
        row.reminders_sent += ("remind", now.astimezone(ZoneInfo(zone[0])).day) in seen
    assert seen == [("remind", 11), ("remind", 13), ("coordinator", 17)]


def test_a_tick_that_was_missed_for_a_week_reminds_once_and_tells_the_coordinator_another_day():
    row, now = output(), local("Pacific/Apia", 2026, 12, 20, 10)
    row.next_reminder_at = local("Pacific/Apia", 2026, 12, 11, 9)
    assert must_remind(LOG, row, ["Pacific/Apia"], now)
    assert not must_escalate(LOG, row, ["Pacific/Apia"], now)
    row.reminders_sent = 1
    following = next_instant(LOG, row, ["Pacific/Apia"], now)
    assert following == local("Pacific/Apia", 2026, 12, 21, 9)


def test_what_is_entered_long_after_the_fact_is_not_reminded_in_the_same_minute():
    now = local("Pacific/Apia", 2026, 12, 30, 12)
    assert next_instant(LOG, output(), ["Pacific/Apia"], now) == local("Pacific/Apia", 2026, 12, 31, 9)


def test_what_is_optional_or_has_no_date_is_never_reminded():
    assert next_instant(LOG, Output(due_at=DUE, required=False), ["UTC"], DUE) is None
    assert next_instant(LOG, Output(due_at=None, required=True), ["UTC"], DUE) is None


def test_a_reminder_that_comes_late_waits_for_the_morning_when_it_is_night():
    zone = "Pacific/Apia"
    assert good_hour(local(zone, 2026, 12, 11, 14), zone) == local(zone, 2026, 12, 11, 14)
    assert good_hour(local(zone, 2026, 12, 11, 3), zone) == local(zone, 2026, 12, 11, 9)
    assert good_hour(local(zone, 2026, 12, 11, 22), zone) == local(zone, 2026, 12, 12, 9)


@given(
    due=st.integers(0, 13 * 365 * 24).map(
        lambda hours: dt.datetime(2020, 1, 1, tzinfo=dt.UTC) + dt.timedelta(hours=hours)
    ),
    zone=st.sampled_from(ZONES),
    first=st.integers(0, 30),
    every=st.integers(0, 30),
    later=st.integers(0, 400),
)
def test_slots_lie_in_the_future_in_the_morning_and_exactly_on_their_days(due, zone, first, every, later):
    rule = Reminder(key="x", owes="log", first_after=first, every=every, at_most=3, subject="s", text="t")
    now = due + dt.timedelta(days=later, hours=later % 24)
    slot = slot_after(rule, due, [zone], now)
    shown = slot.astimezone(ZoneInfo(zone))
    assert slot > now
    assert (shown.hour, shown.minute) == (9, 0)
    days = (shown.date() - due.astimezone(ZoneInfo(zone)).date()).days
    assert days >= first
    assert (days - first) % max(every, 1) == 0
    assert is_slot(rule, due, [zone], slot)
