"""Clocks that skip an hour or show one twice, and days that recur."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pairs.domain.local_times import SkippedTime, instant_at, shown_at
from pairs.domain.slots import days_between, recurring, repeats, same_weekday


def test_a_time_that_the_clocks_skip_is_refused_with_the_one_they_show_instead():
    with pytest.raises(SkippedTime) as skipped:
        instant_at(dt.date(2027, 3, 28), dt.time(1, 30), "Europe/London")
    assert skipped.value.instead == dt.time(2, 30)


def test_lord_howe_moves_its_clocks_by_half_an_hour():
    with pytest.raises(SkippedTime) as skipped:
        instant_at(dt.date(2026, 10, 4), dt.time(2, 15), "Australia/Lord_Howe")
    assert skipped.value.instead == dt.time(2, 45)


def test_a_time_that_comes_twice_is_the_first_and_says_so():
    found = instant_at(dt.date(2026, 11, 1), dt.time(1, 30), "America/Los_Angeles")
    assert found.twice
    assert found.at == dt.datetime(2026, 11, 1, 8, 30, tzinfo=dt.UTC)


@pytest.mark.covers("plp.sys.25")
def test_the_same_instant_is_a_day_apart_in_apia_and_pago_pago():
    at = instant_at(dt.date(2026, 12, 10), dt.time(9, 0), "Pacific/Apia").at
    assert shown_at(at, "Pacific/Pago_Pago") == (dt.date(2026, 12, 9), dt.time(9, 0))


@given(
    st.dates(dt.date(2015, 1, 1), dt.date(2035, 12, 31)),
    st.times(),
    st.sampled_from(["Pacific/Apia", "Australia/Lord_Howe", "Europe/London", "America/Los_Angeles"]),
)
def test_what_is_chosen_is_what_is_shown(day, time, zone):
    time = time.replace(second=0, microsecond=0)
    try:
        found = instant_at(day, time, zone)
    except SkippedTime:
        naive = dt.datetime.combine(day, time)
        assert naive.replace(tzinfo=ZoneInfo(zone)).astimezone(dt.UTC).astimezone(ZoneInfo(zone)).time() != time
        return
    assert shown_at(found.at, zone) == (day, time)


@pytest.mark.covers("plp.sys.26")
def test_monthly_keeps_the_weekday_and_its_place_in_the_month():
    assert recurring(dt.date(2026, 12, 10), "monthly", 6) == [
        dt.date(2026, 12, 10),
        dt.date(2027, 1, 14),
        dt.date(2027, 2, 11),
        dt.date(2027, 3, 11),
        dt.date(2027, 4, 8),
        dt.date(2027, 5, 13),
    ]


def test_a_fifth_weekday_becomes_the_last_where_there_is_no_fifth():
    assert same_weekday(dt.date(2026, 12, 31), 1) == dt.date(2027, 1, 28)
    assert same_weekday(dt.date(2026, 12, 31), 3) == dt.date(2027, 3, 25)


def test_every_two_weeks_and_a_pace_that_repeats_nothing():
    assert recurring(dt.date(2026, 12, 10), "every_two_weeks", 3)[-1] == dt.date(2027, 1, 7)
    assert not repeats("own")
    assert days_between("own", 1) == 28


@given(st.dates(dt.date(2020, 1, 1), dt.date(2034, 12, 31)), st.integers(0, 24))
def test_recurring_monthly_days_are_always_that_weekday_in_that_month(first, months):
    day = same_weekday(first, months)
    assert day.weekday() == first.weekday()
    assert (day.year * 12 + day.month) - (first.year * 12 + first.month) == months
