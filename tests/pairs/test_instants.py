"""Where days end, on both sides of the date line and when clocks change."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pairs.domain.instants import Anchors, Meeting, day_begins, day_ends, deadline, local_day, opening
from templates_app.shapes import Anchor, Instant

ZONES = [
    "Pacific/Apia",
    "Pacific/Pago_Pago",
    "Pacific/Kiritimati",
    "Australia/Lord_Howe",
    "Europe/London",
    "America/Los_Angeles",
]
AT = dt.datetime(2026, 12, 9, 20, 0, tzinfo=dt.UTC)


def anchors(**more):
    return Anchors(paired=AT, cohort_start=AT, cohort_end=AT, **more)


def local(zone, *parts):
    return dt.datetime(*parts, tzinfo=ZoneInfo(zone))


@pytest.mark.covers("plp.sys.60")
@pytest.mark.parametrize(
    ("zone", "ends"),
    [
        # The same session ends on the tenth in Apia and on the ninth in Pago Pago, a hundred kilometres away.
        ("Pacific/Apia", (2026, 12, 10)),
        ("Pacific/Pago_Pago", (2026, 12, 9)),
        ("Pacific/Kiritimati", (2026, 12, 10)),
        ("Australia/Lord_Howe", (2026, 12, 10)),
        ("Europe/London", (2026, 12, 9)),
        ("America/Los_Angeles", (2026, 12, 9)),
    ],
)
def test_due_on_the_day_of_a_session_is_due_at_the_end_of_that_day_where_the_person_lives(zone, ends):
    session = Meeting(AT, AT + dt.timedelta(minutes=60))
    due = deadline(Instant(anchor=Anchor.SESSION_END, session=2), anchors(sessions={2: session}), [zone])
    assert due == local(zone, *ends, 23, 59, 59)


def test_what_two_people_owe_together_is_due_when_the_day_is_over_for_both():
    both = ["Pacific/Apia", "Pacific/Pago_Pago"]
    due = deadline(Instant(anchor=Anchor.PAIRING, days=7), anchors(), both)
    assert due == max(local(both[0], 2026, 12, 17, 23, 59, 59), local(both[1], 2026, 12, 16, 23, 59, 59))


def test_what_is_due_before_a_session_is_due_when_it_starts_and_not_when_its_day_is_over():
    session = Meeting(AT, AT + dt.timedelta(minutes=60))
    assert (
        deadline(Instant(anchor=Anchor.SESSION_START, session=3), anchors(sessions={3: session}), ["Pacific/Apia"])
        == AT
    )


def test_a_week_before_a_session_opens_in_the_morning_of_that_day():
    session = Meeting(AT, AT + dt.timedelta(minutes=60))
    instant = Instant(anchor=Anchor.SESSION_START, session=6, days=-7)
    assert opening(instant, anchors(sessions={6: session}), ["Pacific/Apia"]) == local("Pacific/Apia", 2026, 12, 3)


def test_an_unknown_anchor_gives_no_instant():
    instant = Instant(anchor=Anchor.SESSION_END, session=4)
    assert opening(instant, anchors(), ["UTC"]) is None
    assert deadline(instant, anchors(), ["UTC"]) is None


@given(
    st.dates(dt.date(2012, 1, 1), dt.date(2035, 12, 31)),
    st.sampled_from(ZONES),
)
def test_days_follow_each_other_without_gap_or_overlap_in_every_zone(day, zone):
    assert day_ends(day, zone) + dt.timedelta(seconds=1) == day_begins(day + dt.timedelta(days=1), zone)
    assert local_day(day_begins(day, zone), zone) == day
    assert local_day(day_ends(day, zone), zone) == day
