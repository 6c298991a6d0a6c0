"""Monday morning by a cohort's own clock, on both sides of the date line and of a change of clocks."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.domain.weeks import due_monday, last_monday, next_instant, period_of, report_instant, week_of
from programmes.models import Cohort

LONG_AGO = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


def cohort(zone: str, starts: str = "2026-11-02", ends: str = "2027-04-30", opened: dt.datetime = LONG_AGO) -> Cohort:
    return Cohort(
        zone=zone, starts_on=dt.date.fromisoformat(starts), ends_on=dt.date.fromisoformat(ends), created_at=opened
    )


def utc(words: str) -> dt.datetime:
    return dt.datetime.fromisoformat(words).replace(tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("zone", "instant"),
    [
        ("Pacific/Apia", "2026-11-29 19:00"),
        ("Pacific/Pago_Pago", "2026-11-30 19:00"),
        ("Pacific/Kiritimati", "2026-11-29 18:00"),
        ("Europe/London", "2026-11-30 08:00"),
        ("America/Los_Angeles", "2026-11-30 16:00"),
        ("Australia/Lord_Howe", "2026-11-29 21:00"),
    ],
)
def test_the_report_of_a_monday_is_made_at_eight_on_the_cohorts_own_clock(zone, instant):
    assert report_instant(cohort(zone), dt.date(2026, 11, 30)) == utc(instant)


def test_apia_and_pago_pago_have_the_same_monday_a_day_apart():
    monday = dt.date(2026, 11, 30)
    apart = report_instant(cohort("Pacific/Pago_Pago"), monday) - report_instant(cohort("Pacific/Apia"), monday)
    assert apart == dt.timedelta(days=1)


def test_a_change_of_clocks_moves_the_instant_and_not_the_hour_of_day():
    london = cohort("Europe/London", starts="2026-10-05")
    before, after = (report_instant(london, dt.date(2026, 10, day)) for day in (19, 26))
    assert (before, after) == (utc("2026-10-19 07:00"), utc("2026-10-26 08:00"))
    assert next_instant(london, before) == after


def test_a_week_is_due_from_its_monday_morning_and_not_a_second_before():
    apia = cohort("Pacific/Apia")
    monday = dt.date(2026, 11, 30)
    instant = report_instant(apia, monday)
    assert due_monday(apia, instant) == monday
    assert due_monday(apia, instant - dt.timedelta(seconds=1)) == monday - dt.timedelta(days=7)


def test_the_first_report_comes_after_the_first_week_and_the_last_after_the_last_day():
    apia = cohort("Pacific/Apia")
    assert due_monday(apia, report_instant(apia, dt.date(2026, 11, 2))) is None
    assert due_monday(apia, report_instant(apia, dt.date(2026, 11, 9))) == dt.date(2026, 11, 9)
    last = last_monday(apia)
    assert last == dt.date(2027, 5, 3)
    assert due_monday(apia, report_instant(apia, last)) == last
    assert due_monday(apia, report_instant(apia, last + dt.timedelta(days=7))) is None
    assert next_instant(apia, report_instant(apia, last)) is None


def test_weeks_before_a_cohort_was_opened_here_are_not_invented():
    opened = utc("2026-12-02 10:00")
    apia = cohort("Pacific/Apia", opened=opened)
    assert due_monday(apia, opened) is None
    assert due_monday(apia, opened + dt.timedelta(days=7)) == dt.date(2026, 12, 7)


def test_a_week_is_named_by_iso_8601_even_around_new_year():
    assert period_of(dt.date(2026, 12, 28)) == "2026-W53"
    assert period_of(dt.date(2027, 1, 1)) == "2026-W53"
    assert period_of(dt.date(2027, 1, 4)) == "2027-W01"


def test_the_week_of_a_cohort_is_counted_from_its_first_day_and_stays_within_it():
    apia = cohort("Pacific/Apia", ends="2027-05-02")
    assert week_of(apia, utc("2026-11-01 11:00")) == (1, 26)
    assert week_of(apia, utc("2026-11-08 10:59")) == (1, 26)
    assert week_of(apia, utc("2026-11-08 11:00")) == (2, 26)
    assert week_of(apia, utc("2026-10-01 00:00"))[0] == 1
    assert week_of(apia, utc("2028-01-01 00:00"))[0] == 26


@given(
    zone=st.sampled_from(
        ["Pacific/Apia", "Pacific/Pago_Pago", "Europe/London", "America/St_Johns", "Australia/Lord_Howe"]
    ),
    now=st.integers(0, 240 * 24 * 60).map(lambda minutes: utc("2026-10-01") + dt.timedelta(minutes=minutes)),
)
def test_the_next_report_is_always_ahead_and_at_most_a_week_after_one_that_was_due(zone, now):
    one = cohort(zone)
    following, due = next_instant(one, now), due_monday(one, now)
    assert following is None or following > now
    if due is not None:
        assert report_instant(one, due) <= now
        if following is not None:
            assert following - report_instant(one, due) <= dt.timedelta(days=7, hours=1)
