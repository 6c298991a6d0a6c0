"""Dates in forms: what is left as it stands means the very same instant, whatever the clocks do that day."""

import datetime as dt

import pytest

from pairs.domain.local_times import shown_at
from pairs.domain.schedule import numbered
from pairs.forms.introduction import IntroductionForm
from pairs.forms.schedule import ScheduleForm
from pairs.forms.session import HeldForm, MeetingForm
from pairs.models import Schedule, Session
from templates_app.domain.kits import kit_of

AUCKLAND = "Pacific/Auckland"
FIRST, SECOND = (dt.datetime(2027, 4, 3, hour, 30, tzinfo=dt.UTC) for hour in (13, 14))
"""The clocks of Auckland go back that night and show half past two at both."""


@pytest.fixture
def twice(pair):
    """A pair whose first session begins at the second of the two."""
    assert shown_at(FIRST, AUCKLAND) == shown_at(SECOND, AUCKLAND)
    Session.objects.filter(pk=pair.session(1).pk).update(starts_at=SECOND)
    return pair


def typed(form, number: str = "") -> dict[str, str]:
    """What a browser sends of a form that was shown."""
    fields = {name: str(value) for name, value in form.initial.items()}
    fields[f"time{number}"] = f"{form.initial[f'time{number}']:%H:%M}"
    return fields


def schedule_form(pair, data=None) -> ScheduleForm:
    plan = kit_of(pair.pairing.cohort.programme.handbook).plan
    schedule = Schedule.objects.get(pairing=pair.pairing)
    return ScheduleForm(data, plan=plan, schedule=schedule, sessions=numbered(pair.pairing), zone=AUCKLAND)


def test_a_date_in_the_repeated_hour_stays_when_the_dates_of_all_are_saved(twice):
    shown = schedule_form(twice)
    assert shown.rows()[0]["at"] == SECOND
    form = schedule_form(twice, typed(shown, "_1"))
    assert form.is_valid(), form.errors
    assert (form.starts[1], form.twice) == (SECOND, [])
    assert form.rows()[0]["at"] == SECOND


def test_a_date_in_the_repeated_hour_stays_when_another_link_is_given(twice):
    session = twice.session(1)
    form = MeetingForm(typed(MeetingForm(zone=AUCKLAND, session=session)), zone=AUCKLAND, session=session)
    assert form.is_valid(), form.errors
    assert (form.chosen.at, form.chosen.twice) == (SECOND, False)


def test_a_date_in_the_repeated_hour_stays_when_the_session_is_held(twice):
    session = twice.session(1)
    form = HeldForm(typed(HeldForm(zone=AUCKLAND, session=session)), zone=AUCKLAND, session=session)
    assert form.is_valid(), form.errors
    assert form.starts == SECOND


def test_a_date_in_the_repeated_hour_stays_when_the_first_letter_is_sent(twice):
    given = {"zone": AUCKLAND, "session": twice.session(1), "subject": "Hello", "text": "Until then.", "after": ""}
    form = IntroductionForm(typed(IntroductionForm(**given)), **given)
    assert form.is_valid(), form.errors
    assert form.chosen.at == SECOND


def test_a_time_of_the_repeated_hour_that_is_newly_chosen_is_the_first_and_says_so(twice):
    data = typed(schedule_form(twice), "_1") | {"day_1": "2027-04-04", "time_1": "02:15"}
    form = schedule_form(twice, data)
    assert form.is_valid(), form.errors
    assert form.twice == [1]
    assert form.starts[1] == FIRST - dt.timedelta(minutes=15)
